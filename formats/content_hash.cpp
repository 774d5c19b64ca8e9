#include "formats/content_hash.hpp"

// Most parts are a few bytes long: a call of the library would cost more than their hash.
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "formats/fields.hpp"

namespace offcirc {

void ContentHash::add(std::string_view part) {
  m_value = XXH3_64bits_withSeed(part.data(), part.size(), m_value);
}

void ContentHash::add_number(std::string_view id) {
  constexpr std::size_t k_max_id_bytes = 20;
  add(is_digits(id) && id.size() <= k_max_id_bytes ? id : std::string_view());
}

}  // namespace offcirc
