// Tasks that a later transaction of the load has settled are reported as settled, not as tasks.
#include <doctest/doctest.h>

#include "loader/report/rendering.hpp"
#include "loader/report/report.hpp"
#include "loader/report/report_parts.hpp"
#include "tests/report_sample.hpp"

using namespace offcirc;

namespace {

ReportResult of_item(std::uint64_t n, std::string_view kind, std::string_view item_id) {
  ReportResult result = checkout(n);
  result.kind = kind;
  result.item_id = item_id;
  return result;
}

ReportResult checkin(std::uint64_t n, Outcome outcome, std::string_view item_id = "31221000000013") {
  const bool is_rejected = facts_of(outcome).outcome_class == OutcomeClass::rejected;
  return with_outcome(of_item(n, "checkin", item_id), is_rejected ? Disposition::rejected : Disposition::follow_up,
                      outcome, std::string(facts_of(outcome).phrase));
}

/// A report with these results, numbered, as the report of a load is made.
Report settled(std::initializer_list<ReportResult> results) {
  Report report = empty_report();
  report.libraries = {{"OSH", "Oshkosh Public Library"}};
  report.logs = {log_of_0201(results.size())};
  report.results = results;
  Settled settled;
  for (std::uint32_t i = 0; i < report.results.size(); ++i) {
    report.results[i].n = i + 1;
    settled.see(i, std::as_const(report.results).glance(i), report.results);
  }
  settled.mark(report, five_hours_behind());
  for (const ReportResult& result : report.results)
    if (result.disposition == Disposition::follow_up) ++report.totals.follow_up;
  return report;
}

std::string text_of(const Report& report) {
  return written([&](const TextSink& sink) { write_text(report, five_hours_behind(), sink); });
}
std::string csv_of(const Report& report) {
  return written([&](const TextSink& sink) { write_csv(report, five_hours_behind(), sink); });
}
std::string json_of(const Report& report) {
  return written([&](const TextSink& sink) { write_json(report, five_hours_behind(), sink); });
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("an item that was checked out again need not be checked in again or searched for") {
  for (const Outcome outcome :
       {Outcome::route_for_hold, Outcome::route_home, Outcome::was_in_transit, Outcome::was_elsewhere}) {
    CAPTURE(facts_of(outcome).code);
    const Report report = settled({checkin(1, outcome), checkout(2)});
    const std::string text = text_of(report);
    CHECK_FALSE(has(text, facts_of(outcome).action));
    CHECK_FALSE(has(text, "Loaded, follow-up needed"));
    CHECK(has(text, "         1  loaded, follow-up needed (1 of them settled later in these logs)"));
    CHECK_FALSE(has(csv_of(report), "to-do"));
    // The outcome stays in the report, but its action says that there is nothing to do.
    const std::string json = json_of(report);
    CHECK(has(json, facts_of(outcome).code));
    CHECK(has(json, "\"action\": \"Nothing: it was checked out again at 2026-06-12 10:13.\""));
    CHECK(has(json, "\"action_kind\": \"nothing\", \"settled_by\": 2}"));
  }
}

TEST_CASE("what was not loaded stays on its list, which says where the item is") {
  const Report report = settled({checkin(1, Outcome::item_already_checked_in), checkout(2)});
  const std::string text = text_of(report);
  CHECK(has(text, "Not loaded (1)"));
  CHECK(has(text, "To do: Nothing: it was checked out again at 2026-06-12 10:13."));
  CHECK_FALSE(has(text, facts_of(Outcome::item_already_checked_in).action));
}

TEST_CASE("tasks that a later checkout does not settle remain") {
  ReportResult missing = checkin(1, Outcome::was_missing);
  missing.notes = {note(Outcome::route_home, "Item belongs to NEE")};
  const Report report = settled({missing, checkout(2)});
  const std::string text = text_of(report);
  CHECK(has(text, facts_of(Outcome::was_missing).action));
  CHECK_FALSE(has(text, facts_of(Outcome::route_home).action));
  CHECK(has(text, "loaded, follow-up needed\n"));
  CHECK(has(csv_of(report), "to-do"));
}

TEST_CASE("only a loaded checkout of the same item, later in the load, settles a task") {
  const std::string_view action = facts_of(Outcome::route_home).action;
  CHECK(has(text_of(settled({checkout(1), checkin(2, Outcome::route_home)})), action));
  CHECK(has(text_of(settled({checkin(1, Outcome::route_home), of_item(2, "checkout", "31221000000021")})), action));
  CHECK(has(text_of(settled({checkin(1, Outcome::route_home), of_item(2, "renewal", "31221000000013")})), action));
  const ReportResult refused =
      with_outcome(checkout(2), Disposition::rejected, Outcome::user_not_found, "User not found: 21221000000015");
  CHECK(has(text_of(settled({checkin(1, Outcome::route_home), refused})), action));
  // The item came back once more.
  const Report again = settled({checkin(1, Outcome::route_home), checkout(2), checkin(3, Outcome::route_home)});
  CHECK(has(text_of(again), "Check the item in again, to send it home. (1)"));
}

TEST_CASE("a copy need not be checked in for a hold that another copy has filled") {
  ReportResult back = checkin(1, Outcome::route_for_hold);
  ReportResult lent = of_item(2, "checkout", "31221000000021");
  const std::string_view filled = facts_of(Outcome::hold_filled).code;
  const NewSentence frees =
      say<Form::hold_filled>("21221000000015", "31221000000021").add<Form::copy_is_free>("31221000000013");
  lent.notes = {{filled, frees, facts_of(Outcome::hold_filled).action}};
  CHECK_FALSE(has(text_of(settled({back, lent})), facts_of(Outcome::route_for_hold).action));
  CHECK(has(json_of(settled({back, lent})), "Nothing: another copy filled the hold at 2026-06-12 10:13."));
  // It still belongs to another library.
  back.notes = {note(Outcome::route_home, "Item belongs to NEE")};
  const std::string text = text_of(settled({back, lent}));
  CHECK_FALSE(has(text, facts_of(Outcome::route_for_hold).action));
  CHECK(has(text, facts_of(Outcome::route_home).action));
  // It was a different hold.
  lent.notes = {note(Outcome::hold_filled, "Patron 21221000000015's hold on item 31221000000021 was filled")};
  CHECK(has(text_of(settled({back, lent})), facts_of(Outcome::route_for_hold).action));
}

TEST_CASE("a library's report states what another library's checkout has settled") {
  ReportResult lent = checkout(2);
  lent.library = "NEE";
  Report whole = settled({checkin(1, Outcome::route_home), lent});
  whole.libraries.push_back({"NEE", "Neenah"});
  CHECK_FALSE(has(text_of(only_library(whole, "OSH")), facts_of(Outcome::route_home).action));
}

TEST_CASE("which copy a sentence frees") {
  const NewSentence filled = say<Form::hold_filled>("ada", "B");
  CHECK(text_argument(NewSentence(filled).add<Form::copy_is_free>("A 1"), Form::copy_is_free) == "A 1");
  CHECK(text_argument(filled, Form::copy_is_free).empty());
  CHECK(text_argument({}, Form::copy_is_free).empty());
}
