// Who receives mail, and what the database stores about it.
#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "loader/circulation/change_writer.hpp"
#include "loader/circulation/fetch.hpp"
#include "loader/journal/journal.hpp"
#include "loader/journal/mail_queue.hpp"
#include "loader/journal/prune.hpp"
#include "loader/journal/undo.hpp"
#include "loader/mail/compose.hpp"
#include "loader/mail/mailer.hpp"
#include "loader/progress.hpp"
#include "report_sample.hpp"
#include "store_sample.hpp"

using namespace offcirc;

namespace {

Config mail_config() {
  Config config;
  config.file = "offcirc.toml";
  config.system_name = "Example Library System";
  config.email = {"system@example.org"};
  config.mail.from = "offcirc@example.org";
  for (const char* code : {"OSH", "NEE", "APP"}) config.policy.libraries.emplace_back().code = code;
  config.policy.libraries[0].name = "Osprey Harbor";
  config.policy.libraries[0].email = {"circ@osh.example.org", "head@osh.example.org", "circ@osh.example.org"};
  config.policy.libraries[1].email = {"circ@nee.example.org"};
  return config;
}

// OSH has a rejected checkout, NEE a loaded one, and APP, which has no address, an unreadable one.
Report three_libraries() {
  Report report = empty_report();
  report.libraries = {{"APP", ""}, {"NEE", ""}, {"OSH", "Osprey Harbor"}};
  for (const char* code : {"APP", "NEE", "OSH"}) report.logs.push_back({code, "symphony", code, "1", 1, {}, {}});
  for (std::uint64_t n = 1; n <= 3; ++n) report.results.push_back(checkout(n));
  for (std::size_t i = 0; i < 3; ++i) report.results[i].log = report.results[i].library = report.libraries[i].code;
  report.results[0] = with_outcome(report.results[0], Disposition::unreadable, Outcome::unreadable, "Expected a date");
  report.results[2] =
      with_outcome(report.results[2], Disposition::rejected, Outcome::user_not_found, "User not found: 1");
  report.totals = {3, 1, 0, 1, 0, 1, 0};
  return report;
}

using Codes = std::vector<std::string>;

std::string subject(const Report& report, const std::string& library) {
  return subject_of({1, 42, library, "", {}}, report);
}

}  // namespace

TEST_CASE("the libraries whose report is mailed") {
  Config config = mail_config();
  const Report report = three_libraries();
  CHECK(mail_addressees(report, config) == Codes{"OSH", ""});
  config.mail.when = "always";
  CHECK(mail_addressees(report, config) == Codes{"NEE", "OSH", ""});
  config.email.clear();
  CHECK(mail_addressees(report, config) == Codes{"NEE", "OSH"});

  const Report nothing = empty_report();
  config = mail_config();
  CHECK(mail_addressees(nothing, config) == Codes{});
  config.mail.when = "always";
  CHECK(mail_addressees(nothing, config) == Codes{""});
}

TEST_CASE("results without a library go to the system") {
  Config config = mail_config();
  Report report = empty_report();
  report.libraries = {{}};
  report.logs.push_back({"stick/log", "", "", "", 0, "It can't be read", {}});
  CHECK(mail_addressees(report, config) == Codes{""});
}

TEST_CASE("each address occurs once") {
  Config config = mail_config();
  CHECK(mail_addresses(config, "OSH") == Codes{"circ@osh.example.org", "head@osh.example.org"});
  CHECK(mail_addresses(config, "") == Codes{"system@example.org"});
  CHECK(mail_addresses(config, "APP") == Codes{});
  CHECK(mail_addresses(config, "ZZZ") == Codes{});
  CHECK(message_id_domain(config) == "example.org");
  require_mail_addresses(config);
  config.email.clear();
  require_mail_addresses(config);
  for (Library& library : config.policy.libraries) library.email.clear();
  CHECK(message_of([&] { require_mail_addresses(config); }) ==
        "offcirc.toml: no e-mail address is configured. Set 'email' in [system], for the whole report, or in a "
        "[[library]], for its part.");
}

