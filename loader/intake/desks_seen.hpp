// All entries of a desk have the same library and station: who asks only for these asks one of them.
#pragma once

#include <vector>

#include "loader/intake/batch.hpp"

namespace offcirc {

class DesksSeen {
 public:
  explicit DesksSeen(const Batch& batch) : m_seen(batch.desks.size(), false) {}

  /// No entry of its desk was here before; or it says no desk.
  bool is_new(const Entry& entry) {
    if (entry.desk >= m_seen.size()) return true;
    if (m_seen[entry.desk]) return false;
    m_seen[entry.desk] = true;
    return true;
  }

 private:
  std::vector<bool> m_seen;
};

}  // namespace offcirc
