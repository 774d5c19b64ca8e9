// All that is wrong with a file, gathered so that the operator can mend it in one go.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace offcirc {

/// Where in a text; both from 1.
struct Place {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

class TroubleList {
 public:
  /// `file` as it is shown.
  explicit TroubleList(std::string file) : m_file(std::move(file)) {}

  /// `sentence` begins in lower case, as it stands behind the place, and ends with its full stop.
  void add(Place place, std::string sentence);
  [[nodiscard]] bool empty() const { return m_troubles.empty(); }
  /// `file:line:column: sentence`, a line each, in the order of the file. No newline behind the last.
  [[nodiscard]] std::string text() const;

 private:
  struct Trouble {
    Place place;
    std::string sentence;
  };

  std::string m_file;
  std::vector<Trouble> m_troubles;
};

}  // namespace offcirc
