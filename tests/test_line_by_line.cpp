// A load that reads and writes the database line by line, as the benchmarks use it, must leave what offcirc leaves,
// which reads everything at once and writes everything at the end. Compares them on random outages, through the data
// files and the journal.
#include <doctest/doctest.h>

#include "formats/record_identity.hpp"
#include "loader/circulation/fetch.hpp"
#include "loader/journal/recorded_identities.hpp"
#include "loader/rules/replay.hpp"
#include "tests/bench/load/line_by_line.hpp"
#include "tests/model/bridge.hpp"
#include "tests/outage_database.hpp"
#include "tests/outage_texts.hpp"
#include "tests/temp_folder.hpp"

using namespace offcirc;
using namespace offcirc::model;

namespace {

constexpr std::uint64_t k_seeds = 40;

/// The batch of the outage, after an earlier load into the database.
Loaded begin(const Outage& outage, const OutageDatabase& database) {
  EarlierLoad(outage).add_actions().commit(database);
  Loaded loaded = load_outage(outage, 1);
  // Makes identities unique: two stations may have identical records in the same second.
  for (Entry& entry : loaded.batch.entries)
    entry.identity.content += std::stoull(std::string(loaded.batch.desks[entry.desk].station)) << 32;
  EarlierLoad(outage).add_recorded(loaded.batch).commit(database);
  return loaded;
}

void load_at_once(const Outage& outage, const OutageDatabase& database) {
  Loaded loaded = begin(outage, database);
  std::vector<Identity> identities;
  for (const Entry& entry : loaded.batch.entries) identities.push_back(entry.identity);
  Policy policy = outage.policy;
  Store store = database.open();
  store.begin(0);
  const std::vector<bool> recorded = find_copies(store.database(), identities).is_copy;
  State state = fetch_state(store.database(), loaded.read_set, policy);
  const Results results = replay(loaded.batch, recorded, loaded.read_set, policy, outage.options, state);
  store.commit({state, policy, loaded.batch, results, {}}, k_head);
}

void load_line_by_line(const Outage& outage, const OutageDatabase& database) {
  Loaded loaded = begin(outage, database);
  Policy policy = outage.policy;
  bench::load_line_by_line(database.file(), loaded.batch, policy, outage.options, k_head);
}

/// What the load left in its journal besides its results, and what the data files don't show.
std::string hidden(const OutageDatabase& database) {
  return database.query("SELECT i.item_id || '|' || i.last_result FROM items i WHERE i.last_result IS NOT NULL") +
         database.query("SELECT library || '|' || day || '|' || item_type || '|' || count FROM uses") +
         database.query("SELECT n || findings FROM results WHERE load = 3 AND findings IS NOT NULL ORDER BY n") +
         database.query(
             "SELECT bill_no || '|' || ifnull(amount_cents_before, '') || '|' || amount_cents_after "
             "FROM changed_bills") +
         database.query("SELECT hold_no || '|' || status_before || '|' || status_after FROM changed_holds") +
         database.query("PRAGMA foreign_key_check");
}

std::string difference_of(std::uint64_t seed) {
  const Outage outage = storable_outage(seed);
  const TempFolder folder(place_for_databases());
  const OutageDatabase at_once(folder.path() / "at-once", outage.world, outage.policy);
  const OutageDatabase by_line(folder.path() / "by-line", outage.world, outage.policy);
  load_at_once(outage, at_once);
  load_line_by_line(outage, by_line);
  return difference("export", at_once.exported(), by_line.exported()) +
         difference("journal", at_once.journal(3), by_line.journal(3)) +
         difference("hidden", hidden(at_once), hidden(by_line));
}

}  // namespace

TEST_CASE("a load line by line leaves the same as a load at once") {
  for (std::uint64_t seed = 1; seed <= k_seeds; ++seed) {
    const std::string trouble = difference_of(seed);
    CHECK_MESSAGE(trouble.empty(), "seed " << seed << ":\n" << trouble);
  }
}
