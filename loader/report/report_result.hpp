// What a report says of one record.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "formats/transaction.hpp"
#include "loader/policy/outcome.hpp"
#include "loader/rules/tries.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

struct ReportNote {
  std::string_view code;
  std::string_view message;
  std::string_view action;
  bool is_note = false;     ///< see Finding
  bool is_settled = false;  ///< see ReportResult::is_settled
};

/// A result that was pending and is settled without a retry.
struct ReportDismissal {
  Seconds at = 0;  ///< UTC
  std::string_view by;
  std::string_view note;  ///< may be empty
};

/// One record that is not blank.
struct ReportResult {
  std::uint64_t n = 0;  ///< from 1, in replay order, unreadable ones last by log and line
  std::string_view log;
  std::uint32_t line = 0;
  std::uint32_t column = 0;  ///< 0 = none
  std::string_view library, station;
  Seconds recorded_at = k_no_time, occurred_at = k_no_time;
  std::string_view kind;  ///< empty where it can't be read
  std::string_view what;  ///< of an unsupported one: its name, such as "Place hold"
  std::string_view user_id, item_id, title;
  std::string_view user_name;  ///< `LAST, FIRST`; empty unless names were asked for
  Seconds due_at = k_no_time;
  DueFrom due_from = DueFrom::none;
  std::optional<Cents> bill_cents;
  Disposition disposition = Disposition::loaded;
  std::string_view outcome;  ///< code; `ok` where nothing was found
  std::string_view message;
  std::string_view action;  ///< empty where the outcome is `ok`
  std::vector<ReportNote> notes;
  std::vector<std::string_view> overridden;  ///< codes that would have rejected it, but for --override
  std::string_view overridden_by;            ///< who ran the load; empty where nothing was overridden
  std::optional<ResultName> retry_of;        ///< of an earlier load that rejected it
  std::optional<LaterTry> retried_as;        ///< a later load has run it again
  std::optional<ReportDismissal> dismissed;
  bool is_doubtful = false;  ///< of an unreadable one: bytes are lost or wrong, so its time and IDs may be wrong too
  /// A refused checkout whose item left the building, and that no later record of the load accounts for.
  bool item_is_out = false;
  std::uint64_t settled_by = 0;  ///< number of the result that settled what it asks for, or some of it; 0: none
  bool is_settled = false;       ///< what its outcome asks for; `action` says so
};

/// How a later record of the same load settled what a result asks for.
struct Settlement {
  std::uint64_t by = 0;     ///< number of the later result
  std::string_view action;  ///< what is said instead
  bool only_route = false;  ///< it only needs no routing for a hold any more

  /// What an outcome asks for, by its code.
  [[nodiscard]] bool settles(std::string_view code) const;
};

void settle(ReportResult& result, const Settlement& settlement);
/// Of a result that was loaded: somebody has something to do about it.
bool asks_for_something(const ReportResult& result);
/// It only tells.
bool asks_for_nothing(const ReportNote& note);

/// What is counted of every record, and known without making its result.
struct ResultGlance {
  std::string_view log;  ///< path
  std::string_view library, station, item_id;
  std::optional<Kind> kind;  ///< none where it can't be read
  Seconds recorded_at = k_no_time, occurred_at = k_no_time;
  Disposition disposition = Disposition::loaded;
  bool found_nothing = false;  ///< neither an outcome nor notes

  /// There is nothing more to say of it than what is here.
  [[nodiscard]] bool is_plain() const { return disposition == Disposition::loaded && found_nothing; }
};

ResultGlance glance_at(const ReportResult& result);

/// Follow-ups included.
inline bool was_loaded(Disposition disposition) {
  return disposition == Disposition::loaded || disposition == Disposition::follow_up;
}
inline bool was_loaded(const ReportResult& result) {
  return was_loaded(result.disposition);
}

/// A later load has loaded it, so nobody has anything to do about it any more.
inline bool was_loaded_since(const ReportResult& result) {
  return result.retried_as && result.retried_as->loaded;
}

/// Nobody has anything to do about it any more.
inline bool is_settled(const ReportResult& result) {
  return result.dismissed || was_loaded_since(result);
}

/// As its outcome or as a note.
bool has_found(const ReportResult& result, Outcome outcome);

}  // namespace offcirc
