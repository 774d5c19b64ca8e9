// A report made from the journal equals the report that the load printed, byte for byte.
#include <doctest/doctest.h>

#include <filesystem>

#include "loader/circulation/fetch.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/journal/journal.hpp"
#include "loader/journal/prune.hpp"
#include "loader/journal/read_load.hpp"
#include "loader/journal/schema.hpp"
#include "loader/journal/undo.hpp"
#include "loader/report/rendering.hpp"
#include "loader/report/report.hpp"
#include "loader/report/words.hpp"
#include "loader/runs/load.hpp"
#include "loader/runs/stored_report.hpp"
#include "tests/report_sample.hpp"
#include "tests/store_sample.hpp"
#include "tests/worded.hpp"

namespace fs = std::filesystem;
using namespace offcirc;

namespace {

constexpr Seconds k_evening = 1'781'312'400;  // 2026-06-12T20:00:00-05:00

/// A copy of samples/outage with its database.
struct Outage {
  Outage() {
    fs::copy(fs::path(OFFCIRC_SOURCE_DIR) / "samples/outage", folder.path(), fs::copy_options::recursive);
    const Config config = read_config(folder.path() / "offcirc.toml");
    Store::create(config.database);
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder.path() / "data")) files.push_back(entry.path());
    Store(config.database, Store::Access::write).import_csv(files, config.policy, {});
  }

  LoadOutcome load(const std::string& logs) const {
    Config config = read_config(folder.path() / "offcirc.toml");
    LoadOptions options;
    options.intake.paths = {(folder.path() / logs).string()};
    options.database = config.database;
    options.now = k_evening;
    options.clock = [] { return k_evening + 7; };
    return run_load(options, config);
  }

  [[nodiscard]] Report stored(std::int64_t load) const {
    const Config config = read_config(folder.path() / "offcirc.toml");
    Store store(config.database, Store::Access::read);
    return read_report(store.database(), load, config);
  }

  /// The error when it is read; empty if there is none.
  [[nodiscard]] std::string trouble_of(std::int64_t load) const {
    return message_of([&] { [[maybe_unused]] const Report report = stored(load); });
  }

  TempFolder folder;
};

/// The report in all its formats, concatenated.
std::string all_forms(const Report& report) {
  std::string text;
  for (const Rendering& rendering : renderings())
    text += written([&](const TextSink& sink) { rendering.write(report, five_hours_behind(), sink); });
  return text;
}

void check_equal(const std::string& one, const std::string& other) {
  CHECK(one.size() == other.size());
  CHECK((one == other));  // not shown, because they are long
}

}  // namespace

TEST_CASE("the report of a load, read back, is equal in all formats, for the whole and for each library") {
  const Outage outage;
  const LoadOutcome first = outage.load("logs/OSH");
  const LoadOutcome second = outage.load("logs");
  for (const LoadOutcome* outcome : {&first, &second}) {
    const Report printed = make_report(*outcome, read_config(outage.folder.path() / "offcirc.toml"));
    const Report stored = outage.stored(outcome->load);
    CHECK(stored.finished_at == k_evening + 7);
    check_equal(all_forms(stored), all_forms(printed));
    for (const char* code : {"APP", "NEE", "OSH"})
      check_equal(all_forms(only_library(stored, code)), all_forms(only_library(printed, code)));
  }
}

TEST_CASE("the default is the newest load") {
  const Outage outage;
  outage.load("logs/APP");
  outage.load("logs/NEE");
  CHECK(outage.stored(0).load == 2);
  CHECK(outage.stored(1).load == 1);
}

TEST_CASE("later changes to the configuration do not change the report") {
  const Outage outage;
  const LoadOutcome outcome = outage.load("logs");
  const Report printed = make_report(outcome, read_config(outage.folder.path() / "offcirc.toml"));
  const fs::path config = outage.folder.path() / "offcirc.toml";
  std::string text = read_file(config);
  for (const auto& [old_text, new_text] : {std::pair{"Lake Country Library System", "Another System"},
                                           std::pair{R"("0401", "0402")", R"("0401", "0403")"}})
    text.replace(text.find(old_text, text.find("[system]")), std::string(old_text).size(), new_text);
  write_file(config, text);
  check_equal(all_forms(outage.stored(1)), all_forms(printed));
}

TEST_CASE("later changes to a load are stated at the head of its report, and of each library's") {
  const Outage outage;
  const LoadOutcome outcome = outage.load("logs/APP");
  const fs::path file = outage.folder.path() / "lakecountry.db";
  const auto head_of = [&](const Report& report) {
    const std::string text = written([&](const TextSink& sink) { write_text(report, five_hours_behind(), sink); });
    return text.substr(0, text.find("\nSummary\n"));
  };
  const auto lines_with = [&](const Report& report, std::string_view word) {
    const std::string text = all_forms(report);
    std::size_t count = 0;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++count;
    return count;
  };
  const std::string head = head_of(outage.stored(1));
  CHECK(lines_with(outage.stored(1), "undone_at\": null") == 1);

  UndoOptions undo;
  undo.load = 1;
  undo.invocation = {k_evening + 3600, "kim<b>", "offcirc undo 1", "0.1.0"};
  REQUIRE(Store(file, Store::Access::write).undo(undo, five_hours_behind()).done);
  CHECK(head_of(outage.stored(1)) ==
        head + "\nThis load was undone by kim<b> on 2026-06-12 21:00: this report is no longer\nvalid.\n");
  const Report undone = outage.stored(1), undone_part = only_library(undone, "APP");
  for (const Report* report : {&undone, &undone_part}) {
    CHECK(lines_with(*report, "undone by kim<b> on") == 1);
    CHECK(lines_with(*report, "undone by kim&lt;b&gt; on 2026-06-12 21:00") == 1);
    CHECK(lines_with(*report, "\"undone_at\": \"2026-06-12T21:00:00-05:00\", \"pruned_at\": null") == 1);
  }

  Database(file, Database::Mode::write).run("UPDATE loads SET undone_in_part = 1");
  PruneOptions prune;
  prune.before = k_evening + 60;
  prune.invocation.at = k_evening + 7200;
  REQUIRE(Store(file, Store::Access::write).prune(prune).loads == 1);
  CHECK(head_of(outage.stored(1)) ==
        head +
            "\nThis load was undone in part by kim<b> on 2026-06-12 21:00: parts of this report\n"
            "are no longer valid. Its personal data was removed on 2026-06-12 22:00.\n");
  CHECK(lines_with(outage.stored(1), "\"pruned_at\": \"2026-06-12T22:00:00-05:00\"") == 1);
}

