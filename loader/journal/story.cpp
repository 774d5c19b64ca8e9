#include "loader/journal/story.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "loader/database/array_table.hpp"
#include "loader/journal/attempts.hpp"
#include "loader/journal/read_load.hpp"

namespace offcirc {

namespace {

// These columns follow those of ResultReader. `story_results` holds the row numbers asked for.
constexpr std::string_view k_story = R"sql(
SELECT {}, l.load, l.started_at, l.operator, l.command, l.program_version, l.undone_at, l.undone_by, l.undone_in_part,
  l.pruned_at, g.path, loan.code, fine.code, m.library, m.user_profile, m.item_type, m.line, r.clock_offset,
  r.due_given, r.due_given_from, r.discharged_on, r.what, r.user_access, d.library, d.temporary_library,
  r.amount_cents, r.count, r.override_used, r.registration, r.result
FROM story_results s CROSS JOIN results r ON r.result = s.result CROSS JOIN loads l ON l.load = r.load
CROSS JOIN load_logs g ON g.load = r.load AND g.log = r.log
LEFT JOIN load_desks d ON d.load = r.load AND d.desk = r.desk
LEFT JOIN rules loan ON loan.rule = r.loan_rule LEFT JOIN rules fine ON fine.rule = r.fine_rule
LEFT JOIN map_rows m ON m.map_row = r.map_row {}
ORDER BY r.occurred_at, r.result
)sql";

constexpr std::string_view k_change = R"sql(
SELECT ci.moved, lb.code, la.code, cc.item_no IS NOT NULL,
  ub.user_id, bb.code, rb.code, cc.due_at_before, cc.renewals_before,
  ua.user_id, ba.code, ra.code, cc.due_at_after, cc.renewals_after
FROM items i CROSS JOIN changed_items ci ON ci.load = ?1 AND ci.item_no = i.item_no
LEFT JOIN changed_charges cc ON cc.load = ?1 AND cc.item_no = i.item_no
LEFT JOIN locations lb ON lb.location = ci.location_before LEFT JOIN locations la ON la.location = ci.location_after
LEFT JOIN users ub ON ub.user_no = cc.user_no_before LEFT JOIN users ua ON ua.user_no = cc.user_no_after
LEFT JOIN libraries bb ON bb.library = cc.library_before LEFT JOIN libraries ba ON ba.library = cc.library_after
LEFT JOIN rules rb ON rb.rule = cc.rule_before LEFT JOIN rules ra ON ra.rule = cc.rule_after
WHERE i.item_id = ?2
)sql";

StoryLoad load_of(const Statement& row, int first) {
  StoryLoad load;
  load.load = row.integer(first);
  load.started_at = row.integer(first + 1);
  load.operator_name = row.text(first + 2);
  load.command = row.text(first + 3);
  load.program_version = row.text(first + 4);
  load.undone_at = row.integer_or(first + 5, k_no_time);
  load.undone_by = row.text(first + 6);
  load.undone_in_part = row.integer(first + 7) != 0;
  load.pruned_at = row.integer_or(first + 8, k_no_time);
  return load;
}

StoryGiven given_of(const Statement& row, int first) {
  StoryGiven given;
  given.due = row.text(first);
  given.due_from = row.text(first + 1);
  given.discharged_on = row.text(first + 2);
  given.what = row.text(first + 3);
  given.user_access = row.text(first + 4);
  given.desk_library = row.text(first + 5);
  given.temporary_library = row.text(first + 6);
  if (!row.is_null(first + 7)) given.amount_cents = row.integer(first + 7);
  if (!row.is_null(first + 8)) given.count = row.integer(first + 8);
  given.override_used = row.integer(first + 9) != 0;
  given.registration = row.text(first + 10);
  return given;
}

StoryCharge charge_of(const Statement& row, int first) {
  return {std::string(row.text(first)), std::string(row.text(first + 1)), std::string(row.text(first + 2)),
          row.integer_or(first + 3, k_no_time), row.integer_or(first + 4, 0)};
}

class StoryReader {
 public:
  explicit StoryReader(Database& database)
      : m_database(database), m_results(database), m_tries(database), m_change(database, k_change) {}

