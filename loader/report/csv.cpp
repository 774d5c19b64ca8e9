#include "loader/report/rendering.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "formats/csv_text.hpp"
#include "formats/fields.hpp"
#include "loader/output/characters.hpp"
#include "loader/report/result_words.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {
namespace {

constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view k_header =
    "list,n,time,library,station,kind,user_id,user_name,item_id,title,due_at,bill,outcome,message,action,also,log,line,"
    "action_kinds";

/// One row of the table. Columns that the list does not have stay empty.
struct CsvRow {
  std::string_view list;
  std::string n, time;
  std::string_view library, station, kind, user_id, user_name, item_id, title;
  std::string due_at, bill;
  std::string_view outcome;
  std::string message;
  std::string_view action;
  std::string also;
  std::string_view log;
  std::string line;
  std::string action_kinds;
};

/// Whether a spreadsheet would take the text for a formula, even after blanks; an apostrophe in front makes it text.
/// Some spreadsheets also accept the full-width forms of the signs, which East Asian keyboards produce.
bool would_be_calculated(std::string_view text) {
  constexpr std::array<std::string_view, 11> k_signs = {
      "=", "+", "-", "@", "\t", "\r", "\n", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"};
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return false;
  return std::any_of(k_signs.begin(), k_signs.end(),
                     [&](std::string_view sign) { return text.substr(first).starts_with(sign); });
}

void append_cell(std::string& row, std::string_view text) {
  append_csv_field(row, (would_be_calculated(text) ? "'" : "") + visible(text));
}

class Table {
 public:
  explicit Table(BlockWriter& out) : m_out(out) {
    m_out.write(k_byte_order_mark);
    m_out.write(k_header);
    m_out.write("\r\n");
  }

  void add(const CsvRow& row) {
    const std::array<std::string_view, 19> cells{row.list,   row.n,       row.time,      row.library,     row.station,
                                                 row.kind,   row.user_id, row.user_name, row.item_id,     row.title,
                                                 row.due_at, row.bill,    row.outcome,   row.message,     row.action,
                                                 row.also,   row.log,     row.line,      row.action_kinds};
    m_text.clear();
    for (const std::string_view& cell : cells) {
      if (&cell != cells.data()) m_text += ',';
      append_cell(m_text, cell);
    }
    m_text += "\r\n";
    m_out.write(m_text);
  }

 private:
  BlockWriter& m_out;
  std::string m_text;
};

/// What the notes say, each with its action unless the outcome asks for the same one.
std::string notes_text(const ReportResult& result, const Zone& zone) {
  std::string text;
  for (const ReportNote& note : result.notes) {
    text += fmt::format("{}{}", text.empty() ? "" : " ", message_of(note, zone));
    if (text.back() != '.') text += '.';
    if (!asks_for_nothing(note) && note.action != result.action) text += " " + std::string(note.action);
  }
  return text;
}

std::string_view list_of(const ReportResult& result) {
  if (result.dismissed) return "dismissed";
  if (was_loaded_since(result)) return "loaded-since";
  if (asks_about_live_system(result) && !asks_for_something(result)) return "live-system";
  switch (result.disposition) {
    case Disposition::rejected:
      return result.item_is_out ? "not-loaded-item-out" : "not-loaded";
    case Disposition::follow_up:
      return asks_for_something(result) ? "to-do" : "loaded";
    case Disposition::unreadable:
      return "unreadable";
    case Disposition::already_loaded:
      return "already-loaded";
    case Disposition::not_done:
      return "not-done";
    case Disposition::loaded:
      break;
  }
  return "loaded";
}

bool is_to_be_looked_at(const ReportResult& result) {
  if (asks_about_live_system(result)) return true;
  if (result.disposition == Disposition::follow_up && !asks_for_something(result)) return false;
  return result.disposition != Disposition::loaded && result.disposition != Disposition::already_loaded &&
         result.disposition != Disposition::not_done && !was_loaded_since(result);
}

void add_results(Table& table, const Report& report, const Zone& zone) {
  for (const ReportResult& result : report.results) {
    if (!report.lists_loaded && !is_to_be_looked_at(result)) continue;
    CsvRow row;
    row.list = list_of(result);
    row.n = std::to_string(result.n);
    row.time = iso_time(result.occurred_at, zone);
    row.library = result.library;
    row.station = result.station;
    row.kind = result.kind;
    row.user_id = result.user_id;
    row.user_name = result.user_name;
    row.item_id = result.item_id;
    row.title = result.title;
    row.due_at = iso_time(result.due_at, zone);
    if (result.bill_cents) row.bill = money_cell(*result.bill_cents);
    row.outcome = result.outcome;
    row.message = message_of(result, zone);
    row.action = row.list == "live-system" ? action_of(result.sent->state) : result.action;
    row.also = notes_text(result, zone);
    for (const std::string& words : {override_words(result), try_words(result), reading_words(result),
                                     dismissal_words(result, zone), send_words(result, zone)})
      if (!words.empty()) row.also += fmt::format("{}{}.", row.also.empty() ? "" : " ", words);
    row.log = result.log;
    row.line = std::to_string(result.line);
    row.action_kinds = action_kinds_of(result);
    table.add(row);
  }
}

void add_logs(Table& table, const Report& report) {
  for (const ReportLog& log : report.logs) {
    CsvRow row;
    row.list = "log";
    row.library = log.library;
    row.station = log.station;
    row.log = log.path;
    if (log.error) {
      row.outcome = "not-read";
      row.message = *log.error;
      row.action = k_unread_log_action;
      row.action_kinds = code_of(ActionKind::check_station);
      table.add(row);
    }
    for (const LogNote& note : log.notes) {
      row.outcome = note.code;
      row.message = note.message;
      row.action = note.action;
      row.action_kinds = action_kind_of(note.code);
      table.add(row);
    }
  }
}

void add_shelf_lists(Table& table, const Report& report, const Zone& zone) {
  for (const ReportHold& hold : report.holds) {
    CsvRow row;
    row.list = "hold-shelf";
    row.time = iso_time(hold.at, zone);
    row.library = hold.library;
    row.user_id = hold.user_id;
    row.user_name = hold.user_name;
    row.item_id = hold.item_id;
    row.title = hold.title;
    row.outcome = facts_of(hold.event).code;
    row.message = facts_of(hold.event).phrase;
    row.action = facts_of(hold.event).action;
    row.action_kinds = code_of(facts_of(hold.event).action_kind);
    table.add(row);
  }
  for (const ReportDueCharge& charge : report.due_charges) {
    CsvRow row;
    row.list = "came-due";
    row.library = charge.library;
    row.user_id = charge.user_id;
    row.user_name = charge.user_name;
    row.item_id = charge.item_id;
    row.title = charge.title;
    row.due_at = iso_time(charge.due_at, zone);
    row.action = k_came_due_action;
    row.action_kinds = code_of(ActionKind::look_on_shelf);
    table.add(row);
  }
}

void add_clocks(Table& table, const Report& report) {
  for (const LibraryClocks& library : clocks_by_library(report))
    for (const auto& [station, clock] : library.clocks) {
      CsvRow row;
      row.list = "clock";
      row.library = library.library;
      row.station = station;
      row.message = clock_words(clock);
      row.action = clock.action;
      row.action_kinds = code_of(ActionKind::check_station);
      table.add(row);
    }
}

void add_missing_stations(Table& table, const Report& report) {
  for (const LibraryStation& missing : report.missing_stations) {
    CsvRow row;
    row.list = "station-missing";
    row.library = missing.library;
    row.station = missing.station;
    row.action = k_missing_station_action;
    row.action_kinds = code_of(ActionKind::check_station);
    table.add(row);
  }
}

}  // namespace

void write_csv(const Report& report, const Zone& zone, const TextSink& sink) {
  BlockWriter out(sink);
  Table table(out);
  add_results(table, report, zone);
  add_logs(table, report);
  add_shelf_lists(table, report, zone);
  add_clocks(table, report);
  add_missing_stations(table, report);
  out.finish();
}

}  // namespace offcirc
