// Asks memory for what is looked at soon. A load follows its lines from one to the next, but what each names lies
// anywhere, and to wait for that would be most of the time.
#pragma once

#include <cstddef>

namespace offcirc {

/// All of an object, which need not be there. That of a null pointer is none.
template <typename Object>
inline void fetch_ahead(const Object* object) {
  if (object == nullptr) return;
  constexpr std::size_t k_line_bytes = 64;
  const auto* const begin = reinterpret_cast<const char*>(object);
  for (std::size_t at = 0; at < sizeof(Object); at += k_line_bytes) __builtin_prefetch(begin + at);
  __builtin_prefetch(begin + (sizeof(Object) - 1));  // it need not begin with a line
  // Not to be seen by anybody is to be left out, say compilers, with whoever does nothing else. This is to be seen.
  asm volatile("");
}

}  // namespace offcirc
