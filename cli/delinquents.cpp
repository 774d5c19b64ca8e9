#include <fmt/format.h>

#include <algorithm>

#include "cli/command.hpp"
#include "cli/common_options.hpp"
#include "cli/console.hpp"
#include "loader/output/new_file.hpp"
#include "loader/runs/delinquent_list.hpp"
#include "loader/store/store.hpp"

namespace offcirc {
namespace {

ListFormat read_list_format(const std::string& text) {
  if (text == "plain") return ListFormat::plain;
  if (text == "csv") return ListFormat::csv;
  throw UsageError(fmt::format("--format takes plain or csv, not '{}'.", text));
}

class DelinquentsCommand : public Command {
 public:
  CommandSpec specify() override {
    return {"delinquents",
            "Write the dated list of users and cards that offline workstations should stop",
            {},
            {{"--format",
              "NAME",
              "plain (ID and code, the default) or csv",
              [this](const std::string& value) { m_format = read_list_format(value); },
              false,
              {"plain", "csv"}},
             text_option("--library", "CODE", "Only users of this library", m_library),
             text_option("-o", "FILE", "Write it to FILE, which appears only when complete", m_output)},
            {{"delinquents -o delinquents.txt", "The list of all libraries, each night from cron"},
             {"delinquents --format csv --library OSH", "The list of one library, for a spreadsheet"}}};
  }

  ExitStatus run(const std::vector<std::string>&, const CommonOptions& common, Console& console) override {
    Config config = open_config(common);
    check_library(m_library, config);
    const ListHead head{config.system_name, m_library, now_of(common)};
    const std::vector<ListedCard> cards = find_cards(common, config, head.made_at);
    const std::string text = delinquent_list_text(head, cards, m_format, config.policy.zone);
    if (is_standard_output(m_output)) {
      StandardOutput output;
      output.write(text);
      return output.finish(console);
    }
    NewFile file(m_output, NewFile::Replace::yes);
    file.write(text);
    file.keep();
    console.note(fmt::format("{} line{} in {}.", cards.size(), cards.size() == 1 ? " is" : "s are", m_output));
    return ExitStatus::done;
  }

 private:
  [[nodiscard]] std::vector<ListedCard> find_cards(const CommonOptions& common, Config& config, Seconds now) const {
    Store store(database_of(common, config), Store::Access::read);
    store.begin(0);
    std::vector<ListedCard> cards = find_listed_cards(store.database(), config.policy, now);
    if (!m_library.empty()) std::erase_if(cards, [this](const ListedCard& card) { return card.library != m_library; });
    return cards;
  }

  ListFormat m_format = ListFormat::plain;
  std::string m_library, m_output;
};

}  // namespace

std::unique_ptr<Command> make_delinquents_command() {
  return std::make_unique<DelinquentsCommand>();
}

}  // namespace offcirc
