#include "loader/report/items_out.hpp"

#include <string_view>
#include <unordered_map>

namespace offcirc {
namespace {

bool leaves_item_out(const ReportResult& result) {
  return result.disposition == Disposition::rejected && !was_loaded_since(result) &&
         result.kind == name_of(Kind::checkout) && !result.item_id.empty() &&
         !has_found(result, Outcome::later_action) && !has_found(result, Outcome::system_user);
}

// A check-in shows that the item is back, whether it could be loaded or not.
bool accounts_for_item(const ReportResult& result) {
  return was_loaded(result) || was_loaded_since(result) ||
         (result.disposition == Disposition::rejected && result.kind == name_of(Kind::checkin));
}

}  // namespace

void mark_items_out(std::vector<ReportResult>& results) {
  std::unordered_map<std::string_view, ReportResult*> out;
  for (ReportResult& result : results) {
    if (leaves_item_out(result)) {
      out[result.item_id] = &result;
    } else if (!out.empty() && accounts_for_item(result)) {
      out.erase(result.item_id);
    }
  }
  for (const auto& [item_id, result] : out) result->item_is_out = true;
}

}  // namespace offcirc
