#include <doctest/doctest.h>

#include <set>

#include "loader/report/disclosure.hpp"
#include "loader/rules/findings.hpp"
#include "loader/rules/replay.hpp"
#include "tests/model/bridge.hpp"
#include "tests/report_sample.hpp"
#include "tests/rules/scene_files.hpp"

using namespace offcirc;

namespace {

Report with_result(ReportResult result) {
  Report report = empty_report();
  report.logs = {log_of_0201(1)};
  report.results.push_back(std::move(result));
  return report;
}

std::string masked_message(Outcome outcome, std::string message) {
  Report report = with_result(with_outcome(checkout(1), Disposition::rejected, outcome, std::move(message)));
  mask_users(report);
  return std::string(report.results[0].message);
}

}  // namespace

TEST_CASE("only the last four characters of user IDs remain, and no name") {
  Report report = with_result(checkout(1));
  add_names(report, {{"21221000000015", "Berg, Ada"}});
  CHECK(report.results[0].user_name == "Berg, Ada");
  mask_users(report);
  CHECK(report.results[0].user_id == "**********0015");
  CHECK(report.results[0].user_name.empty());
  CHECK(report.results[0].item_id == "31221000000013");
}

TEST_CASE("an ID of four characters or fewer is hidden completely") {
  ReportResult result = checkout(1);
  result.user_id = "DAOS";
  Report report = with_result(result);
  mask_users(report);
  CHECK(report.results[0].user_id == "****");
}

TEST_CASE("user IDs in sentences are masked, this user's and any other's; item IDs remain") {
  CHECK(masked_message(Outcome::user_blocked, "User is blocked: 21221000000015 owes $12.00") ==
        "User is blocked: **********0015 owes $12.00");
  CHECK(masked_message(Outcome::hold_filled, "User 21221000000015's hold on item 31221000000013 was filled") ==
        "User **********0015's hold on item 31221000000013 was filled");
  CHECK(masked_message(Outcome::charged_to_another, "Item 31221000000013 is charged to another user: 21221000000999") ==
        "Item 31221000000013 is charged to another user: **********0999");
  CHECK(masked_message(Outcome::system_user, "Not a patron: X-99999 is a system user (DAMAGED)") ==
        "Not a patron: ***9999 is a system user (DAMAGED)");
  CHECK(masked_message(Outcome::due_date_passed, "The due date 2026-06-01 was before it; 2026-07-03 is used") ==
        "The due date 2026-06-01 was before it; 2026-07-03 is used");
}

TEST_CASE("a user ID without digits, or with a space, is masked where its user's sentence contains it") {
  ReportResult result = checkout(1);
  result.user_id = "WARD B";
  result.message = "It is WARD B's";
  Report report = with_result(result);
  mask_users(report);
  CHECK(report.results[0].message == "It is **RD B's");
}

TEST_CASE("a user who is named only in a sentence is masked, whatever the ID looks like") {
  CHECK(masked_message(Outcome::was_charged_to_another,
                       "Item 31221000000013 was charged to user SMITH, now discharged") ==
        "Item 31221000000013 was charged to user *MITH, now discharged");
  CHECK(masked_message(Outcome::charged_to_another, "Item 31221000000013 is charged to another user: 4711") ==
        "Item 31221000000013 is charged to another user: ****");
  CHECK(masked_message(Outcome::item_not_charged, "Item is not charged: X is lost by user J. DOE, JR.") ==
        "Item is not charged: X is lost by user ******* JR.");
  CHECK(masked_message(Outcome::item_has_hold, "Item has a hold: X; it was charged to user SMITH, due 2026-06-20") ==
        "Item has a hold: X; it was charged to user *MITH, due 2026-06-20");
  CHECK(masked_message(Outcome::privilege_expired, "Privilege had expired: DA-OS's on 2026-06-12") ==
        "Privilege had expired: *A-OS's on 2026-06-12");
  CHECK(masked_message(Outcome::bill_created, "Bill created: $12.00 for user O'NEIL, due home, due 2026-05-31") ==
        "Bill created: $12.00 for user ************home, due 2026-05-31");
}

