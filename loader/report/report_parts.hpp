// The parts that every report is made of, whether its load has just ended or is read from the journal.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loader/report/report.hpp"

namespace offcirc {

/// Finds what results ask for that later results of the load have settled: nobody has to look for, or scan again, an
/// item that was then checked out again, nor bring a copy for a hold that another copy has filled. Must see the results
/// of the whole load in order, since an item may go out again at another library.
class Settled {
 public:
  void see(std::uint32_t index, const ResultGlance& seen, const ReportResults& results);
  /// Marks the results that are settled.
  void mark(Report& report, const Zone& zone) const;

 private:
  struct By {
    std::uint32_t index;  ///< of the checkout
    bool only_route;      ///< another copy filled the hold; the item itself is still where it was
  };

  void settle(std::uint32_t item_key, By by);
  /// k_none if no result asks for something about the item.
  [[nodiscard]] std::uint32_t key_of(std::string_view item_id);

  /// A result that asks for something, linked to the one before it about the same item.
  struct Open {
    std::uint32_t index;
    std::uint32_t before;  ///< index into m_chain; k_none: there is none
  };

  std::vector<Open> m_chain;
  std::vector<std::uint32_t> m_open;  // by item_key: the last in m_chain; k_none or missing: none
  // Only a few copies are identified by ID alone, so m_keys is filled from m_asked only when the first one is.
  std::vector<std::pair<std::string_view, std::uint32_t>> m_asked;
  std::unordered_map<std::string_view, std::uint32_t> m_keys;
  std::unordered_map<std::uint32_t, By> m_settled;
};

/// Finds the items that left the building although their checkout was refused; staff have to look for them. Must see
/// the results of the whole load in order, since an item may come back at another library than it left from.
class ItemsOut {
 public:
  /// `item_key` is that of the result's ResultGlance.
  void see(std::uint32_t index, std::uint32_t item_key, const ReportResult& result);
  /// The same for a result that was loaded.
  void see_loaded(std::uint32_t item_key) {
    if (item_key < m_out.size()) m_out[item_key] = k_none;
  }
  /// Sets ReportResult::item_is_out.
  void mark(ReportResults& results) const;

 private:
  std::vector<std::uint32_t> m_out;  // by item_key: index of the checkout; k_none or missing: none
};

/// The part of a result that the rules decided, with views into `result`. The caller adds who, what, when and where.
/// `operator_name` is who ran the load.
ReportResult report_of(const Result& result, std::string_view operator_name);

void add_logs(Report& report, const std::vector<Log>& logs);
/// Adds views into `lists`.
void add_shelf_lists(Report& report, const ShelfLists& lists);

/// Counts a recorded transaction, unless it is unsupported or unreadable.
void count_kind(std::array<KindCount, 6>& kinds, const ResultGlance& result);

/// Counts the records of the logs, the results, and the transactions of each kind.
void add_totals(Report& report);
/// Whether there are as many records in the logs as results and blank records.
bool adds_up(const ReportTotals& totals);

/// Fills in what follows from the logs, results, lists and missing stations: totals, kinds, libraries, items that are
/// out, what was settled, and whether everything is in the future.
void complete_report(Report& report, const Policy& policy);

}  // namespace offcirc
