#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "loader/report/disclosure.hpp"
#include "loader/report/result_words.hpp"
#include "loader/report/words.hpp"
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

/// The outcome is that of the sentence's form.
std::string masked_message(const NewSentence& sentence) {
  ReportResult result = checkout(1);
  result.disposition = Disposition::rejected;
  result.outcome = facts_of(facts_of(Sentence(sentence).form()).outcome).code;
  result.message = sentence;
  Report report = with_result(result);
  mask_users(report);
  return message_of(report.results[0], five_hours_behind());
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

TEST_CASE("user IDs in sentences are masked, of this user and of any other; item IDs stay") {
  CHECK(masked_message(say<Form::owes_too_much>("21221000000015", 1200, "PUBLIC", 1000)) ==
        "Patron is blocked: **********0015 owes $12.00 (limit for PUBLIC: $10.00)");
  CHECK(masked_message(say<Form::hold_filled>("21221000000015", "31221000000013")) ==
        "Patron **********0015's hold on item 31221000000013 was filled");
  CHECK(masked_message(say<Form::charged_to_another>("31221000000013", "21221000000999")) ==
        "Item 31221000000013 is checked out to another patron: **********0999");
  CHECK(masked_message(say<Form::system_user>("X-99999", "DAMAGED")) ==
        "Not a patron: ***9999 is a system user (DAMAGED)");
  CHECK(masked_message(say<Form::due_date_unusual>(k_morning)) ==
        "The due date, 2026-06-12 10:12, is more than twice the usual loan period away");
}

TEST_CASE("a user is masked, whatever the ID looks like") {
  CHECK(masked_message(say<Form::user_barred>("WARD B")) == "Patron is barred: **RD B");
  CHECK(masked_message(say<Form::was_charged_to_another>("31221000000013", "SMITH")) ==
        "Item 31221000000013 was still checked out to patron *MITH; it has been removed from their account");
  CHECK(masked_message(say<Form::charged_to_another>("31221000000013", "4711")) ==
        "Item 31221000000013 is checked out to another patron: ****");
  CHECK(masked_message(say<Form::lost_by>("X", "J. DOE, JR.")) ==
        "Item is not checked out: X was lost by patron ******* JR.");
  CHECK(masked_message(say<Form::item_has_hold>("X").add<Form::was_charged>("SMITH", k_morning)) ==
        "Item has a hold: X; it was checked out to patron *MITH, due 2026-06-12 10:12");
  CHECK(masked_message(say<Form::privilege_expired>("DA-OS", 20616)) ==
        "The card of patron *A-OS expired on 2026-06-12");
  CHECK(masked_message(say<Form::bill_created>(1200, "O'NEIL, due home", k_never)) ==
        "Bill created: $12.00 for patron ************home, item due NEVER");
}

TEST_CASE("no words of a sentence, and no ID of an item, are taken for the ID of a user") {
  CHECK(masked_message(say<Form::was_charged_to_another>("X was charged to user A", "SMITH")) ==
        "Item X was charged to user A was still checked out to patron *MITH; it has been removed from their account");
  CHECK(masked_message(say<Form::too_many_claims>("A owes B", 3, "21221000000015", 3)) ==
        "Patron is blocked: ****es B has claimed 3 items returned (limit for 21221000000015: 3)");
  CHECK(masked_message(say<Form::hold_filled>("0015", "21221000000015").add<Form::copy_is_free>("31221000000021")) ==
        "Patron ****'s hold on item 21221000000015 was filled; item 31221000000021 is no longer needed for a hold");
  CHECK(masked_message(say<Form::overpaid>("Paid", 12345678, 4567890)) ==
        "Patron **** paid $123456.78, $45678.90 more than owed; the difference is kept as a credit");
}

namespace {

bool has_argument(Sentence sentence, ArgumentKind kind) {
  for (ClauseReader reader(sentence); const Clause* clause = reader.next();)
    for (const Argument& argument : clause->arguments)
      if (argument.kind == kind) return true;
  return false;
}

}  // namespace

TEST_CASE("no sentence of the rules, of any row of the rule tables, has a user's ID once it is masked") {
  std::set<Form> naming;
  for (const auto& file : tables::table_files(OFFCIRC_SOURCE_DIR))
    for (const tables::Scene& scene : tables::scenes_in(file)) {
      model::Loaded loaded = model::load_outage(scene.outage, 1);
      for (const Result& result : replay(loaded.batch, loaded.already_recorded, loaded.read_set, scene.outage.policy,
                                         scene.outage.options, loaded.state))
        for (const Finding& finding : result.findings) {
          if (finding.sentence.empty()) continue;
          const std::string message = words_of(finding, five_hours_behind());
          const std::string masked = masked_message(NewSentence(finding.sentence));
          const std::string shown = " " + masked + " ";
          CAPTURE(message);
          CAPTURE(masked);
          for (const std::string& id : loaded.user_ids) {
            CAPTURE(id);
            for (const char* behind : {" ", "'s ", ", "}) CHECK(shown.find(" " + id + behind) == std::string::npos);
          }
          const bool is_phrase = masked == facts_of(finding.outcome).phrase;
          CHECK(is_phrase == has_argument(finding.sentence, ArgumentKind::typed));
          // All its words are kept: only the IDs are others.
          if (!is_phrase) CHECK((masked != message) == has_argument(finding.sentence, ArgumentKind::user));
          if (!is_phrase && masked != message) naming.insert(finding.sentence.form());
        }
    }
  // Every form that names a user, and nothing that was typed, was seen.
  for (std::size_t i = 0; i < k_form_count; ++i) {
    const FormFacts& facts = facts_of(static_cast<Form>(i));
    const auto end = facts.kinds.begin() + static_cast<std::ptrdiff_t>(facts.argument_count);
    const auto has = [&](ArgumentKind kind) { return std::find(facts.kinds.begin(), end, kind) != end; };
    CAPTURE(facts.name);
    if (facts.outcome != Outcome::ok && has(ArgumentKind::user) && !has(ArgumentKind::typed))
      CHECK(naming.contains(static_cast<Form>(i)));
  }
}

TEST_CASE("what repeats what somebody typed becomes the phrase of its outcome") {
  constexpr std::string_view k_typed = "Ada Berg lives at 1 Quiet Lane";
  const auto phrase = [](Outcome outcome) { return facts_of(outcome).phrase; };
  CHECK(masked_message(say<Form::user_not_found>(k_typed)) == phrase(Outcome::user_not_found));
  CHECK(masked_message(say<Form::user_not_found>("1").add<Form::did_you_mean>(k_typed)) ==
        phrase(Outcome::user_not_found));
  CHECK(masked_message(say<Form::item_not_found>(k_typed)) == phrase(Outcome::item_not_found));
  CHECK(masked_message(say<Form::user_exists>(k_typed).add<Form::same_data>()) == phrase(Outcome::user_exists));
  CHECK(masked_message(say<Form::no_profile>(k_typed)) == phrase(Outcome::registration_incomplete));
  CHECK(masked_message(say<Form::fields_missing>("email").add<Form::no_library_either>(k_typed)) ==
        phrase(Outcome::registration_incomplete));
  CHECK(masked_message(say<Form::possible_duplicate>(k_typed, "1")) == phrase(Outcome::possible_duplicate));
  CHECK(masked_message(say<Form::registered>(k_typed)) == phrase(Outcome::registered));
  CHECK(masked_message(say<Form::card_inactive>(k_typed, "1")) == phrase(Outcome::card_inactive));
  CHECK(masked_message(say<Form::action_on_server>("1", k_typed, 0)) == phrase(Outcome::later_action));
  // What a parser says of a line.
  Report report = with_result(with_outcome(checkout(1), Disposition::unreadable, Outcome::unreadable, k_typed));
  mask_users(report);
  CHECK(message_of(report.results[0], Zone()) == phrase(Outcome::unreadable));
}

TEST_CASE("notes, holds, and due charges are masked as well") {
  ReportResult result = checkout(1);
  const NewSentence sentence = say<Form::was_charged_to_another>("X", "21221000000999");
  result.notes = {{facts_of(Outcome::was_charged_to_another).code, sentence, {}}};
  Report report = with_result(result);
  report.logs[0].notes = {{"x", "Many lines of 21221000000015.", ""}};
  report.holds.emplace_back().user_id = "21221000000023";
  report.due_charges.emplace_back().user_id = "21221000000031";
  mask_users(report);
  CHECK(message_of(report.results[0].notes[0], Zone()) ==
        "Item X was still checked out to patron **********0999; it has been removed from their account");
  CHECK(report.logs[0].notes[0].message == "Many lines of **********0015.");
  CHECK(report.holds[0].user_id == "**********0023");
  CHECK(report.due_charges[0].user_id == "**********0031");
}

TEST_CASE("an unknown item may be a user's card") {
  ReportResult result = with_outcome(checkout(1), Disposition::rejected, Outcome::item_not_found, "Item not found");
  result.item_id = "21221000000023";
  const NewSentence sentence = say<Form::order_assumed>("21221000000023");
  result.notes = {{facts_of(Outcome::order_assumed).code, sentence, {}}};
  Report report = with_result(result);
  mask_users(report);
  CHECK(report.results[0].item_id == "**********0023");
  CHECK(message_of(report.results[0].notes[0], Zone()) ==
        "Assumed to be before the checkout of item **********0023 at another desk in the same minute");
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
