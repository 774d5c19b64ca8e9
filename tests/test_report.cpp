#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <deque>

#include "loader/model/missing_stations.hpp"
#include "loader/report/report.hpp"
#include "loader/report/result_words.hpp"
#include "tests/worded.hpp"

using namespace offcirc;

namespace {

// A load of two logs: four transactions of OSH, one unreadable line of OSH, and one record without a library.
struct SmallLoad {
  LoadOutcome outcome;
  Config config;
  std::deque<Transaction> transactions;

  SmallLoad() {
    config.system_name = "Example Library System";
    config.policy.libraries.resize(2);
    config.policy.libraries[0].code = "OSH";
    config.policy.libraries[0].name = "Oshkosh";
    config.policy.libraries[0].stations = {"0202", "0201", "0203"};
    config.policy.libraries[1].code = "NEE";
    config.policy.libraries[1].stations = {"0301"};
    outcome.load = 7;
    outcome.started_at = 100;
    outcome.finished_at = 160;
    outcome.batch.logs = {log("OSH/standlog.0201", "OSH", "0201", 6, 1), log("paper.csv", "", "", 1, 0)};
    add(Kind::checkout, 2, {});
    add(Kind::checkout, 3,
        {.findings = {{Outcome::user_not_found, say<Form::user_not_found>("1")}, {Outcome::clock_jumped, worded("J")}},
         .disposition = Disposition::rejected});
    add(Kind::checkin, 4,
        {.findings = {{Outcome::bill_created, worded("Bill created: 0.50")}}, .bill_cents = 50, .made_bill = true});
    add(Kind::unsupported, 5,
        {.findings = {{Outcome::unsupported, worded("Place hold")}}, .disposition = Disposition::rejected});
    outcome.batch.unreadable.push_back({0, {6, 12, "Expected a date", {}}, "OSH", "0201"});
    outcome.unreadable.push_back(
        {.findings = {{Outcome::unreadable, worded("Expected a date")}}, .disposition = Disposition::unreadable});
    add(Kind::payment, 1,
        {.findings = FindingList{Finding{Outcome::already_loaded}}, .disposition = Disposition::already_loaded});
    outcome.batch.desks.back() = {};
    outcome.batch.desks.back().log = 1;
    outcome.missing_stations = {{"OSH", "0202"}, {"OSH", "0203"}};
  }

  static Log log(const char* path, const char* library, const char* station, std::uint64_t records,
                 std::uint64_t blank) {
    Log log;
    log.path = path;
    log.format = "symphony";
    log.library = library;
    log.station = station;
    log.records = records;
    log.blank = blank;
    return log;
  }

  void add(Kind kind, std::uint32_t line, Result result) {
    Transaction& transaction = transactions.emplace_back();
    transaction.kind = kind;
    transaction.line = line;
    Entry entry;
    entry.transaction = &transaction;
    entry.kind = transaction.kind;
    entry.recorded_at = line * 10;
    entry.occurred_at = line * 10 + 1;
    entry.desk = static_cast<std::uint32_t>(outcome.batch.desks.size());  // each entry has its own
    BatchDesk& desk = outcome.batch.desks.emplace_back();
    desk.library_code = "OSH";
    desk.station = "0201";
    entry.user_id = "U";
    entry.item_id = "I";
    entry.item_key = 0;
    outcome.batch.entries.push_back(entry);
    result.title = "T";
    outcome.results.push_back(std::move(result));
  }

  [[nodiscard]] Report report() const { return make_report(outcome, config); }
};

// In a child process, because the program aborts.
bool aborts(const SmallLoad& load) {
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGABRT, SIG_DFL);
    ::dup2(::open("/dev/null", O_WRONLY), STDERR_FILENO);
    const Report report = load.report();
    ::_exit(report.results.empty() ? 1 : 0);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

std::string missing_of(const SmallLoad& load) {
  std::string text;
  const Policy& policy = load.config.policy;
  const Batch& batch = load.outcome.batch;
  for (const LibraryStation& missing :
       find_missing_stations(rostered_stations(policy, batch), uploads_of(batch), policy))
    text += missing.library + " " + missing.station + "\n";
  return text;
}

}  // namespace

