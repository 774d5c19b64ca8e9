#include <fmt/format.h>

#include <algorithm>

#include "loader/report/html/cells.hpp"
#include "loader/report/html/sections.hpp"
#include "loader/report/result_words.hpp"

namespace offcirc {
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
  HtmlList list(out, {"Hold shelf", part.holds.size(), "Compare these holds with what lies on the hold shelf."},
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

}  // namespace offcirc
