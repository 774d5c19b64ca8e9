#include "loader/send/upload_readme.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "formats/fields.hpp"
#include "loader/output/characters.hpp"
#include "loader/report/page.hpp"
#include "loader/report/result_words.hpp"

namespace offcirc {

namespace {

constexpr std::size_t k_indent = 2, k_hang = 6;

/// What is special about a system's own loader.
struct SystemWords {
  std::string_view system;
  std::string_view suspend;  ///< how to keep the system from loading the original logs itself
  std::string_view upload;   ///< where the files go
};

constexpr std::array k_systems = {
    SystemWords{"symphony",
                "Suspend the report Load Offline Transactions (Loadstand), and move the original logs away from the "
                "stations and from Unicorn/Standalone on the server: WorkFlows sends its log at the next login.",
                "Have the API server process standtrans.srt, as it does with the file of that name that the report "
                "Sort Offline Transactions makes; customer support knows how. Or put each standlog file into the "
                "folder of its library in Unicorn/Standalone, and run Load Offline Transactions once."},
    SystemWords{
        "koc",
        "Tell the desks not to upload their own .koc files, and move these away. Delete what they have added to "
        "the pending offline circulation actions already.",
        "Log in to Koha at the library that names the file. Under Circulation, choose 'Upload offline "
        "circulation file (.koc)', upload it, and choose 'Add to offline circulation queue'. In 'Pending "
        "offline circulation actions', choose 'Check all' and 'Process'. Koha takes the library from the "
        "login, and that list shows only what was uploaded there."},
    SystemWords{"evergreen",
                "Tell the stations not to upload their pending transactions, and export and clear these there.",
                "Log in to Evergreen at a workstation of the library that names the file. Under Circulation, Offline "
                "Circulation, Session Management, choose 'Import Transactions' and the file. Create a session for it "
                "alone, upload, and process it. Everything runs under the login that processes it."},
    SystemWords{"aleph",
                "Keep the stations from uploading their own OffCirc.dat, and move these away. In Alma, make sure that "
                "the block 'Item is currently on loan by another patron' is not set to 'Handle Automatically'.",
                "In Alma, log in at a circulation desk of the library that names the folder, and choose 'Upload and "
                "Validate File Content' under Fulfillment, Advanced Tools, Offline Circulation. In Aleph, import the "
                "file into the offline circulation, and send it."},
    SystemWords{"sierra",
                "Move circ.dat and patron.dat away from the stations, and delete in Offline File Processing what they "
                "have uploaded already.",
                "Rename each file so that its name has only letters and digits and begins with rdy, such as rdymain1. "
                "Put it into the folder circbatch on the server, and process it with Offline File Processing, which "
                "needs permission 51, Process PC transactions."},
};

const SystemWords& words_of(std::string_view system) {
  const auto found = std::find_if(k_systems.begin(), k_systems.end(),
                                  [&](const SystemWords& words) { return words.system == system; });
  return found == k_systems.end() ? k_systems.front() : *found;
}

std::uint64_t records_in(const UploadFile& file) {
  std::uint64_t records = 0;
  for (const std::uint64_t count : file.records) records += count;
  return records;
}

// `12 checkouts, 3 check-ins`
std::string kinds_in(const UploadFile& file) {
  std::string words;
  for (std::size_t kind = 0; kind < file.records.size(); ++kind) {
    if (file.records[kind] == 0) continue;
    std::string name(file.records[kind] == 1 ? k_kind_words.at(kind).one : k_kind_words.at(kind).many);
    name.front() = static_cast<char>(name.front() - 'A' + 'a');
    words += fmt::format("{}{} {}", words.empty() ? "" : ", ", file.records[kind], name);
  }
  return words;
}

std::string name_of(const ResultName& name) {
  return fmt::format("#{} of load {}", name.n, name.load);
}

class Readme {
 public:
  Readme(Page& page, const UploadHead& head, const UploadPlan& plan, const std::vector<SendableResult>& results,
         const Config& config)
      : m_page(page), m_head(head), m_plan(plan), m_results(results), m_zone(config.policy.zone), m_config(config) {}

  void write() {
    m_page.heading(fmt::format("{}: upload files of send {}, {}", m_config.system_name, m_head.send,
                               local_minute(m_head.at, m_zone)),
                   '=');
    write_steps();
    write_by_hand();
    write_not_ready();
    write_left_out();
    write_perhaps_refused();
  }

 private:
  void step(std::string_view text) { m_page.paragraph(0, 3, fmt::format("{}. {}", ++m_step, text)); }

  void write_steps() {
    const SystemWords& words = words_of(m_head.system);
    m_page.heading("What to do", '-');
    step(words.suspend);
    step("Stop notices and receipts until the upload is done.");
    step("Tell everybody to leave the system's list of errors alone until the upload is done.");
    if (m_plan.files.empty())
      step("There is nothing to upload: see below.");
    else
      write_files(words);
    step("Enter by hand what is listed below, if anything is.");
    step(
        fmt::format("When all is uploaded, run 'offcirc send --confirm {0}'. If nothing was uploaded, run 'offcirc "
                    "send --withdraw {0}', and destroy these files.",
                    m_head.send));
  }

