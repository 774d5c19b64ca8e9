#include "tests/model/describe.hpp"

namespace offcirc::model {

namespace {

std::string day_text(Day day) {
  return day == k_no_expiry ? "-" : iso_date(day);
}

std::string stamp_text(Stamp stamp, const Zone& zone) {
  switch (stamp.form()) {
    case StampForm::none:
      return "none";
    case StampForm::unreadable:
      return "unreadable";
    case StampForm::date:
      return iso_date(static_cast<Day>(stamp.seconds() / k_day_seconds));
    case StampForm::civil:
      return "local " + iso_time(zone.to_utc(stamp.seconds()), zone);
    case StampForm::absolute:
      return iso_time(stamp.seconds(), zone);
    case StampForm::never:
      return "NEVER";
  }
  return "";
}

std::string rejects_text(const OfflineRules& rules) {
  std::string text;
  for (int i = 0; i < k_outcome_count; ++i) {
    if (rules.rejects[static_cast<std::size_t>(i)]) text += " " + std::string(facts_of(static_cast<Outcome>(i)).code);
  }
  return text;
}

std::string rules_text(const OfflineRules& rules) {
  std::string text = std::string("checkins=") + (rules.checkins ? "load" : "reject") +
                     " renewals=" + (rules.renewals ? "load" : "reject") +
                     " registrations=" + (rules.registrations ? "load" : "reject") +
                     " holds=" + (rules.trap_holds ? "trap" : "report") +
                     " max_renewals=" + std::to_string(rules.max_renewals) +
                     " default_loan=" + rules.default_loan.text +
                     " fines_on_closed_days=" + std::to_string(rules.fines_on_closed_days) +
                     " cap_due_at_expiry=" + std::to_string(rules.cap_due_at_expiry) + " required=";
  for (const std::string& name : rules.required) text += name + ";";
  return text + " rejects:" + rejects_text(rules);
}

}  // namespace

std::string text_of(const PlainUser& user, const Zone&) {
  std::string text = user.profile + " of " + user.library + (user.barred ? " barred" : "") +
                     " claims=" + std::to_string(user.claims_returned) + " expires=" + day_text(user.expires_on);
  for (auto& id : user.alternate_ids) text += " alternate=" + id;
  for (auto& id : user.inactive_ids) text += " inactive=" + id;
  for (auto& [name, value] : user.fields) text += " " + name + "=" + value;
  return text;
}

std::string text_of(const PlainItem& item, const Zone& zone) {
  return item.item_type + " of " + item.library + " title=" + item.title_id + " home=" + item.home_location +
         " at=" + item.current_location + " last_action=" + iso_time(item.last_action_at, zone) +
         " earlier_load=" + std::string(item.earlier_at == k_no_time ? "" : name_of(item.earlier_kind)) +
         iso_time(item.earlier_at, zone);
}

std::string text_of(const PlainCharge& charge, const Zone& zone) {
  return "to " + charge.user_id + " at " + charge.library + " rule=" + charge.rule +
         " charged=" + iso_time(charge.charged_at, zone) + " due=" + iso_time(charge.due_at, zone) +
         " renewals=" + std::to_string(charge.renewals) + " claimed=" + iso_time(charge.claimed_at, zone) +
         (charge.made_by_this_load ? " new" : "");
}

std::string text_of(const PlainHold& hold, const Zone& zone) {
  return std::string(hold.item_level ? "item-level" : "title-level") + " title=" + hold.title_id +
         " item=" + hold.item_id + " for " + hold.user_id + " at " + hold.pickup_library +
         " placed=" + iso_time(hold.placed_at, zone) + " " + hold.status + " expires=" + day_text(hold.expires_on) +
         (hold.routed_copy.empty() ? "" : " routed=" + hold.routed_copy);
}

std::string text_of(const PlainBill& bill, const Zone& zone) {
  return bill.user_id + " " + bill.item_id + " " + bill.reason + " " + std::to_string(bill.amount) + " cents at " +
         bill.library + " billed=" + iso_time(bill.billed_at, zone);
}

std::string text_of(const PlainTransaction& t, const Zone& zone) {
  std::string text = iso_time(t.occurred_at, zone) + " " + std::string(name_of(t.kind)) + " at " + t.library + "/" +
                     t.station + " user=" + t.user_id + " item=" + t.item_id;
  if (!t.due.is(StampForm::none))
    text += " due=" + stamp_text(t.due, zone) + " from " + std::string(name_of(t.due_from));
  if (!t.discharged_on.is(StampForm::none)) text += " discharged_on=" + stamp_text(t.discharged_on, zone);
  if (t.kind == Kind::payment) text += " amount=" + std::to_string(t.amount);
  if (t.kind == Kind::in_house_use) text += " count=" + std::to_string(t.count) + " type=" + t.item_type;
  for (auto& [name, value] : t.fields) text += " " + name + "=" + value;
  if (t.clock_jumped) text += " clock-jumped";
  if (t.clock_went_backwards) text += " clock-went-backwards";
  if (t.order_assumed) text += " order-assumed";
  if (t.library_mismatch) text += " library-mismatch";
  if (t.perhaps_loaded) text += " perhaps-loaded-before";
  if (t.already_recorded) text += " already-recorded";
  if (t.fine_waived) text += " fine-waived";
  if (t.refused_then) text += " refused-then";
  return text;
}

std::string text_of(const Verdict& verdict, const Zone& zone) {
  std::string text = std::string(name_of(verdict.disposition)) + ":";
  if (verdict.findings.empty()) text += " ok";
  for (Outcome finding : verdict.findings) text += " " + std::string(facts_of(finding).code);
  if (verdict.due_at != k_no_time) text += " due=" + iso_time(verdict.due_at, zone);
  if (verdict.due_from != DueFrom::none) text += " from " + std::string(name_of(verdict.due_from));
  if (verdict.bill_cents != 0) text += " bill=" + std::to_string(verdict.bill_cents);
  return text;
}

std::string text_of(const Policy& policy) {
  std::string text;
  for (const Library& library : policy.libraries)
    text += "  " + library.code + " " + rules_text(library.offline) + "\n";
  text += "  other libraries: " + rules_text(policy.default_offline) + "\n";
  for (const CirculationMap::Row& row : policy.circulation_map.rows()) {
    text += "  map " + row.library + "," + row.user_profile + "," + row.item_type + "," + row.rule.text + "\n";
  }
  for (const Profile& profile : policy.profiles) {
    text += "  " + profile.name + " bills=" + std::to_string(profile.bill_threshold_cents) +
            " overdue=" + std::to_string(profile.overdue_threshold) +
            " claims=" + std::to_string(profile.claims_returned_threshold) +
            " limit=" + std::to_string(profile.charge_limit) + "\n";
  }
  return text;
}

}  // namespace offcirc::model
