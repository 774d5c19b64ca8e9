// The findings of a result as the journal keeps them: what is read is what was written, and anything else is refused.
#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

#include "loader/journal/journal_text.hpp"

using namespace offcirc;

namespace {

std::string stored(const FindingList& findings, bool is_doubtful = false) {
  RowCells cells;
  return std::string(findings_cell(findings, cells, is_doubtful).text());
}

/// A value that each kind can have, and that no other argument of the form has.
Argument some_argument(ArgumentKind kind, std::size_t place) {
  static const std::array<std::string, 6> k_texts = {"21221000000015", "", "a \"b\" \\ c\n", "\u202e", "{0}", "x"};
  const auto number = static_cast<std::int64_t>(1'781'277'151 + place);
  switch (kind) {
    case ArgumentKind::day:
      return {kind, {}, 20'616 + static_cast<std::int64_t>(place)};
    case ArgumentKind::moment:
      return {kind, {}, moment_number(Stamp(StampForm::absolute, number))};
    case ArgumentKind::due:
      return {kind, {}, place % 2 == 0 ? k_never : number};
    default:
      return is_text(kind) ? Argument{kind, k_texts.at(place)} : Argument{kind, {}, number};
  }
}

NewSentence some_sentence(Form form) {
  std::vector<Argument> arguments;
  for (std::size_t i = 0; i < facts_of(form).argument_count; ++i)
    arguments.push_back(some_argument(facts_of(form).kinds.at(i), i));
  return NewSentence().add({form, arguments});
}

bool is_refused(const std::string& findings) {
  return !JournalJson().findings(findings);
}

}  // namespace

TEST_CASE("a finding is its code, a form and arguments") {
  CHECK(stored({{Outcome::user_blocked, say<Form::owes_too_much>("21221000000015", 1250, "PUBLIC", 1000)}}) ==
        R"([{"code": "user-blocked", "form": "owes_too_much", "args": ["21221000000015", 1250, "PUBLIC", 1000]}])");
  CHECK(
      stored({{Outcome::privilege_expired, say<Form::privilege_expired>("1", 20616), true},
              {Outcome::library_not_found, say<Form::no_library_named>(), false, true}}) ==
      R"([{"code": "privilege-expired", "form": "privilege_expired", "args": ["1", "2026-06-12"], "overridden": true}, )"
      R"({"code": "library-not-found", "form": "no_library_named", "note": true}])");
  CHECK(stored({{Outcome::registered,
                 say<Form::registered>("1").add<Form::edited>("email").add<Form::expiry_left_out>()}}) ==
        R"([{"code": "registered", "form": "registered", "args": ["1"], )"
        R"("and": [{"form": "edited", "args": ["email"]}, {"form": "expiry_left_out"}]}])");
  CHECK(stored({{Outcome::discharge_date_wrong,
                 say<Form::discharged_after>(Stamp(StampForm::date, 20616 * k_day_seconds))}}) ==
        R"([{"code": "discharge-date-wrong", "form": "discharged_after", "args": ["2026-06-12"]}])");
  CHECK(stored(FindingList{Finding{Outcome::already_loaded}}) == R"([{"code": "already-loaded"}])");
  CHECK(stored({{Outcome::unreadable, say<Form::worded>("No date.")}}, true) ==
        R"([{"code": "unreadable", "form": "worded", "args": ["No date."], "doubtful": true}])");
}

TEST_CASE("every form is read as it was written") {
  JournalJson json;
  for (std::size_t i = 0; i < k_form_count; ++i) {
    const auto form = static_cast<Form>(i);
    CAPTURE(facts_of(form).name);
    const FindingList list{{facts_of(form).outcome, some_sentence(form), true},
                           {Outcome::registered, say<Form::registered>("1").append(say<Form::edited>("email"))},
                           {Outcome::too_old, {}, false, true}};
    const auto read = json.findings(stored(list));
    REQUIRE(read);
    REQUIRE(read->size() == list.size());
    for (std::size_t k = 0; k < list.size(); ++k) {
      CHECK((*read)[k].outcome == list[k].outcome);
      CHECK((*read)[k].sentence.packed() == list[k].sentence.packed());
      CHECK((*read)[k].overridden == list[k].overridden);
      CHECK((*read)[k].is_note == list[k].is_note);
    }
  }
}

TEST_CASE("what the journal does not write is refused") {
  CHECK_FALSE(is_refused(R"([{"code": "user-barred", "form": "user_barred", "args": ["1"]}])"));
  for (
      const char* findings : {
          "",
          "{}",
          R"([{"form": "user_barred", "args": ["1"]}])",
          R"([{"code": "new", "form": "user_barred", "args": ["1"]}])",
          R"([{"code": "user-barred", "form": "new", "args": ["1"]}])",
          R"([{"code": "user-barred", "form": 1, "args": ["1"]}])",
          R"([{"code": "user-barred", "form": "user_blocked", "args": ["1"]}])",
          R"([{"code": "user-barred", "form": "registered", "args": ["1"]}])",
          R"([{"code": "user-barred", "form": "user_barred"}])",
          R"([{"code": "user-barred", "form": "user_barred", "args": {}}])",
          R"([{"code": "user-barred", "form": "user_barred", "args": []}])",
          R"([{"code": "user-barred", "form": "user_barred", "args": [1]}])",
          R"([{"code": "user-barred", "form": "user_barred", "args": ["1", "2"]}])",
          R"([{"code": "user-barred", "form": "user_barred", "args": ["1"], "and": {}}])",
          R"([{"code": "user-barred", "form": "user_barred", "args": ["1"], "and": [{}]}])",
          R"([{"code": "user-barred", "form": "user_barred", "args": ["1"], "and": [{"form": "user_barred", "args": ["1"]}]}])",
          R"([{"code": "privilege-expired", "form": "privilege_expired", "args": ["1", 20616]}])",
          R"([{"code": "privilege-expired", "form": "privilege_expired", "args": ["1", "2026-13-01"]}])",
          R"([{"code": "privilege-expired", "form": "privilege_expired", "args": ["1", "2026-06-12T10:00"]}])",
          R"([{"code": "due-date-unusual", "form": "due_date_unusual", "args": ["NEVER"]}])",
          R"([{"code": "due-date-unusual", "form": "due_date_unusual", "args": [9223372036854775806]}])",
          R"([{"code": "due-date-unusual", "form": "due_date_unusual", "args": [1.5]}])",
      }) {
    CAPTURE(findings);
    CHECK(is_refused(findings));
  }
}

TEST_CASE("what prune leaves says no more than its code") {
  const auto read = JournalJson().findings(R"([{"code": "user-barred", "overridden": true}])");
  REQUIRE(read);
  CHECK(read->front().outcome == Outcome::user_barred);
  CHECK(read->front().sentence.empty());
  CHECK(read->front().overridden);
}