TEST_CASE("a sentence in which the user's ID can't be told from the words becomes the outcome's phrase") {
  for (const char* sentence : {"X was charged to user A was charged to user SMITH, now discharged",
                               "Item X was charged to user SMITH", "SMITH had item X"})
    CHECK(masked_message(Outcome::was_charged_to_another, sentence) ==
          facts_of(Outcome::was_charged_to_another).phrase);
  CHECK(masked_message(Outcome::user_blocked, "User is blocked: A owes B has claimed 3 items returned") ==
        "User is blocked: ****es B has claimed 3 items returned");
}

TEST_CASE("no masked sentence from any row of the rule tables contains a user's ID") {
  std::set<Outcome> naming;
  for (const auto& file : tables::table_files(OFFCIRC_SOURCE_DIR))
    for (const tables::Scene& scene : tables::scenes_in(file)) {
      model::Loaded loaded = model::load_outage(scene.outage, 1);
      for (const Result& result : replay(loaded.batch, loaded.already_recorded, loaded.read_set, scene.outage.policy,
                                         scene.outage.options, loaded.state))
        for (const Finding& finding : result.findings) {
          const std::string shown = " " + masked_message(finding.outcome, std::string(finding.message)) + " ";
          CAPTURE(finding.message);
          for (const std::string& id : loaded.user_ids) {
            CAPTURE(id);
            for (const char* behind : {" ", "'s ", ", "}) CHECK(shown.find(" " + id + behind) == std::string::npos);
          }
          // The position of the ID in this sentence is known, so its words are kept.
          if (names_a_user(finding.outcome) && shown != " " + std::string(facts_of(finding.outcome).phrase) + " ")
            naming.insert(finding.outcome);
        }
    }
  for (int i = 0; i < k_outcome_count; ++i)
    CHECK(naming.contains(static_cast<Outcome>(i)) == names_a_user(static_cast<Outcome>(i)));
}

TEST_CASE("a sentence that repeats typed text becomes the outcome's phrase") {
  for (const Outcome outcome : {Outcome::unreadable, Outcome::user_not_found, Outcome::item_not_found,
                                Outcome::user_exists, Outcome::registration_incomplete, Outcome::possible_duplicate,
                                Outcome::registered, Outcome::card_inactive, Outcome::later_action})
    CHECK(masked_message(outcome, "Ada Berg lives at 1 Quiet Lane") == facts_of(outcome).phrase);
}

TEST_CASE("notes, holds, and due charges are masked as well") {
  ReportResult result = checkout(1);
  result.notes = {note(Outcome::was_charged_to_another, "Item X was charged to user 21221000000999, now discharged")};
  Report report = with_result(result);
  report.logs[0].notes = {{"x", "Many lines of 21221000000015.", ""}};
  report.holds.emplace_back().user_id = "21221000000023";
  report.due_charges.emplace_back().user_id = "21221000000031";
  mask_users(report);
  CHECK(report.results[0].notes[0].message == "Item X was charged to user **********0999, now discharged");
  CHECK(report.logs[0].notes[0].message == "Many lines of **********0015.");
  CHECK(report.holds[0].user_id == "**********0023");
  CHECK(report.due_charges[0].user_id == "**********0031");
}

TEST_CASE("an unknown item may be a user's card") {
  ReportResult result = with_outcome(checkout(1), Disposition::rejected, Outcome::item_not_found, "Item not found");
  result.item_id = "21221000000023";
  Report report = with_result(result);
  mask_users(report);
  CHECK(report.results[0].item_id == "**********0023");
}

TEST_CASE("both user and item of an unreadable record are masked, because the item was not looked up") {
  ReportResult result = with_outcome(checkout(1), Disposition::unreadable, Outcome::unreadable, "Expected a date");
  result.item_id = "21221000000023";
  Report report = with_result(result);
  mask_users(report);
  CHECK(report.results[0].user_id == "**********0015");
  CHECK(report.results[0].item_id == "**********0023");
}

TEST_CASE("staff's note on a dismissed result is omitted") {
  ReportResult result = checkout(1);
  result.dismissed = {k_morning, "jane", "Mrs. Berg has paid"};
  Report report = with_result(result);
  mask_users(report);
  REQUIRE(report.results[0].dismissed);
  CHECK(report.results[0].dismissed->by == "jane");
  CHECK(report.results[0].dismissed->note.empty());
}
