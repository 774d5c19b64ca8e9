// Retries with the sample outage: fixing the causes of rejections and retrying gives the same as fixing them first, and
// whatever is attempted in whatever order, every record has exactly one result that counts.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "formats/record_identity.hpp"
#include "loader/data/csv_export.hpp"
#include "loader/data/csv_import.hpp"
#include "loader/journal/undo.hpp"
#include "loader/progress.hpp"
#include "loader/report/words.hpp"
#include "loader/runs/load.hpp"
#include "loader/store/store.hpp"
#include "tests/temp_folder.hpp"

namespace fs = std::filesystem;
using namespace offcirc;

namespace {

constexpr Seconds k_evening = 1'781'312'400;  // 2026-06-12T20:00:00-05:00
const std::vector<std::string> k_tables = {"users", "items", "charges", "holds", "bills"};

std::uint64_t seed_count() {
  const char* text = std::getenv("OFFCIRC_RETRY_SEEDS");
  return text ? std::strtoull(text, nullptr, 10) : 6;
}

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string result_text(const Entry& entry, const BatchDesk& desk, const Result& result) {
  std::string text = std::to_string(entry.occurred_at) + " " + std::string(desk.library_code) + " " +
                     std::string(desk.station) + " " + std::string(name_of(result.disposition));
  for (const Finding& finding : result.findings)
    text += "\n  " + std::string(facts_of(finding.outcome).code) + (finding.overridden ? " overridden: " : ": ") +
            words_of(finding, Zone());
  return text + "\n  " + std::to_string(result.due_at) + " " + std::string(name_of(result.due_from)) + " " +
         std::to_string(result.bill_cents) + "\n";
}

/// An unsupported transaction is never retried, so it keeps its first findings.
bool can_be_loaded(const LoadOutcome& outcome, std::size_t entry) {
  return outcome.batch.entries[entry].transaction->kind != Kind::unsupported &&
         outcome.results[entry].disposition != Disposition::already_loaded;
}

/// The entries that differ, from both maps; empty if there are none.
std::string difference(const std::map<std::string, std::string>& a, const std::map<std::string, std::string>& b) {
  std::string text;
  for (const auto& [identity, result] : a) {
    const auto other = b.find(identity);
    if (other == b.end() || other->second != result)
      text += identity + "\n" + result + (other == b.end() ? "none\n" : other->second);
  }
  return text + (a.size() == b.size() ? "" : "not as many\n");
}

/// A copy of samples/outage with an empty database.
class Outage {
 public:
  Outage() {
    fs::copy(fs::path(OFFCIRC_SOURCE_DIR) / "samples/outage", m_folder.path(), fs::copy_options::recursive);
    Store::create(database());
  }

  [[nodiscard]] fs::path path(const std::string& below) const { return m_folder.path() / below; }
  [[nodiscard]] fs::path database() const { return path("lakecountry.db"); }
  [[nodiscard]] Config config() const { return read_config(path("offcirc.toml")); }

  /// Imports data/, except the rows that `hides` names.
  void import(const std::set<std::string>& hides = {}) const {
    std::vector<fs::path> files;
    for (const std::string& table : k_tables) {
      std::ifstream in(path("data/" + table + ".csv"));
      files.push_back(path(table + ".csv"));
      std::ofstream out(files.back());
      for (std::string line; std::getline(in, line);)
        if (!hides.contains(line.substr(0, line.find(',')))) out << line << "\n";
    }
    Store(database(), Store::Access::write).import_csv(files, config().policy, {});
  }

  LoadOutcome load(Config config) const {
    LoadOptions options;
    options.intake.paths = {path("logs").string()};
    fill_in(options);
    return remember(run_load(options, config));
  }

  LoadOutcome retry(Config config, RetryOptions options = {}) const {
    fill_in(options);
    return remember(run_retry(options, config));
  }

  UndoOutcome undo(std::int64_t load, bool partial = false) const {
    UndoOptions options;
    options.load = load;
    options.partial = partial;
    return Store(database(), Store::Access::write).undo(options, config().policy.zone);
  }

  [[nodiscard]] std::string exported() const {
    export_files(Store(database(), Store::Access::read).database(), path("exported"), config().policy.zone);
    std::string all;
    for (const std::string& table : k_tables) all += content_of(path("exported/" + table + ".csv"));
    return all;
  }

  /// The result of the latest attempt, by identity.
  std::map<std::string, std::string> latest;

