// Undo with random outages: an undone load is as if it had never happened, in whatever order loads are undone, and
// loading it again gives the same result.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <deque>
#include <string>

#include "loader/circulation/fetch.hpp"
#include "loader/journal/recorded_identities.hpp"
#include "loader/journal/undo.hpp"
#include "loader/progress.hpp"
#include "loader/rules/replay.hpp"
#include "tests/outage_database.hpp"
#include "tests/outage_texts.hpp"
#include "tests/temp_folder.hpp"

using namespace offcirc;
using namespace offcirc::model;

namespace {

std::uint64_t seed_count() {
  const char* text = std::getenv("OFFCIRC_UNDO_SEEDS");
  return text ? std::strtoull(text, nullptr, 10) : 30;
}

/// An outage in its own database, whose transactions can be loaded in parts.
class Story {
 public:
  Story(std::uint64_t seed, std::size_t parts)
      : m_folder(place_for_databases()),
        m_outage(storable_outage(seed)),
        m_database(m_folder.path() / "circ", m_outage.world, m_outage.policy) {
    EarlierLoad(m_outage).add_actions().commit(m_database);
    Dice dice(seed);
    // Otherwise, what comes in a later load but happened before is rejected, and the loads would not interact.
    for (const Outcome outcome : {Outcome::later_action, Outcome::user_blocked, Outcome::renewal_limit})
      m_outage.options.overrides.insert(outcome);
    for (std::size_t i = 0; i < parts; ++i) m_outages.push_back(m_outage);
    for (Outage& part : m_outages) part.transactions.clear();
    for (const PlainTransaction& t : m_outage.transactions)
      m_outages[static_cast<std::size_t>(dice.below(static_cast<int>(parts)))].transactions.push_back(t);
    for (std::size_t i = 0; i < parts; ++i) {
      Loaded& part = m_parts.emplace_back(load_outage(m_outages[i], 1));
      for (Entry& entry : part.batch.entries) entry.identity.content += (i + 1) << 32;
    }
  }

  /// Loads a part and returns its results.
  std::string load(std::size_t part) {
    const Loaded& loaded = m_parts[part];
    std::vector<Identity> identities;
    for (const Entry& entry : loaded.batch.entries) identities.push_back(entry.identity);
    Policy policy = m_outage.policy;
    Store store = m_database.open();
    store.begin(0);
    const std::vector<bool> recorded = find_copies(store.database(), identities).is_copy;
    State state = fetch_state(store.database(), loaded.read_set, policy);
    const auto results = replay(loaded.batch, recorded, loaded.read_set, policy, m_outage.options, state);
    store.commit({state, policy, loaded.batch, results, {}}, k_head);
    return results_text(results, policy.zone);
  }

  UndoOutcome undo(std::int64_t load, bool partial = false) {
    UndoOptions options;
    options.load = load;
    options.partial = partial;
    options.invocation = {1781276500, "kim", "offcirc undo", "1.0"};
    return m_database.open().undo(options, m_outage.policy.zone);
  }

  /// Everything that counts, by ID: the data files, and what they do not show.
  [[nodiscard]] std::string snapshot() const {
    return m_database.exported() +
           query(
               "SELECT l.code || '|' || u.day || '|' || u.item_type || '|' || u.count FROM uses u "
               "JOIN libraries l USING (library) ORDER BY l.code, u.day, u.item_type") +
           query(
               "SELECT i.item_id || '|' || r.occurred_at || '|' || r.kind || '|' || r.library || '|' || r.station "
               "FROM items i JOIN results r ON r.result = i.last_result ORDER BY i.item_id") +
           query("SELECT recorded || '-' || content || '-' || ordinal FROM identities");
  }

  /// Violations of what must hold for any database.
  [[nodiscard]] std::string damage() const {
    return difference("integrity_check", "ok\n", query("PRAGMA integrity_check")) +
           difference("foreign_key_check", "", query("PRAGMA foreign_key_check"));
  }

  [[nodiscard]] std::string query(const std::string& sql) const { return m_database.query(sql); }

