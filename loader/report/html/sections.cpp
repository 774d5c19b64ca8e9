#include "loader/report/html/sections.hpp"

#include <fmt/format.h>

#include <array>

#include "loader/report/html/cells.hpp"
#include "loader/report/result_words.hpp"

namespace offcirc {
namespace {

using namespace html_column;
using Columns = std::vector<HtmlColumn>;

std::string codes_of(const ReportResult& result) {
  std::string codes(result.outcome);
  for (const ReportNote& note : result.notes) codes += fmt::format(" {}", note.code);
  return codes;
}

void write_not_loaded(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context) {
  static const Columns k_columns{k_time, k_transaction, k_user, k_item, k_found, k_action, k_place};
  if (part.rejected.empty()) return;
  HtmlList list(out, {"Not loaded", part.rejected.size(), "The desk did this, but the database does not have it."},
                k_columns, HtmlList::Boxes::yes);
  for (const ReportResult& result : part.rejected)
    list.row({row_name(result),
              fmt::format("rejected-{}", result.n),
              codes_of(result),
              action_kinds_of(result),
              {time_cell(result, context.zone),
               transaction_cell(result),
               user_cell(result.user_id, result.user_name),
               item_cell(result.item_id, result.title),
               found_cell(result, result.message, other_reasons(result, context.sorted), context.zone),
               {std::string(result.action)},
               place_cell(result)}});
  list.end();
}

void write_unsupported(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context) {
  static const Columns k_columns{{"transaction", "Kind"}, {"found", "Time and IDs"}, k_place};
  if (part.unsupported.empty()) return;
  HtmlList list(out, {"Not supported", part.count_unsupported(), k_unsupported_explanation}, k_columns,
                HtmlList::Boxes::yes);
  for (const auto& [what, command] : part.unsupported)
    list.row(
        {std::string(what),
         fmt::format("unsupported-{}-{}", part.code, what),
         std::string(facts_of(Outcome::unsupported).code),
         std::string(action_kind_of(facts_of(Outcome::unsupported).code)),
         {{unsupported_words(what, command.count)}, {first_words(command, context.zone)}, place_cell(command.first)}});
  list.end();
}

void write_items_out(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context) {
  static const Columns k_columns{k_time, k_item, k_user, {"found", "Why the checkout was refused"}};
  if (part.out.empty()) return;
  HtmlList list(out,
                {"Items out on a refused checkout", part.out.size(),
                 "These items have left the building, and nothing was heard of them since."},
                k_columns, HtmlList::Boxes::yes);
  for (const ReportResult& result : part.out)
    list.row({row_name(result),
              fmt::format("out-{}", result.n),
              codes_of(result),
              action_kinds_of(result),
              {time_cell(result, context.zone),
               item_cell(result.item_id, result.title),
               user_cell(result.user_id.empty() ? "not known" : result.user_id, result.user_name),
               {std::string(result.message)}}});
  list.end();
}

void write_unreadable(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context) {
  static const Columns k_columns{k_time, k_user, k_item, k_found, k_place};
  if (part.unreadable.empty()) return;
  HtmlList list(out, {"Unreadable", part.unreadable.size(), facts_of(Outcome::unreadable).action}, k_columns,
                HtmlList::Boxes::yes);
  for (const ReportResult& result : part.unreadable)
    list.row({row_name(result),
              fmt::format("unreadable-{}", result.n),
              codes_of(result),
              action_kinds_of(result),
              {time_cell(result, context.zone), user_cell(result.user_id, result.user_name),
               item_cell(result.item_id, result.title), found_cell(result, result.message, {}, context.zone),
               place_cell(result)}});
  list.end();
}

void write_logs(HtmlWriter& out, const LibraryPart& part, const HtmlContext& /*context*/) {
  static const Columns k_columns{{"log", "Log", true}, k_found, k_action};
  if (part.remarkable_logs.empty()) return;
  HtmlList list(out, {"Logs to look at", part.remarkable_logs.size(), "What is true of a log as a whole."}, k_columns,
                HtmlList::Boxes::yes);
  for (const ReportLog* log : part.remarkable_logs) {
    if (log->error)
      list.row({log->path,
                fmt::format("log-error-{}", log->path),
                {},
                std::string(code_of(ActionKind::check_station)),
                {{log->path}, {"Not read: " + *log->error}, {std::string(k_unread_log_action)}}});
    for (const LogNote& note : log->notes)
      list.row({log->path,
                fmt::format("log-{}-{}", note.code, log->path),
                note.code,
                std::string(action_kind_of(note.code)),
                {{log->path}, {note.message}, {note.action}}});
  }
  list.end();
}

void write_clocks(HtmlWriter& out, const LibraryPart& part, const HtmlContext& /*context*/) {
  static const Columns k_columns{{"station", "Station"}, k_found};
  if (part.clocks.empty()) return;
  HtmlList list(out, {"Clocks that were off", part.clocks.size(), k_clock_action}, k_columns, HtmlList::Boxes::yes);
  for (const auto& [station, clock] : part.clocks)
    list.row({std::string(station),
              fmt::format("clock-{}-{}", part.code, station),
              {},
              std::string(code_of(ActionKind::check_station)),
              {{station.empty() ? "No station" : std::string(station)},
               {clock_words(clock), {clock.pending > 0 ? clock.action : std::string()}}}});
  list.end();
}

void write_missing_stations(HtmlWriter& out, const LibraryPart& part, const HtmlContext& /*context*/) {
  static const Columns k_columns{{"station", "Station"}, k_action};
  if (part.missing_stations.empty()) return;
  HtmlList list(out, {"Stations that have not uploaded", part.missing_stations.size(), ""}, k_columns,
                HtmlList::Boxes::yes);
  for (const std::string_view station : part.missing_stations)
    list.row({std::string(station),
              fmt::format("station-{}-{}", part.code, station),
              {},
              std::string(code_of(ActionKind::check_station)),
              {{std::string(station)}, {std::string(k_missing_station_action)}}});
  list.end();
}

// What a retry or staff have settled: nothing is left to do, so there are no boxes to tick.
void write_settled(HtmlWriter& out, std::string_view heading, std::string_view explanation, const ResultList& results,
                   const HtmlContext& context) {
  static const Columns k_columns{k_time, k_transaction, k_user, k_item, k_found, k_place};
  if (results.empty()) return;
  HtmlList list(out, {heading, results.size(), explanation}, k_columns, HtmlList::Boxes::no);
  for (const ReportResult& result : results)
    list.row({{},
              {},
              codes_of(result),
              action_kinds_of(result),
              {time_cell(result, context.zone), transaction_cell(result), user_cell(result.user_id, result.user_name),
               item_cell(result.item_id, result.title), found_cell(result, result.message, {}, context.zone),
               place_cell(result)}});
  list.end();
}

void write_loaded_since(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context) {
  write_settled(out, "Not loaded at first, but since",
                "A retry has loaded these. The report of that load says what is to be done.", part.loaded_since,
                context);
}

void write_dismissed(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context) {
  write_settled(out, "Settled by hand", "Staff have settled these; nothing is left to do.", part.dismissed, context);
}

void write_not_done(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context) {
  static const Columns k_columns{k_time, k_transaction, k_user, k_item, k_place};
  if (part.not_done.empty()) return;
  HtmlList list(
      out,
      {"Refused or canceled when it happened", part.not_done.size(), facts_of(Outcome::refused_at_the_time).action},
      k_columns, HtmlList::Boxes::no);
  for (const ReportResult& result : part.not_done)
    list.row({{},
              {},
              codes_of(result),
              action_kinds_of(result),
              {time_cell(result, context.zone), transaction_cell(result), user_cell(result.user_id, result.user_name),
               item_cell(result.item_id, result.title), place_cell(result)}});
  list.end();
}

void write_loaded(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context) {
  static const Columns k_columns{k_time, k_transaction, k_user, k_item, k_found, k_place};
  if (part.loaded.empty()) return;
  HtmlList list(out, {"Loaded, with nothing to do", part.loaded.size(), ""}, k_columns, HtmlList::Boxes::no);
  for (const ReportResult& result : part.loaded)
    list.row({{},
              {},
              codes_of(result),
              action_kinds_of(result),
              {time_cell(result, context.zone), transaction_cell(result), user_cell(result.user_id, result.user_name),
               item_cell(result.item_id, result.title),
               found_cell(result, result.message, other_remarks(result, context.sorted), context.zone),
               place_cell(result)}});
  list.end();
}

}  // namespace

std::span<const HtmlSection> html_sections() {
  static constexpr std::array<HtmlSection, 15> k_sections{
      write_not_loaded,       write_unsupported,      write_items_out,  write_html_to_do, write_html_registrations,
      write_html_hold_shelf,  write_html_due_charges, write_unreadable, write_logs,       write_clocks,
      write_missing_stations, write_loaded_since,     write_dismissed,  write_not_done,   write_loaded,
  };
  return k_sections;
}

}  // namespace offcirc
