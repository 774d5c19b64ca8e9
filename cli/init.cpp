#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/common_options.hpp"
#include "cli/sample_config.hpp"
#include "loader/store/store.hpp"

namespace offcirc {
namespace {

class InitCommand : public Command {
 public:
  CommandSpec specify() override {
    return {"init",
            "Create the circulation database",
            {},
            {text_option("--sample", "DIR", "Write a commented sample configuration, and create no database",
                         m_sample_folder)},
            {{"init --sample circulation", "A sample configuration, in a folder of its own"},
             {"init --config circulation/offcirc.toml", "The database that the configuration names"}}};
  }

  ExitStatus run(const std::vector<std::string>&, const CommonOptions& common, Console& console) override {
    if (!m_sample_folder.empty()) return write_sample(console);
    const std::filesystem::path file = database_file(common);
    if (Store::create(file, invocation_of(common))) {
      console.note(fmt::format("{} was created. Fill it with 'offcirc import'.", file.string()));
    } else {
      console.note(fmt::format("{} already exists; nothing was changed.", file.string()));
    }
    return ExitStatus::done;
  }

 private:
  ExitStatus write_sample(const Console& console) const {
    write_sample_config(m_sample_folder);
    const std::string config = (std::filesystem::path(m_sample_folder) / "offcirc.toml").string();
    console.note(
        fmt::format("{0} was written. Edit it, then create the database with 'offcirc init --config {0}'.", config));
    return ExitStatus::done;
  }

  static std::filesystem::path database_file(const CommonOptions& common) {
    // With --db or OFFCIRC_DB no configuration is needed.
    if (auto given = database_override(common)) return *given;
    return database_of(common, open_config(common));
  }

  std::string m_sample_folder;
};

}  // namespace

std::unique_ptr<Command> make_init_command() {
  return std::make_unique<InitCommand>();
}

}  // namespace offcirc
