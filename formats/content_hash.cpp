#include "formats/content_hash.hpp"

#include <xxhash.h>

#include "formats/fields.hpp"

namespace offcirc {

// No part holds a NUL: a record that does can't be read.
void ContentHash::start(std::string_view format) {
  m_parts.assign(format);
  m_parts += '\0';
}

void ContentHash::add(std::string_view part) {
  m_parts += part;
  m_parts += '\0';
}

void ContentHash::add_number(std::string_view id) {
  constexpr std::size_t k_max_id_bytes = 20;
  add(is_digits(id) && id.size() <= k_max_id_bytes ? id : std::string_view());
}

std::uint64_t ContentHash::value() const {
  return XXH3_64bits(m_parts.data(), m_parts.size());
}

}  // namespace offcirc
