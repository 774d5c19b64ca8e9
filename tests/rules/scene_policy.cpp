#include <algorithm>

#include "tests/rules/scene.hpp"
#include "tests/rules/values.hpp"

namespace offcirc::tables {

namespace {

constexpr const char* k_weekdays[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

/// The rules of a library that sets nothing else.
OfflineRules usual_rules() {
  OfflineRules rules;
  rules.default_loan = *parse_rule("21D-10D-5M");
  rules.required = {"user_id", "last_name", "library", "profile"};
  for (int i = 0; i < k_outcome_count; ++i) {
    const OutcomeFacts& facts = facts_of(static_cast<Outcome>(i));
    bool rejects = is_configurable(facts) && facts.outcome_class == OutcomeClass::rejected;
    rules.rejects.set(static_cast<std::size_t>(i), rejects);
  }
  return rules;
}

CirculationRule rule_in(const Cell& cell) {
  auto rule = parse_rule(cell.text);
  if (!rule) cell.fail("a rule such as 21D-10D-5M");
  return *rule;
}

Calendar calendar_in(const Cell& cell) {
  std::array<bool, 7> weekdays{};
  std::vector<Day> days;
  for (const std::string& word : cell.words()) {
    auto found = std::find(std::begin(k_weekdays), std::end(k_weekdays), word);
    if (found == std::end(k_weekdays)) {
      days.push_back(day_in({cell.where, cell.column, word}));
    } else {
      weekdays[static_cast<std::size_t>(found - k_weekdays)] = true;
    }
  }
  return Calendar(weekdays, days);
}

bool loads(const Cell& cell) {
  if (cell.text != "load" && cell.text != "reject") cell.fail("load or reject");
  return cell.text == "load";
}

void choose(const Cell& cell, OfflineRules& rules) {
  for (const std::string& word : cell.words()) {
    auto equals = word.find('=');
    if (equals == std::string::npos) cell.fail("choices such as user-blocked=load");
    Outcome code = outcome_in(cell, word.substr(0, equals));
    rules.rejects.set(static_cast<std::size_t>(code), !loads({cell.where, cell.column, word.substr(equals + 1)}));
  }
}

void read_rules(const TableRow& row, OfflineRules& rules) {
  if (!row.cell("checkins").empty()) rules.checkins = loads(row.cell("checkins"));
  if (!row.cell("renewals").empty()) rules.renewals = loads(row.cell("renewals"));
  if (!row.cell("registrations").empty()) rules.registrations = loads(row.cell("registrations"));
  Cell holds = row.cell("holds");
  if (!holds.empty() && holds.text != "trap" && holds.text != "report") holds.fail("report or trap");
  if (!holds.empty()) rules.trap_holds = holds.text == "trap";
  if (!row.cell("max renewals").empty()) rules.max_renewals = number_in(row.cell("max renewals"));
  if (!row.cell("default loan").empty()) rules.default_loan = rule_in(row.cell("default loan"));
  Cell closed_fines = row.cell("fines on closed days"), cap = row.cell("cap at expiry");
  if (!closed_fines.empty()) rules.fines_on_closed_days = answer_in(closed_fines);
  if (!cap.empty()) rules.cap_due_at_expiry = answer_in(cap);
  if (!row.cell("required").empty()) rules.required = row.cell("required").words();
  choose(row.cell("rules"), rules);
}

}  // namespace

void add_library(const TableRow& row, Policy& policy) {
  std::string code = row.text("library");
  LibraryIndex index = policy.find_library(code);
  if (index == k_no_library) {
    index = static_cast<LibraryIndex>(policy.libraries.size());
    Library library;
    library.code = code;
    library.name = code + " Public Library";
    library.offline = usual_rules();
    policy.libraries.push_back(library);
  }
  Library& library = policy.libraries[index];
  if (!row.cell("closed").empty()) library.calendar = calendar_in(row.cell("closed"));
  read_rules(row, library.offline);
}

void add_profile(const TableRow& row, Policy& policy) {
  ProfileIndex index = policy.find_profile(row.text("profile"));
  if (index == k_no_profile) {
    index = static_cast<ProfileIndex>(policy.profiles.size());
    policy.profiles.emplace_back().name = row.text("profile");
  }
  Profile& profile = policy.profiles[index];
  if (!row.cell("blocks at").empty()) profile.bill_threshold_cents = money_in(row.cell("blocks at"));
  if (!row.cell("overdue items").empty()) profile.overdue_threshold = number_in(row.cell("overdue items"));
  if (!row.cell("claims").empty()) profile.claims_returned_threshold = number_in(row.cell("claims"));
  if (!row.cell("charges").empty()) profile.charge_limit = number_in(row.cell("charges"));
  if (!row.cell("system location").empty()) {
    profile.system = true;
    profile.location = row.text("system location");
  }
}

void add_map_row(const TableRow& row, Policy& policy) {
  std::vector<CirculationMap::Row> rows = policy.circulation_map.rows();
  auto line = static_cast<std::uint32_t>(rows.size() + 2);
  rows.push_back({row.text("map"), row.text("profile"), row.text("type"), rule_in(row.cell("rule")), line});
  policy.circulation_map = CirculationMap(rows);
}

}  // namespace offcirc::tables