 private:
  template <typename Options>
  void fill_in(Options& options) const {
    options.database = database();
    options.now = k_evening;
    options.operator_name = "pat";
  }

  LoadOutcome remember(LoadOutcome outcome) const {
    auto& results = const_cast<Outage*>(this)->latest;
    for (std::size_t i = 0; i < outcome.results.size(); ++i)
      if (can_be_loaded(outcome, i))
        results[to_text(outcome.batch.entries[i].identity)] = result_text(
            outcome.batch.entries[i], outcome.batch.desks[outcome.batch.entries[i].desk], outcome.results[i]);
    return outcome;
  }

  TempFolder m_folder;
};

std::size_t count(const LoadOutcome& outcome, Disposition disposition) {
  const auto is = [&](const Result& result) { return result.disposition == disposition; };
  return static_cast<std::size_t>(std::count_if(outcome.results.begin(), outcome.results.end(), is) +
                                  std::count_if(outcome.unreadable.begin(), outcome.unreadable.end(), is));
}

std::string message_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const RunError& error) {
    return error.what();
  }
  return {};
}

/// Users and items that no other file of the data names, each chosen with a chance of one half.
std::set<std::string> some_hidden(const Outage& outage, std::uint64_t seed) {
  std::string named;
  for (const char* table : {"charges", "holds", "bills"})
    named += content_of(outage.path(std::string("data/") + table + ".csv"));
  std::mt19937_64 random(seed);
  std::set<std::string> hidden;
  for (const char* table : {"users", "items"}) {
    std::ifstream in(outage.path(std::string("data/") + table + ".csv"));
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
      const std::string id = line.substr(0, line.find(','));
      if (random() % 2 == 0 && named.find(id) == std::string::npos) hidden.insert(id);
    }
  }
  return hidden;
}

}  // namespace

TEST_CASE("records rejected for every reason, fixed, and retried are as if the causes had been fixed first") {
  Outage first;
  first.import();
  first.load(first.config());

  // No user or item is known, one library is missing, no clock is corrected, and registrations are off.
  Outage later;
  Config broken = later.config();
  REQUIRE(broken.policy.libraries.size() == 3);
  broken.policy.libraries.erase(broken.policy.libraries.begin() + 1);
  for (Library& library : broken.policy.libraries) {
    library.clock_offsets.clear();
    library.offline.registrations = false;
  }
  broken.policy.default_offline.registrations = false;
  const LoadOutcome rejected = later.load(broken);
  CHECK(count(rejected, Disposition::loaded) + count(rejected, Disposition::follow_up) < 12);
  later.import();
  const LoadOutcome retried = later.retry(later.config());
  CHECK(retried.load == 2);
  CHECK(retried.results.size() > 300);
  CHECK(later.exported() == first.exported());
  CHECK(difference(later.latest, first.latest) == "");
}

TEST_CASE("a retry keeps the earlier --library, --station, and --clock unless it is given new ones") {
  Outage outage;
  Config config = outage.config();
  LoadOptions options;
  options.intake.paths = {outage.path("logs/OSH/standlog.0201").string()};
  options.intake.library = "NEE";
  options.intake.clock_offsets = {{"0201", 420}};
  options.database = outage.database();
  options.now = k_evening;
  const LoadOutcome first = run_load(options, config);
  const auto places = [](const LoadOutcome& outcome) {
    std::set<std::string> found;
    for (std::size_t i = 0; i < outcome.results.size(); ++i)
      if (outcome.results[i].disposition == Disposition::rejected && can_be_loaded(outcome, i))
        found.insert(to_text(outcome.batch.entries[i].identity) + " " +
                     std::string(outcome.batch.desks[outcome.batch.entries[i].desk].library_code) + " " +
                     std::to_string(outcome.batch.entries[i].occurred_at - outcome.batch.entries[i].recorded_at));
    return found;
  };
  REQUIRE(places(first).size() > 50);
  CHECK(places(outage.retry(config)) == places(first));
  CHECK(places(outage.retry(config)) == places(first));
  RetryOptions corrected;
  corrected.corrections = {"OSH", {{"OSH/0201", -60}}};
  const std::set<std::string> moved = places(outage.retry(config, corrected));
  REQUIRE(moved.size() == places(first).size());
  const auto says = [](const std::string& place) { return place.ends_with(" OSH -60"); };
  CHECK(std::count_if(moved.begin(), moved.end(), says) > 50);
  CHECK(places(outage.retry(config)) == moved);
}

