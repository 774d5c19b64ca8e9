#include "loader/runs/story_text.hpp"

#include <fmt/format.h>

#include "loader/output/json_text.hpp"
#include "loader/report/page.hpp"
#include "loader/report/rendering.hpp"
#include "loader/report/result_words.hpp"

namespace offcirc {

namespace {

constexpr std::size_t k_indent = 2;
constexpr std::size_t k_detail = 6;
constexpr std::size_t k_hang = 10;

std::string subject_words(const StoryQuestion& question) {
  switch (question.of) {
    case StoryQuestion::Of::item:
      return "Item " + question.id;
    case StoryQuestion::Of::user:
      return "Patron " + question.id;
    case StoryQuestion::Of::result:
      break;
  }
  return fmt::format("Result {}:{}", question.result.load, question.result.n);
}

std::string load_words(const StoryEntry& entry, const Zone& zone) {
  const StoryLoad& load = entry.load;
  std::string words = fmt::format("load {}, #{}", load.load, entry.result.n);
  if (load.undone_at != k_no_time)
    words += fmt::format(", UNDONE{} {} by {}", load.undone_in_part ? " IN PART" : "",
                         local_minute(load.undone_at, zone), load.undone_by);
  if (load.pruned_at != k_no_time) words += ", pruned";
  return words;
}

std::string head_words(const StoryEntry& entry, const Zone& zone) {
  const ReportResult& result = entry.result;
  std::string words = fmt::format("{}  {}", local_time(result.occurred_at, zone), kind_word(result.kind));
  if (!result.library.empty()) words += fmt::format(", {}", result.library);
  if (!result.station.empty()) words += fmt::format(", workstation {}", result.station);
  return fmt::format("{}  ({})", words, load_words(entry, zone));
}

std::string who_and_what(const ReportResult& result) {
  std::string words;
  if (!result.user_id.empty()) words = fmt::format("Patron {}", result.user_id);
  if (!result.item_id.empty()) words += fmt::format("{} {}", words.empty() ? "Item" : ", item", result.item_id);
  if (!result.title.empty()) words += fmt::format(": {}", result.title);
  return words;
}

std::string outcome_words(const ReportResult& result, const Zone& zone) {
  const std::string message = sentence(message_of(result, zone));
  switch (result.disposition) {
    case Disposition::rejected:
      return "Not loaded: " + message;
    case Disposition::unreadable:
      return "Unreadable: " + message;
    case Disposition::not_done:
      return "Not done: " + message;
    case Disposition::loaded:
    case Disposition::follow_up:
    case Disposition::already_loaded:
      break;
  }
  return result.outcome == facts_of(Outcome::ok).code || result.disposition == Disposition::already_loaded
             ? message
             : "Loaded: " + message;
}

std::string override_words(const StoryEntry& entry, const Zone& zone) {
  const std::string words = override_words(entry.result);
  return words.empty() ? words : fmt::format("{} on {}", words, local_minute(entry.load.started_at, zone));
}

void write_entry(Page& page, const StoryEntry& entry, const Zone& zone) {
  const ReportResult& result = entry.result;
  const auto detail = [&](const std::string& text) {
    if (!text.empty()) page.paragraph(k_detail, k_hang, text);
  };
  page.blank_line();
  page.paragraph(k_indent, k_detail, head_words(entry, zone));
  detail(who_and_what(result));
  detail(outcome_words(result, zone));
  const std::string due = due_words(result, zone);
  if (!due.empty()) detail("Due: " + due);
  for (const ReportNote& note : result.notes) detail("Also: " + sentence(message_of(note, zone)));
  detail(override_words(entry, zone));
  detail(try_words(result));
  detail(reading_words(result));
  detail(dismissal_words(result, zone));
  detail(send_words(result, zone));
  for (const std::string& rule : entry.rules) detail("Rule: " + rule);
  detail(clock_words(result, zone));
  for (const std::string& change : entry.changes)
    detail(fmt::format("Changed by load {}: {}", entry.load.load, change));
  page.line(k_detail, place_of(result));
}

void write_facts(Page& page, const std::vector<Fact>& facts) {
  for (const Fact& fact : facts) page.paragraph(k_indent, k_detail, fmt::format("{}: {}", fact.name, fact.value));
}

void write_now(Page& page, const Story& story) {
  if (story.question.of == StoryQuestion::Of::result) return;
  page.heading("Now", '-');
  if (!story.is_known) page.line(k_indent, "Not in the database.");
  write_facts(page, story.facts);
}

void write_load(Page& page, const StoryEntry& entry, const Zone& zone) {
  page.heading("As recorded in the log", '-');
  write_facts(page, entry.given);
  page.heading("The load", '-');
  write_facts(page, {{"Started", iso_time(entry.load.started_at, zone)},
                     {"By", entry.load.operator_name},
                     {"Command", entry.load.command},
                     {"Version", entry.load.program_version}});
}

}  // namespace

void write_story_text(const Story& story, const Zone& zone, const TextSink& sink) {
  BlockWriter out(sink);
  Page page(out);
  const std::string subject = subject_words(story.question);
  page.heading(story.heading.empty() ? subject : fmt::format("{}: {}", subject, story.heading), '=');
  write_now(page, story);
  page.heading(fmt::format("Transactions ({})", story.entries.size()), '-');
  for (const StoryEntry& entry : story.entries) write_entry(page, entry, zone);
  if (story.question.of == StoryQuestion::Of::result) write_load(page, story.entries.front(), zone);
  if (!story.remarks.empty()) page.blank_line();
  for (const std::string& remark : story.remarks) page.paragraph(0, 0, remark);
  out.finish();
}

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
