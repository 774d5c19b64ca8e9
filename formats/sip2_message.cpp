#include "formats/sip2_message.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "formats/fields.hpp"
#include "formats/sip2_fields.hpp"
#include "formats/sip2_reader.hpp"

namespace offcirc {

namespace {

constexpr std::size_t k_code_digits = 2;

// From 3M SIP 2.00: the requests first, then the responses, which are in logs of both directions.
constexpr Sip2Code k_codes[] = {
    {"11", Sip2Action::checkout, "ffDB", "Checkout"},
    {"09", Sip2Action::checkin, "fDB", "Check-in"},
    {"29", Sip2Action::renew, "ffDB", "Renewal"},
    {"65", Sip2Action::other, "D", "Renew all"},
    {"15", Sip2Action::other, "?D", "Hold"},
    {"37", Sip2Action::other, "Ddddd???", "Fee paid"},
    {"01", Sip2Action::other, "fD", "Block user"},
    {"25", Sip2Action::other, "D", "Enable user"},
    {"19", Sip2Action::other, "D", "Item status update"},
    {"17", Sip2Action::noise, "D", {}, Sip2Action::noise, "18", "AAAPBIBOCHNB"},
    {"23", Sip2Action::noise, "dddD", {}, Sip2Action::noise, {}, "ABAPBIBOCHNB"},
    {"35", Sip2Action::noise, "D", {}, Sip2Action::noise, "36", "ABAPBIBOCHNB"},
    {"63", Sip2Action::noise, "dddDllllllllll", {}, Sip2Action::noise, {}, "ABAPBICHNB"},
    {"93", Sip2Action::noise, "dd", {}},
    {"97", Sip2Action::noise, "", {}},
    {"99", Sip2Action::noise, "ddddd.dd", {}},
    {"10", Sip2Action::answer, "olllD", {}, Sip2Action::checkin},
    {"12", Sip2Action::answer, "olllD", {}, Sip2Action::checkout},
    {"16", Sip2Action::noise, "olD", {}},
    {"18", Sip2Action::noise, "nnnnnnD", {}},
    {"20", Sip2Action::noise, "oD", {}},
    {"24", Sip2Action::noise, "lllllllllllllldddD", {}},
    {"26", Sip2Action::noise, "lllllllllllllldddD", {}},
    {"30", Sip2Action::answer, "olllD", {}, Sip2Action::renew},
    {"36", Sip2Action::noise, "lD", {}},
    {"38", Sip2Action::noise, "lD", {}},
    {"64", Sip2Action::noise, "lllllllllllllldddDnnnnnnnnnnnnnnnnnnnnnnnn", {}},
    {"66", Sip2Action::noise, "onnnnnnnnD", {}},
    {"94", Sip2Action::noise, "o", {}},
    {"96", Sip2Action::noise, "", {}},
    {"98", Sip2Action::noise, "llllllnnnnnnDd.dd", {}},
};

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

// Accepts eight digits, four characters of zone and six digits, whether or not there is such a day. Nothing else may
// pass, because an error message about the date shows it.
bool has_date_shape(std::string_view text, bool blanks_too) {
  constexpr std::size_t k_zone_at = 8, k_clock_at = 12;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_zone = i >= k_zone_at && i < k_clock_at;
    const bool may_be_blank = blanks_too || is_zone;
    if (!is_digit(text[i]) && !(text[i] == ' ' && may_be_blank) && !(is_capital(text[i]) && is_zone)) return false;
  }
  return true;
}

std::size_t size_of(char part) {
  return part == 'D' || part == 'B' ? k_sip2_date_bytes : 1;
}

bool fits(char part, std::string_view text) {
  if (text.size() != size_of(part)) return false;
  if (part == 'f') return text == "Y" || text == "N";
  if (part == 'o') return text == "0" || text == "1";
  if (part == 'd') return is_digit(text[0]);
  if (part == 'n') return is_digit(text[0]) || text == " ";
  if (part == 'l') return is_capital(text[0]) || text == " ";
  if (part == 'D' || part == 'B') return has_date_shape(text, part == 'B');
  return part == '?' ? text[0] != '|' : text[0] == part;
}

std::string_view expectation(char part) {
  if (part == 'f') return "Y or N";
  if (part == 'd') return "a digit";
  if (part == 'D') return "a date and time such as \"20260612    101231\"";
  if (part == 'B') return "a date and time, or 18 blanks";
  return "a fixed field";
}

std::array<const Sip2Code*, 100> by_number() {
  std::array<const Sip2Code*, 100> codes{};
  for (const Sip2Code& code : k_codes) {
    codes.at(static_cast<std::size_t>((code.digits[0] - '0') * 10 + (code.digits[1] - '0'))) = &code;
  }
  return codes;
}

// Returns whether a field begins here, or the message ends, as must be the case after the fixed part.
bool begins_field(std::string_view text) {
  return text.empty() || (text.size() >= 2 && is_capital(text[0]) && (is_capital(text[1]) || is_digit(text[1])));
}

}  // namespace

