// What every report is put together from, whether the load has just ended or is read from the journal.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loader/report/report.hpp"

namespace offcirc {

// Finds what a load asks for and has itself settled later on: nobody has to look for an item, or scan it again, that
// was checked out again, nor bring a copy for a hold that another copy has filled.

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

  void settle(std::uint32_t item_key, By by);
  /// k_none where no result asks for something about the item.
  [[nodiscard]] std::uint32_t key_of(std::string_view item_id);

  /// A result that asks for something, and the one of the same item before it.
  struct Open {
    std::uint32_t index;
    std::uint32_t before;  ///< index into m_chain; k_none: there is none
  };

  std::vector<Open> m_chain;
  std::vector<std::uint32_t> m_open;  // by item_key, the last in m_chain; k_none or missing: there is none
  // Few copies are named by their ID alone, so that the numbers of IDs are known only once one is.
  std::vector<std::pair<std::string_view, std::uint32_t>> m_asked;
  std::unordered_map<std::string_view, std::uint32_t> m_keys;
  std::unordered_map<std::uint32_t, By> m_settled;
};

// Finds the items that left the building although their checkout was refused: staff have to look for them.

/// Sees the results of a whole load in their order, since an item may come back at another library than it left from.
class ItemsOut {
 public:
  /// `item_key` is that of its ResultGlance.
  void see(std::uint32_t index, std::uint32_t item_key, const ReportResult& result);
  /// Of a result that was loaded.
  void see_loaded(std::uint32_t item_key) {
    if (item_key < m_out.size()) m_out[item_key] = k_none;
  }
  /// Sets ReportResult::item_is_out.
  void mark(ReportResults& results) const;

 private:
  std::vector<std::uint32_t> m_out;  // by item_key, the index of the checkout; k_none or missing: none
};

/// The part of a result that the rules have decided, with views into it; who, what, when and where are left to the
/// caller. `operator_name` is of the load.
ReportResult report_of(const Result& result, std::string_view operator_name);

void add_logs(Report& report, const std::vector<Log>& logs);
/// Views into `lists`.
void add_shelf_lists(Report& report, const ShelfLists& lists);

/// `retry --clock` names a station: where the log says none, what helps is to load it again.
void adapt_clock_action(ReportResult& result, bool dry_run);

/// Adds one that was recorded. Of what offcirc does not load nothing is counted.
void count_kind(std::array<KindCount, 6>& kinds, const ResultGlance& result);

/// Counts the logs and results that are there, and the transactions of each kind.
void add_totals(Report& report);
/// Whether the records of the logs are as many as the results and the blank ones.
bool adds_up(const ReportTotals& totals);

/// Fills in what follows from logs, results, lists and missing stations: totals, kinds, libraries, items that are out.
void complete_report(Report& report, const Policy& policy);

}  // namespace offcirc
