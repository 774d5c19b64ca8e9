#include "formats/symphony_edits.hpp"

#include <algorithm>

#include "formats/symphony_command.hpp"
#include "formats/symphony_line.hpp"

namespace offcirc {

std::vector<std::string_view> SymphonyEdits::take(std::string_view user_id, std::string_view created_by,
                                                  const LineReader& rest) {
  if (!m_searched) find_all(rest);
  m_searched = true;
  std::vector<std::string_view> texts;
  const auto user = m_lines_of_user.find(user_id);
  if (user_id.empty() || user == m_lines_of_user.end()) return texts;
  const auto is_behind = [](const char* place, const UserLine& line) { return place < line.text.data(); };
  const std::vector<UserLine>& lines = user->second;
  auto line = std::upper_bound(lines.begin(), lines.end(), created_by.data(), is_behind);
  for (; line != lines.end() && !line->creates; ++line) {
    texts.push_back(line->text);
    m_taken.insert(line->text.data());
  }
  return texts;
}

void SymphonyEdits::find_all(LineReader lines) {
  constexpr std::size_t k_start_bytes = 40;  // the command stands within them
  SymphonyLine line;
  for (std::string_view text; lines.next(text);) {
    const std::string_view start = text.substr(0, k_start_bytes);
    if (start.find("IY") == std::string_view::npos && start.find("JY") == std::string_view::npos) continue;
    if (split_symphony_line(text, line) || line.is_response) continue;
    const SymphonyAction action = find_symphony_command(line.command).action;
    const bool creates = action == SymphonyAction::create_user;
    if (!creates && action != SymphonyAction::edit_user) continue;
    m_lines_of_user[line[SymphonyField::user_id]].push_back({text, creates});
  }
}

}  // namespace offcirc
