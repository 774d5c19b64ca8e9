#include "formats/content_hash.hpp"

#include <xxhash.h>

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

std::uint64_t ContentHash::value() const {
  return XXH3_64bits(m_parts.data(), m_parts.size());
}

}  // namespace offcirc
