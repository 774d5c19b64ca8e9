#include "loader/report/to_do_groups.hpp"

#include <tuple>
#include <unordered_map>
#include <utility>

#include "loader/report/words.hpp"

namespace offcirc {
namespace {

// Fewer lines than this are listed one by one, even if they have the same message.
constexpr std::size_t k_min_whole_log = 3;

using ToDos = std::vector<ToDo>;
using Reason = std::tuple<std::string_view, Outcome, std::string>;  // log, outcome, message
using CountOfLog = std::unordered_map<std::string_view, std::size_t>;

// The first outcome that asks for the same action. The group is listed in its place.
Outcome group_of(Outcome outcome) {
  const std::string_view action = facts_of(outcome).action;
  for (int i = 0; i < k_outcome_count; ++i)
    if (facts_of(static_cast<Outcome>(i)).action == action) return static_cast<Outcome>(i);
  return outcome;
}

// What the outcome and the notes ask for, except what the log says once for all of its lines.
ToDos to_dos_of(const ReportResult& result, const SortedReport& sorted) {
  ToDos to_dos;
  if (!result.is_settled) to_dos.push_back({find_outcome(result.outcome).value(), &result, result.message});
  for (const ReportNote& note : result.notes) {
    if (!asks_for_nothing(note) && !log_says(sorted, result, note.code))
      to_dos.push_back({find_outcome(note.code).value(), &result, note.message});
  }
  return to_dos;
}

Reason reason_of(const ToDo& to_do, const Zone& zone) {
  return {to_do.result->log, to_do.outcome, message_of(to_do, zone)};
}

bool may_be_whole(const std::pair<const std::string_view, std::size_t>& count_of_log, const SortedReport& sorted) {
  const auto& [log, count] = count_of_log;
  return count >= k_min_whole_log && count >= sorted.logs.at(log).loaded;
}

// If all loaded transactions of a log have the same message, keeps only the first, for all of them. Messages are
// compared only for logs with enough of them.
ToDos join_whole_logs(const ToDos& to_dos, const SortedReport& sorted, const Zone& zone) {
  CountOfLog count_of_log;
  for (const ToDo& to_do : to_dos) ++count_of_log[to_do.result->log];
  std::erase_if(count_of_log, [&](const auto& one) { return !may_be_whole(one, sorted); });
  if (count_of_log.empty()) return to_dos;
  std::map<Reason, std::size_t> counts;
  std::vector<std::size_t*> count_of;
  for (const ToDo& to_do : to_dos) ++*count_of.emplace_back(&counts[reason_of(to_do, zone)]);
  ToDos joined;
  for (std::size_t i = 0; ToDo to_do : to_dos) {
    std::size_t& count = *count_of[i++];
    if (count == 0) continue;  // the entry of the whole log covers it
    if (count >= k_min_whole_log && count == sorted.logs.at(to_do.result->log).loaded)
      to_do.whole_log_count = std::exchange(count, 0);
    joined.push_back(to_do);
  }
  return joined;
}

std::vector<ToDoKind> group_by_action(const ToDos& to_dos, const SortedReport& sorted, const Zone& zone) {
  std::map<std::pair<ActionKind, Outcome>, ToDos> by_action;
  for (const ToDo& to_do : to_dos) {
    const Outcome first = group_of(to_do.outcome);
    by_action[{facts_of(first).action_kind, first}].push_back(to_do);
  }
  std::vector<ToDoKind> kinds;
  for (const auto& [key, group] : by_action) {
    const auto& [kind, outcome] = key;
    if (kinds.empty() || kinds.back().kind != kind) kinds.push_back({kind, 0, {}});
    kinds.back().count += group.size();
    kinds.back().groups.push_back({facts_of(outcome).action, group.size(), join_whole_logs(group, sorted, zone)});
  }
  return kinds;
}

bool is_about_new_user(const ToDo& to_do) {
  return is_about_registration(facts_of(to_do.outcome).code);
}

}  // namespace

std::string message_of(const ToDo& to_do, const Zone& zone) {
  return words_of(to_do.outcome, to_do.message, zone);
}

ToDoList things_to_do(const LibraryPart& part, const SortedReport& sorted, const Zone& zone) {
  ToDoList list;
  ToDos to_dos;
  for (const ReportResult& result : part.follow_up) {
    const std::size_t before = to_dos.size();
    for (const ToDo& to_do : to_dos_of(result, sorted))
      if (!is_about_new_user(to_do)) to_dos.push_back(to_do);
    if (to_dos.size() > before) ++list.result_count;
  }
  list.kinds = group_by_action(to_dos, sorted, zone);
  return list;
}

ToDoList registrations_to_review(const LibraryPart& part, const SortedReport& sorted, const Zone& zone) {
  ToDos to_dos;
  for (const ReportResult& result : part.registrations) {
    if (!was_loaded(result)) {
      to_dos.push_back({find_outcome(result.outcome).value(), &result, result.message});
      continue;
    }
    for (const ToDo& to_do : to_dos_of(result, sorted))
      if (is_about_new_user(to_do)) to_dos.push_back(to_do);
  }
  return {part.registrations.size(), group_by_action(to_dos, sorted, zone)};
}

}  // namespace offcirc