TEST_CASE("subjects and file names") {
  Report report = three_libraries();
  report.totals = {9, 1, 2, 3, 0, 1, 2};
  CHECK(subject(report, "") == "Load 42: 3 not loaded, 1 unreadable, 2 to follow up");
  CHECK(subject(report, "OSH") == "Load 42, Osprey Harbor (OSH): 3 not loaded, 1 unreadable, 2 to follow up");
  CHECK(subject(report, "NEE").starts_with("Load 42, NEE: "));
  report.totals = {5, 5, 0, 0, 0, 0, 0};
  CHECK(subject(report, "NEE") == "Load 42, NEE: 5 loaded");
  report.totals = {7, 5, 0, 0, 2, 0, 0};
  CHECK(subject(report, "NEE") == "Load 42, NEE: 5 loaded, 2 already loaded");
  report.totals = {2, 0, 0, 0, 2, 0, 0};
  CHECK(subject(report, "NEE") == "Load 42, NEE: 2 already loaded");
  report.missing_stations = {{"NEE", "2"}};
  CHECK(subject(report, "NEE") == "Load 42, NEE: 1 workstation missing, 2 already loaded");
  report.missing_stations.push_back({"NEE", "3"});
  report.totals = {};
  CHECK(subject(report, "NEE") == "Load 42, NEE: 2 workstations missing");
  report.missing_stations.clear();
  CHECK(subject(report, "NEE") == "Load 42, NEE: 0 loaded");
  report.logs[0].error = "It can't be read";
  CHECK(subject(report, "NEE") == "Load 42, NEE: 1 log not read");
  CHECK(mail_file_stem({1, 42, "OSH", "", {}}) == "load-42-OSH");
  CHECK(mail_file_stem({1, 42, "", "", {}}) == "load-42");
  CHECK(mail_file_stem({1, 42, "../K\xc3\xb6ln", "", {}}) == "load-42-%2E%2E%2FK%C3%B6ln");
}

namespace {

/// The text and the file names of a mail with parts of these sizes, fitted into `max_bytes`.
std::pair<std::string, std::vector<std::string>> fitted(std::size_t text, std::size_t html, std::size_t csv,
                                                        std::size_t max_bytes) {
  MailMessage message;
  message.from_address = "offcirc@example.org";
  message.message_id = "1@example.org";
  std::string lines;
  while (lines.size() < text) lines += "A line of sixteen\n";
  message.texts = {{"plain", lines}};
  message.attachments = {{"text/html", "load-42-OSH.html", std::string(html, 'h')},
                         {"text/csv", "load-42-OSH.csv", std::string(csv, 'c')}};
  fit_mail(message, Zone(), "offcirc report 42 --library OSH", max_bytes);
  CHECK(mime_text(message, Zone()).size() <= max_bytes);
  std::pair<std::string, std::vector<std::string>> result{message.texts.front().text, {}};
  for (const MailAttachment& attachment : message.attachments) result.second.push_back(attachment.file_name);
  return result;
}

using Names = std::vector<std::string>;

constexpr std::string_view k_without_page =
    "With the whole report, this mail would be too large for many mail servers.\nLeft out, and how the system office "
    "can get it:\n"
    "  load-42-OSH.html\n    'offcirc report 42 --library OSH -o load-42-OSH.html' writes it.\n";
constexpr std::string_view k_without_table =
    "  load-42-OSH.csv\n    'offcirc report 42 --library OSH -o load-42-OSH.csv' writes it.\n";

}  // namespace

TEST_CASE("a mail that is too large loses its page first, then its table, then some of its text") {
  const std::string line = "A line of sixteen\n";
  CHECK(fitted(10, 4000, 4000, 20000) == std::pair{line, Names{"load-42-OSH.html", "load-42-OSH.csv"}});
  // This page would fit as it is, but not in base64.
  CHECK(fitted(10, 6000, 1000, 8000) == std::pair{std::string(k_without_page) + "\n" + line, Names{"load-42-OSH.csv"}});
  CHECK(fitted(10, 20000, 1000, 8000) ==
        std::pair{std::string(k_without_page) + "\n" + line, Names{"load-42-OSH.csv"}});
  // The page is dropped first, even if the table is what is too large.
  CHECK(fitted(10, 100, 20000, 8000) ==
        std::pair{std::string(k_without_page) + std::string(k_without_table) + "\n" + line, Names{}});
  const auto [text, files] = fitted(100000, 100, 100, 8000);
  CHECK(files == Names{});
  const std::string head = std::string(k_without_page) + std::string(k_without_table) +
                           "  the end of this text\n    'offcirc report 42 --library OSH' prints all of it.\n\n" + line;
  CHECK(text.starts_with(head));
  CHECK(text.ends_with("\n" + line + "\nThe text continues; the first lines of this mail say how to get all of it.\n"));
  CHECK(text.size() > 6000);
}

TEST_CASE("if a text can't be made to fit, only the note about what was left out remains") {
  MailMessage message;
  message.texts = {{"plain", std::string(5000, 'x')}};
  fit_mail(message, Zone(), "offcirc report 1", 1000);
  CHECK(message.texts.front().text ==
        "With the whole report, this mail would be too large for many mail servers.\nLeft out, and how the system "
        "office can get it:\n  the end of this "
        "text\n    'offcirc report 1' prints all of it.\n\n\nThe text continues; the first lines of this mail say how "
        "to get all of it.\n");
}

