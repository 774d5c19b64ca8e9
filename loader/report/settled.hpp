// Finds what a load asks for and has itself settled later on: nobody has to look for an item, or scan it again, that
// was checked out again, nor bring a copy for a hold that another copy has filled.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loader/report/report.hpp"

namespace offcirc {

/// Sees the results of a whole load in their order, since an item may go out again at another library.
class Settled {
 public:
  void see(std::uint32_t index, const ResultGlance& seen, const ReportResults& results);
  /// Says it of the results of the report that were seen.
  void mark(Report& report, const Zone& zone) const;

 private:
  struct By {
    std::uint32_t index;  ///< of the checkout
    bool only_route;      ///< it filled the hold; the item itself is where it was
  };

  void settle(std::string_view item_id, By by);

  /// A result that asks for something, and the one of the same item before it.
  struct Open {
    std::uint32_t index;
    std::uint32_t before;  ///< index into m_chain; k_none: there is none
  };

  std::vector<Open> m_chain;
  std::unordered_map<std::string_view, std::uint32_t> m_open;  // by item, the last in m_chain
  std::unordered_map<std::uint32_t, By> m_settled;
};

}  // namespace offcirc
