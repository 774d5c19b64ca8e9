// Whatever the disk does to a writing command, and whenever: afterwards the database is in its state before or after
// the command, and running the command again leads to the state after it.
//
// OFFCIRC_FAULTS=all injects a fault at every operation of every command (minutes); otherwise at a sample of them.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "loader/data/csv_import.hpp"
#include "loader/journal/mail_queue.hpp"
#include "loader/journal/prune.hpp"
#include "loader/journal/undo.hpp"
#include "loader/progress.hpp"
#include "loader/runs/load.hpp"
#include "loader/store/store.hpp"
#include "tests/crash/database_dump.hpp"
#include "tests/crash/struck_run.hpp"
#include "tests/temp_folder.hpp"

namespace fs = std::filesystem;
using namespace offcirc;
using namespace offcirc::crash;

namespace {

constexpr Seconds k_evening = 1'781'312'400;  // 2026-06-12T20:00:00-05:00
const Invocation k_invocation{k_evening, "pat", "offcirc", "1.0"};
constexpr Fault k_faults[] = {Fault::error,      Fault::late_error, Fault::broken,       Fault::full,
                              Fault::power_kept, Fault::power_lost, Fault::power_sectors};

bool all_of_them() {
  const char* wanted = std::getenv("OFFCIRC_FAULTS");
  return wanted != nullptr && std::string_view(wanted) == "all";
}

/// A copy of samples/outage, and the commands that write to its database.
class Outage {
 public:
  Outage() {
    fs::copy(fs::path(OFFCIRC_SOURCE_DIR) / "samples/outage", m_folder.path(), fs::copy_options::recursive);
    for (const auto& entry : fs::directory_iterator(m_folder.path() / "data")) m_data.push_back(entry.path());
  }

  [[nodiscard]] fs::path database() const { return m_folder.path() / "lakecountry.db"; }
  [[nodiscard]] fs::path kept() const { return m_folder.path() / "kept.db"; }

  void init() const { Store::create(database(), k_invocation); }
  void import() const {
    Store(database(), Store::Access::write).import_csv(m_data, config().policy, {false, false, 0, k_invocation});
  }
  void replace() const {
    std::vector<fs::path> fewer = {m_folder.path() / "data/holds.csv", m_folder.path() / "data/bills.csv"};
    Store(database(), Store::Access::write).import_csv(fewer, config().policy, {true, false, 0, k_invocation});
  }
  void load() const {
    Config config = this->config();
    config.email = {"system@example.org"};
    LoadOptions options;
    options.intake.paths = {(m_folder.path() / "logs").string()};
    options.database = database();
    options.now = k_evening;
    options.mail = true;
    run_load(options, config);
  }
  void undo() const { Store(database(), Store::Access::write).undo({1, false, 0, k_invocation}, config().policy.zone); }
  void prune() const { Store(database(), Store::Access::write).prune({k_evening + 1, 0, k_invocation}); }
  void send() const {
    Store store(database(), Store::Access::write);
    record_mail_attempt(store.database(),
                        {unsent_mails(store.database(), 0).front().mail, k_evening, {"system@example.org"}, {}});
  }

 private:
  [[nodiscard]] Config config() const { return read_config(m_folder.path() / "offcirc.toml"); }

  TempFolder m_folder;
  std::vector<fs::path> m_data;
};

struct Command {
  std::string name;
  std::vector<void (Outage::*)() const> before;
  void (Outage::*run)() const;
};

const std::vector<Command> k_commands = {
    {"init", {}, &Outage::init},
    {"import", {&Outage::init}, &Outage::import},
    {"import --replace", {&Outage::init, &Outage::import, &Outage::load}, &Outage::replace},
    {"load", {&Outage::init, &Outage::import}, &Outage::load},
    {"undo", {&Outage::init, &Outage::import, &Outage::load}, &Outage::undo},
    {"prune", {&Outage::init, &Outage::import, &Outage::load}, &Outage::prune},
    {"mail", {&Outage::init, &Outage::import, &Outage::load}, &Outage::send},
};

/// One command, and the database before and after it.
class Trial {
 public:
  explicit Trial(const Command& command) : m_command(command) {
    for (const auto step : command.before) (m_outage.*step)();
    m_is_new = command.before.empty();
    if (!m_is_new) fs::copy_file(m_outage.database(), m_outage.kept());
    if (!m_is_new) m_before = look_at(m_outage.database());
    m_operations = run_struck([&] { (m_outage.*command.run)(); }, Fault::none, 0, 0).operations;
    m_after = look_at(m_outage.database());
    REQUIRE(m_before.all != m_after.all);
    REQUIRE(m_before.wrong + m_after.wrong == "");
  }