TEST_CASE("the report has the load's head and logs") {
  const SmallLoad load;
  const Report report = load.report();
  CHECK(report.load == 7);
  CHECK_FALSE(report.dry_run);
  CHECK(report.system_name == "Example Library System");
  CHECK(report.started_at == 100);
  CHECK(report.finished_at == 160);
  REQUIRE(report.logs.size() == 2);
  CHECK(report.logs[0].path == "OSH/standlog.0201");
  CHECK(report.logs[0].format == "symphony");
  CHECK(report.logs[0].records == 6);
  CHECK_FALSE(report.logs[0].error);
}

TEST_CASE("totals count each record once; the kinds omit unsupported transactions") {
  const SmallLoad load;
  const Report report = load.report();
  CHECK(report.totals.lines == 7);
  CHECK(report.totals.loaded == 2);
  CHECK(report.totals.follow_up == 0);
  CHECK(report.totals.rejected == 2);
  CHECK(report.totals.already_loaded == 1);
  CHECK(report.totals.unreadable == 1);
  CHECK(report.totals.blank == 1);
  const auto counts = [&](Kind kind) { return report.kinds.at(static_cast<std::size_t>(kind)); };
  CHECK(counts(Kind::checkout).recorded == 2);
  CHECK(counts(Kind::checkout).loaded == 1);
  CHECK(counts(Kind::checkin).loaded == 1);
  CHECK(counts(Kind::payment).recorded == 1);
  CHECK(counts(Kind::payment).loaded == 0);
  CHECK(counts(Kind::renewal).recorded == 0);
}

TEST_CASE("a record lost on the way aborts the program") {
  SmallLoad load;
  CHECK_FALSE(aborts(load));
  SUBCASE("a record without a result") {
    ++load.outcome.batch.logs[0].records;
  }
  SUBCASE("a result without a record") {
    --load.outcome.batch.logs[0].records;
  }
  SUBCASE("fewer results than transactions") {
    load.outcome.results.pop_back();
  }
  CHECK(aborts(load));
}

TEST_CASE("a result without findings is reported as loaded") {
  const SmallLoad load;
  const ReportResult result = load.report().results[0];
  CHECK(result.n == 1);
  CHECK(result.log == "OSH/standlog.0201");
  CHECK(result.line == 2);
  CHECK(result.column == 0);
  CHECK(result.library == "OSH");
  CHECK(result.station == "0201");
  CHECK(result.recorded_at == 20);
  CHECK(result.occurred_at == 21);
  CHECK(result.kind == "checkout");
  CHECK(result.user_id == "U");
  CHECK(result.item_id == "I");
  CHECK(result.title == "T");
  CHECK_FALSE(result.bill_cents);
  CHECK(result.outcome == "ok");
  CHECK(message_of(result, Zone()) == "Loaded");
  CHECK(result.action.empty());
  CHECK(result.notes.empty());
}

TEST_CASE("the first finding is the outcome; the others are notes") {
  const SmallLoad load;
  const ReportResult result = load.report().results[1];
  CHECK(result.disposition == Disposition::rejected);
  CHECK(result.outcome == "user-not-found");
  CHECK(message_of(result, Zone()) == "User not found: 1");
  CHECK(result.action == "Find the patron by name or another card and check the item out, or register the patron.");
  REQUIRE(result.notes.size() == 1);
  CHECK(result.notes[0].code == "clock-jumped");
  CHECK(message_of(result.notes[0], Zone()) == "J");
  CHECK(result.notes[0].action == "Check the workstation's clock.");
}

TEST_CASE("a bill is reported if there is one, and an unsupported transaction has a kind") {
  const SmallLoad load;
  const Report report = load.report();
  CHECK(report.results[2].outcome == "bill-created");
  CHECK(report.results[2].bill_cents == std::optional<Cents>(50));
  CHECK(report.results[3].kind == "unsupported");
}

TEST_CASE("unreadable records come last") {
  const SmallLoad load;
  const Report report = load.report();
  REQUIRE(report.results.size() == 6);
  const ReportResult& result = report.results[5];
  CHECK(result.n == 6);
  CHECK(result.line == 6);
  CHECK(result.column == 12);
  CHECK(result.library == "OSH");
  CHECK(result.station == "0201");
  CHECK(result.recorded_at == k_no_time);
  CHECK(result.kind.empty());
  CHECK(result.disposition == Disposition::unreadable);
  CHECK(message_of(result, Zone()) == "Expected a date");
}

