#include "formats/evergreen_parts.hpp"

#include <algorithm>
#include <utility>

#include "formats/evergreen_member.hpp"
#include "formats/fields.hpp"

namespace offcirc {
namespace {

constexpr std::size_t k_nowhere = std::string_view::npos;
constexpr std::string_view k_blanks = " \t";
// What may be between a value and the next name.
constexpr std::string_view k_between = " \t,}]";

bool is_of_name(char c) {
  return is_digit(c) || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// A member that can be told beyond doubt: no string has a quote after a comma or a brace, since JSON writes `\"`.
struct Part {
  std::string_view name;
  std::string_view value;   ///< as much as is surely its own: an open quote or brace with what follows, or a word
  std::string_view behind;  ///< up to the next part

  [[nodiscard]] bool is_whole() const {
    if (value.empty() || behind.find_first_not_of(k_between) != k_nowhere) return false;
    return value[0] == '"' ? value.size() > 1 && value.back() == '"' : value[0] == '{' || !behind.empty();
  }
  [[nodiscard]] bool closes_object() const { return behind.find('}') != k_nowhere; }
};

/// Takes a line apart, part by part.
class Parts {
 public:
  explicit Parts(std::string_view line) : m_line(line) { find_name(0); }

  bool next(Part& part) {
    if (m_name.empty()) return false;
    part.name = m_name;
    const std::size_t value_at = std::min(m_line.find_first_not_of(k_blanks, m_behind_name), m_line.size());
    find_name(m_behind_name);
    const std::string_view rest = m_line.substr(value_at, std::max(value_at, m_part_end) - value_at);
    part.value = rest.substr(0, value_size(rest));
    part.behind = rest.substr(part.value.size());
    return true;
  }

 private:
  // The next `"name":` that begins the line or follows a comma or a brace.
  void find_name(std::size_t from) {
    m_name = {};
    m_part_end = m_line.size();
    for (std::size_t quote = m_line.find('"', from); quote != k_nowhere; quote = m_line.find('"', quote + 1)) {
      const std::size_t before = quote == 0 ? k_nowhere : m_line.find_last_not_of(k_blanks, quote - 1);
      if (before != k_nowhere && m_line[before] != ',' && m_line[before] != '{') continue;
      std::size_t end = quote + 1;
      while (end < m_line.size() && is_of_name(m_line[end])) ++end;
      const std::size_t colon = m_line.substr(end, 1) == "\"" ? m_line.find_first_not_of(k_blanks, end + 1) : k_nowhere;
      if (end == quote + 1 || colon == k_nowhere || m_line[colon] != ':') continue;
      m_name = m_line.substr(quote + 1, end - quote - 1);
      m_behind_name = colon + 1;
      m_part_end = quote;
      return;
    }
  }

  static std::size_t value_size(std::string_view rest) {
    if (rest.starts_with('{') || rest.starts_with('[')) return 1;
    if (!rest.starts_with('"')) return std::min(rest.find_first_of(" \t,}]{[\""), rest.size());
    std::size_t at = 1;
    while (at < rest.size() && rest[at] != '"') at += rest[at] == '\\' ? 2 : 1;
    return std::min(at + 1, rest.size());
  }

  std::string_view m_line;
  std::string_view m_name;  // of the next part; empty: there is none
  std::size_t m_behind_name = 0;
  std::size_t m_part_end = 0;
};

// `passwd`, also with a letter lost, wrong, twice, or at a wrong place.
bool may_be_password(std::string_view name) {
  return name.find("pas") != k_nowhere || name.find("swd") != k_nowhere;
}

// Without its quotes.
std::string_view text_of(const Part& part) {
  std::string_view text = part.value;
  if (text.starts_with('{') || text.starts_with('[') || text.find('\\') != k_nowhere) return {};
  if (text.starts_with('"')) text.remove_prefix(1);
  if (!text.ends_with('"')) return trimmed(text.substr(0, text.find(',')));
  text.remove_suffix(1);
  return trimmed(text);
}

}  // namespace

EvergreenRemains remains_of_evergreen_line(std::string_view line) {
  EvergreenRemains remains;
  bool is_registration = false;
  Parts parts(line);
  for (Part part; parts.next(part);) {
    is_registration = is_registration || part.name == "user" ||
                      find_evergreen_member(EvergreenObject::user, part.name) ||
                      find_evergreen_object(EvergreenObject::user, part.name);
    if (part.name == "type" && part.is_whole()) remains.type = text_of(part);
    if (part.name == "timestamp" && part.is_whole()) remains.timestamp = text_of(part);
    if (part.name == "patron_barcode" && remains.patron_barcode.empty()) remains.patron_barcode = text_of(part);
    if (part.name == "barcode" && remains.barcode.empty()) remains.barcode = text_of(part);
  }
  if (is_registration) remains.card_barcode = std::exchange(remains.barcode, {});
  return remains;
}

std::string without_evergreen_password(std::string_view line) {
  std::string kept;
  Parts parts(line);
  for (Part part; parts.next(part);) {
    kept.append(part.name).append(":");
    if (!may_be_password(part.name)) {
      kept.append(part.value);
    } else if (!part.is_whole()) {
      break;
    }
    kept.append("\n");
  }
  return kept;
}

}  // namespace offcirc
