#include "loader/report/html/sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "loader/report/html/list.hpp"
#include "loader/report/result_words.hpp"
#include "loader/report/to_do_groups.hpp"

namespace offcirc {

namespace {

using namespace html_column;
using Columns = std::vector<HtmlColumn>;

std::string codes_of(const ReportResult& result) {
  std::string codes(result.outcome);
  for (const ReportNote& note : result.notes) codes += fmt::format(" {}", note.code);
  return codes;
}

/// A row with a box to tick. `name` distinguishes the lists in which a result may stand.
HtmlRow row_to_do(const ReportResult& result, std::string_view name, std::string_view also, std::string_view action,
                  const HtmlContext& context) {
  return {row_name(result),
          fmt::format("{}-{}", name, result.n),
          codes_of(result),
          action_kinds_of(result),
          {time_cell(result, context.zone),
           transaction_cell(result),
           user_cell(result.user_id, result.user_name),
           item_cell(result.item_id, result.title),
           found_cell(result, message_of(result, context.zone), also, context.zone),
           {std::string(action)},
           place_cell(result)}};
}

const Columns k_columns_to_do{k_time, k_transaction, k_user, k_item, k_found, k_action, k_place};

void write_not_loaded(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context) {
  if (part.rejected.empty()) return;
  HtmlList list(out, {"Not loaded", part.rejected.size(), "The desk did this, but the database does not have it."},
                k_columns_to_do, HtmlList::Boxes::yes);
  for (const ReportResult& result : part.rejected)
    list.row(
        row_to_do(result, "rejected", other_reasons(result, context.sorted, context.zone), result.action, context));
  list.end();
}

void write_live_system(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context) {
  if (part.live.empty()) return;
  HtmlList list(out,
                {"Settle in the live system", part.live.size(),
                 "offcirc loaded these, but the live system does not have them as they happened."},
                k_columns_to_do, HtmlList::Boxes::yes);
  for (const ReportResult& result : part.live)
    list.row(row_to_do(result, "live", {}, action_of(result.sent->state), context));
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
                {"Left the building, but not checked out", part.out.size(),
                 "The checkout was refused, and nothing has been recorded for these items since."},
                k_columns, HtmlList::Boxes::yes);
  for (const ReportResult& result : part.out)
    list.row({row_name(result),
              fmt::format("out-{}", result.n),
              codes_of(result),
              action_kinds_of(result),
              {time_cell(result, context.zone),
               item_cell(result.item_id, result.title),
               user_cell(result.user_id.empty() ? "unknown" : result.user_id, result.user_name),
               {message_of(result, context.zone)}}});
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
               item_cell(result.item_id, result.title),
               found_cell(result, message_of(result, context.zone), {}, context.zone), place_cell(result)}});
  list.end();
}

void write_logs(HtmlWriter& out, const LibraryPart& part, const HtmlContext& /*context*/) {
  static const Columns k_columns{{"log", "Log", true}, k_found, k_action};
  if (part.remarkable_logs.empty()) return;
  HtmlList list(out, {"Logs to check", part.remarkable_logs.size(), "These notes are about whole logs."}, k_columns,
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
  static const Columns k_columns{{"station", "Workstation"}, k_found};
  if (part.clocks.empty()) return;
  HtmlList list(out, {"Clocks that were wrong", part.clocks.size(), k_clock_action}, k_columns, HtmlList::Boxes::yes);
  for (const auto& [station, clock] : part.clocks)
    list.row({std::string(station),
              fmt::format("clock-{}-{}", part.code, station),
              {},
              std::string(code_of(ActionKind::check_station)),
              {{station.empty() ? "No workstation" : std::string(station)},
               {clock_words(clock), {clock.pending > 0 ? clock.action : std::string()}}}});
  list.end();
}

void write_missing_stations(HtmlWriter& out, const LibraryPart& part, const HtmlContext& /*context*/) {
  static const Columns k_columns{{"station", "Workstation"}, k_action};
  if (part.missing_stations.empty()) return;
  HtmlList list(out, {"Workstations that have not uploaded", part.missing_stations.size(), ""}, k_columns,
                HtmlList::Boxes::yes);
  for (const std::string_view station : part.missing_stations)
    list.row({std::string(station),
              fmt::format("station-{}-{}", part.code, station),
              {},
              std::string(code_of(ActionKind::check_station)),
              {{std::string(station)}, {std::string(k_missing_station_action)}}});
  list.end();
}

// Results that a retry or staff have settled. Nothing is left to do, so the rows have no boxes to tick.
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
               item_cell(result.item_id, result.title),
               found_cell(result, message_of(result, context.zone), {}, context.zone), place_cell(result)}});
  list.end();
}