TEST_CASE("libraries are sorted by code and have their names; results without a library come last") {
  SmallLoad load;
  load.outcome.batch.desks[0].library_code = "NEE";
  const Report report = load.report();
  REQUIRE(report.libraries.size() == 3);
  CHECK(report.libraries[0].code == "NEE");
  CHECK(report.libraries[1].code == "OSH");
  CHECK(report.libraries[1].name == "Oshkosh");
  CHECK(report.libraries[2].code.empty());
}

TEST_CASE("a hold or charge of a library without a log has its own part") {
  SmallLoad load;
  load.outcome.shelf_lists.holds = {{ShelfEvent::waits_again, "APP", "h1", "U2", "I", "T", 40}};
  load.outcome.shelf_lists.due_charges = {{"NEE", "U3", "I3", "T3", 50}};
  const Report report = load.report();
  REQUIRE(report.libraries.size() == 4);
  CHECK(report.libraries[0].code == "APP");
  CHECK(report.libraries[1].code == "NEE");
  REQUIRE(report.holds.size() == 1);
  CHECK(report.holds[0].event == ShelfEvent::waits_again);
  CHECK(report.holds[0].library == "APP");
  CHECK(report.holds[0].hold_id == "h1");
  CHECK(report.holds[0].user_id == "U2");
  CHECK(report.holds[0].item_id == "I");
  CHECK(report.holds[0].title == "T");
  CHECK(report.holds[0].at == 40);
  REQUIRE(report.due_charges.size() == 1);
  CHECK(report.due_charges[0].library == "NEE");
  CHECK(report.due_charges[0].user_id == "U3");
  CHECK(report.due_charges[0].item_id == "I3");
  CHECK(report.due_charges[0].title == "T3");
  CHECK(report.due_charges[0].due_at == 50);
}

TEST_CASE("stations are missing if their library has a log, in the order of the roster") {
  const SmallLoad load;
  CHECK(missing_of(load) == "OSH 0202\nOSH 0203\n");
  REQUIRE(load.report().missing_stations.size() == 2);
  CHECK(load.report().missing_stations[1].station == "0203");
}

TEST_CASE("a station is present if there is a log of it, even an unreadable one") {
  SmallLoad load;
  load.outcome.batch.logs.push_back(SmallLoad::log("OSH/standlog.0202", "OSH", "0202", 0, 0));
  load.outcome.batch.logs.back().error = "Permission denied";
  CHECK(missing_of(load) == "OSH 0203\n");
}

TEST_CASE("a station is present if there is a transaction of it, even under a library whose roster lacks it") {
  SmallLoad load;
  load.outcome.batch.desks[0].station = "0203";
  CHECK(missing_of(load) == "OSH 0202\n");
  load.outcome.batch.desks[1].station = "0202";
  load.outcome.batch.desks[1].library_code = "NEE";
  CHECK(missing_of(load).empty());
}

TEST_CASE("a station with the same number at a library without a roster is a different one") {
  SmallLoad load;
  load.config.policy.libraries[1].stations.clear();
  load.outcome.batch.desks[1].station = "0202";
  load.outcome.batch.desks[1].library_code = "NEE";
  CHECK(missing_of(load) == "OSH 0202\nOSH 0203\n");
}

TEST_CASE("a station of lines that don't name their library is present if any library of the load may have it") {
  SmallLoad load;
  const Policy& policy = load.config.policy;
  const auto missing = [&](const LooseUploads& loose) {
    std::string text;
    for (const LibraryStation& one : find_missing_stations({{"OSH", "0202"}, {"OSH", "0203"}}, {{}, {loose}}, policy))
      text += one.library + " " + one.station + "\n";
    return text;
  };
  CHECK(missing({{"OSH"}, {"0202"}}) == "OSH 0203\n");
  // If the library does not have the station, the log was misplaced, but the station has uploaded.
  CHECK(missing({{"OSH", "NEE"}, {"0202"}}) == "OSH 0203\n");
  CHECK(missing({{"", "OSH"}, {"0202"}}) == "OSH 0203\n");
  CHECK(missing({{}, {"0202"}}) == "OSH 0202\nOSH 0203\n");
  load.config.policy.libraries[1].stations.clear();
  CHECK(missing({{"NEE"}, {"0202"}}) == "OSH 0202\nOSH 0203\n");
  CHECK(missing({{"NEE", "OSH"}, {"0202"}}) == "OSH 0203\n");
}
