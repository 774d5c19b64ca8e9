// offcirc-rules(7) describes every outcome as the table in the code does.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "loader/model/outcome.hpp"

using namespace offcirc;

namespace {

struct PageEntry {
  std::string code;
  std::string text;  // lines joined by blanks
};

/// The `.It Sy code` entries of the page, in order.
std::vector<PageEntry> page_entries() {
  std::ifstream page(std::string(OFFCIRC_SOURCE_DIR) + "/man/offcirc-rules.7");
  REQUIRE(page);
  std::vector<PageEntry> entries;
  const std::string item = ".It Sy ";
  for (std::string line; std::getline(page, line);) {
    if (line == ".El") break;
    if (line.starts_with(item))
      entries.push_back({line.substr(item.size()), ""});
    else if (!entries.empty())
      entries.back().text += line + " ";
  }
  return entries;
}

std::vector<Outcome> outcomes_in_order() {
  std::vector<Outcome> outcomes;
  for (int i = 1; i < k_outcome_count; ++i) outcomes.push_back(static_cast<Outcome>(i));
  return outcomes;
}

std::string_view class_words(OutcomeClass outcome_class) {
  switch (outcome_class) {
    case OutcomeClass::own:
      return "Class: of its own";
    case OutcomeClass::rejected:
      return "Class: rejected: not loaded";
    case OutcomeClass::follow_up:
      return "Class: follow-up: loaded, somebody has something to do";
    case OutcomeClass::note:
      return "Class: note: loaded";
  }
  return "";
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the page has every outcome, once, in order of precedence") {
  std::vector<std::string> on_page, in_code;
  for (const PageEntry& entry : page_entries()) on_page.push_back(entry.code);
  for (const Outcome outcome : outcomes_in_order()) in_code.emplace_back(facts_of(outcome).code);
  CHECK(on_page == in_code);
}

TEST_CASE("the page has each outcome's phrase, class, choice and action") {
  const auto entries = page_entries();
  const auto outcomes = outcomes_in_order();
  REQUIRE(entries.size() == outcomes.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const OutcomeFacts& facts = facts_of(outcomes[i]);
    const std::string& text = entries[i].text;
    CAPTURE(entries[i].code);
    CHECK(text.starts_with(std::string(facts.phrase) + ". "));
    CHECK(contains(text, class_words(facts.outcome_class)));
    CHECK(contains(text, "configurable") == is_configurable(facts));
    CHECK(contains(text, "may be overridden") == is_overridable(facts));
    CHECK(contains(text, fmt::format("To do ({}): {}", facts_of(facts.action_kind).code, facts.action)));
  }
}
