#include "loader/status/status.hpp"

#include <fmt/format.h>

#include <map>
#include <string_view>

#include "loader/report/result_words.hpp"

namespace offcirc {
namespace {

constexpr std::int64_t k_loads_told = 10;
constexpr Seconds k_hour_seconds = 3600;

std::vector<LibraryUploads> libraries_of(const Uploads& uploads, const Policy& policy) {
  const std::vector<LibraryStation> roster = rostered_stations(policy);
  const std::vector<LibraryStation> missing = find_missing_stations(roster, uploads, policy);
  std::map<std::string_view, std::string_view> names;
  for (const Library& library : policy.libraries) names.emplace(library.code, library.name);
  std::vector<LibraryUploads> libraries;
  auto next_missing = missing.begin();
  for (const LibraryStation& one : roster) {
    if (libraries.empty() || libraries.back().library != one.library)
      libraries.push_back({one.library, std::string(names.at(one.library)), {}, {}});
    const bool is_missing =
        next_missing != missing.end() && next_missing->library == one.library && next_missing->station == one.station;
    if (is_missing) ++next_missing;
    (is_missing ? libraries.back().missing : libraries.back().uploaded).push_back(one.station);
  }
  return libraries;
}

void find_old_load(Status& status, int max_age_hours, const Zone& zone) {
  if (status.rows.newest_loads.empty()) {
    status.problems.push_back(
        {"last-load-too-old", "Nothing has been loaded yet. 'offcirc load' makes the first load."});
    return;
  }
  const LoadLine& last = status.rows.newest_loads.front();
  const Seconds age = status.now - last.started_at;
  if (age <= max_age_hours * k_hour_seconds) return;
  status.problems.push_back(
      {"last-load-too-old",
       fmt::format("The last load, {}, was made {} hours ago, on {}; at most {} are allowed. See "
                   "whether the timer or cron job still runs.",
                   last.load, age / k_hour_seconds, local_minute(last.started_at, zone), max_age_hours)});
}

void find_unsent_mail(Status& status, const Zone& zone) {
  const std::vector<UnsentLine>& unsent = status.rows.unsent;
  if (unsent.empty()) return;
  status.problems.push_back(
      {"mail-unsent",
       fmt::format("{} report{} still to be sent by mail, since {}. 'offcirc mail' sends {}, and says why "
                   "where it can't.",
                   unsent.size(), unsent.size() == 1 ? " is" : "s are", local_minute(unsent.front().queued_at, zone),
                   unsent.size() == 1 ? "it" : "them")});
}

void find_waiting(Status& status, const Zone& zone) {
  const std::vector<WaitingLine>& waiting = status.rows.waiting;
  if (waiting.empty()) return;
  std::int64_t transactions = 0;
  for (const WaitingLine& line : waiting) transactions += line.transactions;
  status.problems.push_back(
      {"rejected-waiting",
       fmt::format("{} rejected transaction{}, since {}. Mend the cause, then 'offcirc retry' runs {} again; 'offcirc "
                   "dismiss' closes what was settled by hand, and 'offcirc prune' gives up those of old loads.",
                   transactions, transactions == 1 ? " waits" : "s wait",
                   local_minute(waiting.front().started_at, zone), transactions == 1 ? "it" : "them")});
}

void find_unreadable(Status& status, const Zone& zone) {
  const std::vector<UnreadableLine>& unreadable = status.rows.unreadable;
  if (unreadable.empty()) return;
  std::int64_t records = 0;
  for (const UnreadableLine& line : unreadable) records += line.records;
  status.problems.push_back(
      {"unreadable-waiting",
       fmt::format(
           "{} unreadable record{}, since {}. Load a better copy of the log, or enter by hand what 'offcirc "
           "report {}' tells, and close it with 'offcirc dismiss'; 'offcirc prune' gives up those of old loads.",
           records, records == 1 ? " waits" : "s wait", local_minute(unreadable.front().started_at, zone),
           unreadable.front().load)});
}

}  // namespace

Status read_status(Store& store, const std::filesystem::path& database, const Config& config, Seconds now,
                   std::optional<int> max_age_hours) {
  Status status;
  status.now = now;
  status.system_name = config.system_name;
  status.database = database.string();
  status.rows = store.read_status(k_loads_told);
  if (status.rows.outage_began_at != k_no_time) status.libraries = libraries_of(status.rows.uploads, config.policy);
  const Zone& zone = config.policy.zone;
  if (max_age_hours) find_old_load(status, *max_age_hours, zone);
  find_unsent_mail(status, zone);
  find_waiting(status, zone);
  find_unreadable(status, zone);
  return status;
}

}  // namespace offcirc
