#include "loader/report/library_sections.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "loader/memory/pages.hpp"
#include "loader/report/to_do_groups.hpp"

namespace offcirc {

namespace {

constexpr std::size_t k_indent = k_entry_indent;
constexpr std::size_t k_detail = k_entry_indent + k_detail_step;

void write_not_loaded(Page& page, const LibraryPart& part, const SectionContext& context) {
  if (part.rejected.empty()) return;
  page.heading(fmt::format("Not loaded ({})", part.rejected.size()), '-');
  constexpr std::size_t k_texts_ahead = 4;
  for (std::size_t i = 0; i < part.rejected.size(); ++i) {
    if (i + k_texts_ahead < part.rejected.size()) fetch_texts_ahead(part.rejected[i + k_texts_ahead]);
    const ReportResult& result = part.rejected[i];
    write_entry(
        page,
        {result, message_of(result, context.zone), other_reasons(result, context.sorted, context.zone), result.action},
        context);
  }
}

void write_unsupported(Page& page, const LibraryPart& part, const SectionContext& context) {
  if (part.unsupported.empty()) return;
  page.heading(fmt::format("Not supported ({})", part.count_unsupported()), '-');
  page.paragraph(0, 0, k_unsupported_explanation);
  for (const auto& [what, command] : part.unsupported) {
    page.paragraph(k_indent, k_detail, unsupported_words(what, command.count));
    page.paragraph(k_detail, k_detail + k_detail_step, first_words(command, context.zone));
    page.line(k_detail, place_of(command.first));
  }
}

void write_items_out(Page& page, const LibraryPart& part, const SectionContext& context) {
  if (part.out.empty()) return;
  page.heading(fmt::format("Left the building, but not checked out ({})", part.out.size()), '-');
  for (const ReportResult& result : part.out) {
    std::string item = fmt::format("#{}  {}", result.n, result.item_id);
    if (!result.title.empty()) item += fmt::format(": {}", result.title);
    page.paragraph(k_indent, k_detail, item);
    page.paragraph(k_detail, k_detail + k_detail_step,
                   fmt::format("{}, {}", user_words(result.user_id, result.user_name),
                               local_time(result.occurred_at, context.zone)));
  }
}

void write_live_system(Page& page, const LibraryPart& part, const SectionContext& context) {
  if (part.live.empty()) return;
  page.heading(fmt::format("Settle in the live system ({})", part.live.size()), '-');
  for (const ReportResult& result : part.live)
    write_entry(page, {result, message_of(result, context.zone), {}, action_of(result.sent->state)}, context);
}

void write_loaded_since(Page& page, const LibraryPart& part, const SectionContext& context) {
  if (part.loaded_since.empty()) return;
  page.heading(fmt::format("Loaded later by a retry ({})", part.loaded_since.size()), '-');
  for (const ReportResult& result : part.loaded_since)
    write_entry(page, {result, message_of(result, context.zone), {}, {}}, context);
}

void write_dismissed(Page& page, const LibraryPart& part, const SectionContext& context) {
  if (part.dismissed.empty()) return;
  page.heading(fmt::format("Settled by hand ({})", part.dismissed.size()), '-');
  for (const ReportResult& result : part.dismissed)
    write_entry(page, {result, message_of(result, context.zone), {}, {}}, context);
}

void write_unreadable(Page& page, const LibraryPart& part, const SectionContext& context) {
  if (part.unreadable.empty()) return;
  page.heading(fmt::format("Unreadable ({})", part.unreadable.size()), '-');
  page.paragraph(0, 0, facts_of(Outcome::unreadable).action);
  for (const ReportResult& result : part.unreadable) {
    page.line(k_indent, fmt::format("#{}  {}", result.n, place_of(result)));
    page.paragraph(k_detail, k_detail + k_detail_step, message_of(result, context.zone));
    const std::string read = read_words(result, context.zone);
    if (!read.empty()) page.paragraph(k_detail, k_detail + k_detail_step, read);
  }
}

void write_logs(Page& page, const LibraryPart& part, const SectionContext& /*context*/) {
  if (part.remarkable_logs.empty()) return;
  page.heading("Logs to check", '-');
  for (const ReportLog* log : part.remarkable_logs) {
    page.line(k_indent, log->path);
    if (log->error) page.paragraph(k_detail, k_detail + k_detail_step, "Not read: " + *log->error);
    for (const LogNote& note : log->notes) {
      page.paragraph(k_detail, k_detail + k_detail_step, note.message);
      page.paragraph(k_detail, k_detail + k_detail_step, "To do: " + note.action);
    }
  }
}

void write_clocks(Page& page, const LibraryPart& part, const SectionContext& /*context*/) {
  if (part.clocks.empty()) return;
  page.heading("Clocks that were wrong", '-');
  for (const auto& [station, clock] : part.clocks) {
    page.paragraph(k_indent, k_detail,
                   fmt::format("{}: {}", station.empty() ? "No workstation" : station, clock_words(clock)));
    if (clock.pending > 0) page.paragraph(k_detail, k_detail + k_detail_step, "To do: " + clock.action);
  }
}

void write_missing_stations(Page& page, const LibraryPart& part, const SectionContext& /*context*/) {
  if (part.missing_stations.empty()) return;
  page.heading("Workstations that have not uploaded", '-');
  std::string stations;
  for (const std::string_view station : part.missing_stations)
    stations += fmt::format("{}{}", stations.empty() ? "" : ", ", station);
  page.paragraph(k_indent, k_indent, stations);
}

void write_not_done(Page& page, const LibraryPart& part, const SectionContext& context) {
  if (part.not_done.empty()) return;
  page.heading(fmt::format("Refused or canceled at the time ({})", part.not_done.size()), '-');
  page.paragraph(0, 0, facts_of(Outcome::refused_at_the_time).action);
  for (const ReportResult& result : part.not_done) write_entry(page, {result, {}, {}, {}}, context);
}

void write_loaded(Page& page, const LibraryPart& part, const SectionContext& context) {
  if (part.is_empty()) page.line(0, "Nothing was recorded.");
  if (!part.has_counts()) return;
  page.heading("Loaded", '-');
  for (std::size_t i = 0; i < part.kinds.size(); ++i) {
    const KindCount& counts = part.kinds[i];
    if (counts.recorded == 0) continue;
    page.line(k_indent, fmt::format("{:<14}{:>10} of {}{}", k_kind_words[i].many, counts.loaded, counts.recorded,
                                    edits_words(counts)));
  }
  if (part.already_loaded > 0) page.line(k_indent, fmt::format("{:<14}{:>10}", "Already loaded", part.already_loaded));
  if (!part.loaded.empty()) page.blank_line();
  for (const ReportResult& result : part.loaded)
    write_entry(page,
                {result, message_of(result, context.zone), other_reasons(result, context.sorted, context.zone), {}},
                context);
}

}  // namespace

std::span<const LibrarySection> library_sections() {
  static constexpr std::array<LibrarySection, 16> k_sections{
      write_live_system,  write_not_loaded, write_unsupported, write_items_out, write_to_do,  write_registrations,
      write_hold_shelf,   write_came_due,   write_unreadable,  write_logs,      write_clocks, write_missing_stations,
      write_loaded_since, write_dismissed,  write_not_done,    write_loaded,
  };
  return k_sections;
}

namespace {

std::string head_of(const ReportResult& result, const Zone& zone) {
  std::string head =
      fmt::format(FMT_COMPILE("#{}  {}  {}"), result.n, local_time(result.occurred_at, zone), kind_word(result.kind));
  if (!result.station.empty()) head.append(", workstation ").append(result.station);
  return head;
}

std::string subject_of(const ReportResult& result) {
  std::string subject;
  if (!result.user_id.empty()) subject = user_words(result.user_id, result.user_name);
  if (!result.item_id.empty()) subject.append(subject.empty() ? "Item " : ", item ").append(result.item_id);
  if (!result.title.empty()) subject.append(": ").append(result.title);
  return subject;
}

}  // namespace

void fetch_texts_ahead(const ReportResult& result) {
  for (const std::string_view text : {result.user_id, result.item_id, result.title, result.message.packed()})
    prefetch(text.data());
}

void write_entry(Page& page, const ResultEntry& entry, const SectionContext& context) {
  const std::size_t indent = k_entry_indent + k_detail_step;
  const auto detail = [&](const std::string& text) {
    if (!text.empty()) page.paragraph(indent, indent + k_detail_step, text);
  };
  page.paragraph(k_entry_indent, indent, head_of(entry.result, context.zone));
  detail(entry.message);
  detail(subject_of(entry.result));
  const std::string due = due_words(entry.result, context.zone);
  if (!due.empty()) detail("Due: " + due);
  detail(clock_words(entry.result, context.zone));
  detail(override_words(entry.result));
  detail(try_words(entry.result));
  detail(reading_words(entry.result));
  detail(dismissal_words(entry.result, context.zone));
  detail(send_words(entry.result, context.zone));
  if (!entry.also.empty()) detail("Also: " + entry.also);
  if (!entry.action.empty()) detail(fmt::format("To do: {}", entry.action));
  page.line(indent, place_of(entry.result));
}

namespace {

std::string item_of(std::string_view item_id, std::string_view title) {
  if (item_id.empty()) return std::string(title.empty() ? k_no_item : title);
  return title.empty() ? std::string(item_id) : fmt::format("{}: {}", item_id, title);
}

void write_hold(Page& page, const ReportHold& hold, const Zone& zone) {
  page.paragraph(k_entry_indent, k_detail, item_of(hold.item_id, hold.title));
  page.paragraph(k_detail, k_detail + k_detail_step,
                 fmt::format("{}, hold {}, {}", user_words(hold.user_id, hold.user_name), hold.hold_id,
                             local_time(hold.at, zone)));
}

}  // namespace

void write_hold_shelf(Page& page, const LibraryPart& part, const SectionContext& context) {
  if (part.holds.empty()) return;
  page.heading(fmt::format("Hold shelf ({})", part.holds.size()), '-');
  bool is_first = true;
  for (int i = 0; i < k_shelf_event_count; ++i) {
    const auto event = static_cast<ShelfEvent>(i);
    const auto has_event = [&](const ReportHold* hold) { return hold->event == event; };
    const auto count = std::count_if(part.holds.begin(), part.holds.end(), has_event);
    if (count == 0) continue;
    if (!is_first) page.blank_line();
    is_first = false;
    page.paragraph(0, 0, fmt::format("{} ({}). {}", facts_of(event).phrase, count, facts_of(event).action));
    for (const ReportHold* hold : part.holds)
      if (has_event(hold)) write_hold(page, *hold, context.zone);
  }
}

void write_came_due(Page& page, const LibraryPart& part, const SectionContext& context) {
  if (part.due_charges.empty()) return;
  page.heading(fmt::format("Came due since the outage began ({})", part.due_charges.size()), '-');
  page.paragraph(0, 0, k_came_due_action);
  for (const ReportDueCharge* charge : part.due_charges) {
    page.paragraph(k_entry_indent, k_detail, item_of(charge->item_id, charge->title));
    page.paragraph(k_detail, k_detail + k_detail_step,
                   fmt::format("{}, due {}", user_words(charge->user_id, charge->user_name),
                               local_minute(charge->due_at, context.zone)));
  }
}

namespace {

void write_whole_log(Page& page, const ToDo& to_do, const Zone& zone) {
  page.line(k_entry_indent, to_do.result->log);
  page.paragraph(k_detail, k_detail + k_detail_step,
                 fmt::format("All {} loaded transactions: {}", to_do.whole_log_count, message_of(to_do, zone)));
}

void write_one(Page& page, const ToDo& to_do, const SectionContext& context) {
  if (to_do.whole_log_count > 0) return write_whole_log(page, to_do, context.zone);
  const ReportResult& result = *to_do.result;
  if (was_loaded(result)) {
    write_entry(page,
                {result, message_of(to_do, context.zone), other_remarks(result, context.sorted, context.zone), {}},
                context);
  } else {
    write_entry(page,
                {result,
                 "Not loaded: " + message_of(to_do, context.zone),
                 other_reasons(result, context.sorted, context.zone),
                 {}},
                context);
  }
}

// A result has to be in the cache before its texts can be found, so it is prefetched earlier.
void fetch_to_dos_ahead(const std::vector<ToDo>& to_dos, std::size_t at) {
  constexpr std::size_t k_results_ahead = 8, k_texts_ahead = 4;
  if (at + k_results_ahead < to_dos.size()) prefetch(to_dos[at + k_results_ahead].result);
  if (at + k_texts_ahead < to_dos.size()) fetch_texts_ahead(*to_dos[at + k_texts_ahead].result);
}

void write_list(Page& page, std::string_view heading, const ToDoList& list, const SectionContext& context) {
  if (list.kinds.empty()) return;
  page.heading(fmt::format("{} ({})", heading, list.result_count), '-');
  for (const ToDoKind& kind : list.kinds) {
    page.heading(fmt::format("{} ({})", facts_of(kind.kind).phrase, kind.count), '.');
    bool is_first = true;
    for (const ToDoGroup& group : kind.groups) {
      if (!is_first) page.blank_line();
      is_first = false;
      page.paragraph(0, 0, fmt::format("{} ({})", group.action, group.count));
      for (std::size_t i = 0; i < group.to_dos.size(); ++i) {
        fetch_to_dos_ahead(group.to_dos, i);
        write_one(page, group.to_dos[i], context);
      }
    }
  }
}

}  // namespace

void write_to_do(Page& page, const LibraryPart& part, const SectionContext& context) {
  write_list(page, "Loaded, follow-up needed", things_to_do(part, context.sorted, context.zone), context);
}

void write_registrations(Page& page, const LibraryPart& part, const SectionContext& context) {
  write_list(page, "Registrations to review", registrations_to_review(part, context.sorted, context.zone), context);
}

}  // namespace offcirc
