// A database that was loaded must hold what the second opinion says: random outages, by way of the data files, fetch,
// replay, commit and export.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include "formats/identity_text.hpp"
#include "loader/rules/replay.hpp"
#include "loader/run_error.hpp"
#include "loader/store/sqlite.hpp"
#include "loader/store/store.hpp"
#include "tests/model/compare.hpp"
#include "tests/model/plain_rules.hpp"
#include "tests/model/world_csv.hpp"
#include "tests/temp_folder.hpp"

using namespace offcirc;
using namespace offcirc::model;

namespace fs = std::filesystem;

namespace {

constexpr const char* k_files[] = {"users.csv", "items.csv", "charges.csv", "holds.csv", "bills.csv"};
const LoadHead k_head{1781276400, 1781276401, "pat", "load", "[system]\n", "1.0"};

std::uint64_t seed_count() {
  const char* text = std::getenv("OFFCIRC_STORE_SEEDS");
  return text ? std::strtoull(text, nullptr, 10) : 60;
}

/// In memory where that is possible: on a disk each database waits for it many times.
fs::path place_for_databases() {
  std::error_code none;
  return fs::is_directory("/dev/shm", none) ? fs::path("/dev/shm") : fs::temp_directory_path();
}

/// The lines that only one of the two texts has; empty where they are equal.
std::string difference(const std::string& what, const std::string& expected, const std::string& found) {
  if (expected == found) return "";
  std::multiset<std::string> missing, added;
  std::istringstream expected_lines(expected), found_lines(found);
  for (std::string line; std::getline(expected_lines, line);) missing.insert(line);
  for (std::string line; std::getline(found_lines, line);) {
    auto same = missing.find(line);
    if (same == missing.end()) {
      added.insert(line);
    } else {
      missing.erase(same);
    }
  }
  std::string text = what + ":\n";
  for (const std::string& line : missing) text += "  expected " + line + "\n";
  for (const std::string& line : added) text += "  found    " + line + "\n";
  return missing.empty() && added.empty() ? text + "  the lines are in another order\n" : text;
}

/// What a replay says, a line for each transaction.
std::string results_text(const std::vector<Result>& results, const Zone& zone) {
  std::string text;
  for (std::size_t i = 0; i < results.size(); ++i) {
    const Result& result = results[i];
    text += std::to_string(i + 1) + " " + std::string(name_of(result.disposition)) + " due " +
            iso_time(result.due_at, zone) + " " + std::string(name_of(result.due_from)) + " bill " +
            std::to_string(result.made_bill) + " " + std::to_string(result.bill_cents);
    for (const Finding& finding : result.findings)
      text += " | " + std::string(facts_of(finding.outcome).code) + ": " + finding.message;
    text += "\n";
  }
  return text;
}

/// What the journal is to say of a load.
std::string journal_of(const std::vector<Result>& results, const Batch& batch) {
  std::string text;
  for (std::size_t i = 0; i < results.size(); ++i) {
    const Result& result = results[i];
    text += std::to_string(i + 1) + "|" + to_text(batch.entries[i].identity) + "|" +
            std::string(name_of(batch.entries[i].transaction->kind)) + "|" + std::string(name_of(result.disposition)) +
            "|" + std::string(facts_of(result.outcome()).code) + "|" +
            (result.due_at == k_no_time ? "" : std::to_string(result.due_at)) + "|" +
            (result.made_bill ? std::to_string(result.bill_cents) : "") + "\n";
  }
  return text;
}

/// A database in a folder of its own.
class TestDatabase {
 public:
  TestDatabase(const fs::path& folder, const World& world, const Policy& policy) : m_folder(folder), m_policy(policy) {
    fs::create_directory(m_folder);
    Store::create_or_upgrade(file());
    open().import_csv(write_world(world, policy.zone, m_folder), policy, {});
  }

  [[nodiscard]] fs::path file() const { return m_folder / "circ.db"; }
  [[nodiscard]] Store open() const { return Store(file(), Store::Access::write); }

  /// All five files, one behind the other.
  [[nodiscard]] std::string exported() const {
    Store(file(), Store::Access::read).export_csv(m_folder / "out", m_policy.zone);
    std::string text;
    for (const char* name : k_files) {
      std::ifstream in(m_folder / "out" / name, std::ios::binary);
      text.append(std::istreambuf_iterator<char>(in), {});
    }
    return text;
  }

  /// The first column of a query, a line for each row.
  [[nodiscard]] std::string query(const std::string& sql) const {
    const Database database(file(), Database::Mode::read);
    Statement rows(database, sql);
    std::string text;
    while (rows.next()) text += std::string(rows.text(0)) + "\n";
    return text;
  }

