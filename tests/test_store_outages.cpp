// After a load, a database must contain what the second opinion says: random outages, through the data files, fetch,
// replay, commit, and export.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <sstream>

#include "formats/record_identity.hpp"
#include "loader/circulation/fetch.hpp"
#include "loader/journal/read_load.hpp"
#include "loader/journal/recorded_identities.hpp"
#include "loader/progress.hpp"
#include "loader/rules/replay.hpp"
#include "tests/model/compare.hpp"
#include "tests/model/plain_rules.hpp"
#include "tests/outage_database.hpp"
#include "tests/outage_texts.hpp"
#include "tests/temp_folder.hpp"

using namespace offcirc;
using namespace offcirc::model;

namespace fs = std::filesystem;

namespace {

constexpr std::string_view k_late_station = "0200";

std::uint64_t seed_count() {
  const char* text = std::getenv("OFFCIRC_STORE_SEEDS");
  return text ? std::strtoull(text, nullptr, 10) : 60;
}

/// The results of a load, as the store reads them back.
Results results_of(const StoredLoad& load) {
  Results results;
  for (const StoredResult& stored : load.results) results.push_back(stored.result);
  return results;
}

/// What the journal should say about a load.
std::string journal_of(const Results& results, const Batch& batch) {
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

bool has(const Result& result, Outcome outcome) {
  return std::any_of(result.findings.begin(), result.findings.end(),
                     [&](const Finding& finding) { return finding.outcome == outcome; });
}

bool took_effect(const Result& result) {
  return result.disposition == Disposition::loaded || result.disposition == Disposition::follow_up;
}

/// One outage, loaded into a database that contains its world, and the problems after that.
class Rehearsal {
 public:
  Rehearsal(const Outage& outage, const OutageDatabase& database)
      : m_outage(outage), m_database(database), m_loaded(load_outage(outage, 1)), m_model(judge_outage(outage)) {
    for (Entry& entry : m_loaded.batch.entries) {
      // Makes identities unique: stations in different loads may have identical records in the same second.
      entry.identity.content += std::stoull(std::string(m_loaded.batch.desks[entry.desk].station)) << 32;
      m_identities.push_back(entry.identity);
    }
  }

  /// Creates a fresh database in `folder` for the comparison.
  std::string trouble(const fs::path& folder) {
    m_loads = EarlierLoad(m_outage).add_recorded(m_loaded.batch).commit(m_database);
    m_results = replay(m_loaded.batch, m_loaded.already_recorded, m_loaded.read_set, m_outage.policy, m_outage.options,
                       m_loaded.state);
    std::string trouble = load(m_loaded.already_recorded, m_results);
    const std::string after = m_database.exported();
    const World world = world_after();
    trouble += difference("export", OutageDatabase(folder, world, m_outage.policy).exported(), after);
    trouble += hidden_trouble(world);

    Results again(m_results.size());
    for (Result& result : again) {
      result.disposition = Disposition::already_loaded;
      result.findings.push_back({Outcome::already_loaded});
    }
    trouble += load(std::vector<bool>(m_identities.size(), true), again);
    trouble += difference("export after a second load", after, m_database.exported());
    return trouble + hidden_trouble(world) + damage();
  }

  /// The second opinion's world after the load, with the database's names.
  [[nodiscard]] World world_after() const {
    World world = m_model.world;
    std::map<std::string, Seconds> routed;
    for (auto& [item_id, charge] : world.charges) charge.made_by_this_load = false;
    for (std::size_t i = 0; i < m_results.size(); ++i) {
      if (auto bill = world.bills.extract(new_bill_id(i))) {
        bill.key() = "L" + to_text(m_identities[i]);
        world.bills.insert(std::move(bill));
      }
      if (took_effect(m_results[i])) note_effect(m_outage.transactions[i], m_results[i], world, routed);
    }
    note_routed_copies(routed, world);
    return world;
  }

 private:
  /// Adds what the second opinion does not track: the day of a registration, the last action of a load on an item, and
  /// the items that staff were told to scan again.
  void note_effect(const PlainTransaction& t, const Result& result, World& world,
                   std::map<std::string, Seconds>& routed) const {
    if (t.kind == Kind::registration) {
      world.users.at(t.user_id).fields["registered_on"] = iso_date(civil_day(m_outage.policy.zone, t.occurred_at));
    }
    const bool moves = t.kind == Kind::checkout || t.kind == Kind::checkin || t.kind == Kind::renewal;
    if (!moves || has(result, Outcome::scanned_twice)) return;
    PlainItem& item = world.items.at(t.item_id);
    if (item.earlier_at > t.occurred_at) return;
    item.earlier_at = t.occurred_at;
    item.earlier_kind = t.kind;
    item.earlier_library = t.library;
    item.earlier_station = t.station;
    routed.erase(t.item_id);
    if (t.kind == Kind::checkin && has(result, Outcome::route_for_hold)) routed[t.item_id] = t.occurred_at;
  }

  /// A copy that staff were told to scan again, and that is still there, gets the oldest hold on its title that waited.
  void note_routed_copies(const std::map<std::string, Seconds>& routed, World& world) const {
    for (auto& [hold_id, hold] : world.holds) hold.routed_copy.clear();
    std::set<std::pair<Seconds, std::string>> in_order;
    for (const auto& [item_id, at] : routed) in_order.emplace(at, item_id);
    for (const auto& [at, item_id] : in_order) {
      const PlainItem& item = world.items.at(item_id);
      if (world.charges.count(item_id) > 0 || item.title_id.empty()) continue;
      if (item.last_action_at != k_no_time && item.last_action_at > at) continue;
      PlainHold* oldest = nullptr;
      bool stands_ready = false;
      Seconds waits_for_item = k_never;
      for (auto& [hold_id, hold] : world.holds) {
        const bool waits = hold.status == "waiting";
        if (!waits && hold.item_id == item_id) stands_ready = true;
        if (waits && hold.item_level && hold.item_id == item_id)
          waits_for_item = std::min(waits_for_item, hold.placed_at);
        if (!waits || hold.item_level || hold.title_id != item.title_id || !hold.routed_copy.empty()) continue;
        if (civil_day(m_outage.policy.zone, at) > hold.expires_on) continue;
        if (oldest == nullptr || hold.placed_at < oldest->placed_at) oldest = &hold;
      }
      if (stands_ready || oldest == nullptr || oldest->placed_at > at || waits_for_item <= oldest->placed_at) continue;
      oldest->routed_copy = item_id;
    }
  }

  /// Loads the batch and describes how the results differ from the expected ones.
  std::string load(const std::vector<bool>& recorded, const Results& results) {
    const std::string what = "load " + std::to_string(++m_loads) + ": ";
    const Zone& zone = m_outage.policy.zone;
    Policy policy = m_outage.policy;
    Store store = m_database.open();
    store.begin(0);
    const std::vector<bool> found = find_copies(store.database(), m_identities).is_copy;
    State state = fetch_state(store.database(), m_loaded.read_set, policy);
    const Results made = replay(m_loaded.batch, found, m_loaded.read_set, policy, m_outage.options, state);
    const std::int64_t number = store.commit({state, policy, m_loaded.batch, made, {}}, k_head);
    return (found == recorded ? "" : what + "other transactions were recorded already\n") +
           (number == m_loads ? "" : what + "its number is " + std::to_string(number) + "\n") +
           difference(what + "results", results_text(results, zone), results_text(made, zone)) +
           difference(what + "journal", journal_of(results, m_loaded.batch), m_database.journal(number)) +
           difference(what + "read again", results_text(results, zone),
                      results_text(results_of(load_of_journal(store.database(), number)), zone));
  }

  /// Differences that the data files don't show: uses, and the last action of loads on each item.
  std::string hidden_trouble(const World& world) {
    std::string uses, actions;
    for (auto& [where, count] : world.uses) {
      auto& [library, day, item_type] = where;
      uses += library + "|" + std::to_string(day) + "|" + item_type + "|" + std::to_string(count) + "\n";
    }
    for (auto& [item_id, item] : world.items) {
      if (item.earlier_at == k_no_time) continue;
      actions += item_id + "|" + std::to_string(item.earlier_at) + "|" + std::string(name_of(item.earlier_kind)) + "|" +
                 item.earlier_library + "|" + item.earlier_station + "\n";
    }
    return difference("uses", uses,
                      m_database.query("SELECT l.code || '|' || u.day || '|' || u.item_type || '|' || u.count FROM "
                                       "uses u JOIN libraries l USING (library) ORDER BY l.code, u.day, u.item_type")) +
           difference("last results", actions,
                      m_database.query("SELECT i.item_id || '|' || r.occurred_at || '|' || r.kind || '|' || r.library "
                                       "|| '|' || r.station FROM items i JOIN results r ON r.result = i.last_result "
                                       "ORDER BY i.item_id"));
  }

  std::string damage() {
    return difference("integrity_check", "ok\n", m_database.query("PRAGMA integrity_check")) +
           difference("foreign_key_check", "", m_database.query("PRAGMA foreign_key_check"));
  }

  const Outage& m_outage;
  const OutageDatabase& m_database;
  Loaded m_loaded;
  Opinion m_model;
  std::vector<Identity> m_identities;
  Results m_results;
  std::int64_t m_loads = 0;  // so far
};

/// Loads all logs in one load.
std::string trouble_at_once(const Outage& outage) {
  const TempFolder folder(place_for_databases());
  const OutageDatabase database(folder.path() / "loaded", outage.world, outage.policy);
  EarlierLoad(outage).add_actions().commit(database);
  return Rehearsal(outage, database).trouble(folder.path() / "model");
}

/// Loads into a database of which the outage names only a small part.
std::string trouble_looked_up(const Outage& outage) {
  const TempFolder folder(place_for_databases());
  const OutageDatabase database(folder.path() / "loaded", outage.world, outage.policy);
  database.number_rows_far();
  EarlierLoad(outage).add_actions().commit(database);
  return Rehearsal(outage, database).trouble(folder.path() / "model");
}

/// One of the stations comes late, in its own load.
std::string trouble_with_late_station(const Outage& outage) {
  Outage first = outage, second = outage;
  std::erase_if(first.transactions, [](const PlainTransaction& t) { return t.station == k_late_station; });
  std::erase_if(second.transactions, [](const PlainTransaction& t) { return t.station != k_late_station; });

  const TempFolder folder(place_for_databases());
  const OutageDatabase database(folder.path() / "loaded", outage.world, outage.policy);
  EarlierLoad(outage).add_actions().commit(database);
  Rehearsal on_time(first, database);
  const std::string trouble = on_time.trouble(folder.path() / "first");
  if (!trouble.empty()) return trouble;
  second.world = on_time.world_after();
  return Rehearsal(second, database).trouble(folder.path() / "second");
}

/// `trouble` describes the problems with an outage; empty if there are none.
void check_outages(std::string (*trouble)(const Outage&)) {
  const auto told = [&](const Outage& outage) {
    try {
      return trouble(outage);
    } catch (const RunError& error) {
      return std::string(error.what()) + "\n";
    }
  };
  int failures = 0;
  for (std::uint64_t seed = 1; seed <= seed_count() && failures < 3; ++seed) {
    const Outage outage = storable_outage(seed);
    const std::string found = told(outage);
    CHECK(found.empty());
    if (found.empty()) continue;
    ++failures;
    const Outage small = shrunk(outage, [&](const Outage& smaller) { return !told(smaller).empty(); });
    MESSAGE("seed " << seed << ":\n" << found << "shrunk:\n" << told(small) << text_of(small));
  }
}

}  // namespace

TEST_CASE("after a load, a database contains what the second opinion says") {
  check_outages(trouble_at_once);
}

TEST_CASE("after a load that looks rows up one by one, a database contains what the second opinion says") {
  check_outages(trouble_looked_up);
}

TEST_CASE("after a load of a late station, a database contains what the second opinion says") {
  check_outages(trouble_with_late_station);
}
