// Finds the items that left the building although their checkout was refused: staff have to look for them.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>

#include "loader/report/report.hpp"

namespace offcirc {

/// Sees the results of a whole load in their order, since an item may come back at another library than it left from.
class ItemsOut {
 public:
  /// The ID that `result` points to outlives this.
  void see(std::uint32_t index, const ReportResult& result);
  /// Of a result that was loaded.
  void see_loaded(std::string_view item_id) {
    if (!m_out.empty()) m_out.erase(item_id);
  }
  /// Sets ReportResult::item_is_out.
  void mark(ReportResults& results) const;

 private:
  std::unordered_map<std::string_view, std::uint32_t> m_out;  // by item ID, the index of the checkout
};

}  // namespace offcirc
