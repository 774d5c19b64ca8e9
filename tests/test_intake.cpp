#include <doctest/doctest.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "formats/registry.hpp"
#include "loader/intake/intake.hpp"
#include "loader/intake/list_identity.hpp"
#include "loader/intake/log_texts.hpp"
#include "loader/progress.hpp"
#include "tests/current_folder.hpp"
#include "tests/packed.hpp"

using namespace offcirc;
namespace fs = std::filesystem;

namespace {

// A checkout of `item` on June 12, as Symphony writes it; `time` is HHMMSS.
std::string charge(const std::string& time, const std::string& item, const std::string& library = "OSH",
                   const std::string& station = "0201") {
  return fmt::format("E20260612{}{}R ^S14CVFFOFFLINE^FE{}^FcNONE^UO21221000000015^NQ{}^Fv3000000^^O\n", time, station,
                     library, item);
}

// `symphony, csv`: the names of all formats.
std::string format_names() {
  std::string names;
  for (const LogFormat* format : all_formats()) names.append(names.empty() ? "" : ", ").append(format->name);
  return names;
}

// Central daylight time; OSH has a roster, and a station whose clock is seven minutes slow.
Config sample_config() {
  Config config;
  config.ids.strip = "Aa";
  config.policy.zone = Zone("Central", {{INT64_MIN / 4, -5 * 3600}});
  Library osh, app;
  osh.code = "OSH";
  osh.stations = {"0201", "0202"};
  osh.clock_offsets["0202"] = 420;
  app.code = "APP";
  config.policy.libraries = {osh, app};
  return config;
}

Batch read(const std::vector<std::string>& paths, IntakeOptions options = {}) {
  options.paths = paths;
  return read_batch(options, sample_config());
}

std::string error_of(const std::vector<std::string>& paths, const IntakeOptions& options = {}) {
  try {
    (void)read(paths, options);
  } catch (const RunError& error) {
    return error.what();
  }
  return "";
}

// `10:00:00 OSH/0201 A`, one entry per line, followed by problems of its clock.
std::string entries_of(const Batch& batch) {
  std::string text;
  for (const Entry& entry : batch.entries) {
    const std::string time = iso_time(entry.occurred_at, sample_config().policy.zone).substr(11, 8);
    const BatchDesk& desk = batch.desks[entry.desk];
    text += fmt::format("{} {}/{} {}{}{}\n", time, desk.library_code, desk.station, entry.item_id,
                        entry.clock_jumped ? " jumped" : "", entry.clock_went_backwards ? " backwards" : "");
  }
  return text;
}

std::string logs_of(const Batch& batch) {
  std::string text;
  for (const Log& log : batch.logs) {
    text += fmt::format("{} {} {}/{} {} {}{}\n", log.path, log.format, log.library, log.station, log.records, log.blank,
                        log.error ? " " + *log.error : "");
  }
  return text;
}

std::string notes_of(const Log& log) {
  std::string text;
  for (const LogNote& note : log.notes) text += note.code + ": " + note.message + "\n-> " + note.action + "\n";
  return text;
}

void set_written_at(const char* path, Seconds time) {
  const timespec times[2] = {{time, 0}, {time, 0}};
  REQUIRE(::utimensat(AT_FDCWD, path, times, 0) == 0);
}

}  // namespace

TEST_CASE("the logs of two stations become one batch in time order, however they are given") {
  const CurrentFolder folder;
  write("OSH/standlog.0201", charge("100000", "A1") + charge("100200", "A2"));
  write("APP/standlog.0301", charge("100100", "B1", "APP", "0301") + charge("100300", "B2", "APP", "0301"));
  const std::string expected =
      "10:00:00 OSH/0201 A1\n10:01:00 APP/0301 B1\n10:02:00 OSH/0201 A2\n10:03:00 APP/0301 B2\n";
  CHECK(entries_of(read({"OSH", "APP"})) == expected);
  CHECK(entries_of(read({"APP/standlog.0301", "OSH"})) == expected);
  CHECK(logs_of(read({"OSH", "APP"})) ==
        "APP/standlog.0301 symphony APP/0301 2 0\nOSH/standlog.0201 symphony OSH/0201 2 0\n");
}

