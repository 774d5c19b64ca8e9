#include <fmt/format.h>

#include "loader/memory/fetch_ahead.hpp"
#include "loader/report/library_sections.hpp"
#include "loader/report/result_entry.hpp"
#include "loader/report/to_do_groups.hpp"

namespace offcirc {
namespace {

void write_whole_log(Page& page, const ToDo& to_do) {
  constexpr std::size_t k_indent = k_entry_indent + k_detail_step;
  page.line(k_entry_indent, to_do.result->log);
  page.paragraph(k_indent, k_indent + k_detail_step,
                 fmt::format("All {} transactions that were loaded: {}", to_do.whole_log_count, to_do.message));
}

void write_one(Page& page, const ToDo& to_do, const SectionContext& context) {
  if (to_do.whole_log_count > 0) return write_whole_log(page, to_do);
  const ReportResult& result = *to_do.result;
  if (was_loaded(result)) {
    write_entry(page, {result, to_do.message, other_remarks(result, context.sorted), {}}, context);
  } else {
    write_entry(page, {result, fmt::format("Not loaded: {}", to_do.message), other_reasons(result, context.sorted), {}},
                context);
  }
}

// Step by step, since a result says where its texts are.
void fetch_to_dos_ahead(const std::vector<ToDo>& to_dos, std::size_t at) {
  constexpr std::size_t k_results_ahead = 8, k_texts_ahead = 4;
  if (at + k_results_ahead < to_dos.size()) fetch_ahead(to_dos[at + k_results_ahead].result);
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
  write_list(page, "Loaded, with something to do", things_to_do(part, context.sorted), context);
}

void write_registrations(Page& page, const LibraryPart& part, const SectionContext& context) {
  write_list(page, "Registrations to review", registrations_to_review(part, context.sorted), context);
}

}  // namespace offcirc
