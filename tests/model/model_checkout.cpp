#include <algorithm>

#include "tests/model/judge.hpp"

namespace offcirc::model {

namespace {

bool has(const std::vector<std::string>& list, const std::string& one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

}  // namespace

bool Judge::is_lost(const PlainItem& item) const {
  return has(m_policy.locations.lost, item.current_location);
}

bool Judge::is_scanned_twice(const Case& c, const std::string& user_id) const {
  const std::string& item_id = c.transaction.item_id;
  auto charge = m_world.charges.find(item_id);
  bool charged = charge != m_world.charges.end();
  bool is_checkout = c.transaction.kind == Kind::checkout;
  if (is_checkout != charged || (charged && charge->second.user_id != user_id)) return false;
  Seconds first = k_no_time;  // the time of the item's last effective transaction, if it was the same as this one
  const PlainItem& item = m_world.items.at(item_id);
  auto last = m_last_effect.find(item_id);
  if (last != m_last_effect.end()) {
    if (m_transactions[last->second].kind == c.transaction.kind) first = m_transactions[last->second].occurred_at;
  } else if (is_checkout) {
    first = charge->second.charged_at;
  } else if (item.earlier_kind == Kind::checkin) {
    first = item.earlier_at;
  }
  return first != k_no_time && first <= c.at() && c.at() - first <= 10 * 60;
}

void Judge::judge_later_action(Case& c, const PlainItem& item) const {
  bool later = item.last_action_at > c.at() || item.earlier_at > c.at();
  auto charge = m_world.charges.find(c.transaction.item_id);
  if (charge != m_world.charges.end() && !charge->second.made_by_this_load && charge->second.charged_at > c.at()) {
    later = true;
  }
  if (later) c.add(Outcome::later_action);
}

void Judge::add_location_codes(Case& c, const PlainItem& item) const {
  const std::string& at = item.current_location;
  if (has(m_policy.locations.missing, at)) {
    c.add(Outcome::was_missing);
  } else if (is_lost(item)) {
    c.add(Outcome::was_lost);
  } else if (has(m_policy.locations.transit, at)) {
    c.add(Outcome::was_in_transit);
  } else if (!at.empty() && !item.home_location.empty() && at != item.home_location &&
             !has(m_policy.locations.hold_shelf, at)) {
    c.add(Outcome::was_elsewhere);
    if (has(m_policy.locations.shelf, at)) c.found[Outcome::was_elsewhere] = OutcomeClass::note;
  }
}

void Judge::add_cleared_codes(Case& c, const PlainItem& item) const {
  auto charge = m_world.charges.find(c.transaction.item_id);
  if (charge == m_world.charges.end()) {
    add_location_codes(c, item);
  } else {
    if (charge->second.is_claimed()) c.add(Outcome::claims_returned);
    if (is_lost(item)) c.add(Outcome::was_lost);
  }
}

void Judge::checkout(Case& c) {
  const std::string& item_id = c.transaction.item_id;
  bool known = m_world.items.count(item_id) > 0;
  FoundUser user = find_user(c.transaction, c.place);
  if (known && !user.id.empty() && is_scanned_twice(c, user.id)) {
    c.add(Outcome::scanned_twice);
    return;
  }
  std::string user_id = user_of_line(c);
  auto charge = m_world.charges.find(item_id);
  bool is_renewal = known && charge != m_world.charges.end() && charge->second.user_id == user_id;
  if (!user_id.empty()) judge_user(c, user_id);
  if (!user_id.empty() && known && !is_renewal) judge_charge_limit(c, user_id);
  if (!known) {
    c.add(Outcome::item_not_found);
    return;
  }
  PlainItem& item = m_world.items.at(item_id);
  judge_later_action(c, item);
  if (user_id.empty()) return;
  DueDate due;
  if (c.library) due = choose_due(c, user_id, item);
  if (is_renewal) {
    judge_renewal(c, item_id);
  } else {
    if (charge != m_world.charges.end()) c.add(Outcome::was_charged_to_another);
    judge_shelf(c, user_id);
  }
  if (c.rejected()) return;

  add_cleared_codes(c, item);
  if (is_renewal) {
    c.add(Outcome::renewed);
    renew(c, item_id, due);
  } else {
    charge_anew(c, user_id, due);
  }
  const Profile& profile = profile_of(user_id);
  item.current_location = profile.system ? profile.location : "CHECKEDOUT";
  m_last_effect[item_id] = c.place;
}

void Judge::charge_anew(Case& c, const std::string& user_id, const DueDate& due) {
  const std::string& item_id = c.transaction.item_id;
  if (m_world.charges.count(item_id) > 0) {
    bill_fine(c, item_id, c.at());
    m_world.charges.erase(item_id);
    m_renewed.erase(item_id);
  }
  settle_holds(c, user_id);
  m_world.charges[item_id] = {user_id, c.transaction.library, due.rule, c.at(), due.at, 0, k_no_time, true};
  c.due_at = due.at;
  c.due_from = due.from;
  if (due.moved) c.add(Outcome::due_date_moved);
}

}  // namespace offcirc::model
