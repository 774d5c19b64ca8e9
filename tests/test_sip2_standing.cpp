#include <doctest/doctest.h>

#include <string>

#include "loader/send/sip2_standing.hpp"
#include "loader/time/iso8601.hpp"

using namespace offcirc;

namespace {

const Zone k_zone;  // UTC
constexpr Seconds k_day = k_day_seconds;
constexpr Day k_today = 20'000;

LiveMessage message(Kind kind) {
  LiveMessage message;
  message.kind = kind;
  message.user_id = "U";
  message.holder_id = "U";
  message.item_id = "A";
  message.occurred_at = Seconds{k_today} * k_day;
  message.due_at = Seconds{k_today + 20} * k_day;
  return message;
}

LiveItem item(int status, std::optional<Day> due_day = std::nullopt) {
  return {.is_known = true, .status = status, .due_text = due_day ? "date" : "", .due_day = due_day};
}

LiveUser user(std::vector<std::string> listed, std::optional<int> count) {
  return {.is_known = true, .id = "U", .charged_count = count, .charged = std::move(listed)};
}

Standing standing(const LiveMessage& message, const LiveItem& item, const LiveUser& user,
                  Sip2Trust trust = {Sip2Lists::items, false}, std::optional<Day> due_before = std::nullopt) {
  return standing_of(message, {item, user}, trust, k_zone, due_before);
}

const LiveUser k_has_it = user({"A", "B"}, 2);
const LiveUser k_has_not = user({"B"}, 1);
const LiveUser k_part_of_list = user({"B"}, 7);
constexpr Sip2Trust k_titles{Sip2Lists::titles, false};
constexpr Sip2Trust k_status{Sip2Lists::titles, true};

Sip2Answer answer(const std::string& code, const std::string& fixed, std::vector<Sip2Answer::Field> fields) {
  return {.code = code, .fixed = fixed + "20260612    101231", .fields = std::move(fields), .sequence = 0};
}

}  // namespace

TEST_CASE("a checkout") {
  const LiveMessage it = message(Kind::checkout);
  CHECK(standing(it, item(3), k_has_not) == Standing::before);
  CHECK(standing(it, item(10), k_has_not) == Standing::before);
  CHECK(standing(it, item(4), k_has_it) == Standing::after);
  CHECK(standing(it, item(12), k_has_it) == Standing::after);
  CHECK(standing(it, item(12), k_has_not) == Standing::before);
  CHECK(standing(it, item(4), k_has_not) == Standing::other);
  CHECK(standing(it, item(4), k_part_of_list) == Standing::unclear);
  CHECK(standing(it, item(4, k_today + 20), k_part_of_list) == Standing::after);
  CHECK(standing(it, item(4, k_today + 21), k_part_of_list) == Standing::unclear);
  CHECK(standing(it, item(4), k_has_not, k_titles) == Standing::unclear);
  CHECK(standing(it, item(4), user({}, 0), k_titles) == Standing::other);
  CHECK(standing(it, item(4), k_has_not, k_status) == Standing::after);
  CHECK(standing(it, {}, k_has_not) == Standing::unknown_item);
  CHECK(standing(it, item(3), {}) == Standing::unknown_user);
  CHECK(standing_of(it, {item(3), std::nullopt}, {}, k_zone, {}) == Standing::unclear);
  CHECK(standing_of(it, {std::nullopt, k_has_it}, {}, k_zone, {}) == Standing::unclear);
}

TEST_CASE("a check-in only if the list has the item") {
  LiveMessage it = message(Kind::checkin);
  CHECK(standing(it, item(4), k_has_it) == Standing::before);
  CHECK(standing(it, item(3), k_has_not) == Standing::after);
  CHECK(standing(it, item(4), k_has_not) == Standing::other);
  CHECK(standing(it, item(4), {}) == Standing::other);
  CHECK(standing(it, item(4), k_has_not, k_titles) == Standing::unclear);
  CHECK(standing(it, item(4), k_has_not, k_status) == Standing::before);
  it.holder_id.clear();
  const auto without_holder = [&](int status, Sip2Trust trust) {
    return standing_of(it, {item(status), std::nullopt}, trust, k_zone, {});
  };
  CHECK(without_holder(3, {}) == Standing::after);
  CHECK(without_holder(4, {}) == Standing::other);
  CHECK(without_holder(4, k_status) == Standing::before);
  it.clears_status = true;
  CHECK(without_holder(12, {}) == Standing::before);
  CHECK(without_holder(4, k_status) == Standing::other);
}