  std::vector<StoryResult> read(const std::vector<std::int64_t>& results) {
    const ArrayTable story_results(m_database, "story_results", "result INTEGER", results.size(), rows_of(results));
    Statement rows(m_database, fmt::format(k_story, ResultReader::k_columns, ResultReader::k_joins));
    std::vector<StoryResult> story;
    while (rows.next()) story.push_back(result_of(rows));
    return story;
  }

  void add_changes(std::vector<StoryResult>& story) {
    std::set<std::pair<std::int64_t, std::string>> said;
    for (auto one = story.rbegin(); one != story.rend(); ++one) {
      const Disposition disposition = one->stored.result.disposition;
      if (disposition != Disposition::loaded && disposition != Disposition::follow_up) continue;
      if (!one->stored.item_id.empty() && said.emplace(one->load.load, one->stored.item_id).second)
        one->change = change_of(*one);
    }
  }

 private:
  StoryResult result_of(const Statement& row) {
    constexpr int k_first = ResultReader::k_column_count;
    StoryResult to;
    to.load = load_of(row, k_first);
    to.stored = m_results.read(row, to.load.load);
    to.log = row.text(k_first + 9);
    to.loan_rule = row.text(k_first + 10);
    to.fine_rule = row.text(k_first + 11);
    if (!row.is_null(k_first + 15))
      to.map_row = {std::string(row.text(k_first + 12)), std::string(row.text(k_first + 13)),
                    std::string(row.text(k_first + 14)), row.integer(k_first + 15)};
    to.clock_offset = row.integer_or(k_first + 16, k_no_time);
    to.given = given_of(row, k_first + 17);
    const std::int64_t result = row.integer(k_first + 28);
    if (to.stored.result.disposition == Disposition::rejected) {
      const auto later = find_later_tries(m_database, result, result);
      if (!later.empty()) to.stored.retried_as = later.begin()->second;
    }
    if (const auto found = find_dismissals(m_database, result, result); !found.empty())
      to.stored.dismissed = found.begin()->second;
    to.accepted_since = m_tries.of(result).accepted_since;
    return to;
  }

  std::optional<StoryChange> change_of(const StoryResult& result) {
    if (!m_change.with(result.load.load, result.stored.item_id).next()) return std::nullopt;
    StoryChange change;
    change.moved = m_change.integer(0) != 0;
    change.location_before = m_change.text(1);
    change.location_after = m_change.text(2);
    change.recharged = m_change.integer(3) != 0;
    change.before = charge_of(m_change, 4);
    change.after = charge_of(m_change, 9);
    return change;
  }

  Database& m_database;
  ResultReader m_results;
  PriorAttempts m_tries;
  Statement m_change;
};

bool took_effect(const StoryResult& one) {
  const Disposition disposition = one.stored.result.disposition;
  return (disposition == Disposition::loaded || disposition == Disposition::follow_up) &&
         one.load.undone_at == k_no_time;
}

/// Tells which transactions on the items that a user has had concern that user: those that name the user, and those
/// that end or renew one of the user's charges. Takes them in order of time.
class Concerned {
 public:
  Concerned(const std::vector<std::string>& ids, std::set<std::string> held) : m_ids(ids), m_held(std::move(held)) {}

  bool concerns(const StoryResult& one) {
    const std::string& item = one.stored.item_id;
    const bool names_user = std::find(m_ids.begin(), m_ids.end(), one.stored.user_id) != m_ids.end();
    const bool was_held = !item.empty() && m_held.contains(item);
    if (took_effect(one) && one.stored.kind == "checkout" && names_user) m_held.insert(item);
    const bool ends = one.stored.kind == "checkin" || (one.stored.kind == "checkout" && !names_user);
    if (took_effect(one) && ends) m_held.erase(item);
    return names_user || (was_held && (ends || one.stored.kind == "renewal"));
  }

 private:
  const std::vector<std::string>& m_ids;
  std::set<std::string> m_held;
};

// These queries scan all results. A million take a fifth of a second, which is fast enough for a question, while an
// index by item and user would slow down every load. `story_items` and `story_ids` hold IDs.
constexpr std::string_view k_results_of_items = R"sql(
SELECT result FROM result_rows WHERE item_no IN (
  SELECT i.item_no FROM story_items CROSS JOIN items i ON i.item_id = story_items.id
  UNION ALL SELECT item_no FROM former_items WHERE item_id IN (SELECT id FROM story_items))