TEST_CASE("a load that does not exist") {
  const Outage outage;
  const std::string file = (outage.folder.path() / "lakecountry.db").string();
  CHECK(outage.trouble_of(0) == file + ": nothing has been loaded yet. Run 'offcirc load'.");
  CHECK(outage.trouble_of(7) == file + ": nothing has been loaded yet. Run 'offcirc load'.");
  outage.load("logs/APP");
  CHECK(outage.trouble_of(7) == file + ": there is no load 7. The only one is load 1.");
  outage.load("logs/APP");
  CHECK(outage.trouble_of(7) == file + ": there is no load 7. The loads are 1 to 2.");
}

TEST_CASE("a journal that can't be interpreted is damaged") {
  const Outage outage;
  outage.load("logs/APP");
  const fs::path file = outage.folder.path() / "lakecountry.db";
  const auto message_after = [&](const std::string& sql) {
    Database(file, Database::Mode::write).run(sql);
    return outage.trouble_of(1);
  };
  const auto damaged = [&](const std::string& what) {
    return file.string() + ": the database is damaged (" + what + "). Restore your last backup.";
  };
  CHECK(message_after("UPDATE load_logs SET records = records + 1") ==
        "The journal is damaged: the records and the results of load 1 do not add up. Restore your last backup of the "
        "database.");
  CHECK(message_after("UPDATE load_holds SET event = 'gone'") == damaged("load 1 has a hold with an unknown event"));
  CHECK(message_after("UPDATE result_rows SET disposition = 99") ==
        damaged("load 1: a disposition can't be understood"));
  CHECK(
      message_after(
          R"(UPDATE result_rows SET disposition = 0; UPDATE result_findings SET findings = '[{"code": "new", "message": ""}]')") ==
      damaged("load 1: the findings of a result can't be understood"));
  CHECK(message_after("DELETE FROM result_findings; UPDATE load_desks SET log = 9") ==
        damaged("load 1: a result belongs to no log"));
  CHECK(message_after("UPDATE load_desks SET log = 0; DELETE FROM result_rows WHERE result = 1") ==
        damaged("load 1: results are missing"));
  CHECK(message_after("UPDATE load_logs SET notes = 'x'") == damaged("load 1: the notes of a log can't be understood"));
  CHECK(message_after("UPDATE loads SET missing_stations = '[1]'") ==
        damaged("load 1: its missing stations can't be understood"));
}

TEST_CASE("text of any kind is read back as it was written") {
  const TempFolder folder;
  const fs::path file = folder.path() / "circ.db";
  Store::create(file);
  const Policy policy;
  const std::string strange = std::string("nul \0 quote \" back \\ bell \x07 ", 28) + "\u202e \U0001F4DA\n";
  Batch batch;
  batch.logs.resize(1);
  batch.logs[0].path = "strange\xff.log";
  batch.logs[0].records = 1;
  batch.logs[0].error = strange;
  batch.logs[0].notes = {{"cut-short", strange, strange}};
  batch.unreadable.push_back({0, {1, 0, strange, {}}, strange, strange});
  const Results unreadable = {
      {.findings = {{Outcome::unreadable, worded(strange)}, {Outcome::clock_jumped, worded(strange)}},
       .disposition = Disposition::unreadable}};
  LoadHead head;
  head.system_name = strange;
  head.missing_stations = {{strange, strange}};
  head.shelf_lists.holds = {{ShelfEvent::placed, strange, strange, strange, strange, strange, 5}};
  head.shelf_lists.due_charges = {{strange, strange, strange, strange, 6}};
  Store store(file, Store::Access::write);
  store.begin(0);
  Policy known = policy;
  const State state = fetch_state(store.database(), {}, known);
  REQUIRE(store.commit({state, known, batch, {}, unreadable}, head) == 1);
  const StoredLoad load = load_of_journal(store.database(), 1);
  CHECK(load.system_name == strange);
  CHECK(load.logs.at(0).path == "strange\xff.log");
  CHECK(load.logs[0].error == std::optional(strange));
  CHECK(load.logs[0].notes.at(0).message == strange);
  CHECK(load.missing_stations.at(0).library == strange);
  CHECK(load.results.at(0).library == strange);
  CHECK(words_of(load.results[0].result.findings[0], Zone()) == strange);
  CHECK(load.results[0].result.findings[1].outcome == Outcome::clock_jumped);
  CHECK(load.shelf_lists.holds.at(0).title == strange);
  CHECK(load.shelf_lists.due_charges.at(0).item_id == strange);
}