 private:
  TempFolder m_folder;
  Outage m_outage;
  OutageDatabase m_database;
  std::deque<Outage> m_outages;
  std::deque<Loaded> m_parts;
};

constexpr const char* k_changes_left =
    "SELECT sum(n) FROM (SELECT count(*) AS n FROM added_users WHERE load > 1 UNION ALL "
    "SELECT count(*) FROM changed_items WHERE load > 1 UNION ALL "
    "SELECT count(*) FROM changed_charges WHERE load > 1 UNION ALL "
    "SELECT count(*) FROM changed_holds WHERE load > 1 UNION ALL "
    "SELECT count(*) FROM changed_bills WHERE load > 1 UNION ALL SELECT count(*) FROM changed_uses WHERE load > 1)";

}  // namespace

TEST_CASE("an undone load is as if it had never happened, and loading it again gives the same") {
  for (std::uint64_t seed = 1; seed <= seed_count(); ++seed) {
    CAPTURE(seed);
    Story story(seed, 1);
    const std::string before = story.snapshot();
    const std::string results = story.load(0);
    const std::string after = story.snapshot();

    const UndoOutcome undone = story.undo(2);
    CHECK(undone.done);
    CHECK(undone.changed_since_count == 0);
    CHECK(difference("undone", before, story.snapshot()) + story.damage() == "");
    CHECK(story.query(k_changes_left) == "0\n");
    CHECK(story.query("SELECT undone_by || undone_at || undone_in_part FROM loads WHERE load = 2") ==
          "kim17812765000\n");

    CHECK(difference("results", results, story.load(0)) == "");
    CHECK(difference("loaded again", after, story.snapshot()) + story.damage() == "");
  }
}

TEST_CASE("loads are undone one by one, the last first") {
  for (std::uint64_t seed = 1; seed <= seed_count(); ++seed) {
    CAPTURE(seed);
    Story story(seed, 3);
    std::vector<std::string> states = {story.snapshot()};
    for (std::size_t part = 0; part < 3; ++part) {
      story.load(part);
      states.push_back(story.snapshot());
    }
    for (std::size_t part = 3; part-- > 0;) {
      CHECK(story.undo(static_cast<std::int64_t>(part) + 2).done);
      CHECK(difference("undone", states[part], story.snapshot()) + story.damage() == "");
    }
    CHECK(story.query(k_changes_left) == "0\n");
  }
}

TEST_CASE("a load below others is undone except for what they changed, and completely once they are gone") {
  int stopped = 0;
  for (std::uint64_t seed = 1; seed <= seed_count(); ++seed) {
    CAPTURE(seed);
    Story story(seed, 3);
    const std::string before = story.snapshot();
    for (std::size_t part = 0; part < 3; ++part) story.load(part);
    std::array<std::int64_t, 3> order = {2, 3, 4};
    for (std::uint64_t i = 0; i < seed % 6; ++i) std::next_permutation(order.begin(), order.end());

    // A load that later loads build upon is at first left alone.
    const std::string loaded = story.snapshot();
    if (const UndoOutcome outcome = story.undo(2); !outcome.done) {
      ++stopped;
      CHECK(outcome.changed_since_count > 0);
      CHECK(difference("stopped", loaded, story.snapshot()) == "");
    } else {
      order = {4, 3, 2};
    }
    std::string trouble;
    for (int round = 0; round < 3; ++round) {
      for (const std::int64_t load : order) {
        if (story.query("SELECT load FROM loads WHERE undone_at NOTNULL AND NOT undone_in_part AND load = " +
                        std::to_string(load)) != "")
          continue;
        CHECK(story.undo(load, true).done);
        trouble += story.damage();
      }
    }
    CHECK(difference("undone", before, story.snapshot()) + trouble == "");
    CHECK(story.query(k_changes_left) == "0\n");
  }
  CHECK(stopped > 10);
}

TEST_CASE("what a partial undo reversed is loaded again, and what it kept is not") {
  for (std::uint64_t seed = 1; seed <= seed_count(); ++seed) {
    CAPTURE(seed);
    Story story(seed, 2);
    const std::string before = story.snapshot();
    story.load(0);
    story.load(1);
    const UndoOutcome undone = story.undo(2, true);
    CHECK(undone.done);
    const std::string left = story.query("SELECT count(*) FROM identities");
    story.load(0);
    CHECK(story.damage() == "");
    CHECK(std::stoll(story.query("SELECT count(*) FROM identities")) == std::stoll(left) + undone.put_back.records);
    // In reverse order, everything can be undone.
    CHECK(story.undo(4).done);
    CHECK(story.undo(3).done);
    if (undone.changed_since_count > 0) CHECK(story.undo(2).done);
    CHECK(difference("undone", before, story.snapshot()) + story.damage() == "");
  }
}
