// The sample outage from its logs to the database through run_load: properties of a load as a whole.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "loader/data/csv_export.hpp"
#include "loader/data/csv_import.hpp"
#include "loader/report/words.hpp"
#include "loader/runs/load.hpp"
#include "loader/store/store.hpp"
#include "tests/temp_folder.hpp"

namespace fs = std::filesystem;
using namespace offcirc;

namespace {

constexpr Seconds k_evening = 1'781'312'400;  // 2026-06-12T20:00:00-05:00

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A copy of samples/outage with its database.
class Outage {
 public:
  Outage() {
    fs::copy(fs::path(OFFCIRC_SOURCE_DIR) / "samples/outage", m_folder.path(), fs::copy_options::recursive);
    Config config = read_config(m_folder.path() / "offcirc.toml");
    Store::create(config.database);
    Store store(config.database, Store::Access::write);
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(m_folder.path() / "data")) files.push_back(entry.path());
    store.import_csv(files, config.policy, {});
  }

  [[nodiscard]] fs::path path(const std::string& below) const { return m_folder.path() / below; }
  [[nodiscard]] fs::path database() const { return path("lakecountry.db"); }

  LoadOutcome run(const std::vector<std::string>& logs, bool dry_run, Progress* progress = &Progress::nobody()) const {
    Config config = read_config(path("offcirc.toml"));
    LoadOptions options;
    for (const std::string& log : logs) options.intake.paths.push_back(path(log).string());
    options.database = database();
    options.now = k_evening;
    options.dry_run = dry_run;
    options.progress = progress;
    return run_load(options, config);
  }

  /// The exported tables, by file name.
  std::map<std::string, std::string> exported() const {
    const fs::path folder = path("exported");
    Store store(database(), Store::Access::read);
    export_files(store.database(), folder, read_config(path("offcirc.toml")).policy.zone);
    std::map<std::string, std::string> tables;
    for (const auto& entry : fs::directory_iterator(folder))
      tables[entry.path().filename().string()] = content_of(entry.path());
    return tables;
  }

 private:
  TempFolder m_folder;
};

/// Records the progress: for each stage, its number, its lines, and the last number of lines done.
class Noted : public Progress {
 public:
  [[nodiscard]] bool is_shown() const override { return true; }
  void begin(Stage stage, std::uint64_t lines) override { m_stages.push_back({stage, lines, 0}); }
  void done(std::uint64_t lines) override {
    CHECK(lines > m_stages.back().done);
    m_stages.back().done = lines;
  }

  struct Told {
    Stage stage;
    std::uint64_t lines, done;
  };
  [[nodiscard]] const std::vector<Told>& stages() const { return m_stages; }

 private:
  std::vector<Told> m_stages;
};

std::string line_of(const LoadOutcome& outcome, std::size_t i) {
  const Entry& entry = outcome.batch.entries[i];
  const Result& result = outcome.results[i];
  std::string line = fs::path(outcome.batch.logs[outcome.batch.desks[entry.desk].log].path).filename().string() + ":" +
                     std::to_string(entry.transaction->line) + " " + std::to_string(entry.occurred_at) + " " +
                     std::string(name_of(result.disposition));
  for (const Finding& finding : result.findings) line += "\n  " + words_of(finding, Zone());
  return line + "\n  " + std::to_string(result.due_at) + " " + std::to_string(result.bill_cents);
}

std::vector<std::string> lines_of(const LoadOutcome& outcome) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < outcome.results.size(); ++i) lines.push_back(line_of(outcome, i));
  return lines;
}

std::map<Disposition, std::size_t> count(const LoadOutcome& outcome) {
  std::map<Disposition, std::size_t> counts;
  for (const Result& result : outcome.results) ++counts[result.disposition];
  for (const Result& result : outcome.unreadable) ++counts[result.disposition];
  return counts;
}

}  // namespace