  [[nodiscard]] std::string journal(std::int64_t load) const {
    return query(
        "SELECT n || '|' || identity_recorded || '-' || printf('%016x', identity_content) || '-' || identity_ordinal "
        "|| '|' || kind || '|' || disposition || '|' || outcome || '|' || ifnull(due_at, '') || '|' || "
        "ifnull(bill_cents, '') FROM results WHERE load = " +
        std::to_string(load) + " ORDER BY n");
  }

 private:
  fs::path m_folder;
  const Policy& m_policy;
};

/// A load that came before the outage: it did to the items what their world says was done, and recorded the
/// transactions that are recorded already.
class EarlierLoad {
 public:
  EarlierLoad(const Outage& outage, const Batch& batch) : m_policy(outage.policy) {
    m_batch.logs = batch.logs;
    for (auto& [item_id, item] : outage.world.items) {
      if (item.earlier_at != k_no_time) add_action(item_id, item);
    }
    for (std::size_t i = 0; i < outage.transactions.size(); ++i) {
      if (outage.transactions[i].already_recorded) add_rejected(batch.entries[i]);
    }
  }

  void commit(const TestDatabase& database) {
    Store store = database.open();
    store.begin(0);
    State state = store.fetch(m_read_set, m_policy);
    for (std::size_t i = 0; i < state.item_of_key.size(); ++i)
      state.items[state.item_of_key[i]].last_entry = static_cast<std::uint32_t>(i);
    store.commit(state, m_policy, m_batch, m_results, {}, k_head);
  }

 private:
  void add_action(const std::string& item_id, const PlainItem& item) {
    Transaction& transaction = m_transactions.emplace_back();
    transaction.kind = item.earlier_kind;
    transaction.desk = &m_desk;
    Entry entry;
    entry.transaction = &transaction;
    entry.recorded_at = entry.occurred_at = item.earlier_at;
    entry.identity = {item.earlier_at, 0xE000000000000000 + m_transactions.size(), 0};
    entry.library = m_policy.find_library(m_desk.library);
    entry.library_code = m_desk.library;
    entry.station = m_desk.station;
    entry.item_id = item_id;
    entry.item_key = static_cast<std::uint32_t>(m_read_set.item_ids.size());
    m_read_set.item_ids.push_back(item_id);
    m_batch.entries.push_back(entry);
    m_results.emplace_back();
  }

  void add_rejected(Entry entry) {
    entry.user_key = entry.item_key = k_none;
    m_batch.entries.push_back(entry);
    Result& result = m_results.emplace_back();
    result.disposition = Disposition::rejected;
    result.findings.push_back({Outcome::item_not_found, "Item not found"});
  }

  Policy m_policy;
  Desk m_desk{"ASH", "", "0209", ""};  // as the bridge has it
  std::deque<Transaction> m_transactions;
  Batch m_batch;
  ReadSet m_read_set;
  std::vector<Result> m_results;
};

bool took_effect(const Result& result) {
  return result.disposition == Disposition::loaded || result.disposition == Disposition::follow_up;
}

/// One outage, loaded into a database, and what is wrong then.
class Rehearsal {
 public:
  explicit Rehearsal(const Outage& outage)
      : m_outage(outage),
        m_folder(place_for_databases()),
        m_database(m_folder.path() / "loaded", outage.world, outage.policy),
        m_loaded(load_outage(outage, 1)),
        m_model(judge_outage(outage)) {
    for (const Entry& entry : m_loaded.batch.entries) m_identities.push_back(entry.identity);
  }

  std::string trouble() {
    EarlierLoad(m_outage, m_loaded.batch).commit(m_database);
    State in_memory = std::move(m_loaded.state);
    m_results = replay(m_loaded.batch, m_loaded.already_recorded, m_loaded.read_set, m_outage.policy, m_outage.options,
                       in_memory);
    std::string trouble = load(m_loaded.already_recorded, m_results, 2);
    const std::string after = m_database.exported();
    trouble += difference("export", exported_model(), after) + hidden_trouble();

    std::vector<Result> again(m_results.size());
    for (Result& result : again) {
      result.disposition = Disposition::already_loaded;
      result.findings.push_back({Outcome::already_loaded, "Already loaded"});
    }
    trouble += load(std::vector<bool>(m_identities.size(), true), again, 3);
    return trouble + difference("export after a second load", after, m_database.exported()) + damage();
  }

 private:
  /// Loads the batch and says what is otherwise than expected.
  std::string load(const std::vector<bool>& recorded, const std::vector<Result>& results, std::int64_t number) {
    const std::string what = "load " + std::to_string(number) + ": ";
    const Zone& zone = m_outage.policy.zone;
    Policy policy = m_outage.policy;
    Store store = m_database.open();
    store.begin(0);
    const std::vector<bool> found = store.already_recorded(m_identities);
    State state = store.fetch(m_loaded.read_set, policy);
    const std::vector<Result> made = replay(m_loaded.batch, found, m_loaded.read_set, policy, m_outage.options, state);
    const std::int64_t load = store.commit(state, policy, m_loaded.batch, made, {}, k_head);
    return (found == recorded ? "" : what + "other transactions were recorded already\n") +
           (load == number ? "" : what + "its number is " + std::to_string(load) + "\n") +
           difference(what + "results", results_text(results, zone), results_text(made, zone)) +
           difference(what + "journal", journal_of(results, m_loaded.batch), m_database.journal(load));
  }

