// Nothing is loaded twice, and nothing is lost for it: random logs in every format, cut, joined, extended, resaved,
// damaged, and moved to other folders, in several loads. Every genuine record is loaded once or reported as a possible
// copy; every copy is recognized; an unreadable record is reported once and never stands for another record. Set
// OFFCIRC_SEEDS=100000 for a long run.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "loader/runs/load.hpp"
#include "loader/store/store.hpp"
#include "tests/copies/station_log.hpp"
#include "tests/temp_folder.hpp"

namespace fs = std::filesystem;
using namespace offcirc;
using namespace offcirc::copies;

namespace {

constexpr Seconds k_evening = 1'781'294'400;  // 2026-06-12T20:00:00Z

/// A file of a load, with the event of each of its lines.
struct LogFile {
  std::string path;
  std::string text;
  std::map<std::uint32_t, Line> lines;  ///< by number
};

/// The result of one line.
struct Fate {
  Line line;
  std::string library;
  bool is_copy = false;
  bool is_unreadable = false;
  bool may_be_copy = false;  ///< perhaps-loaded-before
};

class System {
 public:
  explicit System(const fs::path& empty_database) {
    fs::copy_file(empty_database, database());
    m_config.policy.zone = Zone();
    for (const char* code : {"OSH", "APP"}) m_config.policy.libraries.emplace_back().code = code;
  }

  std::vector<Fate> load(const std::vector<LogFile>& files, const std::string& format) {
    const fs::path folder = m_folder.path() / fmt::format("load{}", ++m_loads);
    for (const LogFile& file : files) {
      fs::create_directories((folder / file.path).parent_path());
      std::ofstream(folder / file.path, std::ios::binary) << file.text;
    }
    LoadOptions options;
    options.intake.paths = {folder.string()};
    options.intake.format = format;
    options.database = database();
    options.now = k_evening;
    const LoadOutcome outcome = run_load(options, m_config);
    return fates_of(outcome, files, folder);
  }

 private:
  [[nodiscard]] fs::path database() const { return m_folder.path() / "circ.db"; }

  static std::vector<Fate> fates_of(const LoadOutcome& outcome, const std::vector<LogFile>& files,
                                    const fs::path& folder) {
    const auto line_at = [&](std::uint32_t log, std::uint32_t number) {
      for (const LogFile& file : files)
        if ((folder / file.path).string() == outcome.batch.logs[log].path) return file.lines.at(number);
      throw std::runtime_error("a log that nobody wrote");
    };
    std::vector<Fate> fates;
    for (std::size_t i = 0; const Result& result : outcome.results) {
      const Entry& entry = outcome.batch.entries[i++];
      Fate& fate = fates.emplace_back();
      fate.line = line_at(outcome.batch.desks[entry.desk].log, entry.transaction->line);
      fate.library = outcome.batch.desks[entry.desk].library_code;
      fate.is_copy = result.disposition == Disposition::already_loaded;
      for (const Finding& finding : result.findings)
        fate.may_be_copy = fate.may_be_copy || finding.outcome == Outcome::perhaps_loaded_before;
    }
    for (std::size_t i = 0; const Result& result : outcome.unreadable) {
      const UnreadableRecord& record = outcome.batch.unreadable[i++];
      fates.push_back({line_at(record.log, record.diagnostic.line), record.library,
                       result.disposition == Disposition::already_loaded, true, false});
    }
    return fates;
  }

