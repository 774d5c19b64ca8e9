#include "loader/report/words.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <vector>

#include "loader/time/iso8601.hpp"

using namespace offcirc;

namespace {

/// 2026-06-12T10:12:31-05:00
constexpr Seconds k_morning = 1781277151;

Zone five_hours_behind() {
  return Zone("Test/Central", {{INT64_MIN / 4, -5 * 3600}});
}

/// As its form's outcome says it.
std::string said(const NewSentence& sentence) {
  return words_of(facts_of(Sentence(sentence).form()).outcome, sentence, five_hours_behind());
}

}  // namespace

TEST_CASE("without a sentence the outcome's phrase is said") {
  CHECK(words_of(Outcome::ok, {}, Zone()) == "Loaded");
  CHECK(words_of(Outcome::already_loaded, {}, Zone()) == "Already loaded");
}

TEST_CASE("arguments stand where the text has them") {
  CHECK(said(say<Form::owes_too_much>("21221000000015", 1250, "PUBLIC", 1000)) ==
        "Patron is blocked: 21221000000015 owes $12.50 (limit for PUBLIC: $10.00)");
  CHECK(said(say<Form::same_in_load>(3, 20616, 12, 7, "OSH/standlog.0201")) ==
        "load 3 of 2026-06-12 has the same record (3:12, line 7 of OSH/standlog.0201)");
  CHECK(said(say<Form::user_not_found>("{0} {phrase}")) == "User not found: {0} {phrase}");
  CHECK(said(say<Form::item_not_found>("")) == "Item not found: ");
}

TEST_CASE("times are local, and due dates have none at the end of the day") {
  CHECK(said(say<Form::recorded_in_future>(k_morning)) ==
        "Recorded in the future, at 2026-06-12 10:12: the workstation's clock is wrong");
  CHECK(said(say<Form::due_date_passed>(k_morning, k_morning + (13 * 60 + 47) * 60)) ==
        "The due date, 2026-06-12 10:12, was before the transaction; 2026-06-12 is used");
  CHECK(said(say<Form::due_date_unusual>(k_never)) ==
        "The due date, NEVER, is more than twice the usual loan period away");
  CHECK(said(say<Form::discharged_after>(Stamp(StampForm::date, 20616 * k_day_seconds))) ==
        "The return date, 2026-06-12, is after the check-in; the time of the check-in is used");
  CHECK(said(say<Form::discharged_before>(Stamp(StampForm::absolute, k_morning))) ==
        "The return date, 2026-06-12 10:12, is before the checkout; the time of the check-in is used");
}

TEST_CASE("one is singular, and what is empty has a word for it") {
  CHECK(said(say<Form::charge_limit>("ada", 1, "CHILD", 1)) ==
        "Checkout limit exceeded: patron ada already had 1 item (limit for CHILD: 1)");
  CHECK(said(say<Form::charge_limit>("ada", 0, "CHILD", 0)) ==
        "Checkout limit exceeded: patron ada already had 0 items (limit for CHILD: 0)");
  CHECK(said(say<Form::route_home>("book1", "")) == "Item book1 belongs to no library");
  CHECK(said(say<Form::checkins_off>("")) == "Offline check-ins are not allowed at an unknown library");
  CHECK(said(say<Form::action_on_server>("book1", "", k_morning)) ==
        "Item book1 has a later transaction on the server (kind unknown, 2026-06-12 10:12); that stands");
}

TEST_CASE("a desk is its library and its station, as far as they are known") {
  const auto desks = [](const char* library, const char* station) {
    return said(say<Form::twice_in_load>(library, station, 7, "x.log", "NEE", "0301"));
  };
  CHECK(desks("OSH", "0201") ==
        "This load also has the record under OSH, workstation 0201 (line 7 of x.log); this log is under NEE, workstation 0301");
  CHECK(desks("OSH", "").find("under OSH (line") != std::string::npos);
  CHECK(desks("", "0201").find("under workstation 0201 of no library (line") != std::string::npos);
  CHECK(desks("", "").find("under no library (line") != std::string::npos);
}

TEST_CASE("clauses follow, and hints are sentences of their own") {
  NewSentence sentence = say<Form::possible_duplicate>("new1", "ada");
  sentence.add<Form::namesake>("ben").add<Form::more_namesakes>(1);
  CHECK(said(sentence) == "Patron new1 may already be registered, as ada, ben and 1 other");
  NewSentence hint = say<Form::user_not_found>("2122");
  hint.append(say<Form::digits_missing>(10)).append(say<Form::did_you_mean>("21221000000015"));
  CHECK(said(hint) == "User not found: 2122. It is 10 digits short. Did you mean 21221000000015?");
  CHECK(said(say<Form::loaded_before>().append(say<Form::same_in_log>(7, "x.log"))) ==
        "May have been loaded before: line 7 of x.log is the same");
}

TEST_CASE("each form has a name of its own, is of an outcome that can be found, and gives back its arguments") {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < k_form_count; ++i) {
    const auto form = static_cast<Form>(i);
    const FormFacts& facts = facts_of(form);
    CAPTURE(facts.name);
    CHECK(names.insert(facts.name).second);
    CHECK(find_form(facts.name) == form);
    std::vector<Argument> arguments;
    for (std::size_t k = 0; k < facts.argument_count; ++k) {
      const auto number = static_cast<std::int64_t>(k) - 3;
      arguments.push_back({facts.kinds.at(k)});
      if (is_text(facts.kinds.at(k)))
        arguments.back().text = k % 2 == 0 ? "" : "\xff text";
      else
        arguments.back().number = number;
    }
    NewSentence sentence;
    sentence.add({form, arguments}).add<Form::same_data>();
    ClauseReader reader(sentence);
    const Clause* clause = reader.next();
    REQUIRE(clause != nullptr);
    CHECK(clause->form == form);
    REQUIRE(clause->arguments.size() == arguments.size());
    for (std::size_t k = 0; k < arguments.size(); ++k) {
      CHECK(clause->arguments[k].text == arguments[k].text);
      CHECK(clause->arguments[k].number == arguments[k].number);
    }
    REQUIRE(reader.next() != nullptr);
    CHECK(reader.next() == nullptr);
    CHECK(words_of(facts.outcome, sentence, Zone()).ends_with(", with the same data"));
  }
  CHECK_FALSE(find_form("no_such_form"));
}

TEST_CASE("every outcome that the rules can find has a form") {
  std::set<Outcome> outcomes;
  for (const FormFacts& facts : forms::k_all) outcomes.insert(facts.outcome);
  // These say nothing but their phrase, or what a parser said.
  outcomes.insert({Outcome::ok, Outcome::unreadable, Outcome::already_loaded, Outcome::refused_at_the_time});
  CHECK(outcomes.size() == k_outcome_count);
}
