// Damaged Symphony logs: no damage makes a record vanish, and none makes parsing slow.
#include <doctest/doctest.h>

#include <random>

#include "formats/symphony_line.hpp"
#include "tests/parsed_log.hpp"

using namespace offcirc;

namespace {

const std::string k_header = "E202606121012310201R ";

ParsedLog read(const std::string& text) {
  return {k_symphony_format, text};
}

std::vector<Diagnostic> unreadable_in(const ParsedLog& log) {
  std::vector<Diagnostic> found;
  for (const Record& record : log.records) {
    if (const auto* diagnostic = std::get_if<Diagnostic>(&record.content)) found.push_back(*diagnostic);
  }
  return found;
}

std::size_t count_records(const ParsedLog& log) {
  return log.transactions().size() + unreadable_in(log).size();
}

std::string with_length(std::string_view header, std::string_view request) {
  return fmt::format("{} {}^^O{:05}\n", header, request, request.size() + 3);
}

// A night's history: screens with their first steps, and commands of other programs.
std::string history() {
  return with_length("E202606121000000201R", "^S01NFFFCIRC^FEOSH") +
         with_length("E202606121000010201R", "^S02CBFFCIRC^FEOSH^UO21220001000073^NQ31220005000135") +
         with_length("E202606121000020201R", "^S03CXFFCIRC^FEOSH^UO21220001000073^NQ31220005000135^CF7/3/2026") +
         "E202606121000030201F ^S03CXMN100^UO21220001000073^^O\n" +
         with_length("E202606121001000201R", "^S04CVFFCIRC^FEOSH^UO21220001000073^NQ31220005000135") +
         with_length("E202606121001000201R", "^S04CVFFCIRC^FEOSH^UO21220001000073^NQ31220005000135") +
         with_length("E202606121002000202R", "^S05RVFFCIRC^FEOSH^NQ31220005000267") +
         with_length("E202606121003000202R", "^S06hFFFCIRC^FEOSH^NQ31220005000267") +
         with_length("E202606121004000201R", "^S07ICFFCIRC^FEOSH^UO21220001000073") +
         with_length("E202606121004100201R", "^S08IYFFCIRC^FEOSH^UO21220001000073^UP920-555-0101") +
         with_length("E202606121005000201R", "^S09JCFFCIRC^FEOSH^PEPUBLIC") +
         with_length("E202606121005300201R", "^S10JYFFCIRC^FEOSH^UO21220001000149^uLMoe^PEPUBLIC") +
         with_length("E202606121006000201R", "^S11PYFFCIRC^FEOSH^UO21220001000149^BA1.50") +
         with_length("E202606121007000201R", "^S12JZFFCIRC^FEOSH^UO21220001000149^NQ31220005000390");
}

std::string damaged(std::string text, std::mt19937& random) {
  const auto below = [&](std::size_t size) { return static_cast<std::size_t>(random() % size); };
  const auto any_byte = [&] { return static_cast<char>(below(256)); };
  const std::size_t at = below(text.size());
  switch (below(4)) {
    case 0:
      text.erase(at, 1);
      break;
    case 1:
      text.insert(at, 1, any_byte());
      break;
    case 2:
      text.erase(at, 1 + below(20));
      break;
    default:
      text[at] = any_byte();
  }
  return text;
}

}  // namespace

TEST_CASE("whatever is damaged, a missing record leaves a trace") {
  std::mt19937 random(20261117);  // NOLINT: the same every time
  for (const std::string& whole : {read_sample(k_symphony_format), history()}) {
    const ParsedLog before = read(whole);
    REQUIRE(unreadable_in(before).empty());
    REQUIRE(before.notes.empty());
    const std::size_t records = count_records(before);
    for (int trial = 0; trial < 50'000; ++trial) {
      const std::string text = damaged(whole, random);
      const ParsedLog after = read(text);
      const bool has_trace = !unreadable_in(after).empty() || !after.notes.empty();
      if (count_records(after) < records && !has_trace) FAIL_CHECK("trial ", trial, ": ", text);
    }
  }
}

