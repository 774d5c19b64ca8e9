#include <fmt/format.h>

#include <array>

#include "cli/command.hpp"
#include "cli/common_options.hpp"
#include "cli/option_values.hpp"
#include "loader/data/csv_import.hpp"
#include "loader/memory/pages.hpp"
#include "loader/store/store.hpp"

namespace offcirc {
namespace {

namespace fs = std::filesystem;

constexpr std::array k_file_names = {"users.csv", "items.csv", "charges.csv", "holds.csv", "bills.csv"};

/// Appends `path`, or if it is a folder, each of the five data files that it contains. RunError if it contains none.
void add_files(const fs::path& path, std::vector<fs::path>& files) {
  std::error_code unreachable;
  if (!fs::is_directory(path, unreachable)) {
    files.push_back(path);
    return;
  }
  const std::size_t before = files.size();
  for (const char* name : k_file_names) {
    if (fs::exists(path / name, unreachable)) files.push_back(path / name);
  }
  if (files.size() == before) {
    throw RunError(fmt::format(
        "{}: none of users.csv, items.csv, charges.csv, holds.csv and bills.csv is in this folder.", path.string()));
  }
}

class ImportCommand : public Command {
 public:
  CommandSpec specify() override {
    return {
        "import",
        "Import users, items, charges, holds and bills into the circulation database",
        {"PATH...", "at least one PATH: users.csv, items.csv, charges.csv, holds.csv, bills.csv, or a folder of them",
         true},
        {flag_option("--replace", "Replace each table for which a file is given", m_options.replace),
         flag_option("--force", "Take charges that contradict what a recent load decided", m_options.force),
         flag_option("--dry-run", "Report what would change, without changing anything", m_options.dry_run),
         wait_option(m_options.wait_seconds)},
        {{"import --replace nightly-export", "The nightly export of the library system: each file replaces its table"},
         {"import --dry-run items.csv", "What importing new items would change"}}};
  }

  ExitStatus run(const std::vector<std::string>& paths, const CommonOptions& common, Console& console) override {
    prepare_heap();
    const Config config = open_config(common);
    std::vector<fs::path> files;
    for (const std::string& path : paths) add_files(path, files);
    m_options.invocation = invocation_of(common);
    Store store(database_of(common, config), Store::Access::write);
    store.show(console.begin_progress(k_import_shares));
    const ImportOutcome outcome = store.import_csv(files, config.policy, m_options);
    for (const ImportCount& count : outcome.counts) console.note(sentence_of(count));
    if (outcome.confirmed > 0)
      console.note(fmt::format("The files confirm {} of recent loads.", counted(outcome.confirmed, "result")));
    tell_contradictions(outcome, console);
    if (m_options.dry_run) console.note("This was a dry run: nothing was changed.");
    return outcome.is_complete() ? ExitStatus::done : ExitStatus::incomplete;
  }

 private:
  static void tell_contradictions(const ImportOutcome& outcome, const Console& console) {
    if (outcome.contradictions.empty()) return;
    std::string lines = "The files contradict what recent loads decided:";
    for (const std::string& sentence : outcome.contradictions) lines += "\n  " + sentence;
    if (!outcome.is_complete())
      lines += "\nSend the loads to the live system, or take the files' charges with --force.";
    console.error(lines);
  }

  ImportOptions m_options;
};

}  // namespace

std::unique_ptr<Command> make_import_command() {
  return std::make_unique<ImportCommand>();
}

}  // namespace offcirc
