#include "formats/sip2_message.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "formats/fields.hpp"
#include "formats/sip2_date.hpp"

namespace offcirc {
namespace {

constexpr std::string_view k_login = "93";

// What a log may write before a message: `2026-06-12 10:12:31 [3] SC->ACS: `.
bool is_prefix_character(char c) {
  const bool is_letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  return is_letter || (c >= '0' && c <= '9') ||
         std::string_view(" \t[]()<>-=:.,/+_*").find(c) != std::string_view::npos;
}

// A message stands at the start of the line, or apart from what is before it.
bool may_stand_before(char c) {
  return std::string_view(" \t[]()<>=:").find(c) != std::string_view::npos;
}

// Sets code, text and fixed part where `text` begins with a message.
bool begins_message(std::string_view text, Sip2Message& message) {
  const Sip2Code* code = find_sip2_code(text);
  std::size_t end = 0;
  Sip2Misfit misfit;
  if (code == nullptr || !fits_layout(*code, text, end, misfit)) return false;
  message.code = code;
  message.text = text;
  message.fixed = text.substr(code->digits.size(), end - code->digits.size());
  return true;
}

// A line has one message: the first place that looks like one in every character.
bool find_message(std::string_view line, Sip2Message& message) {
  for (std::size_t at = 0; at < line.size() && (at == 0 || is_prefix_character(line[at - 1])); ++at) {
    const bool stands_apart = at == 0 || may_stand_before(line[at - 1]);
    if (stands_apart && begins_message(line.substr(at), message)) return true;
  }
  return false;
}

// Where a line end was lost, the next message is part of a field.
bool holds_message(std::string_view field) {
  Sip2Message message;
  for (std::size_t at = 0; at + k_sip2_date_bytes < field.size(); ++at) {
    if (begins_message(field.substr(at), message) && is_dated(*message.code)) return true;
  }
  return false;
}

LineTrouble no_message(std::string_view line) {
  const Sip2Code* code = find_sip2_code(line);
  if (code == nullptr || code->action == Sip2Action::noise) {
    return trouble_at(
        0,
        "This is no SIP2 message: expected one such as 11 (checkout), 09 (check-in) or 29 (renewal), with "
        "its date and time.");
  }
  std::size_t end = 0;
  Sip2Misfit misfit;
  fits_layout(*code, line, end, misfit);
  return trouble_at(misfit.at, fmt::format("The message {} ({}) can't be read: expected {} here.", code->digits,
                                           code->name, misfit.expected));
}

// Four hexadecimal digits: what makes the sum of all bytes up to here, the digits left out, a multiple of 65536.
std::string checksum_of(std::string_view bytes) {
  unsigned sum = 0;
  for (const char c : bytes) sum += static_cast<unsigned char>(c);
  return fmt::format("{:04X}", -sum & 0xFFFFU);
}

// `AY1AZEBA0`, or `AZEBA0` alone. Empty where `end` is neither.
std::string_view promised_checksum(std::string_view end) {
  constexpr std::size_t k_sequence_bytes = 3;
  constexpr std::size_t k_checksum_bytes = 6;
  if (end.size() == k_sequence_bytes + k_checksum_bytes && end.starts_with("AY")) end.remove_prefix(k_sequence_bytes);
  if (end.size() != k_checksum_bytes || !end.starts_with("AZ")) return {};
  end.remove_prefix(2);
  return end.find_first_not_of("0123456789ABCDEFabcdef") == std::string_view::npos ? end : std::string_view();
}

bool is_kept(std::string_view code) {
  return code == "AO" || code == "AA" || code == "AB";
}

bool belongs_to_checksum(std::string_view code) {
  return code == "AY" || code == "AZ";
}

std::optional<LineTrouble> add_field(std::string_view line, std::string_view field, Sip2Message& message) {
  const std::string_view code = field.substr(0, 2);
  const auto at = static_cast<std::size_t>(field.data() - line.data());
  if (is_digits(code) || holds_message(field)) {
    return trouble_at(at, "Damaged: another message begins within this one.");
  }
  if (belongs_to_checksum(code)) return trouble_at(at, "Damaged: something stands behind the checksum.");
  if (is_kept(code)) message.fields.push_back({code, trimmed(field.substr(2))});
  return std::nullopt;
}

std::optional<LineTrouble> check_checksum(std::string_view promised, const Sip2Message& message) {
  const auto summed = static_cast<std::size_t>(promised.data() - message.text.data());
  const std::string found = checksum_of(message.text.substr(0, summed));
  if (equal_ignoring_case(promised, found)) return std::nullopt;
  return LineTrouble{0, fmt::format("Damaged: checksum {} promised, {} found.", promised, found)};
}

// `end` is what stands behind the last |: nothing, a checksum, or a field that does not end. Some writers never end the
// last one; where nothing of it is taken it may be cut as well.
std::optional<LineTrouble> read_end(std::string_view line, std::string_view end, Sip2Message& message) {
  if (end.empty()) return std::nullopt;
  const std::string_view promised = promised_checksum(end);
  if (!promised.empty()) return check_checksum(promised, message);
  const std::string_view code = end.substr(0, 2);
  if (is_kept(code) || belongs_to_checksum(code)) {
    return trouble_at(line.size(), "The message is cut short: expected | or a whole checksum at its end.");
  }
  return add_field(line, end, message);
}

}  // namespace

std::optional<LineTrouble> read_sip2_message(std::string_view line, Sip2Message& message) {
  message.code = nullptr;
  message.fields.clear();
  line = line.substr(0, line.find_last_not_of(" \t") + 1);
  if (!find_message(line, message)) return no_message(line);
  if (message.code->action == Sip2Action::noise) return std::nullopt;
  std::string_view rest = message.text.substr(message.code->digits.size() + message.fixed.size());
  for (std::size_t bar = rest.find('|'); bar != std::string_view::npos; bar = rest.find('|')) {
    if (auto trouble = add_field(line, rest.substr(0, bar), message)) return trouble;
    rest.remove_prefix(bar + 1);
  }
  return read_end(line, rest, message);
}

std::optional<std::string_view> sip2_value(const Sip2Message& message, std::string_view code) {
  const auto found = std::find_if(message.fields.begin(), message.fields.end(),
                                  [&](const Sip2Field& field) { return field.code == code; });
  return found == message.fields.end() ? std::nullopt : std::optional(found->value);
}

std::size_t find_behind_checksum(std::string_view line) {
  constexpr std::size_t k_checksum_bytes = 6;
  Sip2Message message;
  for (std::size_t at = line.find("AZ"); at != std::string_view::npos; at = line.find("AZ", at + 1)) {
    const std::size_t behind = at + k_checksum_bytes;
    const bool is_checksum = !promised_checksum(line.substr(at, k_checksum_bytes)).empty();
    if (is_checksum && behind < line.size() && begins_message(line.substr(behind), message)) return behind;
  }
  return std::string_view::npos;
}

bool has_sip2_message(std::string_view line) {
  Sip2Message message;
  return find_message(line, message) && (is_dated(*message.code) || message.code->digits == k_login);
}

}  // namespace offcirc