TEST_CASE("a renewal is seen by its due date") {
  const LiveMessage it = message(Kind::renewal);
  CHECK(standing(it, item(4, k_today + 3), k_has_it) == Standing::before);
  CHECK(standing(it, item(4, k_today + 20), k_has_it) == Standing::after);
  CHECK(standing(it, item(4, k_today + 25), k_has_it) == Standing::after);
  CHECK(standing(it, item(4), k_has_it) == Standing::unclear);
  CHECK(standing(it, item(3), k_has_not) == Standing::other);
  CHECK(standing(it, item(4, k_today + 3), k_has_not) == Standing::other);
  CHECK(standing(it, item(4, k_today + 3), k_has_not, k_titles) == Standing::before);
  CHECK(standing(it, item(4, k_today + 3), k_has_it, {}, k_today + 3) == Standing::before);
  CHECK(standing(it, item(4, k_today + 4), k_has_it, {}, k_today + 3) == Standing::after);
  CHECK(standing(it, item(4, k_today + 2), k_has_it, {}, k_today + 3) == Standing::other);
  const Seconds now = Seconds{k_today} * k_day;
  CHECK(shows_effect(it, k_today + 10, now, k_zone));
  CHECK_FALSE(shows_effect(it, k_today + 11, now, k_zone));
  CHECK_FALSE(shows_effect(it, std::nullopt, now, k_zone));
}

TEST_CASE("the old due date survives a crash as text") {
  CHECK(due_before_text(k_today) == "Was due 2024-10-04.");
  CHECK(due_before_of("Was due 2024-10-04.") == k_today);
  for (const char* text : {"", "Was due ", "Was due soon.", "Was due 2024-10-04T10:00", "2024-10-04"})
    CHECK_MESSAGE(due_before_of(text).has_value() == (std::string_view(text).size() > 20), text);
}

TEST_CASE("what an answer says about a checkout") {
  const LiveMessage it = message(Kind::checkout);
  const auto verdict = [&](const std::string& fixed, std::vector<Sip2Answer::Field> fields) {
    return verdict_of(it, answer("12", fixed, std::move(fields)), k_zone, std::nullopt);
  };
  using enum Sip2Verdict::Kind;
  const std::string due = iso_date(k_today + 20);
  CHECK(verdict("1NNN", {{"AB", "A"}, {"AA", "u"}, {"AH", due}}).state == SendState::sent);
  CHECK(verdict("1YNN", {{"AB", "A"}, {"AH", due}}).state == SendState::sent_as_renewal);
  const Sip2Verdict differs = verdict("1NNN", {{"AB", "A"}, {"AH", iso_date(k_today + 7)}});
  CHECK(differs.state == SendState::due_differs);
  CHECK(differs.text == "Due 2024-10-11 there, 2024-10-24 here.");
  CHECK(verdict("1NNN", {{"AB", "A"}, {"AA", "V"}}).kind == doubtful);
  CHECK(verdict("1NNN", {{"AB", "B"}}).kind == other_item);
  CHECK(verdict("1NNN", {}).kind == not_ours);
  CHECK(verdict("0NNN", {{"AB", "B"}}).kind == not_ours);
  CHECK(verdict("0NNN", {}).kind == refused);
  CHECK(verdict("0NNN", {{"AB", "A"}}).text == "The server gives no reason.");
  CHECK(verdict("0NNN", {{"AB", "A"}, {"AF", "Too\x1b[1m many"}}).text == "Too\\x1b[1m many");
}