const Sip2Code* find_sip2_code(std::string_view text) {
  // Called for many offsets in a line, so it uses a table.
  static const std::array<const Sip2Code*, 100> codes_by_number = by_number();
  if (text.size() < k_code_digits || !is_digit(text[0]) || !is_digit(text[1])) return nullptr;
  const int number = (text[0] - '0') * 10 + (text[1] - '0');
  return codes_by_number.at(static_cast<std::size_t>(number));
}

bool is_dated(const Sip2Code& code) {
  return code.layout.find('D') != std::string_view::npos;
}

std::size_t date_offset(const Sip2Code& code) {
  return code.layout.find('D');  // every element before the first date is one character long
}

bool fits_layout(const Sip2Code& code, std::string_view text, std::size_t& end, Sip2Misfit& misfit) {
  end = k_code_digits;
  for (const char part : code.layout) {
    const std::string_view found = text.substr(end, size_of(part));
    if (!fits(part, found)) {
      misfit = {end, expectation(part)};
      return false;
    }
    end += found.size();
  }
  if (begins_field(text.substr(end))) return true;
  misfit = {end, "a field such as AO"};
  return false;
}

namespace {

LineTrouble no_message(std::string_view line) {
  const Sip2Code* code = find_sip2_code(line);
  if (code == nullptr || code->action == Sip2Action::noise || code->action == Sip2Action::answer) {
    return damage_at(
        0,
        "This is not a SIP2 message: expected one such as 11 (checkout), 09 (check-in) or 29 (renewal), with "
        "its date and time.");
  }
  std::size_t end = 0;
  Sip2Misfit misfit;
  fits_layout(*code, line, end, misfit);
  return damage_at(misfit.at, fmt::format("The message {} ({}) can't be read: expected {} here.", code->digits,
                                          code->name, misfit.expected));
}

bool is_kept(std::string_view code) {
  return code == "AO" || code == "AA" || code == "AB" || code == "BI";
}

// A field that is not kept, or BI, of which only one letter is used, loses nothing if it is cut short.
bool may_lack_delimiter(std::string_view code) {
  return !is_kept(code) || code == "BI";
}

bool belongs_to_checksum(std::string_view code) {
  return code == "AY" || code == "AZ";
}

bool is_foreign(std::string_view code, const Sip2Message& message) {
  if (message.code == nullptr) return false;
  const std::string_view foreign = message.code->foreign_fields;
  for (std::size_t at = 0; at < foreign.size(); at += 2) {
    if (foreign.substr(at, 2) == code) return true;
  }
  return false;
}

/// Reads the fields of a message one by one, and takes all that are complete even if another is damaged.
class FieldReader {
 public:
  FieldReader(std::string_view piece, Sip2Message& message) : m_piece(piece), m_message(message) {}

  std::optional<LineTrouble> read(std::string_view rest) {
    for (std::size_t bar = rest.find('|'); bar != std::string_view::npos; bar = rest.find('|')) {
      add(rest.substr(0, bar));
      rest.remove_prefix(bar + 1);
    }
    read_end(rest);
    if (m_message.checksum == Sip2Checksum::right) return std::nullopt;  // it was written so
    return std::move(m_trouble);
  }

 private:
  void add(std::string_view field) {
    const std::string_view code = field.substr(0, 2);
    if (add_checksum(field)) return;
    if (m_message.checksum != Sip2Checksum::none && !trimmed(field).empty()) {
      return damaged(field, "something comes after the checksum.");
    }
    if (is_digits(code)) return damaged(field, "no field begins here.");
    if (field.size() == 1) return damaged(field, "a field has two letters.");
    if (belongs_to_checksum(code)) return damaged(field, "the checksum is not a checksum.");
    m_message.secrets |= sip2_secret_bit(code);
    m_message.has_foreign_field |= is_foreign(code, m_message);
    if (is_kept(code)) m_message.fields.push_back({code, trimmed(field.substr(2))});
  }

