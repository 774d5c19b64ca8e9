#include <algorithm>

#include "tests/model/judge.hpp"

namespace offcirc::model {

bool Judge::counts_at(const PlainHold& hold, Seconds at) const {
  return hold.placed_at <= at && civil_day(m_policy.zone, at) <= hold.expires_on;
}

bool Judge::wants(const PlainHold& hold, const std::string& item_id) const {
  if (hold.status != "waiting") return false;
  if (hold.item_level) return hold.item_id == item_id;
  const std::string& title_id = m_world.items.at(item_id).title_id;
  return !title_id.empty() && hold.title_id == title_id;
}

std::string Judge::shelf_hold_of(const std::string& item_id, Seconds at) const {
  for (auto& [hold_id, hold] : m_world.holds) {
    if (hold.status != "waiting" && hold.item_id == item_id && counts_at(hold, at)) return hold_id;
  }
  return "";
}

std::string Judge::waiting_hold_of(const std::string& user_id, const std::string& item_id, Seconds at) const {
  for (auto& [hold_id, hold] : m_world.holds) {
    if (hold.user_id == user_id && wants(hold, item_id) && counts_at(hold, at)) return hold_id;
  }
  return "";
}

void Judge::judge_shelf(Case& c, const std::string& user_id) const {
  std::string shelf = shelf_hold_of(c.transaction.item_id, c.at());
  if (!shelf.empty() && m_world.holds.at(shelf).user_id != user_id) c.add(Outcome::hold_for_another);
}

void Judge::settle_holds(Case& c, const std::string& user_id) {
  const std::string& item_id = c.transaction.item_id;
  m_routed.erase(item_id);
  std::string filled = waiting_hold_of(user_id, item_id, c.at());
  std::string shelf = shelf_hold_of(item_id, c.at());
  if (!shelf.empty()) {
    PlainHold& hold = m_world.holds.at(shelf);
    if (hold.user_id == user_id) {
      filled = shelf;
    } else {
      hold.status = "waiting";
      if (!hold.item_level) hold.item_id.clear();
    }
  }
  if (filled.empty()) return;
  c.add(Outcome::hold_filled);
  m_world.holds.erase(filled);
  free_copies_of(filled, c.at());
}

std::string Judge::free_hold_for(const std::string& item_id, Seconds at) const {
  std::string chosen;
  for (auto& [hold_id, hold] : m_world.holds) {
    bool routed = std::any_of(m_routed.begin(), m_routed.end(), [&](auto& one) { return one.second == hold_id; });
    if (routed || !wants(hold, item_id) || !counts_at(hold, at)) continue;
    if (chosen.empty() || hold.placed_at < m_world.holds.at(chosen).placed_at) chosen = hold_id;
  }
  return chosen;
}

void Judge::free_copies_of(const std::string& hold_id, Seconds at) {
  auto routed = std::find_if(m_routed.begin(), m_routed.end(), [&](auto& one) { return one.second == hold_id; });
  if (routed == m_routed.end()) return;
  std::string copy = routed->first;
  m_routed.erase(routed);
  // Nothing is known about copies that the logs do not name.
  bool named = std::any_of(m_transactions.begin(), m_transactions.end(), [&](auto& t) { return t.item_id == copy; });
  std::string next = named ? free_hold_for(copy, at) : "";
  if (!next.empty()) m_routed[copy] = next;
}

bool Judge::route(Case& c) {
  const std::string& item_id = c.transaction.item_id;
  std::string chosen = shelf_hold_of(item_id, c.at());
  auto own = m_routed.find(item_id);
  bool has_own = own != m_routed.end() && wants(m_world.holds.at(own->second), item_id) &&
                 counts_at(m_world.holds.at(own->second), c.at());
  if (chosen.empty() && has_own) chosen = own->second;
  if (chosen.empty()) chosen = free_hold_for(item_id, c.at());
  if (chosen.empty()) return false;
  c.add(Outcome::route_for_hold);
  if (!c.rules.trap_holds) {
    m_routed[item_id] = chosen;
    return false;
  }
  m_routed.erase(item_id);
  PlainHold& hold = m_world.holds.at(chosen);
  bool is_here = hold.pickup_library == c.transaction.library;
  hold.status = is_here ? "on-shelf" : "in-transit";
  hold.item_id = item_id;
  m_world.items.at(item_id).current_location =
      is_here ? m_policy.locations.hold_shelf.front() : m_policy.locations.transit.front();
  return true;
}

}  // namespace offcirc::model
