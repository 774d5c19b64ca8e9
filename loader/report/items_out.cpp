#include "loader/report/items_out.hpp"

#include <utility>
#include <vector>

namespace offcirc {
namespace {

bool leaves_item_out(const ReportResult& result) {
  return result.disposition == Disposition::rejected && !is_settled(result) && result.kind == name_of(Kind::checkout) &&
         !result.item_id.empty() && !has_found(result, Outcome::later_action) &&
         !has_found(result, Outcome::system_user);
}

// A check-in shows that the item is back, whether it could be loaded or not. What staff have settled they know.
bool accounts_for_item(const ReportResult& result) {
  if (result.disposition != Disposition::rejected) return was_loaded(result);
  return is_settled(result) || result.kind == name_of(Kind::checkin);
}

}  // namespace

void ItemsOut::see(std::uint32_t index, const ReportResult& result) {
  if (leaves_item_out(result)) {
    m_out[result.item_id] = index;
  } else if (accounts_for_item(result)) {
    see_loaded(result.item_id);
  }
}

void ItemsOut::mark(ReportResults& results) const {
  std::vector<std::uint32_t> indices;
  for (const auto& [item_id, index] : m_out) indices.push_back(index);
  results.set_items_out(indices);
}

}  // namespace offcirc
