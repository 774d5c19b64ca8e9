#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/common_options.hpp"
#include "cli/console.hpp"
#include "cli/option_values.hpp"
#include "formats/csv_columns.hpp"
#include "formats/record_identity.hpp"
#include "loader/intake/clock.hpp"
#include "loader/intake/list_identity.hpp"

namespace offcirc {
namespace {

bool has_no_row(const Transaction& transaction) {
  return transaction.kind == Kind::unsupported;
}

void append_row(std::string& csv, const Entry& entry, const DeskContext& place, const Zone& zone) {
  const std::string occurred_at = iso_time(entry.occurred_at, zone);
  const std::string recorded_at = iso_time(entry.recorded_at, zone);
  const std::string origin = to_text(entry.identity);
  const bool is_temporary = place.library_code != place.station_library;
  Transaction transaction = *entry.transaction;
  transaction.clock_jumped = entry.clock_jumped;
  transaction.clock_went_backwards = entry.clock_went_backwards;
  append_csv_log_row(csv, transaction,
                     {.occurred_at = occurred_at,
                      .recorded_at = recorded_at,
                      .library = place.station_library,
                      .station = place.station,
                      .origin = origin,
                      .temporary_library = is_temporary ? place.library_code : std::string_view(),
                      .library_mismatch = place.library_mismatch});
}

// By desk. Located again here, because the batch keeps only what the rules need.
std::vector<DeskContext> places_of(const Batch& batch, const Policy& policy, TextArena& arena) {
  std::vector<DeskContext> places;
  for (const BatchDesk& desk : batch.desks) {
    const Log& log = batch.logs[desk.log];
    places.push_back(
        locate(desk.desk, read_path(log.full_path, policy), {log.given_library, log.given_station}, policy, arena));
  }
  return places;
}

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
            intake_option_specs(m_options),
            {{"sort logs", "What happened at all desks, in order"},
             {"sort --library NEE standlog.0301", "One log, of a library that it does not name itself"}}};
  }

  ExitStatus run(const std::vector<std::string>& paths, const CommonOptions& common, Console& console) override {
    const Config config = open_config(common);
    check_library(m_options.library, config);
    m_options.paths = paths;
    Batch batch = read_batch(m_options, config);
    identify_lists(batch, {}, m_options.as_new);

    const ExitStatus written = write_rows(batch, config.policy, console);
    if (written != ExitStatus::done) return written;
    return name_what_is_missing(batch, console) ? ExitStatus::done : ExitStatus::incomplete;
  }

 private:
  static ExitStatus write_rows(const Batch& batch, const Policy& policy, const Console& console) {
    TextArena arena;
    const std::vector<DeskContext> places = places_of(batch, policy, arena);
    StandardOutput output;
    std::string csv;
    append_csv_log_header(csv);
    output.write(csv);
    for (const Entry& entry : batch.entries) {
      if (has_no_row(*entry.transaction)) continue;
      csv.clear();
      append_row(csv, entry, places[entry.desk], policy.zone);
      output.write(csv);
    }
    return output.finish(console);
  }

  /// Reports what the CSV leaves out; true if nothing is missing. Also prints the notes on each log, which count as no
  /// loss.
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
      if (!has_no_row(*entry.transaction)) continue;
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
};

}  // namespace

std::unique_ptr<Command> make_sort_command() {
  return std::make_unique<SortCommand>();
}

}  // namespace offcirc
