#include <algorithm>

#include "tests/model/judge.hpp"

namespace offcirc::model {

std::string Judge::rule_of_map(const std::string& library, const std::string& profile,
                               const std::string& item_type) const {
  std::string rule;
  for (const CirculationMap::Row& row : m_policy.circulation_map.rows()) {
    bool fits = (row.library == "*" || row.library == library) &&
                (row.user_profile == "*" || row.user_profile == profile) &&
                (row.item_type == "*" || row.item_type == item_type);
    if (fits) rule = row.rule.text;  // The last matching row is the first from the bottom.
  }
  return rule;
}

bool Judge::is_closed(const Library* library, Day day) const {
  return library ? library->calendar.is_closed(day) : m_policy.system_calendar.is_closed(day);
}

std::optional<Seconds> Judge::due_of_line(const PlainTransaction& transaction) const {
  Stamp due = transaction.due;
  switch (due.form()) {
    case StampForm::none:
    case StampForm::unreadable:
      return std::nullopt;
    case StampForm::date:
      return last_minute_of(m_policy.zone, static_cast<Day>(due.seconds() / k_day_seconds));
    case StampForm::civil:
      return m_policy.zone.to_utc(due.seconds());
    case StampForm::absolute:
      return due.seconds();
    case StampForm::never:
      return k_never;
  }
  return std::nullopt;
}

DueDate Judge::due_of_map(const Case& c, const PlainUser& user, const std::string& rule) const {
  const Zone& zone = m_policy.zone;
  PlainRule plain = read_rule(rule);
  DueDate due{k_no_time, DueFrom::policy, rule, false};
  Seconds at = c.at() + plain.loan * 3600;
  Day day = plain.loan_in_hours ? civil_day(zone, at) : civil_day(zone, c.at()) + plain.loan;
  Day open = day;
  while (is_closed(c.library, open) && open < day + 366) ++open;
  if (is_closed(c.library, open)) open = day;
  due.moved = open != day;
  if (!plain.loan_in_hours) {
    due.at = last_minute_of(zone, open);
  } else {
    due.at = due.moved ? zone.to_utc(zone.to_civil(at) + Seconds{open - day} * k_day_seconds) : at;
  }
  bool still_valid = user.expires_on >= civil_day(zone, c.at());
  if (c.rules.cap_due_at_expiry && still_valid && user.expires_on < open) {
    due.at = last_minute_of(zone, user.expires_on);
    due.moved = false;
  }
  return due;
}

DueDate Judge::choose_due(Case& c, const std::string& user_id, const PlainItem& item) const {
  const PlainUser& user = m_world.users.at(user_id);
  if (profile_of(user_id).system) return {k_never, DueFrom::policy, "", false};
  std::string rule = rule_of_map(c.transaction.library, user.profile, item.item_type);
  if (read_rule(rule).loan == 0) {
    c.add(Outcome::not_circulating);
    rule = c.rules.default_loan.text;
  }
  DueDate of_map = due_of_map(c, user, rule);
  std::optional<Seconds> of_line = due_of_line(c.transaction);
  if (!of_line) return of_map;
  PlainRule plain = read_rule(rule);
  if (!plain.loan_in_hours && *of_line != k_never) {
    of_line = last_minute_of(m_policy.zone, civil_day(m_policy.zone, *of_line));
  }
  if (*of_line < c.at()) {
    c.add(Outcome::due_date_passed);
    return of_map;
  }
  bool unusual = *of_line == k_never;
  if (!unusual && plain.loan_in_hours) unusual = *of_line - c.at() > 2 * plain.loan * 3600;
  if (!unusual && !plain.loan_in_hours) {
    unusual = civil_day(m_policy.zone, *of_line) - civil_day(m_policy.zone, c.at()) > 2 * plain.loan;
  }
  if (unusual) c.add(Outcome::due_date_unusual);
  return {*of_line, c.transaction.due_from, rule, false};
}

Cents Judge::fine(const PlainCharge& charge, Seconds until) const {
  if (charge.is_claimed() || charge.due_at >= until || profile_of(charge.user_id).system) return 0;
  const Library* library = nullptr;
  for (const Library& one : m_policy.libraries) {
    if (one.code == charge.library) library = &one;
  }
  bool closed_days_too =
      library ? library->offline.fines_on_closed_days : m_policy.default_offline.fines_on_closed_days;
  PlainRule rule = read_rule(charge.rule);
  Cents units = 0;
  if (rule.fine_by_hours) {
    for (Seconds hour = charge.due_at; hour < until; hour += 3600) {
      if (closed_days_too || !is_closed(library, civil_day(m_policy.zone, hour))) ++units;
    }
  } else {
    for (Day day = civil_day(m_policy.zone, charge.due_at) + 1; day <= civil_day(m_policy.zone, until); ++day) {
      if (closed_days_too || !is_closed(library, day)) ++units;
    }
  }
  Cents amount = units * rule.rate;
  return rule.cap > 0 ? std::min(amount, rule.cap) : amount;
}

void Judge::bill_fine(Case& c, const std::string& item_id, Seconds until) {
  const PlainCharge& charge = m_world.charges.at(item_id);
  Cents amount = fine(charge, until);
  if (amount == 0) return;
  m_world.bills[new_bill_id(c.place)] = {charge.user_id, item_id, "OVERDUE", charge.library, amount, until};
  c.bill_cents = amount;
  c.add(Outcome::bill_created);
}

}  // namespace offcirc::model
