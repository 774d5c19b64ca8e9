// How reports for people put what they know of a result into words, the same in each of them.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "loader/report/library_part.hpp"

namespace offcirc {

/// Sentences for the head of a report that does not hold any more: the load was undone, or its personal data removed.
/// Empty where all is as it was.
std::string aftermath_words(const Report& report, const Zone& zone);
/// That nothing was loaded because everything lies in the future, and what to do; empty where it is not so.
std::string ahead_words(const Report& report);

/// What to do about unsupported transactions.
inline constexpr std::string_view k_unsupported_explanation =
    "offcirc does not load these: enter by hand what matters. The table (CSV) lists each of them.";
/// `Edit user: 2600 transactions`
std::string unsupported_words(std::string_view what, std::uint64_t count);
/// `First: 2026-06-12 10:12:31, station 0201, user 21221000000015 (#12)`; without `First:` where it is the only one.
std::string first_words(const UnsupportedCommand& command, const Zone& zone);

/// What people call a kind of transaction, one and several.
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

/// `, 2 of them edits`; empty where none is.
std::string edits_words(const KindCount& counts);

/// Of a hold on a title that has no item (yet).
inline constexpr std::string_view k_no_item = "A title that no item has";

/// What to do about charges that came due while the server was away; of the kind look_on_shelf.
inline constexpr std::string_view k_came_due_action = "Look on the shelf before overdue notices go out.";

/// What to do about a clock that was off; of the kind check_station, like the next two.
inline constexpr std::string_view k_clock_action = "Set the clock right before the next outage.";
/// What to do about a station that has not uploaded.
inline constexpr std::string_view k_missing_station_action = "Look for its log at the desk, and load it.";
/// What to do about a log that could not be read.
inline constexpr std::string_view k_unread_log_action = "Make it readable, and load it.";

/// What the log itself says was not done.
inline constexpr std::string_view k_not_done_words = "refused or canceled when it happened";

/// Its code.
std::string_view code_of(ActionKind kind);
/// Of the action that an outcome or note of that code asks for, by its code.
std::string_view action_kind_of(std::string_view outcome_code);
/// Of the action that the outcome, or the note, asks for here.
std::string_view action_kind_of(const ReportResult& result);
std::string_view action_kind_of(const ReportNote& note);
/// `look-on-shelf call-user`: of all that is to be done about it, what the outcome asks for first, each once.
std::string action_kinds_of(const ReportResult& result);
/// `Checkout` for `checkout`; `Record` where the kind is not known.
std::string_view kind_word(std::string_view kind);
/// `2026-06-12 10:12:31`, local to `zone`; `time not known`.
std::string local_time(Seconds utc, const Zone& zone);
/// `2026-06-12 10:12`, likewise.
std::string local_minute(Seconds utc, const Zone& zone);
/// `OSH/standlog.0201:7:12`, as editors and terminals know places; the column only where there is one.
std::string place_of(const ReportResult& result);
/// `User 21221000000015 (BERG, ADA)`; the name only where the report has it.
std::string user_words(std::string_view user_id, std::string_view user_name);
/// What was found, in words; `Loaded` where nothing was.
std::string message_of(const ReportResult& result, const Zone& zone);
std::string message_of(const ReportNote& note, const Zone& zone);
/// `message` as a sentence: with a full stop where it has no end.
std::string sentence(std::string_view message);
/// `2026-07-03 23:59`, `never`; empty where the transaction made no due date. Whoever calls the user wants to tell it.
std::string due_words(const ReportResult& result, const Zone& zone);
/// `The station's clock said 2026-06-12 10:05:31`; empty where it was right.
std::string clock_words(const ReportResult& result, const Zone& zone);
/// `user-blocked overridden by jane`; empty where nothing was overridden.
std::string override_words(const ReportResult& result);
/// `Run again: was #3 of load 1`, `Run again since, as #1 of load 7: not loaded either`; empty where it was one try.
std::string try_words(const ReportResult& result);
/// Of an unreadable record: `As far as it can be read: 2026-06-12 10:12:31, user 21221000000015, item 31221000000013`,
/// or the same as doubtful. Empty where nothing of it can be read, and of all others.
std::string read_words(const ReportResult& result, const Zone& zone);
/// The same where time and IDs are shown elsewhere: `Time and IDs are as far as they can be read`.
std::string reading_words(const ReportResult& result);
/// `Dismissed on 2026-06-13 09:00 by jane: settled by telephone`; empty where it was not.
std::string dismissal_words(const ReportResult& result, const Zone& zone);
/// `+00:07:00`, as --clock and the configuration take it.
std::string clock_offset(Seconds seconds);
/// `corrected by +00:07:00, ahead by at least 00:35:00 (2 records)`
std::string clock_words(const StationClock& clock);
/// Of a rejected transaction, what its notes say: what else stands in its way, with what to do, and what is only good
/// to know. May be empty.
std::string other_reasons(const ReportResult& result, const SortedReport& sorted, const Zone& zone);
/// Of a loaded one, what its notes say that asks nobody to do anything; the others are entries of their own.
std::string other_remarks(const ReportResult& result, const SortedReport& sorted, const Zone& zone);

}  // namespace offcirc