  [[nodiscard]] std::uint64_t operations() const { return m_operations; }

  /// Describes what went wrong; empty if nothing did.
  std::string strike(Fault fault, std::uint64_t at) {
    put_back();
    const StruckRun run = run_struck([&] { (m_outage.*m_command.run)(); }, fault, at, at);
    ++m_ends[static_cast<std::size_t>(run.end)];
    std::string wrong;
    if (run.end == StruckRun::End::otherwise) wrong += "It ended otherwise: " + run.message + "\n";
    const bool has_died = run.end == StruckRun::End::power_cut;
    const bool cuts = fault == Fault::power_kept || fault == Fault::power_lost || fault == Fault::power_sectors;
    if (has_died != cuts) wrong += "The power cut did not come.\n";
    if (!cuts && run.operations < at) wrong += "The operation did not come.\n";
    if (m_is_new) {
      // A database that does not exist yet, or a partly created file, counts as the state before; init continues from
      // it.
      (m_outage.*m_command.run)();
      return wrong + (look().all == m_after.all ? "" : "Run again it is not as after.\n");
    }
    const Look found = look();
    wrong += found.wrong;
    const bool is_after = found.all == m_after.all;
    if (found.all != m_before.all && !is_after) return wrong + "It is neither as before nor as after.\n";
    if (run.end == StruckRun::End::done && !is_after) wrong += "It said done, and is as before.\n";
    if (run.end == StruckRun::End::refused && is_after)
      wrong += "It is as after, though it said: " + run.message + "\n";
    return wrong + run_again(is_after);
  }

  [[nodiscard]] std::string ends() const {
    return fmt::format("{} done, {} refused, {} power cuts", m_ends[0], m_ends[1], m_ends[2]);
  }

 private:
  [[nodiscard]] Look look() const { return look_at(m_outage.database(), {m_before, m_after}); }

  void put_back() const {
    for (const char* ending : {"", "-journal", "-lock"}) fs::remove(m_outage.database().string() + ending);
    if (!m_is_new) fs::copy_file(m_outage.kept(), m_outage.database());
  }

  std::string run_again(bool was_after) {
    try {
      (m_outage.*m_command.run)();
    } catch (const RunError& error) {
      if (!was_after) return fmt::format("It can't be run again: {}\n", error.what());
    }
    const Look found = look();
    std::string wrong = found.wrong;
    if (!was_after && found.all != m_after.all) wrong += "Run again it is not as after.\n";
    if (found.circulation != m_after.circulation) wrong += "Run again its circulation is not as after.\n";
    return wrong;
  }

  Outage m_outage;
  Command m_command;
  bool m_is_new = false;
  Look m_before, m_after;
  std::uint64_t m_operations = 0;
  std::array<std::uint64_t, 4> m_ends{};
};

/// A database that can no longer be read is an error as well.
std::string what_goes_wrong(Trial& trial, Fault fault, std::uint64_t at) {
  try {
    return trial.strike(fault, at);
  } catch (const RunError& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("a disk that fails, at each operation, of each command") {
  std::uint64_t tried = 0, expected = 0;
  for (const Command& command : k_commands) {
    Trial trial(command);
    REQUIRE(trial.operations() > 5);
    // The sample shifts with each fault, so faults meet different operations; the last ones, with the commit, meet all.
    constexpr std::uint64_t k_step = 29, k_last = 3;
    std::uint64_t of_command = 0;
    for (const Fault fault : k_faults) {
      const auto first = static_cast<std::uint64_t>(fault);
      for (std::uint64_t at = 1; at <= trial.operations(); ++at) {
        if (!all_of_them() && at % k_step != first * 4 && at + k_last <= trial.operations()) continue;
        const std::string wrong = what_goes_wrong(trial, fault, at);
        CHECK_MESSAGE(wrong.empty(), command.name, ", ", name_of(fault), " at operation ", at, ": ", wrong);
        ++of_command;
      }
    }
    tried += of_command;
    expected += trial.operations() * std::size(k_faults);
    fmt::print("{}: {} operations, {} faults: {}\n", command.name, trial.operations(), of_command, trial.ends());
    std::fflush(stdout);  // the run may take minutes
    CHECK(of_command >= k_last * std::size(k_faults));
  }
  fmt::print("{} faults tried\n", tried);
  if (all_of_them()) CHECK(tried == expected);
}
