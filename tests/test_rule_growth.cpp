// The cost of a hostile log or a large account in the rules: twice the input takes at most slightly more than twice the
// work. Work is counted, not timed.
#include <doctest/doctest.h>

#include "loader/report/words.hpp"
#include "loader/rules/replay.hpp"
#include "tests/model/bridge.hpp"
#include "tests/model/plain_rules.hpp"

using namespace offcirc;
using namespace offcirc::model;

namespace {

constexpr Seconds k_begin = 1'781'274'600;  // June 12, 2026, 9:30 in Chicago

std::string numbered(const char* letter, int number) {
  return letter + std::to_string(100'000 + number);
}

PlainUser& add_user(Outage& outage, const std::string& id) {
  PlainUser& user = outage.world.users[id];
  user.profile = "PUBLIC";
  user.library = "OSH";
  return user;
}

Outage empty_outage() {
  Outage outage;
  outage.policy.zone = Zone("Etc/GMT+5", {{INT64_MIN / 4, -5 * 3600}});
  Library library;
  library.code = "OSH";
  library.offline.default_loan = *parse_rule("21D-10D-5M");
  outage.policy.libraries.push_back(library);
  outage.policy.profiles.emplace_back().name = "PUBLIC";
  outage.policy.profiles[0].bill_threshold_cents = 1'000'000'000;
  outage.policy.circulation_map = CirculationMap({{"*", "*", "*", *parse_rule("21D-10D-5M"), 2}});
  add_user(outage, "U");
  outage.options.now = k_begin + 3 * k_day_seconds;
  return outage;
}

PlainTransaction transaction(Kind kind, int number, const std::string& user_id, const std::string& item_id) {
  PlainTransaction t;
  t.kind = kind;
  t.recorded_at = t.occurred_at = k_begin + number;
  t.library = "OSH";
  t.user_id = user_id;
  t.item_id = item_id;
  return t;
}

void add_item(Outage& outage, const std::string& id) {
  PlainItem item;
  item.item_type = "BOOK";
  item.library = "OSH";
  item.home_location = item.current_location = "STACKS";
  outage.world.items[id] = item;
}

// Overdue, so that its fine grows during the log.
void add_charge(Outage& outage, int number, const char* rule) {
  add_item(outage, numbered("C", number));
  PlainCharge charge;
  charge.user_id = "U";
  charge.library = "OSH";
  charge.rule = rule;
  charge.charged_at = k_begin - 90 * k_day_seconds - number;
  charge.due_at = k_begin - 20 * k_day_seconds + number;
  outage.world.charges[numbered("C", number)] = charge;
}

Outage checkouts_of_one_user(int n) {
  Outage outage = empty_outage();
  for (int i = 0; i < n; ++i) {
    add_charge(outage, i, i % 2 == 0 ? "21D-10D-0M" : "4H-25H-0M");
    add_item(outage, numbered("I", i));
    outage.transactions.push_back(transaction(Kind::checkout, i, "U", numbered("I", i)));
  }
  return outage;
}

Outage late_checkins_and_payments_of_one_user(int n) {
  Outage outage = empty_outage();
  for (int i = 0; i < n; ++i) {
    add_charge(outage, i, "21D-10D-5M");
    add_item(outage, numbered("I", i));
    outage.transactions.push_back(transaction(Kind::checkin, 3 * i, "", numbered("C", i)));
    outage.transactions.push_back(transaction(Kind::payment, 3 * i + 1, "U", ""));
    outage.transactions.back().amount = 30;
    outage.transactions.push_back(transaction(Kind::checkout, 3 * i + 2, "U", numbered("I", i)));
  }
  return outage;
}

Outage payments_for_many_bills(int n) {
  Outage outage = empty_outage();
  for (int i = 0; i < n; ++i) {
    outage.world.bills[numbered("B", i)] = {"U", "", "COPIES", "OSH", 100, k_begin - i};
    outage.transactions.push_back(transaction(Kind::payment, i, "U", ""));
    outage.transactions.back().amount = 70;
  }
  return outage;
}

// Each is more than what is owed, so that it would pay all bills.
Outage refused_payments_for_many_bills(int n) {
  Outage outage = payments_for_many_bills(n);
  for (PlainTransaction& t : outage.transactions) t.amount = 100'000'000;
  outage.options.since = k_begin + k_day_seconds;
  return outage;
}

Outage registrations_alike(int n) {
  Outage outage = empty_outage();
  for (int i = 0; i < n; ++i) {
    PlainTransaction t = transaction(Kind::registration, i, numbered("N", i), "");
    t.fields = {{"last_name", "Quill"}, {"birth_date", "1980-01-01"}, {"library", "OSH"}, {"profile", "PUBLIC"}};
    outage.transactions.push_back(t);
    add_user(outage, numbered("K", i)).fields = {
        {"last_name", "Quill"}, {"birth_date", "1980-01-01"}, {"phone", "5550101"}};
  }
  return outage;
}

struct Work {
  std::uint64_t looked_at = 0;
  std::size_t message_bytes = 0;
};

Work work_on(Outage outage) {
  Work work;
  outage.options.looked_at = &work.looked_at;
  Loaded loaded = load_outage(outage, 1);
  const Results results =
      replay(loaded.batch, loaded.already_recorded, loaded.read_set, outage.policy, outage.options, loaded.state);
  for (const Result& result : results)
    for (const Finding& finding : result.findings) work.message_bytes += words_of(finding, outage.policy.zone).size();
  return work;
}

void check_growth(Outage (*make)(int), bool is_loaded = true) {
  constexpr int k_lines = 400;
  const Work once = work_on(make(k_lines)), twice = work_on(make(2 * k_lines));
  CAPTURE(once.looked_at);
  CAPTURE(twice.looked_at);
  CHECK((once.looked_at >= k_lines) == is_loaded);  // otherwise nothing was counted
  CHECK(twice.looked_at * 10 <= once.looked_at * 23);
  CHECK(twice.message_bytes * 10 <= once.message_bytes * 23);
}

}  // namespace

TEST_CASE("one user with many charges and many checkouts") {
  check_growth(checkouts_of_one_user);
}

TEST_CASE("one user with many late check-ins, payments and checkouts") {
  check_growth(late_checkins_and_payments_of_one_user);
}

TEST_CASE("one user with many bills and many payments, loaded or not") {
  check_growth(payments_for_many_bills);
  check_growth(refused_payments_for_many_bills, false);
}

TEST_CASE("many registrations with one name and birth date, and many known users who share them") {
  check_growth(registrations_alike);
}
