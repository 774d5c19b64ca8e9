// What every report is put together from, whether the load has just ended or is read from the journal.
#pragma once

#include <vector>

#include "loader/report/report.hpp"

namespace offcirc {

/// The part of a result that the rules have decided, with views into it; who, what, when and where are left to the
/// caller. `operator_name` is of the load.
ReportResult report_of(const Result& result, std::string_view operator_name);

void add_logs(Report& report, const std::vector<Log>& logs);
/// Views into `lists`.
void add_shelf_lists(Report& report, const ShelfLists& lists);

/// Adds one that was recorded. Of what offcirc does not load nothing is counted.
void count_kind(std::array<KindCount, 6>& kinds, const ResultGlance& result);

/// Counts the logs and results that are there, and the transactions of each kind.
void add_totals(Report& report);
/// Whether the records of the logs are as many as the results and the blank ones.
bool adds_up(const ReportTotals& totals);

/// Fills in what follows from logs, results, lists and missing stations: totals, kinds, libraries, items that are out.
void complete_report(Report& report, const Policy& policy);

}  // namespace offcirc
