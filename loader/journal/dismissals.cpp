#include "loader/journal/dismissals.hpp"

#include <fmt/format.h>

#include <set>

#include "loader/journal/attempts.hpp"
#include "loader/output/characters.hpp"

namespace offcirc {

namespace {

std::int64_t row_of(const Database& database, const ResultName& name) {
  const ResultRange range = results_of_load(database, name.load);
  if (const auto row = range.row_of(name.n)) return *row;
  database.fail(fmt::format("there is no result {}: load {} has {} result{}. Nothing was changed.", name.text(),
                            name.load, range.size(), range.size() == 1 ? "" : "s"));
}

/// The dismissal of one result; null if it has none that counts.
std::shared_ptr<const StoredDismissal> dismissal_of(const Database& database, std::int64_t result) {
  const auto found = find_dismissals(database, result, result);
  return found.empty() ? nullptr : found.begin()->second;
}

// The disposition of a result, and whether it is the one that counts: the record's identity points to it.
constexpr std::string_view k_standing = R"sql(
SELECT r.disposition, EXISTS (SELECT 1 FROM identities i WHERE i.recorded = r.identity_recorded
  AND i.content = r.identity_content AND i.ordinal = r.identity_ordinal AND i.result = r.result)
FROM results r WHERE r.result = ?1
)sql";

std::string_view why_not_open(std::string_view disposition) {
  if (disposition == "rejected" || disposition == "unreadable") return {};
  if (disposition == "already-loaded") return "it was already loaded, and only the earlier result counts";
  if (disposition == "not-done") return "there is nothing to do about it";
  return "it is loaded";
}

class Dismissing {
 public:
  Dismissing(const Database& database, const DismissOptions& options)
      : m_database(database),
        m_options(options),
        m_add(database,
              "INSERT INTO dismissals(result, dismissed_at, operator, note, by_load) VALUES (?1, ?2, ?3, ?4, NULL) "
              // A dismissal that no longer counts may remain from a load that was undone.
              "ON CONFLICT(result) DO UPDATE SET dismissed_at = excluded.dismissed_at, "
              "operator = excluded.operator, note = excluded.note, by_load = NULL"),
        m_remove(database, "DELETE FROM dismissals WHERE result = ?1") {}

  void settle(const ResultName& name) {
    const std::int64_t result = row_of(m_database, name);
    if (std::string why = why_not_pending(result, name); !why.empty())
      m_database.fail(fmt::format("{} can't be dismissed: {}. Nothing was changed.", name.text(), why));
    const Invocation& invocation = m_options.invocation;
    m_add.with(result, invocation.at, invocation.operator_name, m_options.note).run();
  }

  void reopen(const ResultName& name) {
    const std::int64_t result = row_of(m_database, name);
    if (std::string why = why_not_reopened(result, name); !why.empty())
      m_database.fail(fmt::format("{} can't be reopened: {}. Nothing was changed.", name.text(), why));
    m_remove.with(result).run();
  }

 private:
  std::string why_not_pending(std::int64_t result, const ResultName& name) const {
    if (std::string why = why_load_is_closed(name); !why.empty()) return why;
    Statement row(m_database, k_standing);
    row.with(result).next();
    const std::string_view disposition = row.text(0);
    if (const std::string_view why = why_not_open(disposition); !why.empty()) return std::string(why);
    if (const auto earlier = dismissal_of(m_database, result))
      return fmt::format("it was already dismissed by {}", earlier->by);
    if (disposition == "unreadable") return {};
    if (std::string why = why_run_again(m_database, result); !why.empty()) return why;
    return row.integer(1) != 0 ? std::string() : std::string(k_recorded_since);
  }

  std::string why_not_reopened(std::int64_t result, const ResultName& name) const {
    if (std::string why = why_load_is_closed(name); !why.empty()) return why;
    const auto dismissal = dismissal_of(m_database, result);
    if (dismissal == nullptr) return "it is not dismissed";
    if (dismissal->by_load == 0) return {};
    return fmt::format("load {0} has the whole record. 'offcirc undo {0}' reopens this one", dismissal->by_load);
  }

  std::string why_load_is_closed(const ResultName& name) const {
    std::string why = why_undone(m_database, name.load);
    return why.empty() ? why_pruned(m_database, name.load) : why;
  }

  const Database& m_database;
  const DismissOptions& m_options;
  Statement m_add, m_remove;
};

}  // namespace

std::map<std::int64_t, std::shared_ptr<const StoredDismissal>> find_dismissals(const Database& database,
                                                                               std::int64_t first, std::int64_t last) {
  Statement rows(database, fmt::format("SELECT s.result, s.dismissed_at, s.operator, s.note, s.by_load "
                                       "FROM dismissals s CROSS JOIN result_rows r ON r.result = s.result "
                                       "WHERE s.result BETWEEN ?1 AND ?2 AND {}",
                                       k_is_dismissed));
  rows.with(first, last);
  std::map<std::int64_t, std::shared_ptr<const StoredDismissal>> dismissals;
  while (rows.next())
    dismissals[rows.integer(0)] = std::make_shared<const StoredDismissal>(
        StoredDismissal{rows.integer(1), std::string(rows.text(2)), std::string(rows.text(3)), rows.integer_or(4, 0)});
  return dismissals;
}

std::size_t dismiss(Database& database, const DismissOptions& options) {
  database.overwrite_removed();
  DbTransaction transaction(database);
  const std::set<ResultName> names(options.results.begin(), options.results.end());
  std::vector<std::string> done;
  for (const ResultName& name : names) done.push_back(name.text());
  {
    Dismissing dismissing(database, options);
    for (const ResultName& name : names) options.undo ? dismissing.reopen(name) : dismissing.settle(name);
  }
  write_event(database, options.invocation,
              fmt::format("{}: {}.", options.undo ? "Reopened" : "Dismissed", listed({done.begin(), done.end()})));
  transaction.commit();
  return names.size();
}

void forget_notes(const Database& database, std::int64_t first, std::int64_t last) {
  Statement(database, "UPDATE dismissals SET note = '' WHERE result BETWEEN ?1 AND ?2").with(first, last).run();
}

}  // namespace offcirc