UNION SELECT result FROM result_details WHERE item_id IN (SELECT id FROM story_items)
)sql";
constexpr std::string_view k_results_of_users = R"sql(
SELECT r.result FROM result_rows r WHERE r.user_no IN (
  SELECT u.user_no FROM story_ids CROSS JOIN users u ON u.user_id = story_ids.id
  UNION ALL SELECT user_no FROM former_users WHERE user_id IN (SELECT id FROM story_ids))
AND NOT EXISTS (SELECT 1 FROM result_details x WHERE x.result = r.result AND x.user_id IS NOT NULL)
UNION SELECT result FROM result_details WHERE user_id IN (SELECT id FROM story_ids)
)sql";

std::vector<std::int64_t> results_found_by(const Database& database, std::string_view sql) {
  Statement rows(database, sql);
  std::vector<std::int64_t> results;
  while (rows.next()) results.push_back(rows.integer(0));
  return results;
}

/// Items that were charged to the user before a load that stands changed their charges. A line about one of them may
/// concern the user without naming one.
std::set<std::string> items_held_before(Database& database) {
  Statement rows(database,
                 "SELECT DISTINCT i.item_id FROM users u CROSS JOIN changed_charges c ON c.user_no_before = u.user_no "
                 "CROSS JOIN items i ON i.item_no = c.item_no WHERE u.user_id IN (SELECT id FROM story_ids)");
  std::set<std::string> items;
  while (rows.next()) items.emplace(rows.text(0));
  return items;
}

}  // namespace

std::vector<StoryResult> story_of_item(Database& database, const std::string& item_id) {
  const std::vector<std::string> ids{item_id};
  const ArrayTable story_items(database, "story_items", "id TEXT", ids.size(), rows_of(ids));
  StoryReader reader(database);
  std::vector<StoryResult> story = reader.read(results_found_by(database, k_results_of_items));
  reader.add_changes(story);
  return story;
}

std::vector<StoryResult> story_of_user(Database& database, std::span<const std::string> ids) {
  const std::vector<std::string> all(ids.begin(), ids.end());
  const ArrayTable story_ids(database, "story_ids", "id TEXT", all.size(), rows_of(all));
  StoryReader reader(database);
  std::set<std::string> held = items_held_before(database);
  std::set<std::string> items = held;
  std::vector<std::int64_t> results = results_found_by(database, k_results_of_users);
  for (const StoryResult& one : reader.read(results))
    if (!one.stored.item_id.empty()) items.insert(one.stored.item_id);
  const std::vector<std::string> item_ids(items.begin(), items.end());
  const ArrayTable story_items(database, "story_items", "id TEXT", item_ids.size(), rows_of(item_ids));
  const std::vector<std::int64_t> of_items = results_found_by(database, k_results_of_items);
  results.insert(results.end(), of_items.begin(), of_items.end());
  std::sort(results.begin(), results.end());
  results.erase(std::unique(results.begin(), results.end()), results.end());
  std::vector<StoryResult> story = reader.read(results);
  Concerned concerned(all, std::move(held));
  std::erase_if(story, [&](const StoryResult& one) { return !concerned.concerns(one); });
  reader.add_changes(story);
  return story;
}

StoryResult story_of_result(Database& database, const ResultName& name) {
  Statement range(database, "SELECT first_result, result_count FROM loads WHERE load = ?1");
  range.with(find_load(database, name.load)).next();
  if (name.n < 1 || static_cast<std::int64_t>(name.n) > range.integer(1))
    database.fail(fmt::format("there is no result {}:{}. Load {} has {} result{}.", name.load, name.n, name.load,
                              range.integer(1), range.integer(1) == 1 ? "" : "s"));
  StoryReader reader(database);
  std::vector<StoryResult> story = reader.read({range.integer(0) + static_cast<std::int64_t>(name.n) - 1});
  if (story.size() != 1) database.fail_as_damaged(fmt::format("load {}: results are missing", name.load));
  reader.add_changes(story);
  return std::move(story.front());
}

std::int64_t count_pruned_loads(const Database& database) {
  Statement loads(database, "SELECT count(*) FROM loads WHERE pruned_at IS NOT NULL");
  loads.next();
  return loads.integer(0);
}

}  // namespace offcirc
