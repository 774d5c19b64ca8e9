#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "loader/journal/status_rows.hpp"
#include "store_sample.hpp"

using namespace offcirc;

namespace {

/// Where a log or a line says it was recorded; empty if it does not say.
using Place = std::pair<std::string, std::string>;

struct Upload {
  std::vector<Place> logs, lines;
};

class Journal {
 public:
  Journal() : m_file(m_folder.path() / "circ.db") { Store::create(m_file); }

  void add(const Upload& upload) {
    Database database(m_file, Database::Mode::write);
    DbTransaction transaction(database);
    const std::int64_t load = ++m_loads;
    if (load == 1) database.run("INSERT INTO configs VALUES (1, 'd', '')");
    Statement(database,
              "INSERT INTO loads(load, started_at, finished_at, operator, command, config, program_version, "
              "first_result, result_count, sqlite_version, system_name, missing_stations) "
              "VALUES (?1, 100, 100, '', '', 1, '', 1, 0, '', '', '[]')")
        .with(load)
        .run();
    Statement log(database,
                  "INSERT INTO load_logs(load, log, path, format, library, station, digest, records, blank, "
                  "notes, full_path, given_library, given_station) "
                  "VALUES (?1, ?2, '', '', ?3, ?4, '', 0, 0, '[]', '', '', '')");
    std::int64_t number = 0;
    for (const auto& [library, station] : upload.logs) log.with(load, number++, library, station).run();
    Statement desk(database,
                   "INSERT INTO load_desks(load, desk, log, library, temporary_library, station, user_access, "
                   "placed_library, placed_station, clock_offset) VALUES (?1, ?2, 0, ?3, '', ?4, '', ?3, ?4, 0)");
    for (const auto& [library, station] : upload.lines) desk.with(load, number++, library, station).run();
    transaction.commit();
  }

  [[nodiscard]] Uploads uploads() const { return find_uploads(Database(m_file, Database::Mode::read), 0); }

 private:
  TempFolder m_folder;
  std::filesystem::path m_file;
  std::int64_t m_loads = 0;
};

std::size_t size_of(const Uploads& uploads) {
  std::size_t size = uploads.known.size();
  for (const LooseUploads& loose : uploads.loose) size += loose.libraries.size() + loose.stations.size();
  return size;
}

/// Each line with each log of its load: slow but obviously correct.
Uploads each_with_each(const std::vector<Upload>& all) {
  Uploads uploads;
  for (const Upload& upload : all) {
    uploads.known.insert(upload.logs.begin(), upload.logs.end());
    for (const auto& [library, station] : upload.lines)
      for (const auto& [log_library, log_station] : upload.logs)
        uploads.known.emplace(library.empty() ? log_library : library, station.empty() ? log_station : station);
  }
  return uploads;
}

std::string text_of(const std::vector<LibraryStation>& stations) {
  std::string text;
  for (const LibraryStation& one : stations) text += one.library + " " + one.station + "\n";
  return text;
}

}  // namespace

TEST_CASE("the journal's data about uploads grows with the number of libraries, not with its square") {
  const auto kept = [](int libraries) {
    Upload upload;
    for (int i = 0; i < libraries; ++i) {
      upload.logs.emplace_back(fmt::format("L{}", i), "");
      upload.lines.emplace_back("", fmt::format("{:04}", i));
    }
    Journal journal;
    journal.add(upload);
    return size_of(journal.uploads());
  };
  CHECK(kept(200) == 600);
  CHECK(kept(400) == 1200);
}

TEST_CASE("missing stations are the same as if each line had been compared with each log of its load") {
  std::mt19937 random(7);
  const std::vector<std::string> libraries = {"", "A", "B", "C", "X"}, stations = {"", "0001", "0002", "0003"};
  const auto one_of = [&](const std::vector<std::string>& all) { return all[random() % all.size()]; };
  const auto some_places = [&] {
    std::vector<Place> places(random() % 4);
    for (Place& place : places) place = {one_of(libraries), one_of(stations)};
    return places;
  };
  for (int i = 0; i < 100; ++i) {
    Policy policy;
    for (const char* code : {"A", "B", "C"}) {
      Library& library = policy.libraries.emplace_back();
      library.code = code;
      for (const std::string& station : stations)
        if (!station.empty() && random() % 2 == 0) library.stations.push_back(station);
    }
    Journal journal;
    std::vector<Upload> all(1 + random() % 2);
    for (Upload& upload : all) {
      upload = {some_places(), some_places()};
      upload.logs.emplace_back(one_of(libraries), one_of(stations));  // no load is without a log
      journal.add(upload);
    }
    const std::vector<LibraryStation> roster = rostered_stations(policy);
    CHECK(text_of(find_missing_stations(roster, journal.uploads(), policy)) ==
          text_of(find_missing_stations(roster, each_with_each(all), policy)));
  }
}
