// Logs damaged by a crash, a lost line end, or a second writer, in every format: every whole record is read, and none
// is invented.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "tests/parsed_log.hpp"

using namespace offcirc;

namespace {

std::string zeros(std::size_t count) {
  return std::string(count, '\0');
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    lines.push_back(text.substr(at, end - at));
    at = end;
  }
  return lines;
}

std::string without_last_line_end(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

// What would be loaded from a log. (If the line that creates a user is damaged, the edits after it stand alone.)
std::vector<std::string> told_by(const ParsedLog& log) {
  std::vector<std::string> told;
  for (const Transaction& transaction : log.transactions()) {
    if (transaction.kind != Kind::unsupported) told.push_back(describe(transaction));
  }
  return told;
}

// Without the desk, because a Symphony record may lack the header that names it.
std::string without_desk(const std::string& told) {
  return told.substr(0, told.find(" desk="));
}

std::vector<Diagnostic> unreadable_in(const ParsedLog& log) {
  std::vector<Diagnostic> found;
  for (const Record& record : log.records) {
    if (const auto* diagnostic = std::get_if<Diagnostic>(&record.content)) found.push_back(*diagnostic);
  }
  return found;
}

bool begins_in_line(const ParsedLog& log, std::size_t line) {
  return std::any_of(log.records.begin(), log.records.end(), [&](const Record& record) { return record.line == line; });
}

bool is_within(const std::vector<std::string>& some, const std::vector<std::string>& all) {
  std::set<std::string> known;
  for (const std::string& told : all) known.insert(without_desk(told));
  return std::all_of(some.begin(), some.end(),
                     [&](const std::string& told) { return known.contains(without_desk(told)); });
}

std::vector<std::string> twice(std::vector<std::string> all) {
  const std::vector<std::string> once = all;
  all.insert(all.end(), once.begin(), once.end());
  return all;
}

std::string sentence_about(std::size_t count) {
  return fmt::format("Damaged: {} zero bytes, as after a power failure. What was written here is lost.", count);
}

}  // namespace

