#include <fmt/format.h>

#include "loader/report/html/cells.hpp"
#include "loader/report/html/sections.hpp"
#include "loader/report/result_words.hpp"
#include "loader/report/to_do_groups.hpp"

namespace offcirc {
namespace {

using namespace html_column;

std::string action_code(Outcome outcome) {
  return std::string(code_of(facts_of(outcome).action_kind));
}

HtmlRow whole_log_row(const ToDo& to_do, const std::string& key, std::string_view code) {
  HtmlRow row{std::string(to_do.result->log), key, std::string(code), action_code(to_do.outcome), {}};
  row.cells = {{"the whole log"},
               {fmt::format("{} transactions", to_do.whole_log_count)},
               {},
               {},
               {std::string(to_do.message), {"All of the log that were loaded"}},
               {std::string(to_do.result->log)}};
  return row;
}

HtmlCell found_cell(const ToDo& to_do, const HtmlContext& context) {
  const ReportResult& result = *to_do.result;
  if (was_loaded(result)) return found_cell(result, to_do.message, other_remarks(result, context.sorted), context.zone);
  return found_cell(result, fmt::format("Not loaded: {}", to_do.message), other_reasons(result, context.sorted),
                    context.zone);
}

HtmlRow row_of(const ToDo& to_do, const HtmlContext& context) {
  const ReportResult& result = *to_do.result;
  const std::string_view code = facts_of(to_do.outcome).code;
  const std::string key = fmt::format("{}-{}", code, result.n);
  if (to_do.whole_log_count > 0) return whole_log_row(to_do, key, code);
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
  write_list(out, "Loaded, with something to do",
             "These are in the database. The line above each group is what somebody has to do.",
             things_to_do(part, context.sorted), context);
}

void write_html_registrations(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context) {
  write_list(out, "Registrations to review", "", registrations_to_review(part, context.sorted), context);
}

}  // namespace offcirc
