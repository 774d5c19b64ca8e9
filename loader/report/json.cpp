#include <string>

#include "formats/fields.hpp"
#include "loader/output/json_text.hpp"
#include "loader/report/rendering.hpp"
#include "loader/report/result_words.hpp"

namespace offcirc {

namespace {

// Notes on logs and notes on results have the same form in the JSON report.

std::string_view kind_of_note(const LogNote& note) {
  return action_kind_of(note.code);
}
std::string_view kind_of_note(const ReportNote& note) {
  return action_kind_of(note);
}

const std::string& message_of(const LogNote& note, const Zone& /*zone*/) {
  return note.message;
}

/// Appends an array with an object for each note.
template <typename Notes>
void append_notes(std::string& text, const Notes& notes, const Zone& zone) {
  text += '[';
  bool is_first = true;
  for (const auto& note : notes) {
    if (!is_first) text += ", ";
    is_first = false;
    JsonObjectWriter object(text);
    object.string("code", note.code)
        .string("message", message_of(note, zone))
        .string("action", note.action)
        .string("action_kind", kind_of_note(note))
        .end();
  }
  text += ']';
}

void append_override(JsonObjectWriter& object, std::string& text, const ReportResult& result, Seconds at,
                     const Zone& zone) {
  if (result.overridden.empty()) {
    object.null("override");
    return;
  }
  object.begin("override");
  JsonObjectWriter override(text);
  override.begin("codes");
  text += '[';
  for (const std::string_view code : result.overridden) {
    if (code.data() != result.overridden.front().data()) text += ", ";
    append_json_string(text, code);
  }
  text += ']';
  override.string("by", result.overridden_by).string("at", iso_time(at, zone)).end();
}

void append_dismissal(JsonObjectWriter& object, std::string& text, const ReportResult& result, const Zone& zone) {
  if (!result.dismissed) {
    object.null("dismissed");
    return;
  }
  object.begin("dismissed");
  JsonObjectWriter dismissal(text);
  dismissal.string("at", iso_time(result.dismissed->at, zone))
      .string("by", result.dismissed->by)
      .string("note", result.dismissed->note)
      .end();
}

void append_sent(JsonObjectWriter& object, std::string& text, const ReportResult& result, const Zone& zone) {
  if (!result.sent) return;
  const ReportSend& sent = *result.sent;
  object.begin("send");
  JsonObjectWriter member(text);
  member.string("state", code_of(sent.state))
      .string("at", iso_time(sent.at, zone))
      .string_or_null("file", sent.file)
      .string_or_null("message", sent.text)
      .string_or_null("action", sent.is_released ? "" : action_of(sent.state))
      .boolean("released", sent.is_released)
      .end();
}

void append_tries(JsonObjectWriter& object, std::string& text, const ReportResult& result) {
  const auto begin = [&](std::string_view key, bool is_there) {
    if (is_there)
      object.begin(key);
    else
      object.null(key);
    return is_there;
  };
  const auto load_of = [](const ResultName& name) { return static_cast<std::uint64_t>(name.load); };
  if (begin("retry_of", result.retry_of.has_value())) {
    JsonObjectWriter earlier(text);
    earlier.number("load", load_of(*result.retry_of)).number("n", result.retry_of->n).end();
  }
  if (begin("retried_as", result.retried_as.has_value())) {
    JsonObjectWriter later(text);
    later.number("load", load_of(result.retried_as->name))
        .number("n", result.retried_as->name.n)
        .boolean("loaded", result.retried_as->loaded)
        .end();
  }
}

}  // namespace

void append_result_json(std::string& text, const ReportResult& result, Seconds loaded_at, const Zone& zone) {
  JsonObjectWriter object(text);
  object.number("n", result.n)
      .string("log", result.log)
      .number("line", result.line)
      .number_or_null("column", result.column)
      .string_or_null("library", result.library)
      .string_or_null("station", result.station)
      .string_or_null("recorded_at", iso_time(result.recorded_at, zone))
      .string_or_null("occurred_at", iso_time(result.occurred_at, zone))
      .string_or_null("kind", result.kind)
      .string_or_null("user_id", result.user_id)
      .string_or_null("item_id", result.item_id)
      .string_or_null("title", result.title)
      .string_or_null("due_at", iso_time(result.due_at, zone))
      .string_or_null("due_from", name_of(result.due_from))
      .string_or_null("bill", result.bill_cents ? money_cell(*result.bill_cents) : std::string())
      .string("disposition", name_of(result.disposition))
      .string("outcome", result.outcome)
      .string("message", message_of(result, zone))
      .string("action", result.action)
      .begin("notes");
  append_notes(text, result.notes, zone);
  append_override(object, text, result, loaded_at, zone);
  append_tries(object, text, result);
  append_dismissal(object, text, result, zone);
  if (result.disposition == Disposition::unreadable)
    object.boolean("doubtful", result.is_doubtful);
  else
    object.null("doubtful");
  object.string("action_kind", action_kind_of(result));
  append_sent(object, text, result, zone);
  if (result.settled_by != 0) object.number("settled_by", result.settled_by);
  object.end();
}

namespace {

// Writes a JSON array with each element on a line of its own.
class Lines {
 public:
  explicit Lines(BlockWriter& out) : m_out(out) { m_out.write("["); }

  void add(std::string_view element) {
    m_out.write(m_is_first ? "\n  " : ",\n  ");
    m_is_first = false;
    m_out.write(element);
  }
  void end() { m_out.write("]"); }

