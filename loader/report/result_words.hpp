// Words for results, clocks and the state of a load, the same in every report for people.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "loader/report/library_part.hpp"

namespace offcirc {

/// Sentences for the head of a report that no longer holds because its load was undone or its personal data removed.
/// Empty if neither has happened.
std::string aftermath_words(const Report& report, const Zone& zone);
/// Says that nothing was loaded because everything is in the future, and what to do. Empty if that is not so.
std::string ahead_words(const Report& report);
/// The command that loads what was rejected, for the administrator: empty in the report of a library, and if nothing
/// can be retried.
std::string retry_words(const Report& report, const SortedReport& sorted);

/// What to do about unsupported transactions.
inline constexpr std::string_view k_unsupported_explanation =
    "offcirc can't load these. Enter what matters by hand; the CSV report lists them all.";
/// `Edit user: 2600 transactions`
std::string unsupported_words(std::string_view what, std::uint64_t count);
/// `First: 2026-06-12 10:12:31, workstation 0201, patron 21221000000015 (#12)`; without `First:` if it is the only one.
std::string first_words(const UnsupportedCommand& command, const Zone& zone);

/// What staff call a kind of transaction, in the singular and the plural.
struct KindWords {
  std::string_view one, many;
};
inline constexpr std::array<KindWords, k_kind_count> k_kind_words{{
    {"Checkout", "Checkouts"},
    {"Check-in", "Check-ins"},
    {"Renewal", "Renewals"},
    {"Registration", "Registrations"},
    {"Payment", "Payments"},
    {"In-house use", "In-house uses"},
    {"Transaction", "Transactions"},
}};

/// `, 2 of them edits`; empty if there are none.
std::string edits_words(const KindCount& counts);

/// For a hold on a title that has no item (yet).
inline constexpr std::string_view k_no_item = "A title without items";

/// What to do about charges that came due during the outage; its action kind is look_on_shelf.
inline constexpr std::string_view k_came_due_action = "Check the shelf before overdue notices go out.";

/// What to do about a clock that was off; its action kind is check_station, like that of the next two.
inline constexpr std::string_view k_clock_action = "Set the workstation's clock before the next outage.";
/// The same in the report of a library, if records are pending. The whole report has the command instead.
inline constexpr std::string_view k_pending_clock_action =
    "Set the workstation's clock. The system office can load the records that were not loaded.";
/// What to do about a station that has not uploaded.
inline constexpr std::string_view k_missing_station_action = "Find its log at the desk, and upload it.";
/// What to do about a log that could not be read.
inline constexpr std::string_view k_unread_log_action = "Replace the log with a readable copy, and load that.";

/// For transactions that the log itself says were not carried out.
inline constexpr std::string_view k_not_done_words = "refused or canceled at the time";

/// The code of an action kind, as in reports.
std::string_view code_of(ActionKind kind);
/// The code of the action kind of the outcome or note with this code.
std::string_view action_kind_of(std::string_view outcome_code);
/// The code of the kind of action that the result or the note asks for: that of nothing if it is settled.
std::string_view action_kind_of(const ReportResult& result);
std::string_view action_kind_of(const ReportNote& note);
/// `look-on-shelf call-user`: the kinds of everything to do about the result, each once, the kind of its outcome first.
std::string action_kinds_of(const ReportResult& result);
/// `Checkout` for `checkout`; `Record` if the kind is not known.
std::string_view kind_word(std::string_view kind);
/// `2026-06-12 10:12:31`, local to `zone`; `time unknown` for k_no_time.
std::string local_time(Seconds utc, const Zone& zone);
/// `2026-06-12 10:12`: the same to the minute.
std::string local_minute(Seconds utc, const Zone& zone);
/// `OSH/standlog.0201:7:12`, the form that editors and terminals recognize. The column is left out if there is none.
std::string place_of(const ReportResult& result);
/// `Patron 21221000000015 (BERG, ADA)`; the name only if the report has it.
std::string user_words(std::string_view user_id, std::string_view user_name);
/// The finding in words; `Loaded` if there is none.
std::string message_of(const ReportResult& result, const Zone& zone);
std::string message_of(const ReportNote& note, const Zone& zone);
/// `message` as a sentence: with a period, unless it already ends in `.`, `!` or `?`.
std::string sentence(std::string_view message);
/// `2026-07-03 23:59` or `never`; empty if the transaction set no due date. Staff who call the user need it.
std::string due_words(const ReportResult& result, const Zone& zone);
/// `The workstation's clock showed 2026-06-12 10:05:31`; empty if it was right.
std::string clock_words(const ReportResult& result, const Zone& zone);
/// `user-blocked overridden by jane`; empty if nothing was overridden.
std::string override_words(const ReportResult& result);
/// `Retry of #3 in load 1`, `Retried as #1 in load 7: still not loaded`; empty if there was only one attempt.
std::string try_words(const ReportResult& result);
/// For an unreadable record: `What could be read: 2026-06-12 10:12:31, patron 21221000000015, item 31221000000013`,
/// or the same as uncertain. Empty if nothing of it can be read, and for all other results.
std::string read_words(const ReportResult& result, const Zone& zone);
/// The same for entries that already show time and IDs: `Time and IDs are what could be read`.
std::string reading_words(const ReportResult& result);
/// `Dismissed on 2026-06-13 09:00 by jane: settled by telephone`; empty if it was not dismissed.
std::string dismissal_words(const ReportResult& result, const Zone& zone);
/// `The live system refused it, 2026-06-13 17:05: Item is on hold`; empty if nothing of it was sent.
std::string send_words(const ReportResult& result, const Zone& zone);
/// `+00:07:00`, as --clock and the configuration accept it.
std::string clock_offset(Seconds seconds);
/// `corrected by +00:07:00, ahead by at least 00:35:00 (2 records)`
std::string clock_words(const StationClock& clock);
/// What the notes of a rejected transaction say: further reasons why it was not loaded, with what to do, and what is
/// only for information. Omits what its log says once for all of its lines. May be empty.
std::string other_reasons(const ReportResult& result, const SortedReport& sorted, const Zone& zone);
/// What the notes of a loaded transaction say that asks for nothing; the other notes are entries of their own.
std::string other_remarks(const ReportResult& result, const SortedReport& sorted, const Zone& zone);

}  // namespace offcirc