void write_loaded_since(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context) {
  write_settled(out, "Loaded later by a retry", "A retry has loaded these. See the report of that load for what to do.",
                part.loaded_since, context);
}

void write_dismissed(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context) {
  write_settled(out, "Settled by hand", "Staff have settled these; nothing is left to do.", part.dismissed, context);
}

void write_not_done(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context) {
  static const Columns k_columns{k_time, k_transaction, k_user, k_item, k_place};
  if (part.not_done.empty()) return;
  HtmlList list(
      out, {"Refused or canceled at the time", part.not_done.size(), facts_of(Outcome::refused_at_the_time).action},
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
  HtmlList list(out, {"Loaded, nothing to do", part.loaded.size(), ""}, k_columns, HtmlList::Boxes::no);
  for (const ReportResult& result : part.loaded)
    list.row({{},
              {},
              codes_of(result),
              action_kinds_of(result),
              {time_cell(result, context.zone), transaction_cell(result), user_cell(result.user_id, result.user_name),
               item_cell(result.item_id, result.title),
               found_cell(result, message_of(result, context.zone), other_remarks(result, context.sorted, context.zone),
                          context.zone),
               place_cell(result)}});
  list.end();
}

}  // namespace

std::span<const HtmlSection> html_sections() {
  static constexpr std::array<HtmlSection, 16> k_sections{
      write_live_system,     write_not_loaded,
      write_unsupported,     write_items_out,
      write_html_to_do,      write_html_registrations,
      write_html_hold_shelf, write_html_due_charges,
      write_unreadable,      write_logs,
      write_clocks,          write_missing_stations,
      write_loaded_since,    write_dismissed,
      write_not_done,        write_loaded,
  };
  return k_sections;
}

namespace {

using namespace html_column;

HtmlRow row_of(const ReportHold& hold, const HtmlContext& context) {
  const bool has_item = !hold.item_id.empty() || !hold.title.empty();
  return {fmt::format("hold {}", hold.hold_id),
          fmt::format("hold-{}-{}", facts_of(hold.event).code, hold.hold_id),
          {},
          std::string(code_of(facts_of(hold.event).action_kind)),
          {has_item ? item_cell(hold.item_id, hold.title) : HtmlCell{std::string(k_no_item)},
           user_cell(hold.user_id, hold.user_name),
           {std::string(hold.hold_id)},
           {local_time(hold.at, context.zone)}}};
}

}  // namespace

void write_html_hold_shelf(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context) {
  static const std::vector<HtmlColumn> k_columns{k_item, k_user, {"hold", "Hold"}, k_time};
  if (part.holds.empty()) return;
  HtmlList list(out, {"Hold shelf", part.holds.size(), "Compare these holds with the items on the hold shelf."},
                k_columns, HtmlList::Boxes::yes);
  for (int i = 0; i < k_shelf_event_count; ++i) {
    const auto event = static_cast<ShelfEvent>(i);
    const auto has_event = [&](const ReportHold* hold) { return hold->event == event; };
    const auto count = std::count_if(part.holds.begin(), part.holds.end(), has_event);
    if (count == 0) continue;
    list.group(fmt::format("{} ({}). {}", facts_of(event).phrase, count, facts_of(event).action));
    for (const ReportHold* hold : part.holds)
      if (has_event(hold)) list.row(row_of(*hold, context));
  }
  list.end();
}

