#include "formats/symphony_screens.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "formats/fields.hpp"

namespace offcirc {
namespace {

// More than any screen has; bounds the comparison of fields.
constexpr std::size_t k_most_fields = 100;

using Field = std::pair<std::uint16_t, std::string_view>;

// The fields that the desk entered: those about users, items, dates, bills and holds, not those about the session.
std::vector<Field> entered_fields(const SymphonyLine& line) {
  std::vector<Field> fields;
  for_each_symphony_field(line.field_bytes, [&](std::uint16_t code, std::string_view value) {
    const bool is_entered = std::string_view("UuPNCBH0").find(static_cast<char>(code >> 8U)) != std::string_view::npos;
    if (is_entered && !is_symphony_secret(code) && !trimmed(value).empty()) fields.emplace_back(code, trimmed(value));
  });
  return fields;
}

bool is_user_id(const Field& field) {
  return field.first == symphony_code('U', 'O');
}

std::size_t number_of(std::string_view sequence) {
  return static_cast<std::size_t>(parse_digits(sequence).value_or(0));
}

}  // namespace

void SymphonyScreens::see_request(const SymphonyLine& line, std::uint32_t /*number*/) {
  m_last_requests[number_of(line.sequence)] = line.text;
  if (m_first_steps.empty()) return;
  const auto step = m_first_steps.find(line.station);
  if (step == m_first_steps.end()) return;
  if (!completes(line, step->second)) doubt(step->second.number);
  m_first_steps.erase(step);
}

// Staff look up users and leave the screen again all day, so a user ID alone is no sign of a lost request.
void SymphonyScreens::see_first_step(const SymphonyLine& line, std::uint32_t number) {
  const std::vector<Field> entered = entered_fields(line);
  if (std::all_of(entered.begin(), entered.end(), is_user_id)) return;
  if (entered.size() > k_most_fields) return doubt(number);
  const auto [step, is_first] = m_first_steps.try_emplace(line.station, FirstStep{line.text, number});
  if (is_first) return;
  doubt(step->second.number);
  step->second = {line.text, number};
}

void SymphonyScreens::see_session_command(const SymphonyLine& line, std::uint32_t number) {
  if (!entered_fields(line).empty()) doubt(number);
}

bool SymphonyScreens::completes(const SymphonyLine& request, const FirstStep& step) {
  if (split_symphony_line(step.text, m_decoder, m_other)) return false;
  const std::size_t start = static_cast<std::size_t>(request.command.data() - request.text.data());
  const bool is_same_line = request.text.substr(0, start) == step.text.substr(0, start);
  if (is_same_line || request.command[0] != m_other.command[0]) return false;
  const std::vector<Field> known = entered_fields(request), entered = entered_fields(m_other);
  return known.size() <= k_most_fields && std::all_of(entered.begin(), entered.end(), [&](const Field& field) {
           return std::find(known.begin(), known.end(), field) != known.end();
         });
}

bool SymphonyScreens::may_be_request(const SymphonyLine& answer) {
  // If the letter was torn out of something else, no space follows it.
  constexpr std::size_t k_header_bytes = 20;
  if (answer.text.size() > k_header_bytes && answer.text[k_header_bytes] != ' ') return true;
  const auto names = [&](SymphonyField field) { return !answer[field].empty(); };
  if (!names(SymphonyField::user_id) && !names(SymphonyField::item_id) && !names(SymphonyField::library)) return false;
  if (answer.command.empty()) return true;
  const std::string_view request = m_last_requests[number_of(answer.sequence)];
  if (request.empty() || split_symphony_line(request, m_decoder, m_other)) return true;
  const auto agrees = [&](SymphonyField field) { return answer[field].empty() || answer[field] == m_other[field]; };
  // A response that equals the request except for its letter is a request whose letter was damaged.
  const bool is_copy = request.substr(request.find('^')) == answer.text.substr(answer.text.find('^'));
  return is_copy || answer.command != m_other.command || answer.station != m_other.station ||
         !agrees(SymphonyField::user_id) || !agrees(SymphonyField::item_id);
}

void SymphonyScreens::doubt(std::uint32_t number) {
  if (m_doubtful++ == 0 || number < m_first_doubtful) m_first_doubtful = number;
}

std::vector<LogNote> SymphonyScreens::notes() const {
  std::uint32_t count = m_doubtful, first = m_first_doubtful;
  for (const auto& [station, step] : m_first_steps) {
    if (count++ == 0 || step.number < first) first = step.number;
  }
  if (count == 0) return {};
  const bool one = count == 1;
  return {{"request-may-be-lost",
           fmt::format("{} a screen or session command with an item or other data that a desk entered. Such a command "
                       "changes nothing, but one damaged letter can turn a request into one.",
                       one ? fmt::format("Line {} is", first)
                           : fmt::format("{} lines, the first of them line {}, are each", count, first)),
           "If a transaction of that time is missing, enter it by hand."}};
}

}  // namespace offcirc
