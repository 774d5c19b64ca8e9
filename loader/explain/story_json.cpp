#include "loader/explain/story_text.hpp"

#include "loader/output/json_text.hpp"
#include "loader/report/json.hpp"

namespace offcirc {
namespace {

void append_facts(std::string& text, const std::vector<Fact>& facts) {
  text += '[';
  for (const Fact& fact : facts) {
    if (&fact != facts.data()) text += ", ";
    JsonObjectWriter object(text);
    object.string("name", fact.name).string("value", fact.value).end();
  }
  text += ']';
}

void append_entry(std::string& text, const StoryEntry& entry, const Zone& zone) {
  const StoryLoad& load = entry.load;
  JsonObjectWriter object(text);
  object.number("load", static_cast<std::uint64_t>(load.load))
      .string("started_at", iso_time(load.started_at, zone))
      .string("operator", load.operator_name)
      .string("command", load.command)
      .string_or_null("undone_at", iso_time(load.undone_at, zone))
      .string_or_null("undone_by", load.undone_by)
      .boolean("undone_in_part", load.undone_in_part)
      .string_or_null("pruned_at", iso_time(load.pruned_at, zone))
      .strings("rules", entry.rules)
      .strings("changes", entry.changes)
      .begin("given");
  append_facts(text, entry.given);
  object.begin("result");
  append_result_json(text, entry.result, load.started_at, zone);
  object.end();
}

void append_subject(JsonObjectWriter& object, const StoryQuestion& question) {
  const bool is_result = question.of == StoryQuestion::Of::result;
  object.string_or_null("item_id", question.of == StoryQuestion::Of::item ? question.id : std::string())
      .string_or_null("user_id", question.of == StoryQuestion::Of::user ? question.id : std::string())
      .number_or_null("load", is_result ? static_cast<std::uint64_t>(question.result.load) : 0)
      .number_or_null("n", is_result ? question.result.n : 0);
}

}  // namespace

void write_story_json(const Story& story, const Zone& zone, const TextSink& sink) {
  BlockWriter out(sink);
  std::string text;
  JsonObjectWriter object(text);
  append_subject(object, story.question);
  object.boolean("known", story.is_known).string_or_null("heading", story.heading).begin("now");
  append_facts(text, story.facts);
  object.begin("transactions");
  text += '[';
  for (const StoryEntry& entry : story.entries) {
    text += &entry == story.entries.data() ? "\n  " : ",\n  ";
    append_entry(text, entry, zone);
    out.write(text);
    text.clear();
  }
  text += ']';
  object.strings("remarks", story.remarks).end();
  text += '\n';
  out.write(text);
  out.finish();
}

}  // namespace offcirc