  // Returns false if the field is not a checksum.
  bool add_checksum(std::string_view field) {
    const std::string_view promised = promised_sip2_checksum(field);
    if (promised.empty() || m_message.code == nullptr) return false;
    if (m_message.checksum != Sip2Checksum::none) return false;
    if (field.starts_with("AY")) m_message.sequence = field.substr(2, 1);
    const auto summed = static_cast<std::size_t>(promised.data() - m_message.text.data());
    unsigned sum = 0;
    for (const char c : m_message.text.substr(0, summed)) sum += static_cast<unsigned char>(c);
    const std::string found = sip2_checksum_of(sum);
    const bool is_right = equal_ignoring_case(promised, found);
    m_message.checksum = is_right ? Sip2Checksum::right : Sip2Checksum::wrong;
    if (!is_right && !m_trouble) {
      m_trouble = LineTrouble{0, fmt::format("Damaged: checksum {} expected, {} found.", promised, found), true};
    }
    return true;
  }

  // Reads what follows the last |: nothing, a checksum, or an unterminated field. Some programs never terminate the
  // last field; but if all of its value is used, it may be cut short instead.
  void read_end(std::string_view end) {
    if (trimmed(end).empty() || !promised_sip2_checksum(end).empty()) return add(end);
    const std::string_view code = end.substr(0, 2);
    if (may_lack_delimiter(code) && !belongs_to_checksum(code) && end.size() > 1) return add(end);
    if (!m_trouble) {
      m_trouble = damage_at(m_piece.size(), "The message is cut short: expected | or a whole checksum at its end.");
    }
  }

  void damaged(std::string_view field, std::string_view what) {
    if (m_trouble) return;
    m_trouble = damage_at(static_cast<std::size_t>(field.data() - m_piece.data()), fmt::format("Damaged: {}", what));
  }

  std::string_view m_piece;
  Sip2Message& m_message;
  std::optional<LineTrouble> m_trouble;
};

// For a message whose front is damaged: finds its first date, recognized by the second date that follows it.
Stamp date_of_fragment(std::string_view front) {
  for (std::size_t at = 0; at + 2 * k_sip2_date_bytes <= front.size(); ++at) {
    if (!is_digit(front[at]) || (at > 0 && is_digit(front[at - 1]))) continue;
    const Stamp first = parse_sip2_date(front.substr(at, k_sip2_date_bytes));
    const Stamp second = parse_sip2_date(front.substr(at + k_sip2_date_bytes, k_sip2_date_bytes));
    if (first.says_when() && !second.is(StampForm::unreadable)) return first;
  }
  return {};
}

std::optional<LineTrouble> read_fragment(std::string_view piece, Sip2Message& message) {
  const std::size_t bar = std::min(piece.find('|'), piece.size());
  message.recorded = date_of_fragment(piece.substr(0, bar));
  if (bar < piece.size()) FieldReader(piece, message).read(piece.substr(bar + 1));
  return no_message(piece);
}

}  // namespace

std::optional<LineTrouble> read_sip2_message(std::string_view piece, Sip2Message& message) {
  message.code = nullptr;
  message.text = message.fixed = message.sequence = {};
  message.fields.clear();
  message.checksum = Sip2Checksum::none;
  message.recorded = Stamp();
  message.secrets = 0;
  message.has_foreign_field = false;
  piece = piece.substr(0, piece.find_last_not_of(" \t") + 1);
  const Sip2Start start = find_sip2_start(piece);
  message.code = start.code;
  if (start.code == nullptr) return read_fragment(piece, message);
  message.text = piece.substr(start.at);
  message.fixed = piece.substr(start.at + start.code->digits.size(), start.fixed_bytes());
  if (is_dated(*message.code)) {
    message.recorded = parse_sip2_date(message.fixed.substr(date_offset(*message.code), k_sip2_date_bytes));
    if (!message.recorded.says_when()) message.recorded = Stamp();
  }
  return FieldReader(piece, message).read(piece.substr(start.fields_at));
}

std::optional<std::string_view> sip2_value(const Sip2Message& message, std::string_view code) {
  const auto found = std::find_if(message.fields.begin(), message.fields.end(),
                                  [&](const Sip2Field& field) { return field.code == code; });
  return found == message.fields.end() ? std::nullopt : std::optional(found->value);
}

}  // namespace offcirc
