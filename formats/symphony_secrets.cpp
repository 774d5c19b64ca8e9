#include "formats/symphony_secrets.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "formats/fields.hpp"
#include "formats/symphony_registration.hpp"

namespace offcirc {
namespace {

constexpr std::size_t k_nowhere = std::string_view::npos;

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_letter(char c) {
  return is_lower(c) || is_upper(c);
}

bool begins_pin(std::string_view text) {
  return text.starts_with("Uf");
}
bool begins_override(std::string_view text) {
  return text.size() >= 2 && text[0] == 'O' && is_letter(text[1]);
}
// Returns whether `text` begins with the code of a secret, followed by a value. An override of Y is no secret.
bool may_begin_secret(std::string_view text) {
  if (text.size() < 3) return false;
  return begins_pin(text) || (begins_override(text) && text.substr(2) != "Y");
}

// An ordinary word: capitalized or, unless it follows a lowercase letter, all in capitals.
bool is_plain_word(std::string_view word, char before) {
  const std::string_view tail = word.substr(1);
  if (std::all_of(tail.begin(), tail.end(), is_lower)) return true;
  return !is_lower(before) && std::all_of(tail.begin(), tail.end(), is_upper);
}

std::string_view word_at(std::string_view value, std::size_t at) {
  std::size_t end = at;
  while (end < value.size() && (is_letter(value[end]) || is_digit(value[end]))) ++end;
  return value.substr(at, end - at);
}

// Returns whether a secret may begin at `at`: a PIN always may; an override, if the text before it is a whole ID or
// ends in a character that no ID has.
bool hides_in_id(std::string_view value, std::size_t at, bool has_length, const IdPatterns& ids) {
  const auto is_id = [&](std::string_view text) {
    return !text.empty() && (is_digits(text) || ids.user.fits(text) || ids.item.fits(text));
  };
  if (begins_pin(value.substr(at))) return true;
  if (at == 0) return false;
  const char before = value[at - 1];
  const bool is_usual = is_letter(before) || is_digit(before) || before == '-' || before == '.' || before == '_';
  return !is_usual || is_id(value.substr(0, at - 1)) || (!has_length && is_id(value.substr(0, at)));
}

// Policy codes have at most ten characters, and all letters in them are capitals.
bool hides_in_code(std::string_view value, std::size_t at) {
  constexpr std::size_t k_longest_code = 10;
  const std::string_view secret = value.substr(at + 2);
  if (begins_pin(value.substr(at)) || (secret.size() >= 3 && is_digits(secret))) return true;
  const auto is_usual = [](char c) { return is_upper(c) || is_digit(c) || c == '-' || c == '_'; };
  return value.size() > k_longest_code ? at > 0 : !std::all_of(value.begin(), value.end(), is_usual);
}

bool hides_in_text(const SymphonyLine& line, std::string_view value, std::size_t at, SymphonyText form) {
  const char before = at == 0 ? ' ' : value[at - 1];
  const bool begins_word = std::string_view(" -',./&#(").find(before) != k_nowhere;
  const std::string_view word = word_at(value, at);
  if (begins_pin(word)) {
    const bool may_be_word = form == SymphonyText::passage || line.has(SymphonyField::pin);
    return !(begins_word && may_be_word && word.size() >= 4 && is_plain_word(word, before));
  }
  return !(begins_word || is_letter(before)) || !is_plain_word(word, before);
}

bool hides(const SymphonyLine& line, std::string_view value, std::size_t at, SymphonyText form, const IdPatterns& ids) {
  switch (form) {
    case SymphonyText::id:
      return hides_in_id(value, at, line.has_length, ids);
    case SymphonyText::code:
      return hides_in_code(value, at);
    case SymphonyText::name:
    case SymphonyText::passage:
      return hides_in_text(line, value, at, form);
  }
  return true;
}

}  // namespace

std::size_t find_hidden_secret(const SymphonyLine& line, std::string_view value, SymphonyText form,
                               const IdPatterns& ids) {
  // If the byte count is right, no byte is lost: a damaged separator was replaced by another byte.
  for (std::size_t at = line.has_length ? 1 : 0; at + 2 < value.size(); ++at) {
    const char first = value[at];
    if ((first != 'O' && first != 'U') || !may_begin_secret(value.substr(at))) continue;
    if (hides(line, value, at, form, ids)) return at == 0 ? 0 : at - 1;
  }
  return k_nowhere;
}

std::string_view surely_without_secret(std::string_view value) {
  for (std::size_t at = 0; at + 2 < value.size(); ++at) {
    if (!may_begin_secret(value.substr(at))) continue;
    return value.substr(0, at == 0 ? 0 : at - 1);
  }
  return value;
}

namespace {

struct KeptField {
  SymphonyField field;
  SymphonyText form;
  std::string_view name;
};

// Kept for records of every kind.
constexpr KeptField k_kept_fields[] = {
    {SymphonyField::user_id, SymphonyText::id, "user ID (UO)"},
    {SymphonyField::item_id, SymphonyText::id, "item ID (NQ)"},
    {SymphonyField::library, SymphonyText::code, "station library (FE)"},
    {SymphonyField::temporary_library, SymphonyText::code, "temporary library (WI)"},
    {SymphonyField::user_access, SymphonyText::code, "user access (FF)"},
};

LineTrouble swallowed(const SymphonyLine& line, std::string_view value, std::size_t at, std::string_view field) {
  return damage_at(
      symphony_column(line, value) - 1 + at,
      fmt::format(
          "Damaged: a separator (^) may be missing within the {}, so the text after it may be a PIN or a password.",
          field));
}

}  // namespace

std::optional<LineTrouble> find_swallowed_secret(const SymphonyLine& line, const IdPatterns& ids) {
  for (const KeptField& kept : k_kept_fields) {
    const std::string_view value = line[kept.field];
    const std::size_t at = find_hidden_secret(line, value, kept.form, ids);
    if (at != k_nowhere) return swallowed(line, value, at, kept.name);
  }
  return std::nullopt;
}

std::optional<LineTrouble> find_swallowed_in_registration(const SymphonyLine& line, const IdPatterns& ids) {
  std::optional<LineTrouble> trouble;
  for_each_symphony_field(line.field_bytes, [&](std::uint16_t code, std::string_view value) {
    if (trouble) return;
    const std::optional<SymphonyText> form = form_of_registration_field(code);
    if (!form) return;
    const std::size_t at = find_hidden_secret(line, value, *form, ids);
    if (at == k_nowhere) return;
    const std::string name = {static_cast<char>(code >> 8U), static_cast<char>(code & 0xFFU)};
    trouble = swallowed(line, value, at, fmt::format("field {}", name));
  });
  return trouble;
}

namespace {

constexpr std::size_t k_header_bytes = 20;
constexpr std::size_t k_start_bytes = 5;  // S, 2 digits of sequence number, 2 letters of command

bool is_start(std::string_view field) {
  return field.size() >= k_start_bytes && field[0] == 'S' && is_digits(field.substr(1, 2));
}

// IDs, libraries, dates, and the settings of a session.
bool holds_no_secret(std::string_view code) {
  constexpr std::string_view k_codes = " UO NQ FE FF FW Fc Fv WI WH WG WK WL CF CO DB ";
  return k_codes.find(" " + std::string(code) + " ") != k_nowhere;
}

// A library code that merely begins like an override, such as OSH, need not be dropped.
std::string_view kept_of(std::string_view code, std::string_view value) {
  const bool is_code = code[0] == 'F' || code == "WI";
  if (!is_code || value.size() < 2) return surely_without_secret(value);
  return value.substr(0, 1 + surely_without_secret(value.substr(1)).size());
}

void keep_field(std::string_view field, std::string& kept) {
  kept += '^';
  if (field.size() < 2 || !holds_no_secret(field.substr(0, 2))) return;
  kept += field.substr(0, 2);
  kept += kept_of(field.substr(0, 2), field.substr(2));
}

}  // namespace

std::string without_symphony_secrets(std::string_view line) {
  std::string kept;
  std::size_t at = std::min(line.find('^'), line.size());
  // Before the first separator comes the header, or the end of a field whose beginning is lost.
  const std::string_view head = line.substr(0, std::min(at, k_header_bytes));
  if (head.size() == k_header_bytes && head[0] == 'E' && is_digits(head.substr(1, 8))) kept = head;
  while (at < line.size()) {
    const std::string_view rest = line.substr(at + 1);
    std::string_view field = rest.substr(0, rest.find('^'));
    at += 1 + field.size();
    if (is_start(field)) {
      kept += '^';
      kept += field.substr(0, k_start_bytes);
      field.remove_prefix(k_start_bytes);
    }
    keep_field(field, kept);
  }
  return kept;
}

}  // namespace offcirc
