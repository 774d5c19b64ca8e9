#include "loader/journal/waiting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "loader/journal/attempts.hpp"
#include "loader/journal/journal_text.hpp"
#include "loader/journal/read_load.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

namespace {

constexpr std::string_view k_columns = R"sql(
SELECT r.result, r.load, r.n, l.started_at, l.accepted_since, r.retry_of,
  g.path, g.format, g.digest, g.full_path, g.given_library, g.given_station,
  coalesce(d.library, r.library), coalesce(d.temporary_library, ''), coalesce(d.station, r.station), r.user_access,
  d.given_clock_offset, r.line, r.kind, r.identity_recorded, r.identity_content, r.identity_ordinal,
  r.recorded_at, r.occurred_at, r.clock_offset, r.findings, r.user_id, r.item_id, r.what, r.due_given, r.due_given_from,
  r.discharged_on, r.amount_cents, r.count, r.override_used, r.registration, r.done_online
)sql";
constexpr std::string_view k_places = R"sql(
CROSS JOIN load_logs g ON g.load = r.load AND g.log = r.log
LEFT JOIN load_desks d ON d.load = r.load AND d.desk = r.desk
)sql";

Stamp stamp_of(const Statement& row, int column) {
  return parse_iso(row.text(column)).value_or(Stamp());
}

// The clause of perhaps-loaded-before that names the other record.
NewSentence other_record(Sentence sentence) {
  ClauseReader reader(sentence);
  reader.next();
  return NewSentence(reader.rest());
}

/// Reads the rows of k_columns.
class WaitingReader {
 public:
  explicit WaitingReader(const Database& database) : m_database(database) {}

  WaitingTransaction read(const Statement& row) {
    WaitingTransaction to;
    to.earlier = {row.integer(0), row.integer(1), static_cast<std::uint64_t>(row.integer(2)), row.integer(3), {}, {}};
    if (!row.is_null(4)) to.earlier.accepted_since = row.integer(4);
    to.first_result = to.earlier.result;
    read_place(row, to);
    read_time(row, to);
    to.user_id = row.text(26);
    to.item_id = row.text(27);
    to.what = row.text(28);
    to.due = stamp_of(row, 29);
    to.due_from = find_due_from(row.text(30)).value_or(DueFrom::none);
    to.discharged_on = stamp_of(row, 31);
    to.amount_cents = row.integer_or(32, 0);
    to.count = static_cast<std::uint32_t>(row.integer_or(33, 1));
    to.override_used = row.integer(34) != 0;
    to.done_online = row.integer(36) != 0;
    if (!row.is_null(35))
      to.registration = understood(m_json.registration(row.text(35)), m_database, to.earlier.load, "a registration");
    return to;
  }

 private:
  void read_place(const Statement& row, WaitingTransaction& to) const {
    to.path = row.text(6);
    to.format = row.text(7);
    to.digest = row.text(8);
    to.full_path = row.text(9);
    to.given_library = row.text(10);
    to.given_station = row.text(11);
    to.desk_library = row.text(12);
    to.temporary_library = row.text(13);
    to.desk_station = row.text(14);
    to.user_access = row.text(15);
    to.given_clock_offset = row.integer_or(16, k_no_time);
    to.line = static_cast<std::uint32_t>(row.integer(17));
    to.kind = understood(find_kind(row.text(18)), m_database, to.earlier.load, "a kind");
    to.identity = {row.integer(19), static_cast<std::uint64_t>(row.integer(20)),
                   static_cast<std::uint32_t>(row.integer(21))};
  }

  void read_time(const Statement& row, WaitingTransaction& to) {
    to.recorded_at = row.integer(22);
    to.occurred_at = row.integer(23);
    to.clock_offset = row.integer_or(24, k_no_time);
    if (row.is_null(25)) return;
    for (const Finding& finding :
         understood(m_json.findings(row.text(25)), m_database, to.earlier.load, "the findings of a result")) {
      to.clock_jumped = to.clock_jumped || finding.outcome == Outcome::clock_jumped;
      to.clock_was_ahead = to.clock_was_ahead || finding.outcome == Outcome::clock_ahead;
      to.clock_went_backwards = to.clock_went_backwards || finding.outcome == Outcome::clock_went_backwards;
      if (finding.outcome == Outcome::perhaps_loaded_before) to.earlier.perhaps_loaded = other_record(finding.sentence);
      if (finding.outcome == Outcome::library_mismatch)
        to.library_mismatch = text_argument(finding.sentence, Form::wrong_library);
    }
  }

  const Database& m_database;
  JournalJson m_json;
};

}  // namespace

std::string waiting_where() {
  return fmt::format("b.disposition = 2 AND r.kind <> 'unsupported' AND r.outcome <> 'unsupported' AND NOT {}",
                     k_is_dismissed);
}

std::vector<WaitingTransaction> find_waiting(Database& database, const WaitingChoice& choice) {
  if (choice.load != 0) find_load(database, choice.load);
  std::set<ResultName> missing(choice.only.begin(), choice.only.end());
  std::vector<WaitingTransaction> waiting;
  WaitingReader reader(database);
  PriorAttempts tries(database);
  Statement rows(
      database, fmt::format("{}{}{} WHERE {} ORDER BY r.result", k_columns, k_waiting_from, k_places, waiting_where()));
  while (rows.next()) {
    const ResultName name{rows.integer(1), static_cast<std::uint64_t>(rows.integer(2))};
    if (!choice.only.empty() && missing.erase(name) == 0) continue;
    const AttemptChain chain = tries.of(rows.integer(0));
    if (choice.load != 0 && !chain.has_load(choice.load)) continue;
    WaitingTransaction& one = waiting.emplace_back(reader.read(rows));
    one.first_result = chain.first_result;
    one.earlier.first_loaded_at = chain.first_loaded_at;
    one.earlier.accepted_since = chain.accepted_since;
  }
  for (const ResultName& name : missing) fail_since_not_waiting(database, name);
  std::sort(waiting.begin(), waiting.end(),
            [](const WaitingTransaction& a, const WaitingTransaction& b) { return a.first_result < b.first_result; });
  return waiting;
}

}  // namespace offcirc
