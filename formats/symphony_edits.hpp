// Symphony writes a new user's address in edit lines of their own, behind the line that creates the user and not always
// next to it. This finds them, so that a registration is judged by all that the log says of the user.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "formats/line_reader.hpp"
#include "formats/log_format.hpp"
#include "formats/symphony_line.hpp"

namespace offcirc {

class SymphonyEdits {
 public:
  explicit SymphonyEdits(const LogContext& context) : m_context(context) {}

  /// The edits of the user behind `line`, which creates that user: up to the next line that does, in the order of the
  /// log. `rest` is the log after it, which is read once, at the first call.
  std::vector<std::string_view> of(std::string_view user_id, std::string_view line, const LineReader& rest);

 private:
  struct UserLine {
    std::string_view text;
    bool creates;
  };
  void find_all(LineReader lines);
  void add(std::string_view record);

  LogContext m_context;
  bool m_searched = false;
  SymphonyLine m_line;
  std::unordered_map<std::string_view, std::vector<UserLine>> m_lines_of_user;
};

}  // namespace offcirc