TEST_CASE("zeros after the last line are one record, and the rest of the log is unchanged") {
  for (const LogFormat* format : all_formats()) {
    CAPTURE(format->name);
    const std::string sample = read_sample(*format);
    const std::vector<std::string> whole = told_by(ParsedLog(*format, sample));
    for (const std::size_t count : {std::size_t{8}, std::size_t{4096}, std::size_t{200'000}}) {
      for (const std::string_view end : {"", "\n", "\r\n"}) {
        const ParsedLog damaged(*format, sample + zeros(count) + std::string(end));
        CHECK(told_by(damaged) == whole);
        const std::vector<Diagnostic> unreadable = unreadable_in(damaged);
        REQUIRE(unreadable.size() == 1);
        CHECK(unreadable[0].message == sentence_about(count));
      }
    }
  }
}

TEST_CASE("a log that continues right after zeros, on the same line, is read on") {
  for (const LogFormat* format : all_formats()) {
    if (format->name == "scan") continue;  // see below
    CAPTURE(format->name);
    const std::vector<std::string> lines = lines_of(read_sample(*format));
    const ParsedLog sample(*format, read_sample(*format));
    const std::vector<std::string> whole = told_by(sample);
    for (std::size_t before = 1; before < lines.size(); ++before) {
      CAPTURE(before);
      if (!begins_in_line(sample, before + 1) || lines[before] == "\n") continue;
      std::string damaged;
      for (std::size_t i = 0; i < lines.size(); ++i) damaged += (i == before ? zeros(512) : "") + lines[i];
      const ParsedLog log(*format, damaged);
      const std::vector<Diagnostic> unreadable = unreadable_in(log);
      REQUIRE(!unreadable.empty());
      CHECK(unreadable[0].message == sentence_about(512));
      CHECK(unreadable[0].line == before + 1);
      // A row may begin with anything, so it is unknown whether the zeros replaced some of it.
      if (format->name == "csv") {
        REQUIRE(unreadable.size() >= 2);
        CHECK(unreadable[1].message == "The beginning of the line may be lost: zero bytes come before it.");
        continue;
      }
      CHECK(told_by(log) == whole);
      CHECK(unreadable.size() == 1);
    }
  }
}

TEST_CASE("barcodes next to zeros may be incomplete, and the owner of the next ones is uncertain") {
  const std::string text = "21220001000073\n31220005000135" + zeros(16) + "31220005000267\n31220005000390\n";
  const std::string cut = "The line is cut short: the rest of it is zero bytes.";
  CHECK(ParsedLog(*find_format("scan"), text).described() ==
        std::vector<std::string>{
            "1: blank", "2:15: " + cut, "2:0: " + sentence_about(16),
            "2:1: The beginning of the line may be lost: zero bytes come before it.",
            "3:1: It is unclear who has this item: line 2, which can't be read, may have been another user's ID."});
}

TEST_CASE("a record truncated by zeros is never taken for a whole one") {
  for (const LogFormat* format : all_formats()) {
    // In a list of barcodes, a word that sets the mode may be damaged; later lines are then read in the previous mode.
    if (format->name == "scan") continue;
    CAPTURE(format->name);
    const std::string sample = read_sample(*format);
    const std::vector<std::string> whole = told_by(ParsedLog(*format, sample));
    for (std::size_t at = 1; at < sample.size(); ++at) {
      // An unreadable header says nothing about the clock of the records after it.
      if (format->name == "koc" && sample.substr(sample.rfind('\n', at - 1) + 1).starts_with("Version=")) continue;
      const ParsedLog log(*format, sample.substr(0, at) + zeros(64) + sample.substr(at));
      for (const std::string& told : told_by(log)) {
        if (!is_within({told}, whole)) FAIL_CHECK("zeros at byte ", at, ": ", told);
      }
    }
  }
}

TEST_CASE("a few zeros are damage within their line") {
  for (const LogFormat* format : all_formats()) {
    CAPTURE(format->name);
    std::vector<std::string> lines = lines_of(read_sample(*format));
    const std::size_t records = ParsedLog(*format, read_sample(*format)).records.size();
    std::string damaged;
    lines.back().insert(lines.back().size() / 2, zeros(7));
    for (const std::string& line : lines) damaged += line;
    const ParsedLog log(*format, damaged);
    CHECK(log.records.size() == records);
  }
}

TEST_CASE("two logs pasted together without a line end yield no invented transaction") {
  for (const LogFormat* format : all_formats()) {
    CAPTURE(format->name);
    const std::string sample = read_sample(*format);
    const std::vector<std::string> whole = told_by(ParsedLog(*format, sample));
    const ParsedLog pasted(*format, without_last_line_end(sample) + sample);
    CHECK(is_within(told_by(pasted), whole));
    CHECK(told_by(pasted).size() + 3 >= 2 * whole.size());
  }
}

TEST_CASE("two logs pasted together are both read if records show where they begin") {
  for (const std::string_view name : {"symphony", "evergreen", "koc", "aleph", "sierra"}) {
    CAPTURE(name);
    const LogFormat& format = *find_format(name);
    const std::string sample = read_sample(format);
    const std::vector<std::string> whole = told_by(ParsedLog(format, sample));
    const ParsedLog pasted(format, without_last_line_end(sample) + sample);
    CHECK(told_by(pasted) == twice(whole));
    CHECK(unreadable_in(pasted).empty());
  }
}

TEST_CASE("a log that is one line because all line ends were lost is still read") {
  for (const std::string_view name : {"symphony", "evergreen"}) {
    CAPTURE(name);
    const LogFormat& format = *find_format(name);
    std::string sample = read_sample(format);
    // Lines that are not records do not show where the next one begins.
    std::string lines;
    for (const std::string& line : lines_of(sample)) {
      if (line.starts_with('E') || line.starts_with('{')) lines += line;
    }
    const std::vector<std::string> whole = told_by(ParsedLog(format, lines));
    std::erase_if(lines, [](char c) { return c == '\n' || c == '\r'; });
    const std::vector<std::string> in_one_line = told_by(ParsedLog(format, lines));
    REQUIRE(in_one_line.size() == whole.size());
    for (std::size_t i = 0; i < whole.size(); ++i) CHECK(in_one_line[i] == whole[i]);
  }
}

TEST_CASE("a line that another writer inserted into the middle of one is read, and the torn one is not") {
  for (const std::string_view name : {"symphony", "evergreen"}) {
    CAPTURE(name);
    const LogFormat& format = *find_format(name);
    const std::string text = name == "symphony"
                                 ? "E202606121012310201R ^S14EVFEOSH^NQ31220005000135^^O00031\n"
                                   "E202606121012330202R ^S15EVFEOSH^NQ31220005000267^^O00031\n"
                                 : "{\"type\":\"checkin\",\"timestamp\":1781259151,\"barcode\":\"31220005000135\"}\n"
                                   "{\"type\":\"checkin\",\"timestamp\":1781259153,\"barcode\":\"31220005000267\"}\n";
    const std::vector<std::string> lines = lines_of(text);
    const std::vector<std::string> whole = told_by(ParsedLog(format, text));
    REQUIRE(whole.size() == 2);
    for (std::size_t at = 1; at + 2 < lines[0].size(); ++at) {
      CAPTURE(at);
      const ParsedLog torn(format, lines[0].substr(0, at) + lines[1] + lines[0].substr(at));
      // A Symphony record is whole up to its end mark, with or without the number of bytes after it.
      const bool is_whole = lines[0].substr(0, at).ends_with("^^O");
      CHECK(told_by(torn) == (is_whole ? whole : std::vector{whole[1]}));
      CHECK(unreadable_in(torn).size() == (is_whole ? 1 : 2));
    }
  }
}

TEST_CASE("self-check messages without a line end between them are recognized by their checksums") {
  const std::string first = "09N20260612    10123120260612    101231APMain|AOOSH|AB31220005000135|AC|AY1AZEE30";
  const std::string second = "09N20260612    10124020260612    101240APMain|AOOSH|AB31220005000267|AC|AY2AZEE29";
  const LogFormat& format = *find_format("sip2");
  const std::vector<std::string> apart = told_by(ParsedLog(format, first + "\r" + second + "\r"));
  REQUIRE(apart.size() == 2);
  CHECK(told_by(ParsedLog(format, first + second + "\r")) == apart);
}

TEST_CASE("a plain log appended to another brings its own columns") {
  const std::string first =
      "kind,recorded_at,user_id,item_id\ncheckout,2026-06-12T10:00:00,21220001000073,31220005000135\n";
  const std::string second = "item_id,recorded_at,kind\n31220005000267,2026-06-12T10:01:00,checkin\n";
  CHECK(ParsedLog(*find_format("csv"), first + second).described() ==
        std::vector<std::string>{"1: blank",
                                 "2: checkout user=21220001000073 item=31220005000135 at=2026-06-12T10:00:00",
                                 "3: blank", "4: checkin item=31220005000267 at=2026-06-12T10:01:00"});
  CHECK(ParsedLog(*find_format("csv"), first + "kind,recorded_at,kind\n" + second).described()[2] ==
        "3:18: The column kind appears twice in the header row.");
}
