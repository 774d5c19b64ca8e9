#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/common_options.hpp"
#include "cli/console.hpp"
#include "cli/option_values.hpp"
#include "loader/intake/list_identity.hpp"
#include "loader/runs/sorted_csv.hpp"
#include "loader/runs/upload_file.hpp"
#include "loader/runs/upload_words.hpp"

namespace offcirc {
namespace {

std::string place_of(const Log& log, const Diagnostic& diagnostic) {
  if (diagnostic.column == 0) return fmt::format("{}:{}", log.path, diagnostic.line);
  return fmt::format("{}:{}:{}", log.path, diagnostic.line, diagnostic.column);
}

class SortCommand : public Command {
 public:
  CommandSpec specify() override {
    return {"sort",
            "Print the transactions of all logs, in the order in which they are loaded, as plain CSV",
            log_paths(),
            options(),
            {{"sort logs", "What happened at all desks, in order"},
             {"sort --library NEE standlog.0301", "One log, of a library that it does not name itself"},
             {"sort --as symphony logs", "The same, as a log for the API server of Symphony"}}};
  }

  ExitStatus run(const std::vector<std::string>& paths, const CommonOptions& common, Console& console) override {
    const Config config = open_config(common);
    check_library(m_options.library, config);
    m_options.paths = paths;
    Batch batch = read_batch(m_options, config);
    identify_lists(batch, {}, m_options.as_new);

    StandardOutput output;
    const Sink sink = [&](std::string_view part) { output.write(part); };
    bool is_whole = true;
    if (m_as.empty())
      write_sorted_csv(batch, config.policy, sink);
    else
      is_whole = write_as_system(batch, config, sink, console);
    if (const ExitStatus written = output.finish(console); written != ExitStatus::done) return written;
    is_whole = name_what_is_missing(batch, console) && is_whole;
    return is_whole ? ExitStatus::done : ExitStatus::incomplete;
  }

 private:
  std::vector<OptionSpec> options() {
    std::vector<OptionSpec> specs = intake_option_specs(m_options);
    specs.push_back(
        {"--as", "NAME",
         "Write the upload file of a library system, not plain CSV: symphony, koc, evergreen, aleph or sierra",
         [this](const std::string& value) { m_as = read_written_format("--as", value); }, false,
         written_format_names()});
    return specs;
  }

  /// Reports what the format can't say; true if it says all. What the system must not see is no loss.
  bool write_as_system(const Batch& batch, const Config& config, const Sink& sink, const Console& console) const {
    const Upload upload = write_upload_file(batch, config, m_as, sink);
    for (const std::string& sentence : notes_of(upload, batch)) console.note(sentence);
    for (const std::string& sentence : losses_of(upload, batch)) console.error(sentence);
    return upload.says_all();
  }

  /// Reports what no form of the output holds; true if nothing is missing. Also prints the notes on each log, which
  /// count as no loss.
  static bool name_what_is_missing(const Batch& batch, const Console& console) {
    std::size_t logs = 0;
    for (const Log& log : batch.logs) {
      for (const LogNote& note : log.notes) console.note(fmt::format("{}: {} {}", log.path, note.message, note.action));
      if (!log.error) continue;
      console.error(fmt::format("{}: {}", log.path, *log.error));
      ++logs;
    }
    std::size_t unsupported = 0;
    for (const Entry& entry : batch.entries) {
      if (entry.kind != Kind::unsupported) continue;
      console.error(fmt::format("{}:{}: This kind of transaction is not supported: {}.",
                                batch.logs[batch.desks[entry.desk].log].path, entry.transaction->line,
                                entry.transaction->what));
      ++unsupported;
    }
    for (const UnreadableRecord& record : batch.unreadable) {
      console.error(
          fmt::format("{}: {}", place_of(batch.logs[record.log], record.diagnostic), record.diagnostic.message));
    }
    if (logs + unsupported + batch.unreadable.size() == 0) return true;
    console.error(fmt::format("Not in the output: {} unreadable, {} not supported. Logs that could not be read: {}.",
                              batch.unreadable.size(), unsupported, logs));
    return false;
  }

  IntakeOptions m_options;
  std::string m_as;  // the format of the output; empty: plain CSV
};

}  // namespace

std::unique_ptr<Command> make_sort_command() {
  return std::make_unique<SortCommand>();
}

}  // namespace offcirc