TEST_CASE("whatever was hidden, each record counts once, and a retry can be undone and repeated") {
  for (std::uint64_t seed = 1; seed <= seed_count(); ++seed) {
    CAPTURE(seed);
    Outage outage;
    outage.import(some_hidden(outage, seed));
    const LoadOutcome loaded = outage.load(outage.config());
    outage.import();
    const std::string mended = outage.exported();
    const LoadOutcome retried = outage.retry(outage.config());
    CHECK(retried.results.size() <= count(loaded, Disposition::rejected));
    CHECK(count(retried, Disposition::loaded) > 0);
    const auto latest = outage.latest;
    const std::string after = outage.exported();

    const LoadOutcome again = outage.load(outage.config());
    CHECK(count(again, Disposition::already_loaded) == loaded.results.size() + loaded.unreadable.size());
    CHECK(outage.exported() == after);

    REQUIRE(outage.undo(2).done);
    CHECK(outage.exported() == mended);
    outage.latest = latest;
    const LoadOutcome once_more = outage.retry(outage.config());
    CHECK(once_more.results.size() == retried.results.size());
    CHECK(outage.exported() == after);
    CHECK(difference(outage.latest, latest) == "");
  }
}

TEST_CASE("a record that is rejected again is pending under its new number") {
  Outage outage;
  outage.import(some_hidden(outage, 1));
  outage.load(outage.config());
  const LoadOutcome second = outage.retry(outage.config());
  REQUIRE(count(second, Disposition::rejected) == second.results.size());
  RetryOptions old;
  old.choice.only = {{1, second.batch.entries[0].earlier->n}};
  const std::string name = "1:" + std::to_string(old.choice.only[0].n);
  CHECK(message_of([&] { outage.retry(outage.config(), old); }) ==
        outage.database().string() + ": " + name +
            " can't be retried: it was retried as 2:1, which is pending. Name that one. Nothing was "
            "changed.");
  RetryOptions of_first;
  of_first.choice.load = 1;
  of_first.dry_run = true;
  CHECK(outage.retry(outage.config(), of_first).results.size() == second.results.size());
  RetryOptions one;
  one.choice.only = {{2, 1}};
  const LoadOutcome third = outage.retry(outage.config(), one);
  REQUIRE(third.results.size() == 1);
  CHECK(third.batch.entries[0].earlier->load == 2);
  CHECK(third.batch.entries[0].earlier->first_loaded_at == k_evening);
}

TEST_CASE("a load whose transactions were retried can be undone after the retry, or without those transactions") {
  Outage outage;
  outage.import(some_hidden(outage, 2));
  const LoadOutcome first = outage.load(outage.config());
  const LoadOutcome retried = outage.retry(outage.config());
  const std::string before = outage.exported();
  const UndoOutcome stopped = outage.undo(1);
  CHECK_FALSE(stopped.done);
  REQUIRE(stopped.changed_since.size() == 1);
  CHECK(stopped.changed_since[0] ==
        std::to_string(retried.results.size()) + " rejected transactions: load 2 has retried them");
  CHECK(outage.exported() == before);

  REQUIRE(outage.undo(2).done);
  REQUIRE(outage.undo(1).done);
  CHECK(outage.retry(outage.config()).load == 0);
  const LoadOutcome again = outage.load(outage.config());
  CHECK(count(again, Disposition::already_loaded) == count(first, Disposition::already_loaded));
  CHECK(outage.exported() == before);
}

TEST_CASE("after undoing a load that was retried, only the retried records stay recorded") {
  Outage outage;
  outage.import(some_hidden(outage, 3));
  const LoadOutcome first = outage.load(outage.config());
  const std::size_t copies = count(first, Disposition::already_loaded);
  const LoadOutcome retried = outage.retry(outage.config());
  const UndoOutcome undone = outage.undo(1, true);
  REQUIRE(undone.done);
  CHECK(undone.changed_since_count == 1);

  const LoadOutcome again = outage.load(outage.config());
  CHECK(count(again, Disposition::already_loaded) == copies + retried.results.size());
  REQUIRE(outage.undo(3).done);
  // No prior attempt counts any more, so nothing is pending and everything can be loaded.
  REQUIRE(outage.undo(2).done);
  CHECK(outage.retry(outage.config()).load == 0);
  CHECK(count(outage.load(outage.config()), Disposition::already_loaded) == copies);
}
