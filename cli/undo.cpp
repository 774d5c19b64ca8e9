#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/common_options.hpp"
#include "cli/mail.hpp"
#include "cli/option_values.hpp"
#include "loader/journal/undo.hpp"
#include "loader/mail/compose.hpp"
#include "loader/memory/pages.hpp"
#include "loader/store/store.hpp"

namespace offcirc {
namespace {

std::string put_back_text(const PutBack& put_back) {
  const std::string waiting = put_back.waiting == 0
                                  ? ""
                                  : fmt::format(" {} {} pending again.", counted(put_back.waiting, "rejected record"),
                                                put_back.waiting == 1 ? "is" : "are");
  const std::string edited = put_back.edited_users == 0 ? "" : ", " + counted(put_back.edited_users, "edited user");
  return fmt::format("Restored: {}, {}, {}, {}, {}{}; {} removed. {} can be loaded again.{}",
                     counted(put_back.items, "item"), counted(put_back.charges, "charge"),
                     counted(put_back.holds, "hold"), counted(put_back.bills, "bill"),
                     counted(put_back.uses, "use count"), edited, counted(put_back.users, "new user"),
                     counted(put_back.records, "record"), waiting);
}

std::string whose_report(const std::string& library) {
  return library == k_whole_system ? "the whole report" : "the report for " + library;
}

/// Which mails of the load were withdrawn, and who already has a report; begins with a blank or line break, or is
/// empty if the load had no mails.
std::string mails_text(const WithdrawnMails& mails) {
  std::string text;
  if (mails.unsent > 0) text += fmt::format(" {} withdrawn.", counted(mails.unsent, "unsent report"));
  if (mails.sent.empty()) return text;
  text += "\nThese addresses received a report that is no longer valid; tell them:";
  for (const WithdrawnMails::Sent& sent : mails.sent)
    text += fmt::format("\n  {}: {}", sent.address, whose_report(sent.library));
  return text;
}

std::string changed_since_text(const UndoOutcome& outcome) {
  std::string lines;
  for (const std::string& sentence : outcome.changed_since) lines += "  " + sentence + '\n';
  const std::size_t more = outcome.changed_since_count - outcome.changed_since.size();
  if (more > 0) lines += fmt::format("  and {} more\n", more);
  return lines;
}

class UndoCommand : public Command {
 public:
  CommandSpec specify() override {
    return {"undo",
            "Undo everything that a load changed, or stop and list what has changed since",
            {"LOAD", "the number of a LOAD, from the first lines of its report"},
            {flag_option("--partial", "Undo the rest if some of it has changed since", m_options.partial),
             wait_option(m_options.wait_seconds)},
            {{"undo 3", "All of load 3, or nothing if anything has changed since"},
             {"undo --partial 3", "Load 3, except for what has changed since"}}};
  }

  ExitStatus run(const std::vector<std::string>& loads, const CommonOptions& common, Console& console) override {
    prepare_heap();
    m_options.load = read_load_number(loads.front());
    m_options.invocation = invocation_of(common);
    const Config config = open_config(common);
    const std::filesystem::path database = database_of(common, config);
    Store store(database, Store::Access::write);
    const auto no_mail_leaves =
        hold_back_mail(store, database, m_options.load, m_options.wait_seconds, m_options.invocation);
    const UndoOutcome outcome = store.undo(m_options, config.policy.zone);
    if (!outcome.done) return say_stopped(outcome, console);
    if (outcome.changed_since_count == 0) {
      console.note(fmt::format("Load {} was undone. {}{}", m_options.load, put_back_text(outcome.put_back),
                               mails_text(outcome.mails)));
      return ExitStatus::done;
    }
    console.error(
        fmt::format("Load {} was undone in part. These have changed since and were kept, with everything else of the "
                    "same transactions:\n{}",
                    m_options.load, changed_since_text(outcome)));
    console.note(put_back_text(outcome.put_back) + mails_text(outcome.mails));
    return ExitStatus::incomplete;
  }

 private:
  ExitStatus say_stopped(const UndoOutcome& outcome, const Console& console) const {
    console.error(
        fmt::format("Load {0} was not undone, because these rows have changed since.\n{1}"
                    "Nothing was changed. Undo the later load first, or undo the rest with 'offcirc undo --partial "
                    "{0}'.",
                    m_options.load, changed_since_text(outcome)));
    return ExitStatus::did_not_run;
  }

  UndoOptions m_options;
};

}  // namespace

std::unique_ptr<Command> make_undo_command() {
  return std::make_unique<UndoCommand>();
}

}  // namespace offcirc
