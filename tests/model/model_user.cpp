#include "tests/model/judge.hpp"

namespace offcirc::model {

FoundUser Judge::find_user(const PlainTransaction& transaction, std::size_t place) {
  const std::string& id = transaction.user_id;
  if (m_world.users.count(id) > 0) {
    auto registration = m_registered_by.find(id);
    return {id, false, registration != m_registered_by.end() && registration->second > place};
  }
  for (auto& [user_id, user] : m_world.users) {
    if (user.alternate_ids.count(id) > 0) return {user_id, false, false};
  }
  for (auto& [user_id, user] : m_world.users) {
    if (user.inactive_ids.count(id) > 0) return {user_id, true, false};
  }
  for (std::size_t later = place + 1; later < m_transactions.size(); ++later) {
    const PlainTransaction& other = m_transactions[later];
    if (other.kind != Kind::registration || other.user_id != id || other.already_recorded) continue;
    Case its_case = open_case(later);
    judge_time_and_library(its_case);
    judge_registration(its_case);
    if (its_case.rejected()) continue;
    add_user(other);
    m_registered_by[id] = later;
    return {id, false, true};
  }
  return {};
}

std::string Judge::user_of_line(Case& c) {
  FoundUser user = find_user(c.transaction, c.place);
  if (user.id.empty()) c.add(Outcome::user_not_found);
  if (user.by_inactive_card) c.add(Outcome::card_inactive);
  if (user.registered_later) c.add(Outcome::registered_later);
  return user.id;
}

const Profile& Judge::profile_of(const std::string& user_id) const {
  static const Profile k_none;
  for (const Profile& profile : m_policy.profiles) {
    if (profile.name == m_world.users.at(user_id).profile) return profile;
  }
  return k_none;
}

Status Judge::status_at(const std::string& user_id, Seconds at) const {
  const PlainUser& user = m_world.users.at(user_id);
  const Profile& profile = profile_of(user_id);
  if (user.barred) return Status::barred;
  Cents owed = 0;
  int overdue = 0;
  for (auto& [bill_id, bill] : m_world.bills) {
    if (bill.user_id == user_id && bill.billed_at <= at) owed += bill.amount;
  }
  for (auto& [item_id, charge] : m_world.charges) {
    PlainCharge then = charge;
    if (then.claimed_at > at) then.claimed_at = k_no_time;  // claimed only later
    if (then.user_id != user_id || then.is_claimed() || then.due_at >= at) continue;
    ++overdue;
    owed += fine(then, at);
  }
  if (profile.bill_threshold_cents > 0 && owed >= profile.bill_threshold_cents) return Status::blocked;
  if (profile.overdue_threshold > 0 && overdue >= profile.overdue_threshold) return Status::blocked;
  if (profile.claims_returned_threshold > 0 && user.claims_returned >= profile.claims_returned_threshold) {
    return Status::blocked;
  }
  return owed > 0 || overdue > 0 ? Status::delinquent : Status::ok;
}

void Judge::judge_user(Case& c, const std::string& user_id) const {
  if (profile_of(user_id).system) c.add(Outcome::system_user);
  if (civil_day(m_policy.zone, c.at()) > m_world.users.at(user_id).expires_on) c.add(Outcome::privilege_expired);
  switch (status_at(user_id, c.at())) {
    case Status::barred:
      c.add(Outcome::user_barred);
      break;
    case Status::blocked:
      c.add(Outcome::user_blocked);
      break;
    case Status::delinquent:
      c.add(Outcome::user_delinquent);
      break;
    case Status::ok:
      break;
  }
}

void Judge::judge_charge_limit(Case& c, const std::string& user_id) const {
  int limit = profile_of(user_id).charge_limit;
  int charges = 1;
  for (auto& [item_id, charge] : m_world.charges) {
    if (charge.user_id == user_id && charge.charged_at <= c.at()) ++charges;
  }
  if (limit > 0 && charges > limit) c.add(Outcome::charge_limit);
}

}  // namespace offcirc::model
