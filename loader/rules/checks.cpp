#include "loader/rules/checks.hpp"

#include <fmt/format.h>

#include "loader/model/policy.hpp"
#include "loader/rules/accounts.hpp"
#include "loader/rules/money.hpp"

namespace offcirc {

namespace {

Slot slot_of(const User& user, const State& state) {
  return static_cast<Slot>(&user - state.users.data());
}

// When it was loaded, first: nothing was recorded after that, and what was not too old then is not too old now.
Seconds first_loaded_at(const Case& c) {
  return c.entry.earlier == nullptr ? c.now.options.now : c.entry.earlier->first_loaded_at;
}

Seconds oldest_accepted(const Case& c) {
  if (c.now.options.since) return *c.now.options.since;
  if (c.entry.earlier != nullptr && c.entry.earlier->accepted_since) return *c.entry.earlier->accepted_since;
  return first_loaded_at(c) - c.now.policy.max_age_days * k_day_seconds;
}

std::string why_blocked(const Case& c, const User& user, const UserStanding& standing) {
  const Profile& profile = c.now.policy.profiles[user.profile];
  if (profile.bill_threshold_cents > 0 && standing.owed_cents >= profile.bill_threshold_cents)
    return fmt::format("owes {}, and {} blocks at {}", money(standing.owed_cents), profile.name,
                       money(profile.bill_threshold_cents));
  if (profile.overdue_threshold > 0 && standing.overdue_items >= profile.overdue_threshold)
    return fmt::format("has {} overdue items, and {} blocks at {}", standing.overdue_items, profile.name,
                       profile.overdue_threshold);
  return fmt::format("has claimed {} items returned, and {} blocks at {}", user.claims_returned, profile.name,
                     profile.claims_returned_threshold);
}

// Where the configuration loads what fast clocks recorded, the log has the follow-up.
void check_clock_ahead(const Case& c, Findings& findings) {
  const bool is_in_future = c.t > first_loaded_at(c) + k_clock_tolerance_seconds;
  if (!is_in_future && !c.entry.clock_ran_ahead) return;
  const bool is_loaded = c.entry.clock_ran_ahead && c.now.policy.loads_fast_clocks;
  if (is_loaded && !is_in_future) return;
  std::string message =
      is_in_future ? fmt::format("Recorded in the future, at {}: the station's clock is wrong", when(c.t, c.zone()))
                   : fmt::format("Recorded at {} by a clock that is ahead: its later records lie in the future",
                                 when(c.t, c.zone()));
  if (is_loaded)
    findings.add_note(Outcome::clock_ahead, std::move(message));
  else
    findings.add(Outcome::clock_ahead, std::move(message));
}

void check_status(const Case& c, const User& user, Findings& findings) {
  const UserStanding standing = c.now.accounts.standing(slot_of(user, c.now.state), c.t);
  switch (standing.status) {
    case UserStatus::barred:
      return findings.add(Outcome::user_barred, phrase_with(Outcome::user_barred, user.id));
    case UserStatus::blocked:
      return findings.add(Outcome::user_blocked,
                          fmt::format("User is blocked: {} {}", user.id, why_blocked(c, user, standing)));
    case UserStatus::delinquent:
      return findings.add(
          Outcome::user_delinquent,
          fmt::format("User is delinquent: {} owes {} and has {} overdue item{}", user.id, money(standing.owed_cents),
                      standing.overdue_items, standing.overdue_items == 1 ? "" : "s"));
    case UserStatus::ok:
      return;
  }
}

// The cash of a payment would be booked twice, so a payment waits until somebody has compared the two.
void check_loaded_before(const Case& c, Findings& findings) {
  const std::string* before = c.now.batch.perhaps_loaded.of(c.entry, c.index);
  if (before == nullptr) return;
  std::string message = fmt::format("May have been loaded before: {}", *before);
  if (c.transaction.kind == Kind::payment && c.library.offline.rejects_repeated_payments)
    findings.add_rejecting(Outcome::perhaps_loaded_before, std::move(message));
  else
    findings.add(Outcome::perhaps_loaded_before, std::move(message));
}

}  // namespace

void check_time_and_library(const Case& c, Findings& findings) {
  check_clock_ahead(c, findings);
  if (c.t < oldest_accepted(c))
    findings.add(Outcome::too_old, fmt::format("Older than this load accepts: {} is before {}", when(c.t, c.zone()),
                                               when(oldest_accepted(c), c.zone())));
  if (c.entry.clock_jumped)
    findings.add(Outcome::clock_jumped,
                 fmt::format("The station's clock jumped to {}; taken as {}, as of the line before",
                             when(c.entry.recorded_at, c.zone()), when(c.t, c.zone())));
  if (c.entry.clock_went_backwards)
    findings.add(Outcome::clock_went_backwards,
                 fmt::format("The station's clock went backwards to {}; taken as {}, as of the line before",
                             when(c.entry.recorded_at, c.zone()), when(c.t, c.zone())));
  if (c.entry.order_assumed)
    findings.add(
        Outcome::order_assumed,
        fmt::format("Taken as before the checkout of item {} in the same minute, at another desk", c.entry.item_id));
  if (c.desk.library == k_no_library)
    findings.add(Outcome::library_not_found, c.desk.library_code.empty()
                                                 ? "Library not found: neither the line nor the log's folder names one"
                                                 : phrase_with(Outcome::library_not_found, c.desk.library_code));
  check_loaded_before(c, findings);
  if (!c.desk.library_mismatch.empty()) findings.add(Outcome::library_mismatch, std::string(c.desk.library_mismatch));
}

void check_user(const Case& c, Findings& findings) {
  const User* user = c.found_user();
  if (user == nullptr)
    return findings.add(Outcome::user_not_found, phrase_with(Outcome::user_not_found, c.entry.user_id));
  if (c.user.by == FoundBy::inactive_id)
    findings.add(Outcome::card_inactive,
                 fmt::format("Card {} was reported lost or replaced; it is user {}'s", c.entry.user_id, user->id));
  if (user->registered_by != k_none && user->registered_by > c.index)
    findings.add(Outcome::registered_later, fmt::format("User {} was registered only later in these logs", user->id));
}

void check_item(const Case& c, Findings& findings) {
  if (c.found_item() == nullptr)
    findings.add(Outcome::item_not_found, phrase_with(Outcome::item_not_found, c.entry.item_id));
}

void check_ids(const Case& c, Findings& findings) {
  const Kind kind = c.transaction.kind;
  if (kind == Kind::registration || kind == Kind::unsupported || findings.has(Outcome::scanned_twice)) return;
  // An alternate ID is no barcode, and check-ins and uses do not ask for their user.
  const bool asks_for_user = (kind == Kind::checkout || kind == Kind::renewal || kind == Kind::payment) &&
                             (c.user.by == FoundBy::id || c.user.by == FoundBy::inactive_id);
  const std::string_view of_user = asks_for_user ? c.now.id_rules.fault_of_user(c.entry.user_key) : "";
  const std::string_view of_item = c.item_slot == k_none ? "" : c.now.id_rules.fault_of_item(c.entry.item_key);
  std::string message;
  if (!of_user.empty()) message = fmt::format("User ID {} is known, but {}", c.entry.user_id, of_user);
  if (!of_item.empty())
    message += message.empty() ? fmt::format("Item ID {} is known, but {}", c.entry.item_id, of_item)
                               : fmt::format("; so is item ID {}, but {}", c.entry.item_id, of_item);
  if (!message.empty()) findings.add(Outcome::id_malformed, std::move(message));
}

void check_borrower(const Case& c, const User& user, Findings& findings) {
  if (is_system_user(user, c.now.policy))
    findings.add(Outcome::system_user, fmt::format("Not a patron: {} is a system user ({})", user.id,
                                                   c.now.policy.profiles[user.profile].name));
  check_status(c, user, findings);
  if (c.day > user.expires_on)
    findings.add(Outcome::privilege_expired,
                 fmt::format("Privilege had expired: {}'s on {}", user.id, iso_date(user.expires_on)));
}

void check_later_action(const Case& c, const Item& item, Findings& findings) {
  const State& state = c.now.state;
  Seconds latest = c.t;
  std::string what;
  if (item.last_action_at > latest) {
    latest = item.last_action_at;
    const std::string_view word = item.last_action == k_none ? "" : state.last_actions[item.last_action];
    what = fmt::format("{} at {}, on the server", word.empty() ? "an action" : word, when(latest, c.zone()));
  }
  if (item.charge != k_none && state.charges[item.charge].in_database &&
      state.charges[item.charge].charged_at > latest) {
    const Charge& charge = state.charges[item.charge];
    latest = charge.charged_at;
    what = fmt::format("charged at {}, at {}", when(latest, c.zone()), library_code(charge.library, c.now.policy));
  }
  if (const EarlierAction& earlier = state.earlier_action(item); earlier.occurred_at > latest)
    what = fmt::format("{} at {}, at {}, station {}, by an earlier load", name_of(earlier.kind),
                       when(earlier.occurred_at, c.zone()), earlier.library, earlier.station);
  if (!what.empty())
    findings.add(Outcome::later_action, fmt::format("A later action on item {} happened: {}", item.id, what));
}

Outcome cleared_status(const Item& item, const RuleBook& book) {
  switch (book.meaning_of(item.current_location)) {
    case LocationMeaning::missing:
      return Outcome::was_missing;
    case LocationMeaning::lost:
      return Outcome::was_lost;
    case LocationMeaning::transit:
      return Outcome::was_in_transit;
    case LocationMeaning::hold_shelf:
      return Outcome::ok;
    case LocationMeaning::other:
    case LocationMeaning::shelf:
      break;
  }
  const bool at_home = item.current_location == item.home_location || item.current_location == k_no_code;
  return at_home ? Outcome::ok : Outcome::was_elsewhere;
}

void add_cleared_status(const Case& c, const Item& item, Outcome status, Findings& findings) {
  if (status == Outcome::ok) return;
  std::string message = fmt::format("{}: item {} was at {}", facts_of(status).phrase, item.id,
                                    c.now.state.locations[item.current_location]);
  if (status == Outcome::was_lost) message += "; the lost bill, if there is one, is still there";
  // From an ordinary shelf people borrow as from home: nobody has to check anything.
  if (c.now.book.meaning_of(item.current_location) == LocationMeaning::shelf)
    findings.add_note(status, std::move(message));
  else
    findings.add(status, std::move(message));
}

void check_claimed(const Case& c, const Item& item, const Charge& charge, Findings& findings) {
  if (is_claimed(charge))
    findings.add(Outcome::claims_returned, fmt::format("Item {} was claimed returned by user {}, now cleared", item.id,
                                                       c.now.state.users[charge.user].id));
}

void bill_overdue(const Case& c, const Charge& charge, Seconds until, Decision& decision) {
  const Cents cents = fine_of(charge, until, c.now.state, c.now.policy);
  if (cents == 0) return;
  Bill bill;
  bill.user = charge.user;
  bill.item_row = charge.item_row;
  bill.amount_cents = cents;
  bill.reason = "OVERDUE";
  bill.library = charge.library;
  bill.billed_at = until;
  bill.made_by = c.index;
  decision.effects.bill = bill;
  decision.rules.fine = charge.rule;
  decision.findings.add(Outcome::bill_created,
                        fmt::format("Bill created: {} for user {}, due {}", money(cents),
                                    c.now.state.users[charge.user].id, due_text(charge.due_at, c.zone())));
}

namespace {

constexpr Seconds k_minute_seconds = 60;
constexpr Seconds k_due_minute_of_day = 23 * 60 + 59;

Seconds minute_of_day(Seconds civil) {
  return ((civil % k_day_seconds + k_day_seconds) % k_day_seconds) / k_minute_seconds;
}

}  // namespace

std::string when(Seconds utc, const Zone& zone) {
  if (utc == k_never) return "NEVER";
  const Seconds minutes = minute_of_day(zone.to_civil(utc));
  return fmt::format("{} {:02}:{:02}", iso_date(zone.day_of(utc)), minutes / 60, minutes % 60);
}

std::string due_text(Seconds due_at, const Zone& zone) {
  if (due_at == k_never || minute_of_day(zone.to_civil(due_at)) != k_due_minute_of_day) return when(due_at, zone);
  return iso_date(zone.day_of(due_at));
}

std::string_view library_code(LibraryIndex library, const Policy& policy) {
  return library < policy.libraries.size() ? std::string_view(policy.libraries[library].code) : "no library";
}

std::string phrase_with(Outcome outcome, std::string_view about) {
  return std::string(facts_of(outcome).phrase).append(": ").append(about);
}

}  // namespace offcirc
