#include "formats/record_identity.hpp"

// Most parts are a few bytes long, and calling the library would take longer than hashing them.
#define XXH_INLINE_ALL
#include <fmt/format.h>
#include <xxhash.h>

#include <charconv>

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

namespace {

// Parses all of `text` as a number.
template <typename Number>
bool parse_whole(std::string_view text, Number& number, int base) {
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number, base);
  return error == std::errc() && stop == end;
}

}  // namespace

std::string to_text(const Identity& identity) {
  std::string text = fmt::format("{}-{:016x}", identity.recorded, identity.content);
  if (identity.ordinal != Identity::k_unnumbered) text += fmt::format("-{}", identity.ordinal);
  return text;
}

std::optional<Identity> parse_identity(std::string_view text) {
  constexpr std::size_t k_content_digits = 16;
  const std::size_t dash = text.find('-', 1);
  if (dash == std::string_view::npos || text.size() < dash + 1 + k_content_digits) return std::nullopt;
  const std::string_view behind = text.substr(dash + 1 + k_content_digits);
  Identity identity;
  if (!parse_whole(text.substr(0, dash), identity.recorded, 10)) return std::nullopt;
  if (!parse_whole(text.substr(dash + 1, k_content_digits), identity.content, 16)) return std::nullopt;
  if (!behind.empty() && (behind[0] != '-' || !parse_whole(behind.substr(1), identity.ordinal, 10))) {
    return std::nullopt;
  }
  // Each identity has exactly one text: no leading zeros, no uppercase digits.
  return to_text(identity) == text ? std::optional(identity) : std::nullopt;
}

}  // namespace offcirc
