// Symphony writes a new user's address in edit lines of their own, behind the line that creates the user and not always
// next to it. This finds them, so that a registration is one record.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "formats/fields.hpp"

namespace offcirc {

class SymphonyEdits {
 public:
  /// The edits of the user in `rest`, which begins behind the line that creates that user: up to the next line that
  /// does, in the order of the log. From then on is_taken() knows them. The rest of the log is read once, at the first
  /// call.
  std::vector<std::string_view> take(std::string_view user_id, const LineReader& rest);
  /// The line belongs to a registration.
  [[nodiscard]] bool is_taken(std::uint32_t line_number) const {
    return !m_taken.empty() && m_taken.contains(line_number);
  }

 private:
  struct UserLine {
    std::uint32_t number;
    bool creates;
    std::string_view text;
  };
  void find_all(LineReader lines);

  bool m_searched = false;
  std::unordered_map<std::string_view, std::vector<UserLine>> m_lines_of_user;
  std::unordered_set<std::uint32_t> m_taken;
};

}  // namespace offcirc
