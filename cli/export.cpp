#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/common_options.hpp"
#include "loader/data/csv_export.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/store/store.hpp"

namespace offcirc {
namespace {

class ExportCommand : public Command {
 public:
  CommandSpec specify() override {
    return {"export",
            "Write users, items, charges, holds and bills as CSV files to a folder",
            {"DIR", "a DIR: the folder to write the files to", false},
            {},
            {{"export changed", "The current tables, to bring them back into the library system"}}};
  }

  ExitStatus run(const std::vector<std::string>& paths, const CommonOptions& common, Console& console) override {
    const Config config = open_config(common);
    Store store(database_of(common, config), Store::Access::read);
    export_files(store.database(), paths.front(), config.policy.zone);
    console.note(
        fmt::format("users.csv, items.csv, charges.csv, holds.csv and bills.csv were written to {}.", paths.front()));
    return ExitStatus::done;
  }
};

}  // namespace

std::unique_ptr<Command> make_export_command() {
  return std::make_unique<ExportCommand>();
}

}  // namespace offcirc
