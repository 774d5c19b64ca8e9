#include <algorithm>

#include "tests/rules/scene.hpp"
#include "tests/rules/values.hpp"

namespace offcirc::tables {

namespace {

using model::PlainTransaction;
using model::Verdict;

void read_marks(const Cell& cell, PlainTransaction& transaction) {
  for (const std::string& mark : cell.words()) {
    if (mark == "clock-jumped") {
      transaction.clock_jumped = true;
    } else if (mark == "clock-went-backwards") {
      transaction.clock_went_backwards = true;
    } else if (mark == "order-assumed") {
      transaction.order_assumed = true;
    } else if (mark == "library-mismatch") {
      transaction.library_mismatch = true;
    } else if (mark == "perhaps-loaded-before") {
      transaction.perhaps_loaded = true;
    } else if (mark == "recorded-before") {
      transaction.already_recorded = true;
    } else if (mark == "fine-waived") {
      transaction.fine_waived = true;
    } else if (mark == "refused-then") {
      transaction.refused_then = true;
    } else {
      cell.fail("a mark of tests/rules/README.md");
    }
  }
}

void read_due(const TableRow& row, PlainTransaction& transaction) {
  Cell alternate = row.cell("alt due"), session = row.cell("session due");
  if (!alternate.empty() && !session.empty()) session.fail("nothing beside 'alt due'");
  transaction.due = stamp_in(alternate.empty() ? session : alternate);
  if (!alternate.empty()) transaction.due_from = DueFrom::transaction;
  if (!session.empty()) transaction.due_from = DueFrom::session;
}

void read_fields(const TableRow& row, PlainTransaction& transaction) {
  const std::map<std::string, std::string> columns = {
      {"last name", "last_name"}, {"first name", "first_name"}, {"born", "birth_date"},      {"e-mail", "email"},
      {"phone", "phone"},         {"profile", "profile"},       {"home library", "library"}, {"expires", "expires_on"}};
  for (auto& [column, field] : columns) {
    if (!row.cell(column).empty()) transaction.fields[field] = row.text(column);
  }
}

/// The default disposition of an outcome.
Disposition usual_disposition(const std::vector<Outcome>& findings) {
  if (findings.empty()) return Disposition::loaded;
  switch (facts_of(findings[0]).outcome_class) {
    case OutcomeClass::own:
      return findings[0] == Outcome::refused_at_the_time ? Disposition::not_done : Disposition::already_loaded;
    case OutcomeClass::rejected:
      return Disposition::rejected;
    case OutcomeClass::follow_up:
      return Disposition::follow_up;
    case OutcomeClass::note:
      return Disposition::loaded;
  }
  return Disposition::loaded;
}

Disposition disposition_in(const Cell& cell) {
  for (int i = 0; i < k_disposition_count; ++i) {
    if (name_of(static_cast<Disposition>(i)) == cell.text) return static_cast<Disposition>(i);
  }
  cell.fail("a disposition such as follow-up");
}

/// Parses a due date and its source: `07-03 map`, `07-10 alt`, `06-30 session`.
void expect_due(const Cell& cell, const Zone& zone, Verdict& verdict) {
  if (cell.empty()) return;
  const std::map<std::string, DueFrom> sources = {
      {"map", DueFrom::policy}, {"alt", DueFrom::transaction}, {"session", DueFrom::session}};
  auto source = sources.find(cell.words().back());
  if (source == sources.end()) cell.fail("a date and map, alt or session");
  std::string when = cell.text.substr(0, cell.text.size() - source->first.size());
  when.resize(when.find_last_not_of(' ') + 1);
  verdict.due_at = due_in({cell.where, cell.column, when}, zone);
  verdict.due_from = source->second;
}

Verdict expected_of(const TableRow& row, const Zone& zone) {
  Verdict verdict;
  Cell outcome = row.cell("outcome"), notes = row.cell("notes");
  if (outcome.text != "ok") verdict.findings.push_back(outcome_in(outcome, outcome.text));
  for (const std::string& code : notes.words()) verdict.findings.push_back(outcome_in(notes, code));
  verdict.disposition = usual_disposition(verdict.findings);
  if (!row.cell("disposition").empty()) verdict.disposition = disposition_in(row.cell("disposition"));
  expect_due(row.cell("due date"), zone, verdict);
  verdict.bill_cents = money_in(row.cell("bill"));
  return verdict;
}

PlainTransaction transaction_in(const TableRow& row, const Policy& policy) {
  PlainTransaction transaction;
  transaction.kind = kind_in(row.cell("what"), row.text("what"));
  transaction.occurred_at = transaction.recorded_at = time_in(row.cell("time"), policy.zone);
  if (!row.cell("recorded").empty()) transaction.recorded_at = time_in(row.cell("recorded"), policy.zone);
  transaction.library = row.cell("library").empty() ? "OSH" : row.text("library");
  if (transaction.library == "none") transaction.library.clear();
  transaction.station = row.cell("station").empty() ? "0201" : row.text("station");
  transaction.user_id = row.text("user");
  transaction.item_id = row.text("item");
  read_marks(row.cell("marks"), transaction);
  read_due(row, transaction);
  transaction.discharged_on = stamp_in(row.cell("returned"));
  transaction.amount = money_in(row.cell("amount"));
  if (!row.cell("count").empty()) transaction.count = static_cast<std::uint32_t>(number_in(row.cell("count")));
  transaction.item_type = row.text("type");
  read_fields(row, transaction);
  return transaction;
}

}  // namespace

void add_transaction(const TableRow& row, Scene& scene) {
  const Policy& policy = scene.outage.policy;
  PlainTransaction transaction = transaction_in(row, policy);
  auto& earlier = scene.outage.transactions;
  if (!earlier.empty() && earlier.back().occurred_at > transaction.occurred_at)
    row.cell("time").fail("a time not before the row above");
  earlier.push_back(transaction);
  scene.rows.push_back(row);
  scene.expected.push_back(expected_of(row, policy.zone));
}

}  // namespace offcirc::tables
