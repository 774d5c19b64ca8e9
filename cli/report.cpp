#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "cli/command.hpp"
#include "cli/common_options.hpp"
#include "cli/console.hpp"
#include "cli/option_values.hpp"
#include "cli/report_folder.hpp"
#include "loader/report/report.hpp"
#include "loader/runs/stored_report.hpp"
#include "loader/store/store.hpp"

namespace offcirc {
namespace {

bool is_folder(const std::string& path) {
  std::error_code unreachable;
  return path.ends_with('/') || std::filesystem::is_directory(path, unreachable);
}

/// Null if no format has the file's extension.
const Rendering* rendering_of_file(const std::filesystem::path& file) {
  for (const Rendering& rendering : renderings())
    if (file.extension() == "." + std::string(rendering.extension)) return &rendering;
  return nullptr;
}

class ReportCommand : public Command {
 public:
  CommandSpec specify() override {
    return {"report",
            "Print the report of a load again (default: the newest load)",
            {"LOAD", "the number of a load", false, true},
            {{"--format", "NAME", fmt::format("{} (default: text, or by the extension of FILE)", listed_renderings()),
              [this](const std::string& value) { m_rendering = read_rendering(value); }, false, rendering_names()},
             text_option("--library", "CODE", "Only the part of this library", m_library),
             flag_option("--redact", "Show only the last four characters of user IDs, and no names", m_redact),
             flag_option("--loaded", "Also list transactions that need no follow-up", m_loaded),
             text_option("-o", "FILE|DIR", "Write it to FILE, or all forms of it to the folder DIR", m_output)},
            {{"report", "The report of the newest load"},
             {"report 42 --library OSH -o osh.html", "One library's part of load 42, for a browser"}}};
  }

  ExitStatus run(const std::vector<std::string>& paths, const CommonOptions& common, Console& console) override {
    const std::int64_t load = paths.empty() ? 0 : read_load_number(paths.front());
    const Config config = open_config(common);
    Store store(database_of(common, config), Store::Access::read);
    Report report = read_report(store.database(), load, config);
    report.lists_loaded = m_loaded;
    disclose(report, {false, m_redact}, store.database());
    if (m_library.empty()) return write(report, config, console);
    check_library_of(report, config);
    return write(only_library(report, m_library), config, console);
  }

 private:
  /// Accepts a library that is in the report even if it is no longer in the configuration.
  void check_library_of(const Report& report, const Config& config) const {
    const bool is_in_report = std::any_of(report.libraries.begin(), report.libraries.end(),
                                          [this](const ReportLibrary& library) { return library.code == m_library; });
    if (!is_in_report) check_library(m_library, config);
  }

  ExitStatus write(const Report& report, const Config& config, Console& console) const {
    const Zone& zone = config.policy.zone;
    if (is_standard_output(m_output)) return print(report, zone, console);
    if (is_folder(m_output)) {
      ReportFolder folder(m_output, m_rendering == nullptr ? renderings() : std::span(m_rendering, 1));
      folder.write(report, config);
    } else {
      const Rendering* by_name = rendering_of_file(m_output);
      NewFile file(m_output, NewFile::Replace::yes);
      chosen_or(by_name == nullptr ? renderings().front() : *by_name)
          .write(report, zone, [&file](std::string_view text) { file.write(text); });
      file.keep();
    }
    console.note(
        fmt::format("The report of load {} is in {}.", report.load, m_output == "." ? "this folder" : m_output));
    return ExitStatus::done;
  }

  ExitStatus print(const Report& report, const Zone& zone, const Console& console) const {
    StandardOutput output;
    output.write(chosen_or(renderings().front()), report, zone);
    return output.finish(console);
  }

  [[nodiscard]] const Rendering& chosen_or(const Rendering& otherwise) const {
    return m_rendering == nullptr ? otherwise : *m_rendering;
  }

  const Rendering* m_rendering = nullptr;  // of --format; null: not given
  std::string m_library, m_output;
  bool m_redact = false, m_loaded = false;
};

}  // namespace

std::unique_ptr<Command> make_report_command() {
  return std::make_unique<ReportCommand>();
}

}  // namespace offcirc