  void write_files(const SystemWords& words) {
    step(
        fmt::format("{} Upload each file once, in this order. Where the system allows it, upload the first "
                    "transaction alone as a trial, and then the rest without it:",
                    words.upload));
    for (const UploadFile& file : m_plan.files)
      m_page.paragraph(5, 9, fmt::format("{}: {}", file.path, kinds_in(file)));
    step("Compare these counts with those that the system reports.");
  }

  // One line: when, what, who, which, and why it is here.
  void write_result(const SendableResult& result, std::string_view why) {
    std::string line = fmt::format("{}  {}  {}", local_minute(result.occurred_at, m_zone),
                                   result.library.empty() ? "-" : result.library, kind_word(name_of(result.kind)));
    if (!result.user_id.empty()) line += fmt::format(", user {}", result.user_id);
    if (!result.item_id.empty()) line += fmt::format(", item {}", result.item_id);
    if (result.due_at != k_no_time)
      line += result.due_at == k_never ? ", due never" : fmt::format(", due {}", local_minute(result.due_at, m_zone));
    if (result.discharged_on.says_when()) line += ", returned " + iso_stamp_text(result.discharged_on);
    if (result.kind == Kind::payment) line += ", " + money_cell(result.amount_cents);
    line += fmt::format(" ({})", name_of(result.name));
    if (!why.empty()) line += fmt::format(": {}", why);
    m_page.paragraph(k_indent, k_hang, line);
  }

  void write_by_hand() {
    if (m_plan.by_hand.empty()) return;
    m_page.heading("Enter by hand, after the upload", '-');
    for (const ByHand& one : m_plan.by_hand) write_result(*one.result, one.why);
  }

  void write_not_ready() {
    if (m_plan.not_ready.empty()) return;
    m_page.heading("Not in these files: complete the configuration, then send again", '-');
    for (const ByHand& one : m_plan.not_ready) write_result(*one.result, one.why);
  }

  void write_left_out() {
    if (m_plan.left_out.empty() && m_head.system != "koc") return;
    m_page.heading("What the files can't say", '-');
    for (const LossCount& one : m_plan.left_out)
      m_page.paragraph(k_indent, k_hang,
                       fmt::format("{}: {}, the first of them {}", one.what,
                                   counted(static_cast<std::int64_t>(one.count), "transaction"), name_of(one.first)));
    if (m_head.system != "koc") return;
    m_page.paragraph(k_indent, k_hang,
                     "Koha gives due dates by its own rules and makes no fines from these files. Compare:");
    for (const SendableResult& result : m_results) write_lost_in_koha(result);
  }

  void write_lost_in_koha(const SendableResult& result) {
    if (result.bill_cents)
      write_result(result, fmt::format("offcirc made a bill of {}", money_cell(*result.bill_cents)));
    if (result.has(Outcome::route_for_hold)) write_result(result, "a hold waits for the item");
    if (result.has(Outcome::route_home)) write_result(result, "the item belongs to another library");
    if (result.kind == Kind::renewal || result.has(Outcome::renewed)) write_result(result, "renewed to this due date");
  }

  // By reason, because staff settle one reason after another.
  void write_perhaps_refused() {
    constexpr std::array k_refusable = {Outcome::user_barred,       Outcome::user_blocked,     Outcome::card_inactive,
                                        Outcome::privilege_expired, Outcome::user_delinquent,  Outcome::charge_limit,
                                        Outcome::not_circulating,   Outcome::hold_for_another, Outcome::item_has_hold,
                                        Outcome::renewal_limit};
    std::vector<std::vector<const SendableResult*>> by_reason(k_refusable.size());
    bool has_any = false;
    for (const SendableResult& result : m_results) {
      const auto found =
          std::find_if(k_refusable.begin(), k_refusable.end(), [&](Outcome outcome) { return result.has(outcome); });
      if (found == k_refusable.end() || result.kind == Kind::checkin) continue;
      by_reason[static_cast<std::size_t>(found - k_refusable.begin())].push_back(&result);
      has_any = true;
    }
    if (!has_any) return;
    m_page.heading("Loaded by offcirc, but the system may refuse it", '-');
    for (std::size_t i = 0; i < by_reason.size(); ++i) {
      if (by_reason[i].empty()) continue;
      m_page.paragraph(0, 0, fmt::format("{} ({})", facts_of(k_refusable.at(i)).phrase, by_reason[i].size()));
      for (const SendableResult* result : by_reason[i]) write_result(*result, "");
    }
  }

  Page& m_page;
  const UploadHead& m_head;
  const UploadPlan& m_plan;
  const std::vector<SendableResult>& m_results;
  const Zone& m_zone;
  const Config& m_config;
  int m_step = 0;
};

}  // namespace

std::string upload_readme(const UploadHead& head, const UploadPlan& plan, const std::vector<SendableResult>& results,
                          const Config& config) {
  std::string text;
  const TextSink sink = [&text](std::string_view piece) { text += piece; };
  BlockWriter out(sink);
  Page page(out);
  Readme(page, head, plan, results, config).write();
  out.finish();
  return text;
}

std::string files_words(const UploadPlan& plan) {
  std::uint64_t records = 0;
  for (const UploadFile& file : plan.files) records += records_in(file);
  return fmt::format("{} in {}", counted(static_cast<std::int64_t>(records), "transaction"),
                     counted(static_cast<std::int64_t>(plan.files.size()), "file"));
}

}  // namespace offcirc
