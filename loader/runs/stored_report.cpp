#include "loader/runs/stored_report.hpp"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "loader/circulation/known_ids.hpp"
#include "loader/journal/read_load.hpp"
#include "loader/progress.hpp"
#include "loader/report/disclosure.hpp"
#include "loader/report/report_parts.hpp"

namespace offcirc {

void disclose(Report& report, const Disclosure& disclosure, Database& database) {
  if (disclosure.last_four) return mask_users(report);
  if (!disclosure.names) return;
  const auto shown = shown_user_ids(report);
  const std::vector<std::string> ids(shown.begin(), shown.end());
  const std::vector<std::string> names = find_names_of_users(database, ids);
  UserNames by_id;
  for (std::size_t i = 0; i < ids.size(); ++i)
    if (!names[i].empty()) by_id.emplace(ids[i], names[i]);
  add_names(report, by_id);
}

ReportResult report_of(const StoredResult& stored, std::string_view log, std::string_view operator_name) {
  ReportResult to = report_of(stored.result, operator_name);
  to.n = stored.n;
  to.log = log;
  to.line = stored.line;
  to.column = stored.column;
  to.library = stored.library;
  to.station = stored.station;
  to.recorded_at = stored.recorded_at;
  to.occurred_at = stored.occurred_at;
  to.kind = stored.kind;
  to.what = stored.what;
  to.is_edit = stored.kind == name_of(Kind::registration) && !stored.what.empty();  // only an edit has a name
  to.user_id = stored.user_id;
  to.item_id = stored.item_id;
  to.title = stored.title;
  to.retry_of = stored.retry_of;
  to.retried_as = stored.retried_as;
  if (stored.dismissed) to.dismissed = {stored.dismissed->at, stored.dismissed->by, stored.dismissed->note};
  if (stored.sent)
    to.sent = {stored.sent->state, stored.sent->at, stored.sent->file, stored.sent->text, stored.sent->is_released};
  to.is_doubtful = stored.is_doubtful;
  return to;
}

Report read_report(Database& database, std::int64_t load, const Config& config) {
  const auto stored = std::make_shared<const StoredLoad>(load_of_journal(database, load));
  Report report;
  report.source = stored;
  report.load = stored->load;
  report.system_name = stored->system_name.empty() ? config.system_name : stored->system_name;
  report.started_at = stored->started_at;
  report.finished_at = stored->finished_at;
  report.aftermath = {stored->undone_at, stored->undone_by, stored->undone_in_part, stored->pruned_at};
  add_logs(report, stored->logs);
  const auto make = [stored](std::size_t i) {
    const StoredResult& result = stored->results[i];
    return report_of(result, stored->logs[result.log].path, stored->operator_name);
  };
  report.results = {stored->results.size(), make, [make, numbers = std::make_shared<ItemNumbers>()](std::size_t i) {
                      return glance_at(make(i), *numbers);
                    }};
  add_shelf_lists(report, stored->shelf_lists);
  report.missing_stations = stored->missing_stations;
  complete_report(report, config.policy);
  if (!adds_up(report.totals))
    throw RunError(
        fmt::format("The journal is damaged: the records and the results of load {} do not add up. Restore your last "
                    "backup of the database.",
                    stored->load));
  return report;
}

}  // namespace offcirc
