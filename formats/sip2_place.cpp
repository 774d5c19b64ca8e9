#include "formats/sip2_place.hpp"

#include <algorithm>

#include "formats/fields.hpp"
#include "formats/sip2_checksum.hpp"
#include "formats/sip2_date.hpp"

namespace offcirc {
namespace {

constexpr std::string_view k_login = "93";

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

// What a log may write before a message: `2026-06-12 10:12:31 [3] SC->ACS: `.
bool is_prefix_character(char c) {
  return is_capital(c) || (c >= 'a' && c <= 'z') || is_digit(c) ||
         std::string_view(" \t[]()<>-=:.,/+_*").find(c) != std::string_view::npos;
}

// A message is at the start of the line, or apart from what is before it.
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

// Where within a line nothing shows that a message begins but the message itself, it has to have fields, and a date
// that there is.
bool begins_dated_message(std::string_view line, std::size_t at) {
  const Sip2Start start = start_at(line, at);
  if (start.code == nullptr || !is_dated(*start.code) || start.fields_at == line.size()) return false;
  const std::size_t date_at = at + start.code->digits.size() + date_offset(*start.code);
  return parse_sip2_date(line.substr(date_at, k_sip2_date_bytes)).says_when();
}

// Finds the message after what a log writes before it. What is left of a message whose front is damaged looks like
// that too, but for the day and the zone of its date: after those no message begins.
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
  std::size_t m_digits = 0;  // in a row, up to here
  std::size_t m_zone = 0;    // bytes of what may be a zone, up to here
  bool m_may_be_day =
      false;  // the digits before the zone: all of a day, or what is left of it at the start of the line
};

// The log's own words before the next message come after the end of this one.
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
  ChecksumScan(std::string_view line, std::size_t begin) : m_line(line), m_summed(begin) {}

  // Whether the checksum at `at` is right. \pre Ascending.
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

}  // namespace offcirc