TEST_CASE("an answer, a first step, and a session command with fields that only a request has") {
  const std::string request = "E202606121000020201R ^S03CVUO7^NQ2^^O\n";
  const auto answer = [](std::string_view rest) { return "E202606121000030201F ^S03" + std::string(rest) + "^^O\n"; };
  const std::string marked =
      "2:20: The line is marked as an answer (F), but no request before it matches: the mark may be damaged.";
  CHECK(read(request + answer("CVUO7")).described()[1] == "2: blank");
  CHECK(read(request + answer("CVMN1")).described()[1] == "2: blank");
  CHECK(read(request + answer("CVUO8")).described()[1] == marked);
  CHECK(read(request + answer("EVNQ2")).described()[1] == marked);
  CHECK(read(request + "E202606121000020201F ^S03CVUO7^NQ2^^O\n").described()[1] == marked);

  const auto notes = [&](const std::string& text) {
    const std::vector<LogNote> found = read(text).notes;
    return found.empty() ? std::string() : found.front().code + ": " + found.front().message;
  };
  CHECK(notes(k_header + "^S02CAUO7^NQ2^^O\n" + request).empty());
  CHECK(notes(k_header + "^S02CAUO7^^O\n").empty());
  CHECK(notes(k_header + "^S02CAUO7^NQ2^^O\n" + k_header + "^S03EVNQ2^^O\n") ==
        "request-may-be-lost: Line 1 is a screen or session command with an item or other data that a desk entered. "
        "Such a command changes nothing, but one damaged letter can turn a request into one.");
  CHECK(!notes(request + k_header + "^S02CAUO7^NQ2^^O\n").empty());
  CHECK(!notes("E202606121000020201R ^S03CAUO7^NQ2^^O\n" + request).empty());
  CHECK(notes(k_header + "^S02NFNQ2^^O\n" + k_header + "^S02ZeUO2^^O\n")
            .starts_with("request-may-be-lost: 2 lines, the first of them line 1, are each"));
}

TEST_CASE("several records on one line are each read") {
  const std::string checkin = k_header + "^S01EVNQ2^^O00012";
  const std::string session = k_header + "^S02NF^^O";
  const std::string answer = "E202606121012310201F ^S01EV^^O";
  const auto kinds = [](const std::string& text) {
    std::string found;
    for (const std::string& one : read(text).described()) found += one.substr(3, 7) + ";";
    return found;
  };
  CHECK(kinds(checkin + session + answer + checkin + "\n") == "checkin;blank;blank;checkin;");
  CHECK(kinds(answer + "^S09CVUO1^NQ2^WK6/12/2026^WL1:00^^O" + session + "\n") == "blank;checkou;blank;");
}

TEST_CASE("an unreadable record keeps its time and IDs") {
  const auto only = [](const std::string& line) { return unreadable_in(read(line + "\n")).at(0); };
  const Diagnostic cut = only(k_header + "^S14CVUO21220001000073^NQ31220005000135");
  CHECK(iso_stamp_text(cut.recorded) == "2026-06-12T10:12:31");
  CHECK(cut.user_id == "21220001000073");
  CHECK(cut.item_id == "31220005000135");
  CHECK(cut.is_doubtful);
  const Diagnostic header = only("E2026x6121012310201R ^S14CVUO21220001000073^NQ31220005000135^^O");
  CHECK(!header.recorded.says_when());
  CHECK(header.user_id == "21220001000073");
  const Diagnostic date = only(k_header + "^S14CVUO1^NQ2^CFsoon^^O");
  CHECK(date.item_id == "2");
  CHECK(!date.is_doubtful);
  CHECK(iso_stamp_text(only(k_header + "^S14EVNQ2^DB20260612090000^^O00099").recorded) == "2026-06-12T09:00:00");
}

TEST_CASE("a line of many records, or of many beginnings of records, is read in one pass") {
  const auto bytes_looked_at = [](const std::string& record, std::size_t count) {
    std::string line;
    for (std::size_t i = 0; i < count; ++i) line += record;
    std::size_t bytes = 0, rest = line.size();
    for_each_symphony_record(line, [&](std::string_view one) {
      bytes += one.size();
      rest -= one.size();
    });
    CHECK(rest == 0);
    return bytes;
  };
  for (const std::string& record : {k_header + "^S01EVNQ2^^O00012", std::string("^S01EVNQ2"), k_header}) {
    CHECK(bytes_looked_at(record, 2000) == 2 * bytes_looked_at(record, 1000));
  }
  std::string line;
  for (int i = 0; i < 20'000; ++i) line += k_header + "^S01EVNQ2^^O00012";
  CHECK(read(line + "\n").transactions().size() == 20'000);
}

TEST_CASE("many edits of one user are read in one pass") {
  std::string text = k_header + "^S01JYUO7^uLMoe^^O\n";
  for (int i = 0; i < 50'000; ++i) text += fmt::format("{}^S02IYUO7^NHSTREET^NE|a{} Elm Row^^O\n", k_header, i);
  const ParsedLog log = read(text);
  CHECK(log.transactions().size() == 50'001);
  CHECK(log.transactions().front().registration->address.ends_with(", 49999 Elm Row"));
}