void write_html_due_charges(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context) {
  static const std::vector<HtmlColumn> k_columns{k_item, k_user, k_due};
  if (part.due_charges.empty()) return;
  HtmlList list(out, {"Came due since the outage began", part.due_charges.size(), k_came_due_action}, k_columns,
                HtmlList::Boxes::yes);
  for (const ReportDueCharge* charge : part.due_charges)
    list.row({std::string(charge->item_id),
              fmt::format("due-{}", charge->item_id),
              {},
              std::string(code_of(ActionKind::look_on_shelf)),
              {item_cell(charge->item_id, charge->title),
               user_cell(charge->user_id, charge->user_name),
               {local_minute(charge->due_at, context.zone)}}});
  list.end();
}

namespace {

using namespace html_column;

std::string action_code(Outcome outcome) {
  return std::string(code_of(facts_of(outcome).action_kind));
}

HtmlRow whole_log_row(const ToDo& to_do, const std::string& key, std::string_view code, const Zone& zone) {
  HtmlRow row{std::string(to_do.result->log), key, std::string(code), action_code(to_do.outcome), {}};
  row.cells = {{"the whole log"},
               {fmt::format("{} transactions", to_do.whole_log_count)},
               {},
               {},
               {message_of(to_do, zone), {"All loaded transactions of the log"}},
               {std::string(to_do.result->log)}};
  return row;
}

HtmlCell found_cell(const ToDo& to_do, const HtmlContext& context) {
  const ReportResult& result = *to_do.result;
  if (was_loaded(result))
    return found_cell(result, message_of(to_do, context.zone), other_remarks(result, context.sorted, context.zone),
                      context.zone);
  return found_cell(result, "Not loaded: " + message_of(to_do, context.zone),
                    other_reasons(result, context.sorted, context.zone), context.zone);
}

HtmlRow row_of(const ToDo& to_do, const HtmlContext& context) {
  const ReportResult& result = *to_do.result;
  const std::string_view code = facts_of(to_do.outcome).code;
  const std::string key = fmt::format("{}-{}", code, result.n);
  if (to_do.whole_log_count > 0) return whole_log_row(to_do, key, code, context.zone);
  return {row_name(result),
          key,
          std::string(code),
          action_code(to_do.outcome),
          {time_cell(result, context.zone), transaction_cell(result), user_cell(result.user_id, result.user_name),
           item_cell(result.item_id, result.title), found_cell(to_do, context), place_cell(result)}};
}

void write_list(HtmlWriter& out, std::string_view heading, std::string_view explanation, const ToDoList& to_dos,
                const HtmlContext& context) {
  static const std::vector<HtmlColumn> k_columns{k_time, k_transaction, k_user, k_item, k_found, k_place};
  if (to_dos.kinds.empty()) return;
  HtmlList list(out, {heading, to_dos.result_count, explanation}, k_columns, HtmlList::Boxes::yes);
  for (const ToDoKind& kind : to_dos.kinds) {
    list.kind(fmt::format("{} ({})", facts_of(kind.kind).phrase, kind.count));
    for (const ToDoGroup& group : kind.groups) {
      list.group(fmt::format("{} ({})", group.action, group.count));
      for (const ToDo& to_do : group.to_dos) list.row(row_of(to_do, context));
    }
  }
  list.end();
}

}  // namespace

void write_html_to_do(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context) {
  write_list(out, "Loaded, follow-up needed", "These are in the database. The line above each group says what to do.",
             things_to_do(part, context.sorted, context.zone), context);
}

void write_html_registrations(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context) {
  write_list(out, "Registrations to review", "", registrations_to_review(part, context.sorted, context.zone), context);
}

}  // namespace offcirc
