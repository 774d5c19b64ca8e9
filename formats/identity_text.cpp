#include "formats/identity_text.hpp"

#include <fmt/format.h>

#include <charconv>

namespace offcirc {
namespace {

// All of `text`, written as to_text() writes it, as a number.
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
  // One identity, one text: no leading zeros, no capitals.
  return to_text(identity) == text ? std::optional(identity) : std::nullopt;
}

}  // namespace offcirc
