#include "loader/runs/upload_order.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "loader/send/upload_steps.hpp"

namespace offcirc {
std::vector<UploadPlace> upload_order(const Batch& batch, const std::vector<bool>& is_hidden, const Zone& zone,
                                      bool says_discharge) {
  std::vector<UploadPlace> order;
  std::unordered_map<std::uint32_t, Seconds> last_of_item;
  bool is_moved = false;
  for (std::uint32_t i = 0; i < batch.entries.size(); ++i) {
    if (is_hidden[i]) continue;
    const Entry& entry = batch.entries[i];
    UploadPlace& place = order.emplace_back(UploadPlace{i, entry.occurred_at});
    if (says_discharge) continue;
    const auto [last, is_first] = last_of_item.try_emplace(entry.item_key, entry.occurred_at);
    const Stamp discharged_on = entry.kind == Kind::checkin ? entry.transaction->discharged_on : Stamp();
    if (const std::optional<Seconds> back = came_back_at(discharged_on, entry.occurred_at, zone)) {
      place.passes_another = !is_first && last->second > *back;
      place.says_discharge = !place.passes_another;
      if (place.says_discharge) place.at = *back;
      is_moved = is_moved || place.at != entry.occurred_at;
    }
    last->second = place.at;
  }
  if (is_moved) std::ranges::stable_sort(order, {}, &UploadPlace::at);
  return order;
}

}  // namespace offcirc
