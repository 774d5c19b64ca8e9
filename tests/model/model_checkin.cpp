#include <algorithm>

#include "tests/model/judge.hpp"

namespace offcirc::model {

namespace {

/// When the item came back; nothing if the line's date can't be right.
std::optional<Seconds> came_back_at(const Case& c, const Zone& zone, const PlainCharge* charge) {
  Stamp stamp = c.transaction.discharged_on;
  if (!stamp.says_when()) return c.at();
  Seconds at = stamp.seconds();
  if (stamp.is(StampForm::civil)) at = zone.to_utc(at);
  if (stamp.is(StampForm::date)) {
    Day day = static_cast<Day>(at / k_day_seconds);
    if (day > civil_day(zone, c.at())) return std::nullopt;
    at = std::min(end_of(zone, day), c.at());
  }
  if (at > c.at() || (charge && at < charge->charged_at)) return std::nullopt;
  return at;
}

}  // namespace

bool Judge::is_renewed_after(const Case& c, Seconds at) const {
  const std::string& item_id = c.transaction.item_id;
  const PlainItem& item = m_world.items.at(item_id);
  const PlainCharge& charge = m_world.charges.at(item_id);
  bool by_earlier_load = (item.earlier_kind == Kind::renewal || item.earlier_kind == Kind::checkout) &&
                         item.earlier_at > charge.charged_at && charge.renewals > 0 && !charge.made_by_this_load;
  if (by_earlier_load && item.earlier_at > at) return true;
  auto renewed = m_renewed.find(item_id);
  return renewed != m_renewed.end() &&
         std::any_of(renewed->second.begin(), renewed->second.end(), [&](Seconds when) { return when > at; });
}

void Judge::checkin(Case& c) {
  const std::string& item_id = c.transaction.item_id;
  bool known = m_world.items.count(item_id) > 0;
  if (known && is_scanned_twice(c, "")) {
    c.add(Outcome::scanned_twice);
    return;
  }
  if (!c.rules.checkins) c.add(Outcome::checkins_off);
  if (!known) {
    c.add(Outcome::item_not_found);
    return;
  }
  PlainItem& item = m_world.items.at(item_id);
  judge_later_action(c, item);
  auto charge = m_world.charges.find(item_id);
  bool charged = charge != m_world.charges.end();
  std::optional<Seconds> back = came_back_at(c, m_policy.zone, charged ? &charge->second : nullptr);
  if (!back) c.add(Outcome::discharge_date_wrong);
  Seconds returned = back.value_or(c.at());
  if (charged && c.at() - returned > m_policy.max_age_days * k_day_seconds) c.add(Outcome::discharged_long_ago);
  if (!charged) {
    std::size_t before = c.found.size();
    add_location_codes(c, item);
    if (c.found.size() == before) c.add(Outcome::item_already_checked_in);
  }
  if (c.rejected()) return;

  if (charged) {
    if (charge->second.is_claimed()) c.add(Outcome::claims_returned);
    if (is_lost(item)) c.add(Outcome::was_lost);
    if (is_renewed_after(c, returned)) c.add(Outcome::returned_before_renewal);
    if (!c.transaction.fine_waived) {
      bill_fine(c, item_id, returned);
    } else if (fine(charge->second, returned) > 0) {
      c.add(Outcome::fine_waived);
    }
    m_world.charges.erase(item_id);
    m_renewed.erase(item_id);
  }
  item.current_location = item.home_location;
  bool trapped = route(c);
  if (!trapped && item.library != c.transaction.library) c.add(Outcome::route_home);
  m_last_effect[item_id] = c.place;
}

}  // namespace offcirc::model