  TempFolder m_folder;
  Config m_config;
  int m_loads = 0;
};

/// A file that someone might make from a station's log.
LogFile random_file(const StationLog& log, Random& random, int number) {
  const std::size_t size = log.size();
  const auto some = [&](std::size_t least) {
    return least + static_cast<std::size_t>(pick(random, 0, static_cast<int>(size - least)));
  };
  const int spelling = pick(random, 0, 2);
  std::vector<std::vector<Line>> parts;
  const std::size_t until = some(1);
  switch (pick(random, 0, 3)) {
    case 0:
      parts.push_back(log.lines(0, size, spelling));
      break;
    case 1:  // before it grew
      parts.push_back(log.lines(0, until, spelling));
      break;
    case 2:  // without its first lines
      parts.push_back(log.lines(until - 1, size, spelling));
      break;
    default:  // two overlapping versions joined
      parts.push_back(log.lines(0, until, spelling));
      if (log.format().has_header || log.steps_back(until, 0)) parts.push_back(log.lines(0, size, spelling));
  }
  // The same line is damaged in the same way in every file.
  int broken = pick(random, 0, 3) == 0 ? pick(random, 0, static_cast<int>(size) - 1) : -1;
  // If only the times show where another log begins, the lines at that point must be readable.
  const bool is_at_seam = broken == 0 || broken + 1 == static_cast<int>(until);
  if (is_at_seam && parts.size() > 1 && !log.format().has_header) broken = -1;
  LogFile file;
  file.path = fmt::format("{}/log{}.{}", pick(random, 0, 4) == 0 ? "APP" : "OSH", number, pick(random, 0, 1));
  std::uint32_t at = 0;
  std::string text;
  for (const std::vector<Line>& part : parts) {
    text += log.header(spelling);
    at += log.format().has_header ? 1 : 0;
    for (std::size_t i = 0; i < part.size(); ++i) {
      const Line line = static_cast<int>(i) == broken ? log.damaged(part[i]) : part[i];
      text += line.text + "\n";
      file.lines[++at] = line;
    }
  }
  file.text = dressed(text, static_cast<Dress>(pick(random, 0, 3)));
  return file;
}

/// What has been seen of each event.
class Ledger {
 public:
  void check(const std::vector<Fate>& fates) {
    std::map<int, int> loaded, copies, broken;
    std::map<int, std::set<std::string>> libraries;
    std::set<int> named;
    for (const Fate& fate : fates) {
      CHECK(fate.is_unreadable == fate.line.is_damaged);
      if (fate.line.is_damaged) {
        broken[fate.line.event] += fate.is_copy ? 0 : 1;
        continue;
      }
      if (fate.is_copy) {
        ++copies[fate.line.event];
      } else if (fate.may_be_copy) {
        CHECK(fate.line.is_weak);  // only a record that is distinguished by its neighbors may be taken for a copy
        named.insert(fate.line.event);
      } else {
        ++loaded[fate.line.event];
        libraries[fate.line.event].insert(fate.library);
      }
    }
    for (const auto& [event, count] : loaded) {
      CAPTURE(event);
      // Within a load, a copy is recognized. (A record that names no user and no item is a different one at each
      // library.)
      CHECK(count == static_cast<int>(libraries[event].size()));
      CHECK((count == 1 || is_weak(event, fates)));
      CHECK(m_known.insert(event).second);  // and in the next one
    }
    m_known.insert(named.begin(), named.end());
    for (const auto& [event, count] : copies) {
      CAPTURE(event);
      CHECK(m_known.contains(event));  // no genuine record is taken for a copy
    }
    for (const auto& [event, count] : broken) {
      CAPTURE(event);
      if (m_broken.insert(event).second) CHECK(count > 0);  // reported at least once
    }
  }

 private:
  static bool is_weak(int event, const std::vector<Fate>& fates) {
    return std::any_of(fates.begin(), fates.end(),
                       [&](const Fate& fate) { return fate.line.event == event && fate.line.is_weak; });
  }

  std::set<int> m_known, m_broken;
};

int seeds() {
  const char* given = std::getenv("OFFCIRC_SEEDS");
  return given == nullptr ? 1'000 : std::atoi(given);
}

}  // namespace

TEST_CASE("every genuine record is loaded once, and every copy is recognized") {
  const TempFolder folder;
  const fs::path empty_database = folder.path() / "empty.db";
  Store::create(empty_database);
  for (int seed = 1; seed <= seeds(); ++seed) {
    CAPTURE(seed);
    Random random(static_cast<unsigned>(seed));
    const FormatTraits& format = format_traits()[static_cast<std::size_t>(seed) % format_traits().size()];
    CAPTURE(format.name);
    const std::vector<StationLog> logs = {StationLog(format, 0, random), StationLog(format, 100, random)};
    System system(empty_database);
    Ledger ledger;
    const int loads = pick(random, 2, 4);
    for (int load = 0; load < loads; ++load) {
      std::vector<LogFile> files;
      const int count = pick(random, 1, 3);
      for (int i = 0; i < count; ++i)
        files.push_back(random_file(logs[static_cast<std::size_t>(pick(random, 0, 1))], random, i));
      std::string said;
      for (const LogFile& file : files) said += fmt::format("== {}\n{}\n", file.path, file.text);
      CAPTURE(said);
      ledger.check(system.load(files, std::string(format.name)));
    }
  }
}
