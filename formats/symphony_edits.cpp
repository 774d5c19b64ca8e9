#include "formats/symphony_edits.hpp"

#include <algorithm>

#include "formats/symphony_command.hpp"
#include "formats/symphony_secrets.hpp"

namespace offcirc {
namespace {

// Whether `^S`, two digits and IY or JY is in the line.
bool has_user_command(std::string_view line) {
  constexpr std::size_t k_command_at = 4;
  for (std::size_t at = line.find("^S"); at != std::string_view::npos; at = line.find("^S", at + 1)) {
    const std::string_view command = line.substr(std::min(at + k_command_at, line.size()), 2);
    if (command == "IY" || command == "JY") return true;
  }
  return false;
}

}  // namespace

std::vector<std::string_view> SymphonyEdits::of(std::string_view user_id, std::string_view line,
                                                const LineReader& rest) {
  if (!m_searched) find_all(rest);
  m_searched = true;
  std::vector<std::string_view> texts;
  const auto user = m_lines_of_user.find(user_id);
  if (user_id.empty() || user == m_lines_of_user.end()) return texts;
  const auto is_behind = [](const char* place, const UserLine& one) { return place < one.text.data(); };
  const std::vector<UserLine>& lines = user->second;
  auto next = std::upper_bound(lines.begin(), lines.end(), line.data(), is_behind);
  for (; next != lines.end() && !next->creates; ++next) texts.push_back(next->text);
  return texts;
}

void SymphonyEdits::find_all(LineReader lines) {
  for (std::string_view text; lines.next(text);) {
    if (has_user_command(text)) for_each_symphony_record(text, [&](std::string_view record) { add(record); });
  }
}

void SymphonyEdits::add(std::string_view record) {
  if (split_symphony_line(record, m_context.decoder, m_line) || m_line.is_response) return;
  const SymphonyAction action = find_symphony_command(m_line.command).action;
  const bool creates = action == SymphonyAction::create_user;
  if (!creates && action != SymphonyAction::edit_user) return;
  if (find_swallowed_secret(m_line, m_context.ids) || find_swallowed_in_registration(m_line, m_context.ids)) return;
  m_lines_of_user[m_line[SymphonyField::user_id]].push_back({record, creates});
}

}  // namespace offcirc