TEST_CASE("what an answer says about a check-in") {
  LiveMessage it = message(Kind::checkin);
  const auto verdict = [&](std::vector<Sip2Answer::Field> fields) {
    fields.push_back({"AB", "A"});
    return verdict_of(it, answer("10", "1YNN", std::move(fields)), k_zone, std::nullopt);
  };
  CHECK(verdict({{"AA", "U"}}).state == SendState::sent);
  CHECK(verdict({}).state == SendState::sent);
  CHECK(verdict({{"AA", "W"}}).state == SendState::took_from_another);
  CHECK(verdict({{"AA", "W"}, {"CV", "04"}}).text == "It was checked out to W there. Alert 04: route-home.");
  CHECK(verdict({{"CV", "01"}}).text == "Alert 01: route-for-hold.");
  CHECK(verdict({{"CV", "00"}}).text == "");
  CHECK(verdict({{"CV", "99"}}).text == "Alert 99.");
  CHECK_FALSE(verdict({{"CV", "02"}}).captured_hold);
  it.followed_by_checkout = true;
  CHECK(verdict({{"CV", "02"}}).captured_hold);
}

TEST_CASE("what a run expects of an item later") {
  const LiveMessage loan = message(Kind::checkout), checkin = message(Kind::checkin);
  const Sip2Expectation charged = expected_after(loan, k_today + 20), free = expected_after(checkin, std::nullopt);
  const auto met = [](const Sip2Expectation& expected, const LiveMessage& of, const LiveItem& item,
                      const LiveUser& user) {
    return is_met(expected, of, {item, user}, {Sip2Lists::items, false}, k_zone);
  };
  CHECK(met(charged, loan, item(4, k_today + 20), k_has_it));
  CHECK(met(charged, loan, item(4), k_has_it));
  CHECK_FALSE(met(charged, loan, item(4, k_today + 21), k_has_it));
  CHECK_FALSE(met(charged, loan, item(4, k_today + 20), k_has_not));
  CHECK_FALSE(met(charged, loan, item(3), k_has_not));
  CHECK(met(free, checkin, item(3), k_has_not));
  CHECK_FALSE(met(free, checkin, item(4), k_has_not));
  CHECK(contradicts(charged, checkin, {item(3), k_has_not}));
  CHECK(contradicts(free, loan, {item(4), k_has_not}));
  CHECK_FALSE(contradicts(charged, checkin, {item(12), k_has_not}));
  const Sip2Expectation refused{Sip2Expectation::Kind::refused, std::nullopt};
  CHECK(met(refused, loan, item(3), k_has_not));
  CHECK_FALSE(met(refused, loan, item(4), k_has_it));
}

TEST_CASE("a payment shows nowhere, so it is never known to be done") {
  LiveMessage it = message(Kind::payment);
  it.item_id.clear();
  it.amount_cents = 1205;
  const auto seen = [&](std::optional<LiveUser> user) {
    return standing_of(it, {std::nullopt, std::move(user)}, {}, k_zone, std::nullopt);
  };
  CHECK(seen(k_has_it) == Standing::before);
  CHECK(seen(LiveUser{}) == Standing::unknown_user);
  CHECK(seen(std::nullopt) == Standing::unclear);
  CHECK_FALSE(shows_effect(it, std::nullopt, it.occurred_at, k_zone));
  CHECK_FALSE(expected_after(it, std::nullopt).is_known());
  const auto verdict = [&](const std::string& flag, std::vector<Sip2Answer::Field> fields) {
    return verdict_of(it, answer("38", flag, std::move(fields)), k_zone, std::nullopt);
  };
  CHECK(verdict("Y", {{"AA", "u"}}).kind == Sip2Verdict::Kind::done);
  CHECK(verdict("Y", {}).kind == Sip2Verdict::Kind::done);
  CHECK(verdict("N", {{"AF", "No such fee"}}).text == "No such fee");
  CHECK(verdict("N", {}).kind == Sip2Verdict::Kind::refused);
  CHECK(verdict("Y", {{"AA", "V"}}).kind == Sip2Verdict::Kind::doubtful);
  CHECK(verdict("Y", {{"AA", "V"}}).text == "The server says that it was paid for V.");
}