 private:
  BlockWriter& m_out;
  bool m_is_first = true;
};

void write_logs(BlockWriter& out, const Report& report, const Zone& zone) {
  out.write(",\n \"logs\": ");
  Lines lines(out);
  std::string text;
  for (const ReportLog& log : report.logs) {
    text.clear();
    JsonObjectWriter object(text);
    object.string("path", log.path)
        .string_or_null("format", log.format)
        .string_or_null("library", log.library)
        .string_or_null("station", log.station)
        .number("records", log.records);
    if (log.error) {
      object.string("error", *log.error);
    } else {
      object.null("error");
    }
    object.begin("notes");
    append_notes(text, log.notes, zone);
    object.end();
    lines.add(text);
  }
  lines.end();
}

void write_totals(BlockWriter& out, const ReportTotals& totals) {
  std::string text;
  JsonObjectWriter object(text);
  object.number("lines", totals.lines)
      .number("loaded", totals.loaded)
      .number("follow_up", totals.follow_up)
      .number("rejected", totals.rejected)
      .number("already_loaded", totals.already_loaded)
      .number("unreadable", totals.unreadable)
      .number("not_done", totals.not_done)
      .number("blank", totals.blank)
      .end();
  out.write(",\n \"totals\": ");
  out.write(text);
}

void write_kinds(BlockWriter& out, const Report& report) {
  std::string text;
  JsonObjectWriter object(text);
  for (std::size_t kind = 0; kind < report.kinds.size(); ++kind) {
    object.begin(name_of(static_cast<Kind>(kind)));
    JsonObjectWriter counts(text);
    counts.number("recorded", report.kinds[kind].recorded).number("loaded", report.kinds[kind].loaded).end();
  }
  object.end();
  out.write(",\n \"kinds\": ");
  out.write(text);
}

void write_clocks(BlockWriter& out, const Report& report) {
  out.write(",\n \"clocks\": ");
  Lines lines(out);
  std::string text;
  for (const LibraryClocks& library : clocks_by_library(report))
    for (const auto& [station, clock] : library.clocks) {
      text.clear();
      JsonObjectWriter object(text);
      object.string_or_null("library", library.library)
          .string_or_null("station", station)
          .string_or_null("offset", clock.correction_seconds == 0 ? "" : clock_offset(clock.correction_seconds))
          .number("ahead", clock.ahead)
          .string_or_null("ahead_by", clock.ahead_seconds == 0 ? "" : clock_offset(clock.ahead_seconds))
          .number("jumped", clock.jumped)
          .number("went_backwards", clock.went_backwards)
          .string("message", clock_words(clock))
          .string("action", clock.action)
          .string("action_kind", code_of(ActionKind::check_station))
          .end();
      lines.add(text);
    }
  lines.end();
}

void write_missing_stations(BlockWriter& out, const Report& report) {
  out.write(",\n \"missing_stations\": ");
  Lines lines(out);
  std::string text;
  for (const LibraryStation& missing : report.missing_stations) {
    text.clear();
    JsonObjectWriter object(text);
    object.string("library", missing.library).string("station", missing.station).end();
    lines.add(text);
  }
  lines.end();
}

void write_holds(BlockWriter& out, const Report& report, const Zone& zone) {
  out.write(",\n \"holds\": ");
  Lines lines(out);
  std::string text;
  for (const ReportHold& hold : report.holds) {
    text.clear();
    const ShelfEventFacts& facts = facts_of(hold.event);
    JsonObjectWriter object(text);
    object.string("event", facts.code)
        .string_or_null("library", hold.library)
        .string("hold_id", hold.hold_id)
        .string("user_id", hold.user_id)
        .string_or_null("item_id", hold.item_id)
        .string_or_null("title", hold.title)
        .string("at", iso_time(hold.at, zone))
        .string("action", facts.action)
        .string("action_kind", code_of(facts.action_kind))
        .end();
    lines.add(text);
  }
  lines.end();
}

void write_due_charges(BlockWriter& out, const Report& report, const Zone& zone) {
  out.write(",\n \"due_charges\": ");
  Lines lines(out);
  std::string text;
  for (const ReportDueCharge& charge : report.due_charges) {
    text.clear();
    JsonObjectWriter object(text);
    object.string_or_null("library", charge.library)
        .string("user_id", charge.user_id)
        .string("item_id", charge.item_id)
        .string_or_null("title", charge.title)
        .string("due_at", iso_time(charge.due_at, zone))
        .string("action", k_came_due_action)
        .string("action_kind", code_of(ActionKind::look_on_shelf))
        .end();
    lines.add(text);
  }
  lines.end();
}

void write_results(BlockWriter& out, const Report& report, const Zone& zone) {
  out.write(",\n \"results\": ");
  Lines lines(out);
  std::string text;
  for (const ReportResult& result : report.results) {
    text.clear();
    append_result_json(text, result, report.started_at, zone);
    lines.add(text);
  }
  lines.end();
}

}  // namespace

void write_json(const Report& report, const Zone& zone, const TextSink& sink) {
  BlockWriter out(sink);
  std::string head;
  JsonObjectWriter object(head);
  object.number_or_null("load", static_cast<std::uint64_t>(report.load))
      .boolean("dry_run", report.dry_run)
      .string("started_at", iso_time(report.started_at, zone))
      .string("finished_at", iso_time(report.finished_at, zone))
      .string_or_null("only_library", report.only_library)
      .string_or_null("undone_at", iso_time(report.aftermath.undone_at.value_or(k_no_time), zone))
      .string_or_null("pruned_at", iso_time(report.aftermath.pruned_at.value_or(k_no_time), zone))
      .boolean("all_is_ahead", report.all_is_ahead);
  out.write(head);
  write_logs(out, report, zone);
  write_totals(out, report.totals);
  write_kinds(out, report);
  write_clocks(out, report);
  write_missing_stations(out, report);
  write_holds(out, report, zone);
  write_due_charges(out, report, zone);
  write_results(out, report, zone);
  out.write("}\n");
  out.finish();
}

}  // namespace offcirc
