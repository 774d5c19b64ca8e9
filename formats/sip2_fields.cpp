#include "formats/sip2_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "formats/fields.hpp"
#include "formats/stamp.hpp"

namespace offcirc {

std::string sip2_checksum_of(unsigned sum) {
  return fmt::format("{:04X}", -sum & 0xFFFFU);
}

std::string_view promised_sip2_checksum(std::string_view field) {
  if (field.size() == k_sip2_sequence_bytes + k_sip2_checksum_bytes && field.starts_with("AY")) {
    field.remove_prefix(k_sip2_sequence_bytes);
  }
  if (field.size() != k_sip2_checksum_bytes || !field.starts_with("AZ")) return {};
  field.remove_prefix(2);
  const bool is_hexadecimal = field.find_first_not_of("0123456789ABCDEFabcdef") == std::string_view::npos;
  return is_hexadecimal ? field : std::string_view();
}

namespace {

constexpr std::size_t k_day_digits = 8;
constexpr std::size_t k_zone_bytes = 4;
constexpr Stamp k_unreadable(StampForm::unreadable, 0);

// Returns the hours ahead of UTC. J is not a zone.
std::optional<int> hours_of_zone(char letter) {
  if (letter == 'Z') return 0;
  if (letter >= 'A' && letter <= 'I') return letter - 'A' + 1;
  if (letter >= 'K' && letter <= 'M') return letter - 'K' + 10;
  if (letter >= 'N' && letter <= 'Y') return -(letter - 'N' + 1);
  return std::nullopt;
}

}  // namespace

Stamp parse_sip2_date(std::string_view text) {
  constexpr Seconds k_hour_seconds = 3600;
  if (text.find_first_not_of(" 0") == std::string_view::npos) return {};
  if (text.size() != k_sip2_date_bytes) return k_unreadable;
  const std::string_view zone = text.substr(k_day_digits, k_zone_bytes);
  const Stamp local = parse_compact_stamp(std::string(text.substr(0, k_day_digits)) +
                                          std::string(text.substr(k_day_digits + k_zone_bytes)));
  if (!local.is(StampForm::civil) || zone == "    ") return local;
  const auto hours = zone.starts_with("   ") ? hours_of_zone(zone.back()) : std::nullopt;
  return hours ? Stamp(StampForm::absolute, local.seconds() - *hours * k_hour_seconds) : k_unreadable;
}

Stamp parse_sip2_day(std::string_view text) {
  const Stamp stamp = parse_sip2_date(text);
  const bool is_midnight = stamp.seconds() % k_day_seconds == 0;
  return stamp.is(StampForm::civil) && is_midnight ? Stamp(StampForm::date, stamp.seconds()) : stamp;
}

namespace {

constexpr std::array<std::string_view, 3> k_secret_codes = {"AC", "AD", "CO"};

// The fields of requests, passwords aside. Any other code may be the damaged code of a password.
constexpr std::string_view k_safe_codes = "AOAAABAPAYAZBIBOBSBVCHCPAJ";

bool is_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool is_safe(std::string_view code) {
  if (code.size() < 2) return false;
  for (std::size_t at = 0; at < k_safe_codes.size(); at += 2) {
    if (k_safe_codes.substr(at, 2) == code.substr(0, 2)) return true;
  }
  return false;
}

// The offset of the first password code at or after `from`; the size of `text` if there is none.
std::size_t find_secret_code(std::string_view text, std::size_t from) {
  for (std::size_t at = from; at + 2 <= text.size(); ++at) {
    if (sip2_secret_bit(text.substr(at, 2)) != 0) return at;
  }
  return text.size();
}

// If a delimiter is lost, the code comes after a digit or a punctuation mark, or after a letter that replaced the
// delimiter. In place names it is surrounded by letters (TACOMA).
bool stands_like_field(std::string_view value, std::size_t at) {
  const char before = value[at - 1];
  if (!is_letter(before)) return true;
  return at >= 2 && !is_letter(value[at - 2]);
}

bool has_digit_behind(std::string_view value, std::size_t at) {
  return at + 2 < value.size() && is_digit(value[at + 2]);
}

bool is_hidden_in_id(std::string_view value, std::size_t at) {
  constexpr std::size_t k_longest_prefix = 3;  // CAD0042 is an ID
  return at > 0 && (stands_like_field(value, at) || (at > k_longest_prefix && has_digit_behind(value, at)));
}

bool is_hidden_in_library(std::string_view value, std::size_t at) {
  if (at == 0 || value.substr(at, 2) == "CO") return false;  // it may mean a county, and only logins have this password
  return stands_like_field(value, at) || has_digit_behind(value, at);
}

// Returns whether a fragment before the first delimiter has a time, so that it may be kept: it is what a log writes
// before a message, or a message whose front is damaged. A fragment without a time may be the end of a password.
bool has_time(std::string_view text) {
  constexpr std::string_view k_zone = "   ";
  const std::size_t zone = text.find(k_zone);
  return zone != std::string_view::npos && zone > 0 && is_digit(text[zone - 1]);
}

}  // namespace

std::uint8_t sip2_secret_bit(std::string_view code) {
  const auto* const found = std::find(k_secret_codes.begin(), k_secret_codes.end(), code);
  return found == k_secret_codes.end() ? 0 : static_cast<std::uint8_t>(1U << (found - k_secret_codes.begin()));
}

std::size_t find_hidden_secret(std::string_view code, std::string_view value, std::uint8_t secrets) {
  for (std::size_t at = find_secret_code(value, 0); at < value.size(); at = find_secret_code(value, at + 1)) {
    if ((secrets & sip2_secret_bit(value.substr(at, 2))) != 0) continue;
    if (code == "AO" ? is_hidden_in_library(value, at) : is_hidden_in_id(value, at)) return at;
    // The user ID of a renewal may be empty, so the next field may be all there is.
    if (code == "AA" && at == 0 && value.starts_with("AD")) return 0;
  }
  return std::string_view::npos;
}

std::string without_sip2_secrets(std::string_view text, std::size_t fields_at) {
  std::string kept;
  for (bool is_first = true;; is_first = false) {
    const std::size_t bar = text.find('|');
    const bool is_last = bar == std::string_view::npos;
    const std::string_view field = text.substr(0, bar);
    const bool is_kept = is_first ? fields_at > 0 || is_last || has_time(field) : field.empty() || is_safe(field);
    if (is_kept) {
      const std::size_t secret = find_secret_code(field, is_first ? std::min(fields_at, bar) : 0);
      kept += field.substr(0, secret);
      if (secret < field.size()) return kept;  // its end is unknown
    } else if (!is_first && sip2_secret_bit(field.substr(0, 2)) != 0) {
      kept += field.substr(0, 2);
    }
    if (is_last) return kept;
    kept += '|';
    text.remove_prefix(bar + 1);
  }
}

}  // namespace offcirc