TEST_CASE("within the same second, library, station, and line decide") {
  const CurrentFolder folder;
  write("1/c", charge("100000", "A1", "OSH", "0202"));
  write("2/b", charge("100700", "A2", "OSH", "0201"));
  write("3/a", charge("100600", "A0", "OSH", "0201") + charge("100700", "A3", "OSH", "0201"));
  write("4/z", charge("100700", "A4", "APP", "0301"));
  CHECK(entries_of(read({"1", "2", "3", "4"})) ==
        "10:06:00 OSH/0201 A0\n10:07:00 APP/0301 A4\n10:07:00 OSH/0201 A2\n10:07:00 OSH/0201 A3\n"
        "10:07:00 OSH/0202 A1\n");
}

TEST_CASE("the names of logs and the order of arguments have no effect") {
  const CurrentFolder folder;
  const std::vector<std::string> items = {"A5", "A1", "A4", "A2", "A3"};
  for (const std::string& item : items) {
    write("by-item/" + item, charge("100000", item) + charge("100000", item + "0"));
    write("other-way/" + std::string(1, static_cast<char>('Z' - item[1])),
          charge("100000", item) + charge("100000", item + "0"));
  }
  const std::string order = entries_of(read({"by-item"}));
  CHECK(entries_of(read({"other-way"})) == order);
  CHECK(entries_of(read({"by-item/A3", "by-item/A5", "by-item/A1", "by-item/A2", "by-item/A4"})) == order);
}

TEST_CASE("a station's clock is corrected by --clock, otherwise by the config") {
  const CurrentFolder folder;
  write("log", charge("100000", "A1", "OSH", "0202"));
  const Batch batch = read({"log"});
  CHECK(entries_of(batch) == "10:07:00 OSH/0202 A1\n");
  CHECK(batch.entries[0].occurred_at - batch.entries[0].recorded_at == 420);
  IntakeOptions options;
  options.clock_offsets = {{"0202", -60}};
  CHECK(entries_of(read({"log"}, options)) == "09:59:00 OSH/0202 A1\n");
  options.clock_offsets = {{"0202", -60}, {"OSH/0202", 60}};
  CHECK(entries_of(read({"log"}, options)) == "10:01:00 OSH/0202 A1\n");
}

TEST_CASE("clocks that jump, step back, or are set are detected") {
  const CurrentFolder folder;
  write("log", charge("100000", "1") + charge("180000", "2") + charge("100100", "3") + charge("100059", "4") +
                   charge("080000", "5") + charge("080100", "6") + charge("060000", "7"));
  const Batch batch = read({"log"});
  CHECK(entries_of(batch) ==
        "06:00:00 OSH/0201 7\n08:00:00 OSH/0201 5\n08:01:00 OSH/0201 6\n10:00:00 OSH/0201 1\n"
        "10:00:00 OSH/0201 2 jumped\n10:01:00 OSH/0201 3\n10:01:00 OSH/0201 4 backwards\n");
  CHECK(notes_of(batch.logs[0]) ==
        "clock-went-backwards: The workstation's clock went backwards at line 5, from 2026-06-12T10:01:00-05:00 to "
        "2026-06-12T08:00:00-05:00, and at 1 more line. The records after it are loaded by their own times.\n"
        "-> Check the workstation's clock, unless the log was appended to on another day.\n");
}

TEST_CASE("a log from the wrong library is noted on each line and once on the log") {
  const CurrentFolder folder;
  write("APP/standlog.0201",
        charge("100000", "1", "OSH") + charge("100100", "2", "APP") + charge("100200", "3", "OSH"));
  const Batch batch = read({"APP"});
  REQUIRE(batch.entries.size() == 3);
  CHECK(batch.desks[batch.entries[0].desk].library_mismatch == "Recorded under OSH, but the folder says APP.");
  CHECK(batch.desks[batch.entries[1].desk].library_mismatch ==
        "Recorded under APP, but workstation 0201 is on the roster of OSH.");
  CHECK(notes_of(batch.logs[0]) ==
        "library-mismatch: Recorded under OSH, but the folder says APP. (2 of 3 transactions) Recorded under APP, but "
        "workstation 0201 is on the roster of OSH. (1 of 3 transactions)\n"
        "-> Check which library the workstation was set to. If it was wrong, tell the system office.\n");
  CHECK(batch.logs[0].library == "OSH");
}

