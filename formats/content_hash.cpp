#include "formats/content_hash.hpp"

// Most parts are a few bytes long: a call of the library would cost more than their hash.
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace offcirc {

void ContentHash::add(std::string_view part) {
  m_value = XXH3_64bits_withSeed(part.data(), part.size(), m_value);
}

std::uint64_t content_of_unreadable(std::string_view kept) {
  ContentHash hash;
  hash.add(kept);
  hash.add(std::uint64_t{kept.size()});
  return hash.value();
}

std::uint64_t content_of(const Registration& user) {
  ContentHash hash;
  for (const std::string_view text :
       {user.last_name, user.first_name, user.middle_name, user.alternate_name, user.email, user.phone, user.language,
        user.address, user.categories, user.department, user.profile, user.library}) {
    hash.add(text);
  }
  for (const Stamp day : {user.birth_date, user.expires_on}) {
    hash.add(static_cast<std::uint64_t>(day.form()));
    hash.add(static_cast<std::uint64_t>(day.seconds()));
  }
  return hash.value();
}

}  // namespace offcirc
