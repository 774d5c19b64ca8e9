#include "formats/sip2_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "formats/fields.hpp"
#include "formats/sip2_fields.hpp"

namespace offcirc {

namespace {

constexpr std::string_view k_login = "93";

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

// Returns whether `c` may be part of what a log writes before a message: `2026-06-12 10:12:31 [3] SC->ACS: `.
bool is_prefix_character(char c) {
  return is_capital(c) || (c >= 'a' && c <= 'z') || is_digit(c) ||
         std::string_view(" \t[]()<>-=:.,/+_*").find(c) != std::string_view::npos;
}

// A message begins the line, or is set apart from the text before it.
bool may_stand_before(char c) {
  return std::string_view(" \t[]()<>=:").find(c) != std::string_view::npos;
}

Sip2Start start_at(std::string_view line, std::size_t at) {
  const std::string_view text = line.substr(at);
  const Sip2Code* code = find_sip2_code(text);
  std::size_t end = 0;
  Sip2Misfit misfit;
  return code != nullptr && fits_layout(*code, text, end, misfit) ? Sip2Start{code, at, at + end} : Sip2Start{};
}

// In the middle of a line, only the message itself shows that it begins, so it must have fields and a valid date.
bool begins_dated_message(std::string_view line, std::size_t at) {
  const Sip2Start start = start_at(line, at);
  if (start.code == nullptr || !is_dated(*start.code) || start.fields_at == line.size()) return false;
  const std::size_t date_at = at + start.code->digits.size() + date_offset(*start.code);
  return parse_sip2_date(line.substr(date_at, k_sip2_date_bytes)).says_when();
}

// Finds the message after what a log writes before it. The remainder of a message whose front is damaged looks like
// that too, except that it has the day and zone of a date; after those no message begins.
class PrefixScan {
 public:
  explicit PrefixScan(std::string_view line) : m_line(line) {}

  Sip2Start find() {
    for (std::size_t at = 0; at < m_line.size() && may_begin_at(at); ++at) {
      if (at > 0 && !may_stand_before(m_line[at - 1])) continue;
      const Sip2Start start = start_at(m_line, at);
      if (start.code != nullptr && may_be(*start.code, at)) return start;
    }
    return {};
  }

 private:
  // Examines the byte before `at`.
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

  // A code without a date, such as `97`, may be the end of a time.
  [[nodiscard]] bool may_be(const Sip2Code& code, std::size_t at) const {
    const bool is_in_time = at >= 2 && m_line[at - 1] == ':' && is_digit(m_line[at - 2]);
    return is_dated(code) || !is_in_time;
  }

  static constexpr std::size_t k_day_digits = 8;
  static constexpr std::size_t k_zone_bytes = 4;

  std::string_view m_line;
  std::size_t m_digits = 0;   // in a row, up to here
  std::size_t m_zone = 0;     // bytes so far that may belong to a zone
  bool m_may_be_day = false;  // the digits before the zone may be a day, or its end at the start of a line
};

// The log's own text before the next message starts after the end of this one.
std::size_t before_prefix(std::string_view line, std::size_t from, std::size_t next) {
  const std::size_t bar = line.substr(0, next).rfind('|');
  const std::size_t begin = bar == std::string_view::npos ? from : bar + 1;
  const std::string_view between = line.substr(begin, next - begin);
  if (between.empty() || is_capital(between[0]) || !may_stand_before(between.back())) return next;
  return std::all_of(between.begin(), between.end(), is_prefix_character) ? begin : next;
}

/// Adds up the bytes of a message to check its checksum.
class ChecksumScan {
 public:
  ChecksumScan(std::string_view line, std::size_t begin) : m_line(line), m_summed(begin) {}

  // Returns whether there is a correct checksum at `at`. \pre `at` ascends from call to call.
  bool is_right_at(std::size_t at) {
    const std::string_view field = m_line.substr(at, k_sip2_checksum_bytes);
    if (field[0] != 'A' || promised_sip2_checksum(field).empty() || !may_stand(at)) return false;
    for (; m_summed < at + 2; ++m_summed) m_sum += static_cast<unsigned char>(m_line[m_summed]);
    return equal_ignoring_case(field.substr(2), sip2_checksum_of(m_sum));
  }