TEST_CASE("--library and --station take precedence and confirm") {
  const CurrentFolder folder;
  write("APP/standlog.0201", charge("100000", "1", "OSH"));
  IntakeOptions options;
  options.library = "APP";
  options.station = "0301";
  const Batch batch = read({"APP"}, options);
  CHECK(entries_of(batch) == "10:00:00 APP/0301 1\n");
  CHECK(batch.desks[batch.entries[0].desk].library == 1);
  CHECK(notes_of(batch.logs[0]) == "");
  CHECK(logs_of(batch) == "APP/standlog.0201 symphony APP/0301 1 0\n");
}

TEST_CASE("IDs lose the start and stop characters of the scanner") {
  const CurrentFolder folder;
  write("log", charge("100000", "A31221000000013a"));
  CHECK(read({"log"}).entries[0].item_id == "31221000000013");
  CHECK(read({"log"}).entries[0].transaction->item_id == "A31221000000013a");
}

TEST_CASE("identical lines have ordinals, and the same ones in a copy") {
  const CurrentFolder folder;
  write("a", charge("100000", "1") + charge("100000", "1") + charge("100000", "2"));
  write("b", charge("100000", "1") + charge("100000", "1"));
  const Batch batch = read({"a", "b"});
  REQUIRE(batch.entries.size() == 5);
  // The first lines of both logs, then the second ones, then the third of the longer log.
  CHECK(batch.entries[0].identity.ordinal == 0);
  CHECK(batch.entries[2].identity.ordinal == 1);
  CHECK(batch.entries[4].identity.ordinal == 0);
  CHECK(batch.entries[0].identity == batch.entries[1].identity);
  CHECK(batch.entries[2].identity == batch.entries[3].identity);
  CHECK(batch.entries[0].identity != batch.entries[4].identity);
  CHECK(batch.logs[batch.desks[batch.entries[0].desk].log].path == "a");
  CHECK(batch.logs[batch.desks[batch.entries[1].desk].log].path == "b");
}

TEST_CASE("an unreadable line keeps its position, log, and library") {
  const CurrentFolder folder;
  write("OSH/standlog.0201",
        charge("100000", "1") + "E202606121001000201R ^S15CVFFOFFLINE^FEOSH\n" + charge("100200", "2"));
  const Batch batch = read({"OSH"});
  CHECK(batch.entries.size() == 2);
  REQUIRE(batch.unreadable.size() == 1);
  CHECK(batch.unreadable[0].log == 0);
  CHECK(batch.unreadable[0].diagnostic.line == 2);
  CHECK(batch.unreadable[0].diagnostic.identity.ordinal == 0);
  CHECK(batch.unreadable[0].library == "OSH");
  CHECK(batch.unreadable[0].station == "0201");
  CHECK(batch.logs[0].records == 3);
}

