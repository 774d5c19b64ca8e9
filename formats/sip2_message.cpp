#include "formats/sip2_message.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "formats/fields.hpp"
#include "formats/sip2_date.hpp"
#include "formats/sip2_secrets.hpp"

namespace offcirc {
namespace {

constexpr std::string_view k_login = "93";
constexpr std::size_t k_checksum_bytes = 6;  // AZEBA0
constexpr std::size_t k_sequence_bytes = 3;  // AY1

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

// What a log may write before a message: `2026-06-12 10:12:31 [3] SC->ACS: `.
bool is_prefix_character(char c) {
  return is_capital(c) || (c >= 'a' && c <= 'z') || is_digit(c) ||
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

// Where within a line nothing shows that a message begins but the message itself, it has to have fields, and a date
// that there is.
bool begins_dated_message(std::string_view text) {
  const Sip2Code* code = find_sip2_code(text);
  if (code == nullptr || !is_dated(*code)) return false;
  std::size_t end = 0;
  Sip2Misfit misfit;
  if (!fits_layout(*code, text, end, misfit) || end == text.size()) return false;
  return parse_sip2_date(text.substr(code->digits.size() + date_offset(*code), k_sip2_date_bytes)).says_when();
}

// Finds the message behind what a log writes before it. What is left of a message whose front is damaged looks like
// that too, but for the day and the zone of its date: behind those no message begins.
class PrefixScan {
 public:
  explicit PrefixScan(std::string_view line) : m_line(line) {}

  // npos: none.
  std::size_t find(Sip2Message& message) {
    for (std::size_t at = 0; at < m_line.size() && may_begin_at(at); ++at) {
      const bool stands_apart = at == 0 || may_stand_before(m_line[at - 1]);
      if (stands_apart && begins_message(m_line.substr(at), message) && may_be(*message.code, at)) return at;
    }
    return std::string_view::npos;
  }

 private:
  // Looks at the byte before.
  bool may_begin_at(std::size_t at) {
    if (at == 0) return true;
    const char c = m_line[at - 1];
    return is_prefix_character(c) && !ends_day_and_zone(c, at);
  }

  bool ends_day_and_zone(char c, std::size_t at) {
    if (is_digit(c)) {
      ++m_digits;
      m_zone = 0;
      return false;
    }
    const bool begins_line = m_digits + 1 == at && m_digits < k_day_digits;
    if (m_zone == 0) m_may_be_day = m_digits > 0 && (m_digits == k_day_digits || begins_line);
    m_digits = 0;
    const bool is_of_zone = c == ' ' || (m_zone + 1 == k_zone_bytes && is_capital(c));
    m_zone = is_of_zone && m_zone < k_zone_bytes ? m_zone + 1 : k_zone_bytes + 1;
    return m_zone == k_zone_bytes && m_may_be_day && at < m_line.size() && is_digit(m_line[at]);
  }

  // `97` may end a time, and so may all else that has no date.
  [[nodiscard]] bool may_be(const Sip2Code& code, std::size_t at) const {
    const bool is_in_time = at >= 2 && m_line[at - 1] == ':' && is_digit(m_line[at - 2]);
    return is_dated(code) || !is_in_time;
  }

  static constexpr std::size_t k_day_digits = 8;
  static constexpr std::size_t k_zone_bytes = 4;

  std::string_view m_line;
  std::size_t m_digits = 0;   // in a row, up to here
  std::size_t m_zone = 0;     // bytes of what may be a zone, up to here
  bool m_may_be_day = false;  // the digits before the zone: all of a day, or its rest at the start of the line
};

LineTrouble no_message(std::string_view line) {
  const Sip2Code* code = find_sip2_code(line);
  if (code == nullptr || code->action == Sip2Action::noise || code->action == Sip2Action::answer) {
    return damage_at(0,
                     "This is no SIP2 message: expected one such as 11 (checkout), 09 (check-in) or 29 (renewal), with "
                     "its date and time.");
  }
  std::size_t end = 0;
  Sip2Misfit misfit;
  fits_layout(*code, line, end, misfit);
  return damage_at(misfit.at, fmt::format("The message {} ({}) can't be read: expected {} here.", code->digits,
                                          code->name, misfit.expected));
}

// Four hexadecimal digits: what makes the sum of all bytes up to here, the digits left out, a multiple of 65536.
std::string checksum_of(std::string_view bytes) {
  unsigned sum = 0;
  for (const char c : bytes) sum += static_cast<unsigned char>(c);
  return fmt::format("{:04X}", -sum & 0xFFFFU);
}

bool is_hexadecimal(std::string_view text) {
  return text.find_first_not_of("0123456789ABCDEFabcdef") == std::string_view::npos;
}

// `AY1AZEBA0`, or `AZEBA0` alone. Empty where `field` is neither.
std::string_view promised_checksum(std::string_view field) {
  if (field.size() == k_sequence_bytes + k_checksum_bytes && field.starts_with("AY")) {
    field.remove_prefix(k_sequence_bytes);
  }
  if (field.size() != k_checksum_bytes || !field.starts_with("AZ")) return {};
  field.remove_prefix(2);
  return is_hexadecimal(field) ? field : std::string_view();
}

bool is_kept(std::string_view code) {
  return code == "AO" || code == "AA" || code == "AB" || code == "BI";
}

// Where only one letter is taken, nothing of it is lost.
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

/// The fields of a message, one after the other: all that are whole are taken, whatever is wrong with another.
class FieldReader {
 public:
  FieldReader(std::string_view piece, Sip2Message& message) : m_piece(piece), m_message(message) {}

  std::optional<LineTrouble> read(std::string_view rest) {
    for (std::size_t bar = rest.find('|'); bar != std::string_view::npos; bar = rest.find('|')) {
      add(rest.substr(0, bar));
      rest.remove_prefix(bar + 1);
    }
    read_end(rest);
    return std::move(m_trouble);
  }

 private:
  void add(std::string_view field) {
    const std::string_view code = field.substr(0, 2);
    if (add_checksum(field)) return;
    if (m_message.checksum != Sip2Checksum::none && !trimmed(field).empty()) {
      return damaged(field, "something stands behind the checksum.");
    }
    if (is_digits(code)) return damaged(field, "no field begins here.");
    if (field.size() == 1) return damaged(field, "a field has two letters.");
    if (belongs_to_checksum(code)) return damaged(field, "the checksum is no checksum.");
    m_message.secrets |= sip2_secret_bit(code);
    m_message.has_foreign_field |= is_foreign(code, m_message);
    if (is_kept(code)) m_message.fields.push_back({code, trimmed(field.substr(2))});
  }

  // False where it is none.
  bool add_checksum(std::string_view field) {
    const std::string_view promised = promised_checksum(field);
    if (promised.empty() || m_message.code == nullptr) return false;
    if (m_message.checksum != Sip2Checksum::none) return false;
    if (field.starts_with("AY")) m_message.sequence = field.substr(2, 1);
    const auto summed = static_cast<std::size_t>(promised.data() - m_message.text.data());
    const std::string found = checksum_of(m_message.text.substr(0, summed));
    const bool is_right = equal_ignoring_case(promised, found);
    m_message.checksum = is_right ? Sip2Checksum::right : Sip2Checksum::wrong;
    if (!is_right && !m_trouble) {
      m_trouble = LineTrouble{0, fmt::format("Damaged: checksum {} promised, {} found.", promised, found), true};
    }
    return true;
  }

  // What stands behind the last |: nothing, a checksum, or a field that does not end. Some writers never end the last
  // one; where all of it is taken it may be cut as well.
  void read_end(std::string_view end) {
    if (trimmed(end).empty() || promised_checksum(end).size() > 0) return add(end);
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

// Of a message whose front is damaged: its first date, where the second stands behind it.
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

// The log's own words before the next message stand behind the end of this one.
std::size_t before_prefix(std::string_view line, std::size_t from, std::size_t next) {
  const std::size_t bar = line.substr(0, next).rfind('|');
  const std::size_t begin = bar == std::string_view::npos ? from : bar + 1;
  const std::string_view between = line.substr(begin, next - begin);
  if (between.empty() || is_capital(between[0]) || !may_stand_before(between.back())) return next;
  return std::all_of(between.begin(), between.end(), is_prefix_character) ? begin : next;
}

/// Adds up the bytes of a message, and knows where its checksum is right.
class ChecksumScan {
 public:
  explicit ChecksumScan(std::string_view line, std::size_t begin) : m_line(line), m_summed(begin) {}

  // Whether the checksum that stands at `at` is right. \pre Ascending.
  bool is_right_at(std::size_t at) {
    const std::string_view field = m_line.substr(at, k_checksum_bytes);
    if (field[0] != 'A' || promised_checksum(field).empty() || !may_stand(at)) return false;
    for (; m_summed < at + 2; ++m_summed) m_sum += static_cast<unsigned char>(m_line[m_summed]);
    return equal_ignoring_case(field.substr(2), fmt::format("{:04X}", -m_sum & 0xFFFFU));
  }

 private:
  [[nodiscard]] bool may_stand(std::size_t at) const {
    if (at >= k_sequence_bytes && m_line.substr(at - k_sequence_bytes, 2) == "AY") return true;
    return at == 0 || m_line[at - 1] == '|' || is_digit(m_line[at - 1]);
  }

  std::string_view m_line;
  std::size_t m_summed;
  unsigned m_sum = 0;
};

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
  if (PrefixScan(piece).find(message) == std::string_view::npos) {
    message.code = nullptr;
    return read_fragment(piece, message);
  }
  if (is_dated(*message.code)) {
    message.recorded = parse_sip2_date(message.fixed.substr(date_offset(*message.code), k_sip2_date_bytes));
    if (!message.recorded.says_when()) message.recorded = Stamp();
  }
  return FieldReader(piece, message).read(message.text.substr(message.code->digits.size() + message.fixed.size()));
}

std::optional<std::string_view> sip2_value(const Sip2Message& message, std::string_view code) {
  const auto found = std::find_if(message.fields.begin(), message.fields.end(),
                                  [&](const Sip2Field& field) { return field.code == code; });
  return found == message.fields.end() ? std::nullopt : std::optional(found->value);
}

std::size_t end_of_sip2_record(std::string_view line) {
  Sip2Message message;
  const std::size_t begin = PrefixScan(line).find(message);
  const bool has_message = begin != std::string_view::npos;
  std::size_t at =
      has_message ? begin + message.code->digits.size() + message.fixed.size() : std::min(line.find('|'), line.size());
  const std::size_t fields_at = at;
  ChecksumScan checksum(line, has_message ? begin : line.size());
  for (bool is_behind_field = false; at < line.size(); ++at) {
    if (has_message && checksum.is_right_at(at)) {
      std::size_t end = at + k_checksum_bytes;
      if (end < line.size() && line[end] == '|') ++end;
      while (end < line.size() && is_blank(line[end])) ++end;
      return end;
    }
    if (is_behind_field && begins_dated_message(line.substr(at))) return before_prefix(line, fields_at, at);
    is_behind_field = is_behind_field || line[at] == '|';
  }
  return line.size();
}

bool has_sip2_message(std::string_view line) {
  Sip2Message message;
  return PrefixScan(line).find(message) != std::string_view::npos &&
         (is_dated(*message.code) || message.code->digits == k_login);
}

}  // namespace offcirc