TEST_CASE("the summary for the operator") {
  CHECK(summary_text(MailSummary{}) == "No mail is unsent.");
  CHECK(summary_text(MailSummary{1, 0, 0, {}}) == "1 mail sent.");
  CHECK(summary_text(MailSummary{2, 1, 0, {}}) == "2 mails sent, 1 unsent.");
  CHECK(summary_text(MailSummary{1, 1, 0, {}}, "written to out") == "1 mail written to out, 1 unsent.");
  CHECK(summary_text(MailSummary{0, 0, 2, {}}) ==
        "0 mails sent. 2 mails no longer had a configured address and will not be sent.");
}

TEST_CASE("the queue") {
  const TempFolder folder;
  const std::filesystem::path file = folder.path() / "circ.db";
  Store::create(file);
  Policy policy = sample_policy();
  for (const Codes& libraries : {Codes{"OSH", ""}, Codes{"NEE"}}) {
    Store store(file, Store::Access::write);
    store.begin(0);
    const State state = fetch_state(store.database(), {}, policy);
    store.commit({state, policy, {}, {}, {}},
                 {100, 160, "ann", "offcirc", "", "0.1.0", {}, {}, {}, {libraries, "example.org"}});
  }
  Store store(file, Store::Access::write);
  const std::vector<QueuedMail> mails = unsent_mails(store.database(), 0);
  REQUIRE(mails.size() == 3);
  CHECK(mails[0].load == 1);
  CHECK(mails[0].library == "OSH");
  CHECK(mails[0].message_id.starts_with("offcirc-1-"));
  CHECK(mails[0].message_id.ends_with("@example.org"));
  CHECK(mails[0].message_id.size() == 10 + 32 + 12);
  CHECK(mails[0].message_id != mails[1].message_id);
  CHECK(unsent_mails(store.database(), 2).size() == 1);
  CHECK(message_of([&] { unsent_mails(store.database(), 3); }) ==
        file.string() + ": there is no load 3. The loads are 1 to 2.");

  record_mail_attempt(store.database(), {mails[0].mail, 200, {"b@x", "a@x"}, "c@x is refused: 550."});
  record_mail_attempt(store.database(), {mails[1].mail, 200, {"a@x"}, ""});
  const std::vector<QueuedMail> left = unsent_mails(store.database(), 1);
  REQUIRE(left.size() == 1);
  CHECK(left[0].message_id == mails[0].message_id);
  CHECK(left[0].delivered == Codes{"a@x", "b@x"});
  // A second delivery to the same address does not count.
  record_mail_attempt(store.database(), {mails[0].mail, 300, {"a@x", "c@x"}, ""});
  CHECK(unsent_mails(store.database(), 1).empty());
  CHECK(unsent_mails(store.database(), 0).size() == 1);
}

TEST_CASE("an undone load is removed from the queue") {
  const TempFolder folder;
  const std::filesystem::path file = folder.path() / "circ.db";
  Store::create(file);
  Policy policy = sample_policy();
  for (int load = 1; load <= 2; ++load) {
    Store store(file, Store::Access::write);
    store.begin(0);
    const State state = fetch_state(store.database(), {}, policy);
    store.commit({state, policy, {}, {}, {}},
                 {100, 160, "ann", "offcirc", "", "0.1.0", {}, {}, {}, {{"NEE", "OSH", ""}, "example.org"}});
  }
  Store store(file, Store::Access::write);
  const std::vector<QueuedMail> mails = unsent_mails(store.database(), 1);
  REQUIRE(mails.size() == 3);
  record_mail_attempt(store.database(), {mails[0].mail, 200, {"n@x"}, ""});
  record_mail_attempt(store.database(), {mails[1].mail, 200, {"o@x"}, "p@x is refused: 550."});

  UndoOptions options;
  options.load = 1;
  options.invocation.at = 300;
  const WithdrawnMails withdrawn = store.undo(options, policy.zone).mails;
  CHECK(withdrawn.unsent == 2);
  REQUIRE(withdrawn.sent.size() == 2);
  CHECK(withdrawn.sent[0].library == "NEE");
  CHECK(withdrawn.sent[0].address == "n@x");
  CHECK(withdrawn.sent[1].library == "OSH");
  CHECK(withdrawn.sent[1].address == "o@x");
  CHECK(unsent_mails(store.database(), 1).empty());
  CHECK(unsent_mails(store.database(), 2).size() == 3);

  PruneOptions prune;
  prune.before = 161;
  CHECK(store.prune(prune).mails == 3);
  CHECK(unsent_mails(store.database(), 0).empty());
}
