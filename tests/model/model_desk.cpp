// Registrations, payments, and in-house uses: the activities of a desk besides lending.
#include <algorithm>

#include "tests/model/judge.hpp"

namespace offcirc::model {

namespace {

std::string field(const std::map<std::string, std::string>& fields, const std::string& name) {
  auto found = fields.find(name);
  return found == fields.end() || found->second == "?" ? "" : found->second;
}

bool is_same(const PlainUser& user, const PlainTransaction& transaction, const std::string& name) {
  std::string theirs = field(user.fields, name);
  return !theirs.empty() && theirs == field(transaction.fields, name);
}

}  // namespace

void Judge::judge_registration(Case& c) const {
  const PlainTransaction& t = c.transaction;
  if (!c.rules.registrations) c.add(Outcome::registrations_off);
  bool complete = !t.user_id.empty();
  for (const std::string& name : c.rules.required) {
    if (name != "user_id" && field(t.fields, name).empty()) complete = false;
  }
  std::string library = field(t.fields, "library"), profile = field(t.fields, "profile");
  complete =
      complete && m_policy.find_library(library) != k_no_library && m_policy.find_profile(profile) != k_no_profile;
  if (!complete) c.add(Outcome::registration_incomplete);
}

void Judge::add_user(const PlainTransaction& transaction) {
  PlainUser user;
  for (auto& [name, value] : transaction.fields) {
    if (name == "library") {
      user.library = value;
    } else if (name == "profile") {
      user.profile = value;
    } else if (name == "expires_on") {
      user.expires_on = day_of_text(value);
    } else if (!value.empty() && value != "?") {
      user.fields[name] = value;
    }
  }
  m_world.users[transaction.user_id] = user;
}

void Judge::registration(Case& c) {
  const PlainTransaction& t = c.transaction;
  judge_registration(c);
  auto registered_by = m_registered_by.find(t.user_id);
  bool is_its_own = registered_by != m_registered_by.end() && registered_by->second == c.place;
  auto comes_later = [&](const std::string& user_id) {
    auto registration = m_registered_by.find(user_id);
    return registration != m_registered_by.end() && registration->second >= c.place;
  };
  if (!is_its_own && !t.user_id.empty()) {
    for (auto& [user_id, user] : m_world.users) {
      if (comes_later(user_id)) continue;
      bool has_card =
          user_id == t.user_id || user.alternate_ids.count(t.user_id) > 0 || user.inactive_ids.count(t.user_id) > 0;
      if (has_card) c.add(Outcome::user_exists);
    }
  }
  if (c.rejected()) return;
  for (auto& [user_id, user] : m_world.users) {
    if (user_id == t.user_id || comes_later(user_id) ||
        plain_name(field(user.fields, "last_name")) != plain_name(field(t.fields, "last_name"))) {
      continue;
    }
    if (is_same(user, t, "birth_date") || is_same(user, t, "email") || is_same(user, t, "phone")) {
      c.add(Outcome::possible_duplicate);
    }
  }
  c.add(Outcome::registered);
  if (!is_its_own) add_user(t);
  m_registered_by[t.user_id] = c.place;
}

void Judge::payment(Case& c) {
  std::string user_id = user_of_line(c);
  if (c.rejected()) return;
  std::vector<std::string> unpaid;
  for (auto& [bill_id, bill] : m_world.bills) {
    if (bill.user_id == user_id && bill.amount > 0 && bill.billed_at <= c.at()) unpaid.push_back(bill_id);
  }
  std::stable_sort(unpaid.begin(), unpaid.end(), [&](const std::string& a, const std::string& b) {
    return m_world.bills.at(a).billed_at < m_world.bills.at(b).billed_at;
  });
  Cents rest = c.transaction.amount;
  for (const std::string& bill_id : unpaid) {
    Cents part = std::min(rest, m_world.bills.at(bill_id).amount);
    m_world.bills.at(bill_id).amount -= part;
    rest -= part;
    if (m_world.bills.at(bill_id).amount == 0) m_world.bills.erase(bill_id);
  }
  if (rest == 0) return;
  c.add(unpaid.empty() ? Outcome::nothing_owed : Outcome::overpaid);
  m_world.bills[new_bill_id(c.place)] = {user_id, "", "CREDIT", c.transaction.library, -rest, c.at()};
}

void Judge::in_house_use(Case& c) {
  std::string item_type = c.transaction.item_type;
  if (!c.transaction.item_id.empty()) {
    auto item = m_world.items.find(c.transaction.item_id);
    if (item == m_world.items.end()) {
      c.add(Outcome::item_not_found);
    } else {
      item_type = item->second.item_type;
    }
  }
  if (c.rejected()) return;
  m_world.uses[{c.transaction.library, civil_day(m_policy.zone, c.at()), item_type}] += c.transaction.count;
}

}  // namespace offcirc::model
