// Symphony writes a new user's address in edit lines of their own, behind the line that creates the user and not always
// next to it. This finds them, so that a registration is one record.
#pragma once

#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "formats/fields.hpp"
#include "formats/line_reader.hpp"

namespace offcirc {

class SymphonyEdits {
 public:
  /// The edits of the user behind `line`, which creates that user: up to the next line that does, in the order of the
  /// log. `rest` is the log behind it. From then on is_taken() knows them. The rest of the log is read once, at the
  /// first call.
  std::vector<std::string_view> take(std::string_view user_id, std::string_view line, const LineReader& rest);
  /// The line, at its place in the log, belongs to a registration.
  [[nodiscard]] bool is_taken(std::string_view line) const { return !m_taken.empty() && m_taken.contains(line.data()); }

 private:
  struct UserLine {
    std::string_view text;
    bool creates;
  };
  void find_all(LineReader lines);

  bool m_searched = false;
  std::unordered_map<std::string_view, std::vector<UserLine>> m_lines_of_user;
  std::unordered_set<const char*> m_taken;
};

}  // namespace offcirc