 private:
  [[nodiscard]] bool may_stand(std::size_t at) const {
    if (at >= k_sip2_sequence_bytes && m_line.substr(at - k_sip2_sequence_bytes, 2) == "AY") return true;
    return at == 0 || m_line[at - 1] == '|' || is_digit(m_line[at - 1]);
  }

  std::string_view m_line;
  std::size_t m_summed;
  unsigned m_sum = 0;
};

}  // namespace

Sip2Start find_sip2_start(std::string_view line) {
  return PrefixScan(line).find();
}

std::size_t end_of_sip2_record(std::string_view line) {
  const Sip2Start start = find_sip2_start(line);
  const bool has_message = start.code != nullptr;
  std::size_t at = has_message ? start.fields_at : std::min(line.find('|'), line.size());
  const std::size_t fields_at = at;
  ChecksumScan checksum(line, start.at);
  for (bool is_behind_field = false; at < line.size(); ++at) {
    if (has_message && checksum.is_right_at(at)) {
      std::size_t end = at + k_sip2_checksum_bytes;
      if (end < line.size() && line[end] == '|') ++end;
      while (end < line.size() && is_blank(line[end])) ++end;
      return end;
    }
    if (is_behind_field && begins_dated_message(line, at)) return before_prefix(line, fields_at, at);
    is_behind_field = is_behind_field || line[at] == '|';
  }
  return line.size();
}

bool has_sip2_message(std::string_view line) {
  const Sip2Code* code = find_sip2_start(line).code;
  return code != nullptr && (is_dated(*code) || code->digits == k_login);
}

namespace {

Sip2Says said_by(Sip2Action action) {
  switch (action) {
    case Sip2Action::checkout:
    case Sip2Action::checkin:
    case Sip2Action::renew:
      return Sip2Says::request;
    case Sip2Action::other:
      return Sip2Says::unsupported;
    case Sip2Action::answer:
      return Sip2Says::answer;
    case Sip2Action::noise:
      break;
  }
  return Sip2Says::nothing;
}

}  // namespace

bool Sip2Reader::next() {
  if (!m_lines.next(m_piece)) return false;
  m_is_cut = m_lines.is_cut_by_zeros() || m_piece.data() + m_piece.size() == m_end;
  const std::size_t end = is_block_of_zeros(m_piece) ? m_piece.size() : end_of_sip2_record(m_piece);
  if (end < m_piece.size()) {
    m_lines.give_back(m_piece, end);
    m_piece = m_piece.substr(0, end);
    m_is_cut = false;
  }
  m_second_date = Stamp();
  m_trouble = find_trouble();
  if (!m_trouble) return true;
  if (m_trouble->column != 0) m_trouble->column += m_lines.column_before();
  m_says = Sip2Says::unreadable;
  return true;
}

Sip2Reader::Trouble Sip2Reader::find_trouble() {
  m_says = Sip2Says::nothing;
  m_message.code = nullptr;
  auto size_trouble = find_size_trouble(m_piece);
  if (!size_trouble && trimmed(m_piece).empty()) return std::nullopt;
  auto trouble = read_sip2_message(size_trouble ? std::string_view() : m_piece, m_message);
  if (size_trouble) return size_trouble;
  if (auto damage = find_byte_trouble(m_piece)) return damage;
  if (m_message.code == nullptr) return trouble;
  m_says = said_by(m_message.code->action);
  switch (m_says) {
    case Sip2Says::request:
    case Sip2Says::unsupported:
      return trouble ? trouble : find_trouble_of_request();
    case Sip2Says::nothing:
      if (m_message.checksum == Sip2Checksum::wrong) return trouble;
      // The code of a request may have been damaged into that of an inquiry.
      if (m_message.checksum == Sip2Checksum::none && m_message.has_foreign_field)
        return damage_at(place_of(m_message.text),
                         "Damaged: this message has a field that messages of its kind never have.");
      break;
    default:
      break;
  }
  return std::nullopt;
}

Sip2Reader::Trouble Sip2Reader::find_trouble_of_request() {
  if (auto trouble = read_dates()) return trouble;
  if (auto trouble = find_hidden_password()) return trouble;
  if (auto trouble = find_missing_field()) return trouble;
  return find_cut();
}

Sip2Reader::Trouble Sip2Reader::read_dates() {
  const Sip2Code& code = *m_message.code;
  const std::size_t at = date_offset(code);
  const std::string_view first = m_message.fixed.substr(at, k_sip2_date_bytes);
  if (!m_message.recorded.says_when()) return no_date("transaction date", first);
  if (code.action == Sip2Action::other) return std::nullopt;
  const bool is_checkin = code.action == Sip2Action::checkin;
  if (!is_checkin && m_message.fixed[1] != 'Y') return std::nullopt;
  const std::string_view second = m_message.fixed.substr(at + k_sip2_date_bytes, k_sip2_date_bytes);
  if (is_checkin && parse_sip2_date(second) == m_message.recorded) return std::nullopt;
  const Stamp date = parse_sip2_day(second);
  if (date.is(StampForm::unreadable)) return no_date(is_checkin ? "return date" : "due date (nb due date)", second);
  m_second_date = date;
  return std::nullopt;
}

// A message that was cut short between two fields lacks a required one.
Sip2Reader::Trouble Sip2Reader::find_missing_field() const {
  const Sip2Action action = m_message.code->action;
  if (action == Sip2Action::other) return std::nullopt;
  if (!sip2_value(m_message, "AO")) return missing("institution ID (AO)");
  const auto user_id = sip2_value(m_message, "AA");
  if (action == Sip2Action::checkout ? user_id.value_or("").empty() : action == Sip2Action::renew && !user_id) {
    return missing("user ID (AA)");
  }
  if (sip2_value(m_message, "AB").value_or("").empty()) return missing("item ID (AB)");
  return std::nullopt;
}

Sip2Reader::Trouble Sip2Reader::find_hidden_password() const {
  if (m_message.checksum == Sip2Checksum::right) return std::nullopt;
  for (const Sip2Field& field : m_message.fields) {
    if (field.code == "BI") continue;
    const std::size_t at = hidden_secret(field.code, field.value);
    if (at == std::string_view::npos) continue;
    return damage_at(
        place_of(field.value) + at,
        fmt::format("Damaged: another field seems to begin within {}; its delimiter is lost.", field.code));
  }
  return std::nullopt;
}

std::size_t Sip2Reader::hidden_secret(std::string_view code, std::string_view value) const {
  const IdPattern& pattern = code == "AA" ? m_ids.user : m_ids.item;
  if (code != "AO" && pattern.is_given() && pattern.fits(value)) return std::string_view::npos;
  return find_hidden_secret(code, value, m_message.secrets);
}

Sip2Reader::Trouble Sip2Reader::find_cut() const {
  if (!m_is_cut || m_message.checksum == Sip2Checksum::right) return std::nullopt;
  if (m_lines.is_cut_by_zeros()) return cut_by_zeros(m_piece);
  return damage_at(m_piece.size(), "The last line may be cut short: it has no line end. Load the whole log.");
}

LineTrouble Sip2Reader::no_date(std::string_view name, std::string_view value) const {
  return damage_at(
      place_of(value),
      fmt::format("The {} of the message {} is not a date and time: expected one such as \"20260612    101231\", "
                  "got {}.",
                  name, m_message.code->digits, quoted(value)));
}

LineTrouble Sip2Reader::missing(std::string_view field) const {
  return {0, fmt::format("The {} of the message {} is missing.", field, m_message.code->digits)};
}

std::string Sip2Reader::kept_text() const {
  const bool has_message = m_message.code != nullptr && !m_message.text.empty();
  const std::size_t fields_at =
      has_message ? place_of(m_message.text) + m_message.code->digits.size() + m_message.fixed.size() : 0;
  return without_sip2_secrets(m_piece, fields_at);
}

std::string Sip2Reader::kept_message() const {
  const std::string_view text = m_message.text;
  const std::size_t end = std::min(text.find("|AY"), text.find("|AZ"));
  return without_sip2_secrets(text.substr(0, end), m_message.code->digits.size() + m_message.fixed.size());
}

std::string_view Sip2Reader::id(std::string_view code) const {
  const std::string_view value = sip2_value(m_message, code).value_or("");
  if (m_says != Sip2Says::unreadable) return value;
  const bool may_be_kept =
      find_control_byte(value) == std::string_view::npos &&
      (m_message.checksum == Sip2Checksum::right || hidden_secret(code, value) == std::string_view::npos);
  return may_be_kept ? value : std::string_view();
}

}  // namespace offcirc