  /// What a fresh database exports that has imported the world as it is afterwards.
  std::string exported_model() {
    World world = m_model.world;
    for (std::size_t i = 0; i < m_results.size(); ++i) {
      const PlainTransaction& t = m_outage.transactions[i];
      if (auto bill = world.bills.extract(new_bill_id(i))) {
        bill.key() = "L" + to_text(m_identities[i]);
        world.bills.insert(std::move(bill));
      }
      if (t.kind != Kind::registration || !took_effect(m_results[i])) continue;
      world.users.at(t.user_id).fields["registered_on"] = iso_date(civil_day(m_outage.policy.zone, t.occurred_at));
    }
    return TestDatabase(m_folder.path() / "model", world, m_outage.policy).exported();
  }

  /// What the data files don't show: uses, and the last that loads did to each item.
  std::string hidden_trouble() {
    std::string uses, actions;
    for (auto& [where, count] : m_model.world.uses) {
      auto& [library, day, item_type] = where;
      uses += library + "|" + std::to_string(day) + "|" + item_type + "|" + std::to_string(count) + "\n";
    }
    for (auto& [item_id, action] : last_actions())
      actions += item_id + "|" + std::to_string(action.first) + "|" + action.second + "\n";
    return difference("uses", uses,
                      m_database.query("SELECT l.code || '|' || u.day || '|' || u.item_type || '|' || u.count FROM "
                                       "uses u JOIN libraries l USING (library) ORDER BY l.code, u.day, u.item_type")) +
           difference("last results", actions,
                      m_database.query("SELECT i.item_id || '|' || r.occurred_at || '|' || r.kind FROM items i "
                                       "JOIN results r ON r.result = i.last_result ORDER BY i.item_id"));
  }

  std::map<std::string, std::pair<Seconds, std::string>> last_actions() {
    std::map<std::string, std::pair<Seconds, std::string>> last;
    for (auto& [item_id, item] : m_outage.world.items) {
      if (item.earlier_at != k_no_time) last[item_id] = {item.earlier_at, std::string(name_of(item.earlier_kind))};
    }
    for (std::size_t i = 0; i < m_results.size(); ++i) {
      const PlainTransaction& t = m_outage.transactions[i];
      const bool moves = t.kind == Kind::checkout || t.kind == Kind::checkin || t.kind == Kind::renewal;
      const bool counts = moves && took_effect(m_results[i]) && m_results[i].outcome() != Outcome::scanned_twice;
      auto earlier = last.find(t.item_id);
      if (!counts || (earlier != last.end() && earlier->second.first > t.occurred_at)) continue;
      last[t.item_id] = {t.occurred_at, std::string(name_of(t.kind))};
    }
    return last;
  }

  std::string damage() {
    return difference("integrity_check", "ok\n", m_database.query("PRAGMA integrity_check")) +
           difference("foreign_key_check", "", m_database.query("PRAGMA foreign_key_check"));
  }

  const Outage& m_outage;
  TempFolder m_folder;
  TestDatabase m_database;
  Loaded m_loaded;
  Opinion m_model;
  std::vector<Identity> m_identities;
  std::vector<Result> m_results;
};

std::string trouble_with(const Outage& outage) {
  try {
    return Rehearsal(outage).trouble();
  } catch (const RunError& error) {
    return std::string(error.what()) + "\n";
  }
}

/// An outage as a database can hold it: of the time of a claim it keeps the day.
Outage storable_outage(std::uint64_t seed) {
  Outage outage = random_outage(seed);
  const Zone& zone = outage.policy.zone;
  for (auto& [item_id, charge] : outage.world.charges) {
    if (charge.is_claimed()) charge.claimed_at = zone.start_of(civil_day(zone, charge.claimed_at));
  }
  return outage;
}

}  // namespace

TEST_CASE("a database holds after a load what the second opinion says") {
  int failures = 0;
  for (std::uint64_t seed = 1; seed <= seed_count() && failures < 3; ++seed) {
    const Outage outage = storable_outage(seed);
    const std::string trouble = trouble_with(outage);
    if (trouble.empty()) continue;
    ++failures;
    const Outage small = shrunk(outage, [](const Outage& smaller) { return !trouble_with(smaller).empty(); });
    FAIL_CHECK("seed " << seed << ":\n" << trouble << "shrunk:\n" << trouble_with(small) << text_of(small));
  }
}
