#include "formats/fields.hpp"
#include "loader/output/json_text.hpp"
#include "loader/report/json.hpp"
#include "loader/report/json_notes.hpp"
#include "loader/report/result_words.hpp"

namespace offcirc {
namespace {

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
      .string("message", result.message)
      .string("action", result.action)
      .begin("notes");
  append_notes(text, result.notes);
  append_override(object, text, result, loaded_at, zone);
  append_tries(object, text, result);
  append_dismissal(object, text, result, zone);
  if (result.disposition == Disposition::unreadable)
    object.boolean("doubtful", result.is_doubtful);
  else
    object.null("doubtful");
  object.string("action_kind", action_kind_of(result));
  if (result.settled_by != 0) object.number("settled_by", result.settled_by);
  object.end();
}

}  // namespace offcirc
