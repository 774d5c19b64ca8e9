#include "loader/runs/upload_order.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "loader/time/iso8601.hpp"

namespace offcirc {
namespace {

// nullopt if the entry has no date of discharge, or one after the transaction, which can't be right.
std::optional<Seconds> came_back_at(const Entry& entry, const Zone& zone) {
  constexpr Seconds k_last_minute = k_day_seconds - 60;  // some formats have no seconds
  const Stamp given = entry.transaction->discharged_on;
  if (entry.kind != Kind::checkin || !given.says_when() || given.is(StampForm::never)) return std::nullopt;
  if (!given.is(StampForm::date)) {
    const Seconds at = utc_of(given, zone);
    return at > entry.occurred_at ? std::nullopt : std::optional(at);
  }
  if (given.seconds() / k_day_seconds > zone.day_of(entry.occurred_at)) return std::nullopt;
  return std::min(zone.to_utc(given.seconds() + k_last_minute), entry.occurred_at);
}

}  // namespace

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
    if (const std::optional<Seconds> back = came_back_at(entry, zone)) {
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
