#include "tests/model/judge.hpp"

namespace offcirc::model {

void Judge::judge_renewal(Case& c, const std::string& item_id) const {
  const PlainCharge& charge = m_world.charges.at(item_id);
  if (!c.rules.renewals) c.add(Outcome::renewals_off);
  if (charge.renewals >= c.rules.max_renewals) c.add(Outcome::renewal_limit);
  for (auto& [hold_id, hold] : m_world.holds) {
    if (wants(hold, item_id) && counts_at(hold, c.at()) && hold.user_id != charge.user_id) {
      c.add(Outcome::item_has_hold);
    }
  }
}

void Judge::renew(Case& c, const std::string& item_id, const DueDate& due) {
  bill_fine(c, item_id, c.at());
  PlainCharge& charge = m_world.charges.at(item_id);
  bool later = due.at > charge.due_at;
  if (later) charge.due_at = due.at;
  if (later && due.moved) c.add(Outcome::due_date_moved);
  charge.renewals += 1;
  m_renewed[item_id].push_back(c.at());
  charge.claimed_at = k_no_time;
  c.due_at = charge.due_at;
  c.due_from = due.from;
}

void Judge::renewal(Case& c) {
  const std::string& item_id = c.transaction.item_id;
  std::string user_id;
  bool names_user = !c.transaction.user_id.empty();
  if (names_user) user_id = user_of_line(c);
  bool known = m_world.items.count(item_id) > 0;
  auto charge = m_world.charges.find(item_id);
  bool charged = known && charge != m_world.charges.end();
  if (charged && !names_user) user_id = charge->second.user_id;
  if (!user_id.empty()) judge_user(c, user_id);
  if (!c.rules.renewals) c.add(Outcome::renewals_off);
  if (!known) {
    c.add(Outcome::item_not_found);
    return;
  }
  const PlainItem& item = m_world.items.at(item_id);
  judge_later_action(c, item);
  if (!charged || charge->second.is_claimed() || is_lost(item)) c.add(Outcome::item_not_charged);
  if (!charged) return;
  judge_renewal(c, item_id);
  if (!user_id.empty() && user_id != charge->second.user_id) c.add(Outcome::charged_to_another);
  DueDate due;
  if (c.library) due = choose_due(c, charge->second.user_id, item);
  if (c.rejected()) return;
  renew(c, item_id, due);
  m_last_effect[item_id] = c.place;
}

}  // namespace offcirc::model
