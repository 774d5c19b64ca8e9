// A whole log of any format, packed or not, on its way into a batch: found, read, its clock corrected.
#include <algorithm>
#include <fstream>

#include "formats/registry.hpp"
#include "loader/intake/intake.hpp"
#include "loader/progress.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/temp_folder.hpp"

namespace offcirc {
namespace {

namespace fs = std::filesystem;

// Central time with a repeated hour; OSH has a roster, and a station whose clock is seven minutes slow.
Config small_config() {
  Config config;
  config.ids = {IdPattern("^2\\d{13}$"), IdPattern("^3\\d{13}$"), "Aa", true};
  config.max_archive_bytes = 256 * 1024;
  config.policy.zone = Zone("Central", {{INT64_MIN / 4, -5 * 3600}, {1'793'516'400, -6 * 3600}});
  Library& osh = config.policy.libraries.emplace_back();
  osh.code = "OSH";
  osh.stations = {"0201", "0202"};
  osh.user_access = {"OSHCIRC"};
  osh.clock_offsets["0202"] = 420;
  config.policy.libraries.emplace_back().code = "APP";
  return config;
}

void check_log(const Log& log) {
  promise(!log.error || log.records == 0, "A log that is not read has records.");
  promise(log.blank <= log.records, "More records are blank than there are.");
  for (const LogNote& note : log.notes)
    promise(note.message.ends_with('.') || note.message.ends_with(')'), "A note is no sentence: " + note.message);
}

void check_entry(const Entry& entry, const Batch& batch) {
  promise(entry.transaction != nullptr && entry.kind == entry.transaction->kind && entry.desk < batch.desks.size() &&
              batch.desks[entry.desk].log < batch.logs.size(),
          "An entry is of no log.");
  promise(entry.recorded_at != k_no_time && entry.occurred_at != k_no_time, "An entry has no time.");
  promise(entry.identity.ordinal != Identity::k_unnumbered, "An entry has no number.");
}

// Every record is counted as exactly one of three.
void check_sum(const Batch& batch) {
  std::uint64_t records = 0, blank = 0;
  for (const Log& log : batch.logs) {
    check_log(log);
    records += log.records;
    blank += log.blank;
  }
  promise(records == blank + batch.entries.size() + batch.unreadable.size(), "Records are lost, or made up.");
}

void check_order(const Batch& batch) {
  for (const Entry& entry : batch.entries) check_entry(entry, batch);
  promise(std::is_sorted(batch.entries.begin(), batch.entries.end(),
                         [](const Entry& a, const Entry& b) { return a.occurred_at < b.occurred_at; }),
          "The batch is not in the order of time.");
}

}  // namespace

void fuzz(std::string_view input) {
  static const TempFolder folder;
  static const Config config = small_config();
  const fs::path station = folder.path() / "OSH";
  fs::create_directory(station);
  std::ofstream(station / "standlog.0202", std::ios::binary) << input;
  IntakeOptions options;
  options.paths = {folder.path().string()};
  const Batch batch = read_batch(options, config);
  check_sum(batch);
  check_order(batch);
}

}  // namespace offcirc