TEST_CASE("every record of the sample outage is accounted for") {
  Outage outage;
  const LoadOutcome outcome = outage.run({"logs"}, false);
  std::size_t records = 0, blank = 0, dispositions = 0;
  for (const Log& log : outcome.batch.logs) {
    records += log.records;
    blank += log.blank;
  }
  for (const auto& [disposition, number] : count(outcome)) dispositions += number;
  CHECK(outcome.load == 1);
  CHECK(records > 350);
  CHECK(records == blank + dispositions);
}

TEST_CASE("a dry run gives the same results as the load and leaves the database file unchanged, byte for byte") {
  Outage outage;
  const std::string before = content_of(outage.database());
  const LoadOutcome check = outage.run({"logs"}, true);
  CHECK(content_of(outage.database()) == before);
  CHECK(check.load == 0);
  const LoadOutcome load = outage.run({"logs"}, false);
  CHECK(lines_of(load) == lines_of(check));
  CHECK(content_of(outage.database()) != before);
}

TEST_CASE("the order of the arguments changes neither the results nor the database") {
  std::vector<std::string> logs = {"logs/OSH/standlog.0201",
                                   "logs/OSH/standlog.0201.1400",
                                   "logs/OSH/standlog.0202",
                                   "logs/OSH/standlog.0203",
                                   "logs/NEE",
                                   "logs/APP/standlog.0401"};
  Outage first;
  const auto lines = lines_of(first.run(logs, false));
  const auto tables = first.exported();
  REQUIRE(tables.size() == 5);
  std::sort(logs.begin(), logs.end());
  for (int i = 0; i < 5; ++i) {
    std::rotate(logs.begin(), logs.begin() + 1, logs.end());
    if (i % 2 == 1) std::reverse(logs.begin(), logs.end());
    Outage other;
    CHECK(lines_of(other.run(logs, false)) == lines);
    CHECK(other.exported() == tables);
  }
}

TEST_CASE("when loaded again, every record is already loaded and nothing changes") {
  Outage outage;
  const LoadOutcome first = outage.run({"logs"}, false);
  const auto tables = outage.exported();
  const LoadOutcome again = outage.run({"logs"}, false);
  const auto counts = count(again);
  CHECK(again.load == 2);
  REQUIRE(counts.size() == 1);
  CHECK(counts.at(Disposition::already_loaded) == first.results.size() + first.unreadable.size());
  CHECK(outage.exported() == tables);
}

TEST_CASE("loading the logs one after another loses no record") {
  Outage outage;
  std::size_t recorded = 0;
  for (const char* log : {"logs/NEE", "logs/APP", "logs/OSH"}) {
    const LoadOutcome outcome = outage.run({log}, false);
    recorded += outcome.results.size() + outcome.unreadable.size();
  }
  const LoadOutcome all = outage.run({"logs"}, true);
  CHECK(recorded == all.results.size() + all.unreadable.size());
  CHECK(count(all).at(Disposition::already_loaded) == recorded);
}

TEST_CASE("the progress of a load is reported") {
  const TempFolder folder;
  std::ofstream log(folder.path() / "many.csv");
  log << "occurred_at,library,station,kind,item_id,count\n";
  constexpr std::uint64_t k_lines = 10'000;
  for (std::uint64_t i = 0; i < k_lines; ++i) log << "2026-06-12T10:00:00,OSP,0201,in-house-use,,1\n";
  log.close();

  const Outage outage;
  Noted check, load;
  outage.run({(folder.path() / "many.csv").string()}, true, &check);
  outage.run({(folder.path() / "many.csv").string()}, false, &load);
  const auto told = [](const Noted& noted) {
    std::vector<std::array<std::uint64_t, 3>> rows;
    for (const auto& [stage, lines, done] : noted.stages())
      rows.push_back({static_cast<std::uint64_t>(stage), lines, done});
    return rows;
  };
  std::vector<std::array<std::uint64_t, 3>> expected = {
      {1, 0, 0}, {1, k_lines + 1, 8192}, {2, k_lines, 8192}, {3, 4 * k_lines, 8192}, {4, k_lines, 8192}};
  CHECK(told(check) == expected);
  expected.push_back({5, 4 * k_lines, 36864});  // each is rejected, with details and findings
  CHECK(told(load) == expected);
}