TEST_CASE("a log without times needs --at") {
  const CurrentFolder folder;
  write("paper.csv", "kind,library,user_id,item_id\ncheckout,OSH,21221000000015,1\ncheckout,OSH,21221000000015,1\n");
  const Batch without = read({"paper.csv"});
  CHECK(without.entries.empty());
  REQUIRE(without.unreadable.size() == 2);
  CHECK(without.unreadable[0].diagnostic.line == 2);
  CHECK(without.unreadable[0].diagnostic.message == "The record has no time. Give one with --at.");
  IntakeOptions options;
  options.at = Stamp(StampForm::civil, 1'781'258'400);  // 2026-06-12T10:00:00
  const Batch with = read({"paper.csv"}, options);
  CHECK(entries_of(with) == "10:00:00 OSH/ 1\n10:00:00 OSH/ 1\n");
  CHECK(with.unreadable.empty());
  CHECK(with.entries[0].identity != with.entries[1].identity);
  CHECK(with.entries[0].identity != without.unreadable[0].diagnostic.identity);
  CHECK(read({"paper.csv"}, options).entries[0].identity == with.entries[0].identity);
}

TEST_CASE("if a format never has times, the file's time is used, and the report says so") {
  const CurrentFolder folder;
  const std::string list = "checkin\n31221000000013\n31220\n31221000000013\n";
  write("OSH/monday", list);
  set_written_at("OSH/monday", 1'781'276'400);  // 2026-06-12T10:00:00-05:00
  const Batch batch = read({"OSH"});
  CHECK(entries_of(batch) == "10:00:00 OSH/ 31221000000013\n10:00:00 OSH/ 31221000000013\n");
  CHECK(notes_of(batch.logs[0]) ==
        "no-times: The log has no time for 2 of its transactions: 2026-06-12T10:00:00-05:00 is used, the time when the "
        "file was last written.\n"
        "-> Check that this is about right: due dates and fines depend on it. --at sets another time when loading.\n");

  IntakeOptions options;
  options.at = Stamp(StampForm::civil, 1'781'254'800);  // 2026-06-12T09:00:00
  const Batch given = read({"OSH"}, options);
  CHECK(entries_of(given) == "09:00:00 OSH/ 31221000000013\n09:00:00 OSH/ 31221000000013\n");
  CHECK(notes_of(given.logs[0]) ==
        "no-times: The log has no time for 2 of its transactions: 2026-06-12T09:00:00-05:00 is used, the time given "
        "with --at.\n"
        "-> Check that this is about right: due dates and fines depend on it. --at sets another time when loading.\n");
  CHECK(given.entries[0].identity == batch.entries[0].identity);
  CHECK(given.entries[1].identity == batch.entries[1].identity);
  CHECK(given.unreadable[0].diagnostic.identity == batch.unreadable[0].diagnostic.identity);
}

TEST_CASE("a list is recognized as a whole, and one that begins with all of it contains its records") {
  const CurrentFolder folder;
  write("1/list", "checkin\n31221000000013\n31220\n");
  write("2/copy", "checkin\r\n31221000000013\r\n31220");
  write("3/grown", "checkin\n31221000000013\n31220\n31221000000021\n");
  write("4/another", "checkin\n31221000000013\n31221000000021\n");
  Batch batch = read({"1", "2", "3", "4"});
  identify_lists(batch, {}, false);
  REQUIRE(batch.unreadable.size() == 3);
  CHECK(batch.unreadable[0].diagnostic.identity == batch.unreadable[1].diagnostic.identity);
  CHECK(batch.unreadable[0].diagnostic.identity == batch.unreadable[2].diagnostic.identity);
  const auto first_of = [&](std::uint32_t log) {
    return std::find_if(batch.entries.begin(), batch.entries.end(),
                        [&](const Entry& e) { return batch.desks[e.desk].log == log; })
        ->identity;
  };
  CHECK(first_of(0) == first_of(1));
  CHECK(first_of(0) == first_of(2));
  CHECK(first_of(0) != first_of(3));
}

TEST_CASE("[ids] distinguishes users from items in a list") {
  const CurrentFolder folder;
  write("list", "P1\nI2\n\nrenew\nI3\n");
  set_written_at("list", 1'781'276'400);
  Config config = sample_config();
  config.ids.user = IdPattern("^P");
  config.ids.item = IdPattern("^I");
  IntakeOptions options;
  options.format = "scan";
  options.paths = {"list"};
  const Batch batch = read_batch(options, config);
  REQUIRE(batch.entries.size() == 2);
  CHECK(batch.entries[0].user_id == "P1");
  CHECK(batch.entries[0].item_id == "I2");
  CHECK(batch.entries[1].item_id == "I3");
  CHECK(notes_of(batch.logs[0]).find("no time for 2 of its transactions") != std::string::npos);
}

TEST_CASE("an unterminated last line is noted in formats without an end mark") {
  const CurrentFolder folder;
  write("paper.csv", "recorded_at,kind,library,user_id,item_id\n2026-06-12T10:00:00,checkout,OSH,21221000000015,1");
  const Batch batch = read({"paper.csv"});
  CHECK(entries_of(batch) == "10:00:00 OSH/ 1\n");
  CHECK(notes_of(batch.logs[0]) ==
        "cut-short: The last line, 2, has no line end, so it may be cut short. It was read as it is.\n"
        "-> Compare it with the log at the workstation. If that has more, load it too.\n");
  std::string line = charge("100000", "1");
  line.pop_back();
  write("log", line);
  CHECK(notes_of(read({"log"}).logs[0]) == "");
  write("list", "checkin\n31221000000013");
  CHECK(read({"list"}).logs[0].notes[0].action ==
        "Compare it with the list at the workstation. If that has more, load it as a new list.");
}

TEST_CASE("empty logs have no records, and a log of empty lines has only blank ones") {
  const CurrentFolder folder;
  write("OSH/standlog.0201", "");
  write("OSH/standlog.0202", "\r\n\r\n");
  CHECK(logs_of(read({"OSH"})) == "OSH/standlog.0201  OSH/0201 0 0\nOSH/standlog.0202  OSH/0202 2 2\n");
  IntakeOptions options;
  options.format = "symphony";
  CHECK(logs_of(read({"OSH/standlog.0201"}, options)) == "OSH/standlog.0201 symphony OSH/0201 0 0\n");
  CHECK(logs_of(read({})) == "");
}

TEST_CASE("an unusable file in a folder is an error of that log, and the others are read") {
  const CurrentFolder folder;
  write("in/OSH", charge("100000", "1"));
  write("in/junk", std::string("\x7f"
                               "ELF\0\1\2\3",
                               8));
  REQUIRE(::mkfifo("in/pipe", 0600) == 0);
  const Batch batch = read({"in"});
  CHECK(entries_of(batch) == "10:00:00 OSH/0201 1\n");
  CHECK(logs_of(batch) ==
        "in/OSH symphony OSH/0201 1 0\n"
        "in/junk  / 0 0 is not in a known log format (" +
            format_names() +
            "). If it is a log, name its format with --format; otherwise, omit the file.\n"
            "in/pipe  / 0 0 is a pipe, not a file, so it is skipped.\n");
}

TEST_CASE("unusable files that were named stop the run with a single message") {
  const CurrentFolder folder;
  write("good", charge("100000", "1"));
  write("junk", "nothing of any format\n");
  CHECK(error_of({"junk", "good", "gone"}) ==
        "gone: can't be read: No such file or directory. Check the spelling of the path.\n"
        "junk: is not in a known log format (" +
            format_names() + "). If it is a log, name its format with --format; otherwise, omit the file.");
  IntakeOptions options;
  options.format = "klingon";
  CHECK(error_of({"good"}, options) ==
        "--format: there is no log format klingon. The formats are " + format_names() + ".");
}

TEST_CASE("if two formats claim a log, the operator has to decide") {
  const CurrentFolder folder;
  write("log", "kind,user_id,item_id\n" + charge("100000", "1"));
  CHECK(error_of({"log"}) == "log: may be in several log formats (symphony, csv). Name the right one with --format.");
  IntakeOptions options;
  options.format = "symphony";
  CHECK(entries_of(read({"log"}, options)) == "10:00:00 OSH/0201 1\n");
}

TEST_CASE("a log without a usable record is reported with places and reasons") {
  const CurrentFolder folder;
  write("in/paper.csv", "kind,user_id,item_id\ncheckout,1,2\n");
  write("in/wrong.csv", "kind,user_id,item_id,kind\n");
  const std::string trouble = "The column kind appears twice in the header row.";
  IntakeOptions options;
  options.at = Stamp(StampForm::absolute, 1'781'276'400);
  const Batch batch = read({"in"}, options);
  REQUIRE(batch.logs.size() == 2);
  CHECK(batch.entries.size() == 1);
  CHECK(batch.logs[1].format == "");
  CHECK(batch.logs[1].error == "line 1, column 22: " + trouble);
  CHECK(error_of({"in/wrong.csv"}) == "in/wrong.csv:1:22: " + trouble);
}

TEST_CASE("sorted output keeps its times, order, and identities, whatever clock offset the config sets") {
  const CurrentFolder folder;
  write("log", charge("100000", "1", "OSH", "0202"));
  const Batch logs = read({"log"});
  write("sorted.csv",
        "occurred_at,recorded_at,library,station,kind,user_id,item_id,origin\n"
        "2026-06-12T10:07:00-05:00,2026-06-12T10:00:00-05:00,OSH,0202,checkout,21221000000015,1,1781258400-00c0ffee00c0"
        "ffee-3\n");
  const Batch sorted = read({"sorted.csv"});
  REQUIRE(sorted.entries.size() == 1);
  CHECK(sorted.entries[0].occurred_at == logs.entries[0].occurred_at);
  CHECK(sorted.entries[0].recorded_at == logs.entries[0].recorded_at);
  CHECK(sorted.entries[0].identity == Identity{1'781'258'400, 0x00c0ffee00c0ffee, 3});
}

TEST_CASE("a log in UTF-16 or with a byte order mark is the same log") {
  const CurrentFolder folder;
  const std::string text = charge("100000", "A1") + charge("100200", "A2");
  std::string wide = "\xFF\xFE";
  for (const char c : text) wide.append({c, '\0'});
  write("OSH/standlog.0201", text);
  write("OSH/standlog.0201.utf16", wide);
  write("OSH/standlog.0201.utf8", "\xEF\xBB\xBF" + text);
  const Batch batch = read({"OSH"});
  CHECK(logs_of(batch) ==
        "OSH/standlog.0201 symphony OSH/0201 2 0\nOSH/standlog.0201.utf16 symphony OSH/0201 2 0\n"
        "OSH/standlog.0201.utf8 symphony OSH/0201 2 0\n");
  CHECK(batch.logs[1].digest == batch.logs[0].digest);
  CHECK(batch.logs[2].digest == batch.logs[0].digest);
  CHECK(batch.entries[0].identity == batch.entries[1].identity);
  CHECK(batch.entries[0].identity == batch.entries[2].identity);
  CHECK(batch.entries[5].transaction->line == 2);
}

TEST_CASE("UTF-16 without a byte order mark is refused") {
  const CurrentFolder folder;
  std::string wide;
  for (const char c : charge("100000", "A1")) wide.append({c, '\0'});
  write("log", wide);
  CHECK(error_of({"log"}) ==
        "log: is in UTF-16 without a byte order mark. Save it as UTF-8 (in Notepad: Save as, Encoding).");
}

TEST_CASE("a log that was written to recently is left alone if the operator requests it") {
  const CurrentFolder folder;
  write("OSH/standlog.0201", charge("100000", "A1"));
  write("OSH/standlog.0202", charge("100000", "A2", "OSH", "0202"));
  const timespec old[2] = {{1'781'280'000, 0}, {1'781'280'000, 0}};  // 2026-06-12T11:00:00-05:00
  const timespec young[2] = {{1'781'280'001, 0}, {1'781'280'001, 0}};
  REQUIRE(::utimensat(AT_FDCWD, "OSH/standlog.0201", old, 0) == 0);
  REQUIRE(::utimensat(AT_FDCWD, "OSH/standlog.0202", young, 0) == 0);
  IntakeOptions options;
  options.settled_before = 1'781'280'000;
  const Batch batch = read({"OSH/standlog.0201", "OSH/standlog.0202"}, options);
  CHECK(logs_of(batch) == "OSH/standlog.0201 symphony OSH/0201 1 0\nOSH/standlog.0202  OSH/0202 0 0\n");
  CHECK(notes_of(batch.logs[0]) == "");
  CHECK(notes_of(batch.logs[1]) ==
        "not-settled: Skipped: it was written to at 2026-06-12T11:00:01-05:00, more recently than --settle allows.\n"
        "-> The next load reads it if it is unchanged by then.\n");
}

TEST_CASE("only the complete lines of a log that is still being written are read") {
  const CurrentFolder folder;
  const auto kept_of = [](const std::string& text) {
    write("log", text);
    LogText log = std::move(read_texts({"log", "log", true, {}}, {}, Zone()).front());
    keep_complete_lines(log);
    Log noted;
    noted.notes = log.notes;
    CHECK(
        notes_of(noted) ==
        "still-growing: The log was written to while it was read. Its complete lines were read.\n"
        "-> Load it again when the workstation has finished. Records that are already loaded are not loaded twice.\n");
    return std::string(log.bytes.view());
  };
  CHECK(kept_of("one\ntwo\nthr") == "one\ntwo\n");
  CHECK(kept_of("one\n") == "one\n");
  CHECK(kept_of("on") == "");
}

TEST_CASE("logs in an archive are the same as those in its folders") {
  const CurrentFolder folder;
  const std::string first = charge("100000", "A1") + charge("100200", "A2");
  const std::string second = charge("100100", "B1", "APP", "0301");
  write("logs/OSH/standlog.0201", first);
  write("logs/APP/standlog.0301", second);
  const std::string entries = entries_of(read({"logs"}));
  write("upload.zip", pack(PackFormat::zip, {{"OSH/standlog.0201", first}, {"APP/standlog.0301", second}}));
  const Batch packed = read({"upload.zip"});
  CHECK(entries_of(packed) == entries);
  CHECK(logs_of(packed) ==
        "upload.zip/APP/standlog.0301 symphony APP/0301 1 0\nupload.zip/OSH/standlog.0201 symphony OSH/0201 2 0\n");
  write("gz/OSH/standlog.0201.gz", compress(first, ARCHIVE_FILTER_GZIP));
  const Batch compressed = read({"gz", "logs/APP"});
  CHECK(entries_of(compressed) == entries);
  CHECK(logs_of(compressed) ==
        "gz/OSH/standlog.0201.gz symphony OSH/0201 2 0\nlogs/APP/standlog.0301 symphony APP/0301 1 0\n");
  CHECK(compressed.logs[0].digest == packed.logs[1].digest);
}

TEST_CASE("an unusable log in a named archive does not stop the run") {
  const CurrentFolder folder;
  write("upload.zip", pack(PackFormat::zip, {{"OSH/standlog.0201", charge("100000", "A1")},
                                             {"OSH/readme.txt", "Hello!"},
                                             {"../evil", charge("100000", "A2")}}));
  CHECK(logs_of(read({"upload.zip"})) ==
        "upload.zip/../evil  / 0 0 has a name that leads out of the archive, so it is skipped. Find out who packed it, "
        "and why.\n"
        "upload.zip/OSH/readme.txt  OSH/ 0 0 is not in a known log format (" +
            format_names() +
            "). If it is a log, name its format with --format; otherwise, omit the file.\n"
            "upload.zip/OSH/standlog.0201 symphony OSH/0201 1 0\n");
  write("empty.zip", pack(PackFormat::zip, {}));
  CHECK(logs_of(read({"empty.zip"})) == "empty.zip  / 0 0\n");
}

TEST_CASE("an unusable compressed log or archive that was named stops the run") {
  const CurrentFolder folder;
  write("log.gz", compress(charge("100000", "A1"), ARCHIVE_FILTER_GZIP).substr(0, 40));
  write("note.gz", compress("Hello!", ARCHIVE_FILTER_GZIP));
  write("book.xlsx", pack(PackFormat::zip, {{"[Content_Types].xml", "<Types/>"}}));
  CHECK(error_of({"log.gz", "note.gz", "book.xlsx"}) ==
        "book.xlsx: is a spreadsheet or another document. Save it as CSV (UTF-8) and load that.\n"
        "log.gz: can't be unpacked: truncated gzip input. Upload it again.\n"
        "note.gz: is not in a known log format (" +
            format_names() + "). If it is a log, name its format with --format; otherwise, omit the file.");
  fs::create_directory("in");
  fs::rename("log.gz", "in/log.gz");
  CHECK(logs_of(read({"in"})) == "in/log.gz  / 0 0 can't be unpacked: truncated gzip input. Upload it again.\n");
}

namespace {

// Reads the log while another thread keeps writing to it, repeatedly until a write happened during a read.
Batch read_while_it_grows(const std::string& path, const std::string& line) {
  std::atomic<bool> done = false;
  std::thread writer([&] {
    std::ofstream log(path, std::ios::app);
    while (!done) log << line << std::flush;
  });
  Batch batch;
  bool was_growing = false;
  for (int tries = 0; tries < 10'000 && !was_growing; ++tries) {
    batch = read({"in"});
    const Log& log = batch.logs.front();
    was_growing = log.error || (!log.notes.empty() && log.notes.front().code == "still-growing");
    if (!was_growing) write(path, line);
  }
  done = true;
  writer.join();
  return batch;
}

}  // namespace

TEST_CASE("only the complete lines are read of a log that grows meanwhile") {
  const CurrentFolder folder;
  const std::string line = charge("100000", "A1");
  write("in/log", line);
  const Batch batch = read_while_it_grows("in/log", line);
  CHECK(batch.logs.front().notes.front().code == "still-growing");
  CHECK(batch.unreadable.empty());
  CHECK(batch.entries.size() > 0);
}

TEST_CASE("a list without times that grows while it is read is left for later") {
  const CurrentFolder folder;
  write("in/list", "21221000000015\n");
  const Batch batch = read_while_it_grows("in/list", "31221000000013\n");
  CHECK(batch.logs.front().error ==
        "was written to while it was read, and its records have no times. Load it again when it is complete.");
  CHECK(batch.entries.empty());
}

TEST_CASE("a list without times has the time of its archive member, otherwise the file's") {
  const CurrentFolder folder;
  const std::string list = "21221000000015\n31221000000013\n";
  write("upload.tar", pack(PackFormat::tar, {{"list", list, AE_IFREG, "", 1'781'280'000}}));
  CHECK(entries_of(read({"upload.tar"})) == "11:00:00 / 31221000000013\n");
  write("list.zst", compress(list, ARCHIVE_FILTER_ZSTD));
  const timespec times[2] = {{1'781'280'060, 0}, {1'781'280'060, 0}};
  REQUIRE(::utimensat(AT_FDCWD, "list.zst", times, 0) == 0);
  CHECK(entries_of(read({"list.zst"})) == "11:01:00 / 31221000000013\n");
}

TEST_CASE("the times of unreadable records are corrected, and their IDs are stripped") {
  const CurrentFolder folder;
  write("OSH/standlog.0202",
        charge("100000", "1", "OSH", "0202") +
            "E202606121001000202R ^S15CVFFOFFLINE^FEOSH^UO A21221000000015a^NQ31221000000013^CFx^^O\n");
  write("OSH/sheet.csv",
        "recorded_at,kind,user_id,item_id,station\n2026-06-12T10:02,lent,21221000000015,31221000000013,0202\n");
  const Batch batch = read({"OSH"});
  REQUIRE(batch.unreadable.size() == 2);
  for (const UnreadableRecord& record : batch.unreadable) {
    if (record.times.recorded_at == k_no_time) continue;  // the format did not read it
    CHECK(record.times.occurred_at - record.times.recorded_at == (record.station == "0202" ? 420 : 0));
    CHECK(record.diagnostic.user_id.find_first_of("Aa ") == std::string_view::npos);
  }
}

TEST_CASE("an overlong ID of an unreadable record is not kept") {
  const CurrentFolder folder;
  write("a.csv",
        "recorded_at,kind,user_id,item_id\n2026-06-12T10:02,checkout," + std::string(201, '2') + ",31221000000013\n");
  const Batch batch = read({"a.csv"});
  REQUIRE(batch.unreadable.size() == 1);
  CHECK(batch.unreadable[0].diagnostic.user_id.empty());
  CHECK(batch.unreadable[0].diagnostic.item_id == "31221000000013");
  CHECK(batch.unreadable[0].times.recorded_at == 1'781'258'400 + 5 * 3600 + 120);
}
