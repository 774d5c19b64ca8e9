#include <fmt/format.h>

#include <algorithm>

#include "loader/report/library_sections.hpp"
#include "loader/report/result_entry.hpp"

namespace offcirc {
namespace {

constexpr std::size_t k_detail = k_entry_indent + k_detail_step;

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

}  // namespace offcirc
