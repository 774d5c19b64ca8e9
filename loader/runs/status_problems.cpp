#include "loader/runs/status_problems.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "loader/output/characters.hpp"
#include "loader/report/result_words.hpp"

namespace offcirc {

namespace {

constexpr Seconds k_hour_seconds = 3600;

void find_old_load(Status& status, int max_age_hours, const Zone& zone) {
  if (status.rows.newest_loads.empty()) {
    status.problems.push_back({"last-load-too-old", "Nothing has been loaded yet. Run 'offcirc load'."});
    return;
  }
  const LoadLine& last = status.rows.newest_loads.front();
  const Seconds age = status.now - last.started_at;
  if (age <= max_age_hours * k_hour_seconds) return;
  status.problems.push_back(
      {"last-load-too-old",
       fmt::format("The last load, {}, is {} hours old (made on {}); the limit is {}. Check that the timer or cron job "
                   "still runs.",
                   last.load, age / k_hour_seconds, local_minute(last.started_at, zone), max_age_hours)});
}

void find_unsent_mail(Status& status, const Zone& zone) {
  const std::vector<UnsentLine>& unsent = status.rows.unsent;
  if (unsent.empty()) return;
  status.problems.push_back(
      {"mail-unsent",
       fmt::format("{} report{} unsent since {}. Run 'offcirc mail' to send {}; it says why if it can't.",
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
       fmt::format("{} rejected transaction{} pending since {}. Fix the cause, then run 'offcirc retry' to load {}. "
                   "'offcirc dismiss' closes what was settled by hand; 'offcirc prune' drops those of old loads.",
                   transactions, transactions == 1 ? " is" : "s are", local_minute(waiting.front().started_at, zone),
                   transactions == 1 ? "it" : "them")});
}

// `'offcirc report 1', 'offcirc report 4' and 'offcirc report 7'`. Names only a few, since the status lists all loads.
std::string reports_of(const std::vector<UnreadableLine>& unreadable) {
  constexpr std::size_t k_max_named = 5;
  std::string words;
  const std::size_t named = std::min(unreadable.size(), k_max_named);
  for (std::size_t i = 0; i < named; ++i) {
    const bool is_last = i + 1 == unreadable.size();
    words += fmt::format("{}'offcirc report {}'", i == 0 ? "" : is_last ? " and " : ", ", unreadable[i].load);
  }
  if (unreadable.size() > named) words += fmt::format(" and those of {} more loads", unreadable.size() - named);
  return words;
}

void find_unreadable(Status& status, const Zone& zone) {
  const std::vector<UnreadableLine>& unreadable = status.rows.unreadable;
  if (unreadable.empty()) return;
  std::int64_t records = 0;
  for (const UnreadableLine& line : unreadable) records += line.records;
  status.problems.push_back(
      {"unreadable-waiting",
       fmt::format("{} unreadable record{} pending since {}. Load a better copy of the log, or enter by hand what {} "
                   "show{}, and close it with 'offcirc dismiss'. 'offcirc prune' drops those of old loads.",
                   records, records == 1 ? " is" : "s are", local_minute(unreadable.front().started_at, zone),
                   reports_of(unreadable), unreadable.size() == 1 ? "s" : "")});
}

// `load 3` or `loads 3 and 4`, and how many results they have in that state that staff have not settled.
struct InState {
  std::int64_t results = 0;
  std::string loads;
};

InState in_states(const std::vector<SendCount>& sends, bool (*is_meant)(SendState)) {
  InState found;
  std::vector<std::string> names;
  for (const SendCount& count : sends) {
    const std::int64_t open = count.results - count.released;
    if (!is_meant(count.state) || open == 0) continue;
    found.results += open;
    const std::string name = std::to_string(count.load);
    if (names.empty() || names.back() != name) names.push_back(name);
  }
  found.loads = fmt::format("load{} {}", names.size() == 1 ? "" : "s", listed({names.begin(), names.end()}));
  return found;
}

void find_unsent_results(Status& status) {
  const InState unsent = in_states(
      status.rows.sends, [](SendState state) { return state == SendState::unsent || state == SendState::sending; });
  if (unsent.results == 0) return;
  status.problems.push_back(
      {"send-unsent", fmt::format("{} of {} {} not in the live system yet. 'offcirc send' brings "
                                  "{} there.",
                                  counted(unsent.results, "result"), unsent.loads, unsent.results == 1 ? "is" : "are",
                                  unsent.results == 1 ? "it" : "them")});
}

void find_open_sends(Status& status, const Zone& zone) {
  for (const OpenSend& send : status.rows.open_sends)
    status.problems.push_back(
        {"send-open",
         fmt::format("Send {0} of {1} is neither confirmed nor withdrawn: {2} in {3}. Upload the files, then run "
                     "'offcirc send --confirm {0}'; if they are not uploaded, 'offcirc send --withdraw {0}'.",
                     send.send, local_minute(send.begun_at, zone), counted(send.results, "result"), send.folder)});
}

void find_sends_to_settle(Status& status) {
  const InState open = in_states(status.rows.sends, [](SendState state) { return !action_of(state).empty(); });
  if (open.results == 0) return;
  status.problems.push_back(
      {"send-to-settle",
       fmt::format("{} of {} {} to be settled in the live system by hand; the report of the load says how. 'offcirc "
                   "send --release' closes what is settled.",
                   counted(open.results, "result"), open.loads, open.results == 1 ? "is" : "are")});
}

}  // namespace

void find_problems(Status& status, std::optional<int> max_age_hours, const Zone& zone) {
  if (max_age_hours) find_old_load(status, *max_age_hours, zone);
  find_unsent_mail(status, zone);
  find_waiting(status, zone);
  find_unreadable(status, zone);
  find_unsent_results(status);
  find_open_sends(status, zone);
  find_sends_to_settle(status);
}

}  // namespace offcirc
