#include "loader/report/result_words.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "loader/report/words.hpp"

namespace offcirc {
namespace {

bool has_readable_part(const ReportResult& result) {
  const bool says_something = result.occurred_at != k_no_time || !result.user_id.empty() || !result.item_id.empty();
  return result.disposition == Disposition::unreadable && says_something;
}

}  // namespace

std::string aftermath_words(const Report& report, const Zone& zone) {
  const ReportAftermath& aftermath = report.aftermath;
  std::string words;
  if (aftermath.undone_at)
    words = fmt::format(
        "This load was undone{} by {} on {}: {}.", aftermath.undone_in_part ? " in part" : "", aftermath.undone_by,
        local_minute(*aftermath.undone_at, zone),
        aftermath.undone_in_part ? "parts of this report are no longer valid" : "this report is no longer valid");
  if (aftermath.pruned_at)
    words += fmt::format("{}Its personal data was removed on {}.", words.empty() ? "" : " ",
                         local_minute(*aftermath.pruned_at, zone));
  return words;
}

std::string_view code_of(ActionKind kind) {
  return facts_of(kind).code;
}

std::string_view action_kind_of(std::string_view outcome_code) {
  // A code that is not an outcome is that of a note on a log, about how its station recorded.
  const std::optional<Outcome> outcome = find_outcome(outcome_code);
  return code_of(outcome ? facts_of(*outcome).action_kind : ActionKind::check_station);
}

std::string_view action_kind_of(const ReportResult& result) {
  return result.is_settled ? code_of(ActionKind::nothing) : action_kind_of(result.outcome);
}

std::string_view action_kind_of(const ReportNote& note) {
  return note.is_settled ? code_of(ActionKind::nothing) : action_kind_of(note.code);
}

std::string action_kinds_of(const ReportResult& result) {
  std::vector<std::string_view> kinds{action_kind_of(result)};
  for (const ReportNote& note : result.notes) {
    const std::string_view kind = action_kind_of(note.code);
    if (!asks_for_nothing(note) && std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
  }
  return fmt::format("{}", fmt::join(kinds, " "));
}

std::string ahead_words(const Report& report) {
  if (!report.all_is_ahead || report.aftermath.undone_at) return {};
  return fmt::format(
      "Everything was recorded in the future. The clock of this computer may be slow, or timezone in the configuration "
      "may be wrong. {}",
      !report.only_library.empty() ? "Tell the system office."
      : report.dry_run
          ? "If so, correct it and check again."
          : fmt::format("If so, correct it, run 'offcirc undo {}', and load the logs again.", report.load));
}

std::string retry_words(const Report& report, const SortedReport& sorted) {
  const ReportAftermath& aftermath = report.aftermath;
  const bool has_rejected = std::any_of(sorted.libraries.begin(), sorted.libraries.end(),
                                        [](const LibraryPart& part) { return !part.rejected.empty(); });
  if (!has_rejected || report.dry_run || !report.only_library.empty() || aftermath.undone_at || aftermath.pruned_at)
    return {};
  return fmt::format("After fixing the causes, run 'offcirc retry {}' to load the rejected transactions.", report.load);
}

std::string edits_words(const KindCount& counts) {
  return counts.edits == 0 ? std::string() : fmt::format(", {} of them edits", counts.edits);
}

std::string_view kind_word(std::string_view kind) {
  const std::optional<Kind> found = find_kind(kind);
  return found ? k_kind_words.at(static_cast<std::size_t>(*found)).one : "Record";
}

std::string local_time(Seconds utc, const Zone& zone) {
  if (utc == k_no_time) return "time unknown";
  std::string time = iso_time(utc, zone);
  const std::size_t t = time.find('T');
  if (t == std::string::npos) return time;
  time[t] = ' ';
  return time.substr(0, t + std::string_view(" 10:12:31").size());
}

std::string local_minute(Seconds utc, const Zone& zone) {
  return local_time(utc, zone).substr(0, std::string_view("2026-06-12 10:12").size());
}

std::string place_of(const ReportResult& result) {
  std::string place = fmt::format(FMT_COMPILE("{}:{}"), result.log, result.line);
  if (result.column != 0) place += fmt::format(":{}", result.column);
  return place;
}

std::string user_words(std::string_view user_id, std::string_view user_name) {
  std::string words = std::string("Patron ").append(user_id.empty() ? "unknown" : user_id);
  if (!user_name.empty()) words += fmt::format(" ({})", user_name);
  return words;
}

std::string message_of(const ReportResult& result, const Zone& zone) {
  return words_of(find_outcome(result.outcome).value(), result.message, zone);
}

std::string message_of(const ReportNote& note, const Zone& zone) {
  return words_of(find_outcome(note.code).value(), note.message, zone);
}

std::string sentence(std::string_view message) {
  std::string text(message);
  if (!text.empty() && std::string_view(".!?").find(text.back()) == std::string_view::npos) text += '.';
  return text;
}

std::string due_words(const ReportResult& result, const Zone& zone) {
  if (result.due_at == k_no_time) return {};
  if (result.due_at == k_never) return "never";
  return local_minute(result.due_at, zone);
}

std::string clock_words(const ReportResult& result, const Zone& zone) {
  if (result.recorded_at == result.occurred_at) return {};
  return "The workstation's clock showed " + local_time(result.recorded_at, zone);
}

std::string override_words(const ReportResult& result) {
  if (result.overridden.empty()) return {};
  std::string codes;
  for (const std::string_view code : result.overridden) codes += fmt::format("{}{}", codes.empty() ? "" : ", ", code);
  return fmt::format("{} overridden by {}", codes, result.overridden_by);
}

std::string unsupported_words(std::string_view what, std::uint64_t count) {
  return fmt::format("{}: {} transaction{}", what.empty() ? "Other" : what, count, count == 1 ? "" : "s");
}

std::string first_words(const UnsupportedCommand& command, const Zone& zone) {
  const ReportResult& first = command.first;
  std::string words = fmt::format("{}{}", command.count == 1 ? "" : "First: ", local_time(first.occurred_at, zone));
  if (!first.station.empty()) words += fmt::format(", workstation {}", first.station);
  if (!first.user_id.empty()) words += fmt::format(", patron {}", first.user_id);
  if (!first.user_name.empty()) words += fmt::format(" ({})", first.user_name);
  if (!first.item_id.empty()) words += fmt::format(", item {}", first.item_id);
  if (!first.title.empty()) words += fmt::format(": {}", first.title);
  return words + fmt::format(" (#{})", first.n);
}

std::string try_words(const ReportResult& result) {
  std::string words;
  if (result.retry_of) words = fmt::format("Retry of #{} in load {}", result.retry_of->n, result.retry_of->load);
  if (!result.retried_as) return words;
  const ResultName& later = result.retried_as->name;
  return fmt::format("{}{} as #{} in load {}: {}", words, words.empty() ? "Retried" : "; retried", later.n, later.load,
                     result.retried_as->loaded ? "loaded" : "still not loaded");
}

std::string read_words(const ReportResult& result, const Zone& zone) {
  if (!has_readable_part(result)) return {};
  std::vector<std::string> parts;
  if (result.occurred_at != k_no_time) parts.push_back(local_time(result.occurred_at, zone));
  if (!result.user_id.empty()) parts.push_back(fmt::format("patron {}", result.user_id));
  if (!result.user_name.empty()) parts.back() += fmt::format(" ({})", result.user_name);
  if (!result.item_id.empty()) parts.push_back(fmt::format("item {}", result.item_id));
  return fmt::format("{}: {}", result.is_doubtful ? "Uncertain, because the line is damaged" : "What could be read",
                     fmt::join(parts, ", "));
}

std::string reading_words(const ReportResult& result) {
  if (!has_readable_part(result)) return {};
  return result.is_doubtful ? "Time and IDs are uncertain: the line is damaged" : "Time and IDs are what could be read";
}

std::string send_words(const ReportResult& result, const Zone& zone) {
  if (!result.sent) return {};
  const ReportSend& sent = *result.sent;
  return fmt::format("{}, {}{}{}{}", phrase_of(sent.state), local_minute(sent.at, zone), sent.text.empty() ? "" : ": ",
                     sent.text, sent.is_released ? "; staff have settled it" : "");
}

std::string dismissal_words(const ReportResult& result, const Zone& zone) {
  if (!result.dismissed) return {};
  const ReportDismissal& dismissed = *result.dismissed;
  return fmt::format("Dismissed on {} by {}{}{}", local_minute(dismissed.at, zone), dismissed.by,
                     dismissed.note.empty() ? "" : ": ", dismissed.note);
}

std::string clock_offset(Seconds seconds) {
  const Seconds size = std::abs(seconds);
  return fmt::format("{}{:02}:{:02}:{:02}", seconds < 0 ? '-' : '+', size / 3600, size / 60 % 60, size % 60);
}

std::string clock_words(const StationClock& clock) {
  std::string text;
  const auto add = [&](std::string_view what, std::uint64_t count) {
    if (count == 0) return;
    text += fmt::format("{}{} {} {}", text.empty() ? "" : ", ", count, count == 1 ? "record" : "records", what);
  };
  if (clock.correction_seconds != 0) text = fmt::format("corrected by {}", clock_offset(clock.correction_seconds));
  if (clock.ahead > 0 && clock.ahead_seconds > 0)
    text += fmt::format("{}ahead by at least {:02}:{:02}:{:02} ({} {})", text.empty() ? "" : ", ",
                        clock.ahead_seconds / 3600, clock.ahead_seconds / 60 % 60, clock.ahead_seconds % 60,
                        clock.ahead, clock.ahead == 1 ? "record" : "records");
  else
    add("on a clock that was ahead", clock.ahead);
  add("far ahead of the others", clock.jumped);
  add("earlier than the one before", clock.went_backwards);
  return text;
}

std::string other_reasons(const ReportResult& result, const SortedReport& sorted, const Zone& zone) {
  std::string text;
  for (const ReportNote& note : result.notes) {
    if (log_says(sorted, result, note.code)) continue;
    text += fmt::format("{}{}", text.empty() ? "" : " ", sentence(message_of(note, zone)));
    if (!asks_for_nothing(note)) text += fmt::format(" {}", note.action);
  }
  return text;
}

std::string other_remarks(const ReportResult& result, const SortedReport& sorted, const Zone& zone) {
  std::string text;
  for (const ReportNote& note : result.notes)
    if (asks_for_nothing(note) && !log_says(sorted, result, note.code))
      text += fmt::format("{}{}", text.empty() ? "" : " ", sentence(message_of(note, zone)));
  return text;
}

}  // namespace offcirc
