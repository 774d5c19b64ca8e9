#include "loader/send/sip2_standing.hpp"

#include <fmt/format.h>

#include <string_view>

#include "loader/time/iso8601.hpp"

namespace offcirc {
namespace {

enum class Holder : std::uint8_t { nobody, user, another, unclear };

Holder holder_in(const Sip2Sight& sight, const std::string& item_id, const Sip2Trust& trust) {
  const bool is_listed = sight.user && sight.user->lists(item_id);
  if (is_listed) return Holder::user;
  if (!sight.item) return Holder::unclear;
  const bool is_charged = sight.item->is_charged();
  if (!is_charged && !sight.item->may_be_charged()) return Holder::nobody;
  if (!sight.user) return is_charged ? Holder::another : Holder::nobody;
  const LiveUser& user = *sight.user;
  const bool is_empty = user.has_whole_list() && user.charged.empty() && !trust.status;
  const bool is_certain = is_empty || (trust.lists == Sip2Lists::items && user.has_whole_list());
  if (!user.is_known || is_certain) return is_charged ? Holder::another : Holder::nobody;
  return trust.status && is_charged ? Holder::user : Holder::unclear;
}

std::optional<Day> own_due_day(const LiveMessage& message, const Zone& zone) {
  return message.due_at ? std::optional(zone.day_of(*message.due_at)) : std::nullopt;
}

Standing checkout_standing(const LiveMessage& message, const Sip2Sight& sight, Holder holder, const Zone& zone) {
  if (holder == Holder::user) return Standing::after;
  if (holder == Holder::another) return Standing::other;
  if (holder == Holder::nobody) return sight.user && !sight.user->is_known ? Standing::unknown_user : Standing::before;
  // Without lists, the due date that was sent shows that it is this loan.
  const auto due_day = own_due_day(message, zone);
  const bool is_this_loan = due_day && sight.item && sight.item->is_charged() && sight.item->due_day == due_day;
  return is_this_loan ? Standing::after : Standing::unclear;
}

Standing checkin_standing(const LiveMessage& message, const Sip2Sight& sight, Holder holder, const Sip2Trust& trust) {
  const bool is_unknown_holder = message.holder_id.empty() && !message.clears_status;
  if (holder == Holder::user) return Standing::before;
  if (holder == Holder::nobody) return message.clears_status ? Standing::before : Standing::after;
  if (holder == Holder::another && is_unknown_holder && trust.status && sight.item->is_charged())
    return Standing::before;
  return holder == Holder::another ? Standing::other : Standing::unclear;
}

Standing renewal_standing(const LiveMessage& message, const Sip2Sight& sight, Holder holder, const Zone& zone,
                          std::optional<Day> due_before) {
  if (holder == Holder::nobody || holder == Holder::another) return Standing::other;
  // Without lists the due date must do: a server refuses to renew a loan of somebody else.
  if (!sight.item || !sight.item->due_day) return Standing::unclear;
  const Day due_day = *sight.item->due_day;
  if (due_before)
    return due_day > *due_before ? Standing::after : due_day == *due_before ? Standing::before : Standing::other;
  const auto wanted = own_due_day(message, zone);
  return wanted && due_day >= *wanted ? Standing::after : Standing::before;
}

}  // namespace

const std::string& concerned_user(const LiveMessage& message) {
  return message.kind == Kind::checkin ? message.holder_id : message.user_id;
}

Standing standing_of(const LiveMessage& message, const Sip2Sight& sight, const Sip2Trust& trust, const Zone& zone,
                     std::optional<Day> due_before) {
  if (message.kind == Kind::payment) {
    if (!sight.user) return Standing::unclear;
    return sight.user->is_known ? Standing::before : Standing::unknown_user;
  }
  if (sight.item && !sight.item->is_known) return Standing::unknown_item;
  const bool is_unseen = !sight.item || (!concerned_user(message).empty() && !sight.user);
  if (is_unseen) return Standing::unclear;
  const Holder holder = holder_in(sight, message.item_id, trust);
  if (message.kind == Kind::checkin) return checkin_standing(message, sight, holder, trust);
  if (message.kind == Kind::renewal) return renewal_standing(message, sight, holder, zone, due_before);
  return checkout_standing(message, sight, holder, zone);
}

bool shows_effect(const LiveMessage& message, std::optional<Day> due_before, Seconds now, const Zone& zone) {
  if (message.kind == Kind::payment) return false;
  if (message.kind == Kind::checkin) return !message.clears_status;
  if (message.kind != Kind::renewal) return true;
  if (!due_before) return false;
  // Servers renew from today. A loan that is as new leads to the same day, by rules that may differ from ours: only an
  // item that is due within half of our loan is certainly due later after a renewal.
  const Seconds loan = message.due_at.value_or(message.occurred_at) - message.occurred_at;
  return *due_before - zone.day_of(now) <= loan / k_day_seconds / 2;
}

std::string_view lost_but_done(const LiveMessage& message) {
  if (message.kind != Kind::checkin) return "The answer was lost, but it was done.";
  return "The answer was lost, but the item is checked in. If a desk had just checked it out, that loan has ended.";
}

std::string why_not_sent(const LiveMessage& message, Standing standing, const Sip2Sight& sight) {
  switch (standing) {
    case Standing::other:
      if (message.kind == Kind::renewal) return "Nothing was sent: the patron does not have the item there.";
      return "Nothing was sent: the item is checked out to another patron there.";
    case Standing::unclear:
      if (!sight.item && message.kind != Kind::payment)
        return "Nothing was sent: the server answers about another item.";
      if (!sight.user && !concerned_user(message).empty())
        return "Nothing was sent: the server answers about another patron.";
      if (message.kind == Kind::renewal) return "Nothing was sent: the server gives no due date that can be read.";
      return "Nothing was sent: the server does not say who has the item.";
    case Standing::unknown_item:
      return "Nothing was sent: the server does not know the item.";
    case Standing::unknown_user:
      return "Nothing was sent: the server does not know the user yet.";
    case Standing::before:
    case Standing::after:
      break;
  }
  return {};
}

namespace {

// What a desk has to do with the item now, from the server's alert type (CV).
std::string alert_text(const LiveMessage& message, std::string_view alert) {
  if (alert.empty() || alert == "00") return {};
  const std::string type = kept_sip2_text(alert.substr(0, 2));
  const bool is_hold = alert == "01" || alert == "02";
  if (is_hold && message.followed_by_checkout)
    return fmt::format("Alert {}: a hold was captured by mistake. Release it, and tell the patron.", type);
  if (is_hold) return fmt::format("Alert {}: route-for-hold.", type);
  if (alert == "04") return fmt::format("Alert {}: route-home.", type);
  return fmt::format("Alert {}.", type);
}

std::string screen_text(const Sip2Answer& answer) {
  std::string_view text = answer.value("AF");
  if (text.empty()) text = answer.value("AG");
  return text.empty() ? "The server gives no reason." : kept_sip2_text(text);
}

Sip2Verdict checkin_verdict(const LiveMessage& message, const Sip2Answer& answer) {
  Sip2Verdict verdict{.kind = Sip2Verdict::Kind::done};
  const std::string_view alert = answer.value("CV");
  verdict.text = alert_text(message, alert);
  verdict.captured_hold = message.followed_by_checkout && (alert == "01" || alert == "02");
  const std::string_view holder = answer.value("AA");
  const bool is_expected =
      message.holder_id.empty() ? !message.clears_status : is_same_sip2_id(holder, message.holder_id);
  if (!holder.empty() && !is_expected) {
    verdict.state = SendState::took_from_another;
    verdict.text = fmt::format("It was checked out to {} there.{}{}", kept_sip2_text(holder),
                               verdict.text.empty() ? "" : " ", verdict.text);
  }
  return verdict;
}

Sip2Verdict loan_verdict(const LiveMessage& message, const Sip2Answer& answer, const Zone& zone,
                         std::optional<Day> due_before) {
  const std::string_view user = answer.value("AA");
  const auto due_day = read_sip2_due_day(answer.value("AH"), zone);
  const bool is_other_user = !user.empty() && !is_same_sip2_id(user, message.user_id);
  const bool is_not_later = message.kind == Kind::renewal && (!due_day || !due_before || *due_day <= *due_before);
  if (is_other_user || is_not_later) return {.kind = Sip2Verdict::Kind::doubtful, .due_day = due_day};
  Sip2Verdict verdict = done_with_due_day(message, due_day, zone);
  if (message.kind == Kind::checkout && answer.fixed[1] == 'Y') verdict.state = SendState::sent_as_renewal;
  return verdict;
}

Sip2Verdict payment_verdict(const LiveMessage& message, const Sip2Answer& answer) {
  const std::string_view user = answer.value("AA");
  if (!user.empty() && !is_same_sip2_id(user, message.user_id))
    return {.kind = Sip2Verdict::Kind::doubtful,
            .text = fmt::format("The server says that it was paid for {}.", kept_sip2_text(user))};
  if (!answer.is_ok()) return {.kind = Sip2Verdict::Kind::refused, .text = screen_text(answer)};
  return {.kind = Sip2Verdict::Kind::done};
}

}  // namespace

Sip2Verdict done_with_due_day(const LiveMessage& message, std::optional<Day> due_day, const Zone& zone) {
  Sip2Verdict verdict{.kind = Sip2Verdict::Kind::done, .due_day = due_day};
  const auto wanted = own_due_day(message, zone);
  if (message.kind == Kind::checkin || !due_day || !wanted || *due_day == *wanted) return verdict;
  verdict.state = SendState::due_differs;
  verdict.text = fmt::format("Due {} there, {} here.", sip2_day_text(*due_day), sip2_day_text(*wanted));
  return verdict;
}

Sip2Verdict verdict_of(const LiveMessage& message, const Sip2Answer& answer, const Zone& zone,
                       std::optional<Day> due_before) {
  if (message.kind == Kind::payment) return payment_verdict(message, answer);
  const std::string_view item = answer.value("AB");
  const bool is_ours = is_same_sip2_id(item, message.item_id);
  if (!answer.is_ok()) {
    // A refusal may leave out the item, because the server did not find it.
    if (!is_ours && !item.empty()) return {.kind = Sip2Verdict::Kind::not_ours};
    return {.kind = Sip2Verdict::Kind::refused, .text = screen_text(answer)};
  }
  if (item.empty()) return {.kind = Sip2Verdict::Kind::not_ours};
  if (!is_ours) return {.kind = Sip2Verdict::Kind::other_item, .other_item = std::string(item)};
  if (message.kind == Kind::checkin) return checkin_verdict(message, answer);
  return loan_verdict(message, answer, zone, due_before);
}

namespace {

// nullopt if it can't be seen.
std::optional<bool> is_charged(const Sip2Sight& sight, const std::string& item_id) {
  if (sight.user && sight.user->lists(item_id)) return true;
  if (!sight.item || sight.item->may_be_charged()) return std::nullopt;
  return sight.item->is_charged();
}

}  // namespace

Sip2Expectation expected_after(const LiveMessage& message, std::optional<Day> due_day) {
  if (message.kind == Kind::payment) return {};
  const bool is_checkin = message.kind == Kind::checkin;
  return {is_checkin ? Sip2Expectation::Kind::free : Sip2Expectation::Kind::charged, due_day};
}

bool contradicts(const Sip2Expectation& expected, const LiveMessage& message, const Sip2Sight& sight) {
  const std::optional<bool> charged = is_charged(sight, message.item_id);
  if (expected.kind == Sip2Expectation::Kind::charged) return charged == false;
  return expected.kind == Sip2Expectation::Kind::free && charged == true;
}

bool is_met(const Sip2Expectation& expected, const LiveMessage& message, const Sip2Sight& sight, const Sip2Trust& trust,
            const Zone& zone) {
  const std::optional<bool> charged = is_charged(sight, message.item_id);
  if (expected.kind == Sip2Expectation::Kind::free) return charged == false;
  if (expected.kind == Sip2Expectation::Kind::refused)
    return standing_of(message, sight, trust, zone, expected.due_day) != Standing::after;
  const bool is_other_day =
      expected.due_day && sight.item && sight.item->due_day && *expected.due_day != *sight.item->due_day;
  if (is_other_day) return false;
  LiveMessage loan = message;
  loan.kind = Kind::checkout;
  const Standing standing = standing_of(loan, sight, trust, zone, std::nullopt);
  // Where lists do not show whose loan it is, a charged item is no contradiction.
  return standing == Standing::after || (standing == Standing::unclear && charged == true);
}

namespace {
constexpr std::string_view k_was_due = "Was due ";
}

std::string due_before_text(std::optional<Day> day) {
  return day ? fmt::format("{}{}.", k_was_due, sip2_day_text(*day)) : std::string();
}

std::optional<Day> due_before_of(std::string_view text) {
  constexpr std::size_t k_day_bytes = 10;
  if (!text.starts_with(k_was_due)) return std::nullopt;
  const auto stamp = parse_iso_stamp(text.substr(k_was_due.size(), k_day_bytes));
  if (!stamp || !stamp->is(StampForm::date)) return std::nullopt;
  return static_cast<Day>(stamp->seconds() / k_day_seconds);
}

}  // namespace offcirc
