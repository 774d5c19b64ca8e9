#include <doctest/doctest.h>

#include "tests/kept_values.hpp"

using namespace offcirc;

namespace {

constexpr std::string_view k_header = "Version=1.0\tGenerator=kocQt4\tGeneratorVersion=1.0\n";

// Describes the line after a header.
std::string line(std::string_view text, std::string_view header = k_header) {
  const ParsedLog log(k_koc_format, fmt::format("{}{}\n", header, text));
  return log.records.size() == 2 ? log.described()[1] : fmt::format("{} records", log.records.size());
}

std::uint64_t content_of(std::string_view text) {
  const ParsedLog log(k_koc_format, fmt::format("{}{}\n", k_header, text));
  REQUIRE(log.records.size() == 2);
  const auto& content = log.records[1].content;
  if (const auto* diagnostic = std::get_if<Diagnostic>(&content)) return diagnostic->content;
  return std::get<Transaction>(content).more;
}

std::string notes_of(const std::string& text) {
  std::string notes;
  for (const LogNote& note : ParsedLog(k_koc_format, text).notes)
    notes += fmt::format("{}: {} -> {}\n", note.code, note.message, note.action);
  return notes;
}

}  // namespace

TEST_CASE("the sample, record by record") {
  const std::vector<std::string> expected = {
      "1: blank",
      "2: checkout user=21220001000073 item=31220005000135 at=2026-06-12T10:01:05",
      "3: checkout user=21220001000073 item=31220005000267 at=2026-06-12T10:01:09",
      "4: checkin item=31220005000390 at=2026-06-12T10:02:41",
      "5: payment user=21220001000149 at=2026-06-12T10:04:00 cents=250",
      "6: blank",
      "7: blank",
      "8: checkout user=21220001000214 item=31220005000523 at=2026-06-12T10:10:30",
      "9: checkout user=21220001000214 item=31220005000655 at=2026-06-12T10:10:30",
      "10: payment user=21220001000214 at=2026-06-12T10:12:00 cents=1000",
      "11: blank",
      "12: checkout user=21220001000289 item=31220005000788 at=2026-06-12T15:20:11Z",
      "13: checkin item=31220005000911 at=2026-06-12T15:21:02Z",
      "14: blank",
      "15: checkin item=31220005001042 at=2026-06-12T10:30:15"};
  const ParsedLog log(k_koc_format, read_sample(k_koc_format));
  const std::vector<std::string> described = log.described();
  REQUIRE(described.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(described[i] == expected[i]);
  CHECK(log.notes.empty());
}

TEST_CASE("each program writes times in its own way") {
  const auto by = [](std::string_view writer, std::string_view stamp) {
    return line(fmt::format("{}\treturn\t2", stamp), fmt::format("Version=1.0\tGenerator={}\n", writer));
  };
  CHECK(by("kocQt4", "2026-06-12 10:15:30 474") == "2: checkin item=2 at=2026-06-12T10:15:30");
  CHECK(by("kocPHP", "2026-06-12 10:15:30 547") == "2: checkin item=2 at=2026-06-12T10:15:30");
  CHECK(by("kocDesktop", "2026-06-12 10-15-30 000") == "2: checkin item=2 at=2026-06-12T10:15:30");
  CHECK(by("koct-firefox", "2026-06-12 15:15:30") == "2: checkin item=2 at=2026-06-12T15:15:30Z");
  CHECK(by("kolt", "2026-06-12 10:15:30") == "2: checkin item=2 at=2026-06-12T10:15:30");
}

TEST_CASE("invalid times") {
  for (const char* wrong :
       {"", "2026-06-12", "2026-06-12 10:15", "2026-06-31 10:15:30", "2026-06-12 24:00:00", "2026-06-12 10:15:30 x",
        "2026-06-12 10:15:30000", "2026-06-12 10:15:30Z", "2026-06-12 10:15+05", "6/12/2026 10:15:30", "NEVER"}) {
    CAPTURE(std::string(wrong));
    CHECK(line(fmt::format("{}\treturn\t2", wrong)) ==
          fmt::format("2:1: The time can't be read: expected a date and time such as 2026-07-22 10:15:30 000, got "
                      "\"{}\".",
                      wrong));
  }
}

TEST_CASE("commands and their columns") {
  const auto command = [](std::string_view text) { return line(fmt::format("2026-06-12 10:15:30 474\t{}", text)); };
  CHECK(command("issue\tPATRON-ABC\tITEM-1") == "2: checkout user=PATRON-ABC item=ITEM-1 at=2026-06-12T10:15:30");
  CHECK(command("issue\t 1 \t2\t\t") == "2: checkout user=1 item=2 at=2026-06-12T10:15:30");
  CHECK(command("return\t2\tunknown") == "2: checkin item=2 at=2026-06-12T10:15:30");
  CHECK(command("payment\t1\t0.05") == "2: payment user=1 at=2026-06-12T10:15:30 cents=5");
  CHECK(command("issue\tM\xFCller\t2") == "2: checkout user=M\xC3\xBCller item=2 at=2026-06-12T10:15:30");
  CHECK(command("issue\t\t2") == "2:31: The card number is missing: issue needs it.");
  CHECK(command("issue\t1") == "2:32: The barcode is missing: issue needs it.");
  CHECK(command("return") == "2:31: The barcode is missing: return needs it.");
  CHECK(command("payment\t\t5") == "2:33: The card number is missing: payment needs it.");
  for (const char* wrong : {"", "0", "-1", "$5", "1,50", "1.234"}) {
    CAPTURE(std::string(wrong));
    CHECK(command(fmt::format("payment\t1\t{}", wrong)) ==
          fmt::format("2:35: The amount can't be read: expected money above zero such as 12.50, got \"{}\".", wrong));
  }
}

TEST_CASE("an unknown command is unreadable, and the rest of the file is read") {
  const ParsedLog log(k_koc_format, fmt::format("{}2026-06-12 10:15:30 474\treserve\t1\t2\n"
                                                "2026-06-12 10:15:31 000\tISSUE\t1\t2\n"
                                                "Nothing of the kind.\n"
                                                "2026-06-12 10:15:32 000\treturn\t2\n",
                                                k_header));
  CHECK(log.described() ==
        std::vector<std::string>{
            "1: blank", "2:25: The command can't be read: expected issue, return or payment, got \"reserve\".",
            "3:25: The command can't be read: expected issue, return or payment, got \"ISSUE\".",
            "4:1: The time can't be read: expected a date and time such as 2026-07-22 10:15:30 000, got \"Nothing of "
            "the kind.\".",
            "5: checkin item=2 at=2026-06-12T10:15:32"});
}

TEST_CASE("damaged lines") {
  CHECK(line("2026-06-12 10:15:30 474\treturn\t2\x01") == "2:33: Damaged: byte 01, which is not text.");
  CHECK(line(std::string(70'000, 'x')) == "2:0: The line is longer than 65536 bytes, so it can't be a record.");
  CHECK(line(" \t ") == "2: blank");
}

TEST_CASE("a log without a header loses no line and has one note") {
  const std::string text = "2026-06-12 10:15:30 474\treturn\t2\n2026-06-12 10:15:31 474\treturn\t3\n";
  CHECK(
      ParsedLog(k_koc_format, text).described() ==
      std::vector<std::string>{"1: checkin item=2 at=2026-06-12T10:15:30", "2: checkin item=3 at=2026-06-12T10:15:31"});
  CHECK(notes_of(text) ==
        "no-header: The log has no header line, so the program that wrote it is unknown. Its times are assumed to be "
        "local times. -> Compare it with the log at the workstation: its beginning may be missing.\n");
  CHECK(notes_of(std::string(k_header) + text) == "");
  CHECK(notes_of("\n" + std::string(k_header) + text) == "");
  CHECK(notes_of(text + std::string(k_header) + text) == notes_of(text));
}

TEST_CASE("an unknown writer is noted once") {
  const std::string header = "Version=1.3\tGenerator=notepad\tGeneratorVersion=9\n";
  CHECK(line("2026-06-12 10:15:30\treturn\t2", header) == "2: checkin item=2 at=2026-06-12T10:15:30");
  CHECK(notes_of(header + header) ==
        "unknown-writer: The header in line 1 names \"notepad\", an unknown program. Its times are assumed to be local "
        "times. -> Compare one of its times with the actual time of the transaction.\n");
  CHECK(notes_of("Version=1.3\tGenerator=kocQt4\tGeneratorVersion=1.3\n") == "");
}

TEST_CASE("an unreadable line is identified by its content") {
  CHECK(content_of("yesterday\treturn\t2") == content_of("yesterday\treturn\t2"));
  CHECK(content_of("yesterday\treturn\t2") != content_of("yesterday\treturn\t3"));
}

TEST_CASE("what is recognized as a Koha log") {
  const auto claimed = [](const std::string& head) { return k_koc_format.claims(head); };
  CHECK(claimed("Version=1.0\tGenerator=kolt\tGeneratorVersion=0.1\n"));
  CHECK(claimed("\n\n2026-06-12 10:15:30 474\treturn\t2\n"));
  CHECK(claimed("2026-06-12 10:15:30 474\treserve\t2\n2026-06-12 10:15:30 474\treturn\t2\n"));
  CHECK_FALSE(claimed("Version=1.0\n"));
  CHECK_FALSE(claimed("2026-06-12 10:15:30 474\treserve\t2\n"));
  CHECK_FALSE(claimed("issue\treturn\tpayment\n"));
  CHECK_FALSE(claimed(""));
}

TEST_CASE("scripts write headers with blanks and returns with an empty card column") {
  const std::string header = "Version=1.0     Generator=kocLantern     GeneratorVersion=0.1\n";
  CHECK(line("2026-06-12 10:15:30 000\treturn\t\t31220005000390", header) ==
        "2: checkin item=31220005000390 at=2026-06-12T10:15:30");
  CHECK(line("2026-06-12 10:15:30 000\treturn\t\t", header) == "2:32: The barcode is missing: return needs it.");
  CHECK(notes_of(header).starts_with("unknown-writer: The header in line 1 names \"kocLantern\", an unknown program."));
  CHECK(notes_of("Version=1.0 Generator=kocQt4 GeneratorVersion=1.0\n") == "");
  CHECK(line("2026-06-12 15:15:30\treturn\t2", "Version=1.0 Generator=koct-firefox\n") ==
        "2: checkin item=2 at=2026-06-12T15:15:30Z");
  CHECK(k_koc_format.claims(header));
}

TEST_CASE("only a complete header is blank, and its writer counts in any case") {
  const auto header = [](const std::string& text) { return only_record(k_koc_format, text + "\n"); };
  for (const std::string whole : {"Version=1.0\tGenerator=kocQt4\tGeneratorVersion=1.0", "Version=1.0\tGenerator=kolt",
                                  "Version=1.3\tGenerator=My own script\tGeneratorVersion=2.0.0-beta\t"}) {
    CHECK(header(whole) == "1: blank");
  }
  for (const std::string damaged :
       {"Version=1.0", "Version=1.0\tGenerator=", "Version=1.0\tGenerator=kolt\tGeneratorVersion=0.1\t31220005000390",
        "Version=1.0\tGenerator=kolt\tGeneratorVersion=0.131220005000390", "Version=1.0\tGenerator=kolt31220005000390",
        "Version=1.0\tGenerator=kolt\t31220005000390", "Version=x1\tGenerator=kolt", "ersion=1.0\tGenerator=kolt",
        "Version=1.0\tGenerator=kolt\tGeneratorVersion=0.1-06-12 10:15:30\treturn\t31220005000390"}) {
    CAPTURE(damaged);
    CHECK(header(damaged) ==
          "1:1: The header can't be read: expected Version=, Generator= and GeneratorVersion=, and nothing else.");
  }
  CHECK(line("2026-06-12 15:15:30\treturn\t2", "ersion=1.0\tGenerator=koct-firefox\tGeneratorVersion=0.1\n") ==
        "2: checkin item=2 at=2026-06-12T15:15:30Z");
}

TEST_CASE("several records on one line are each read, and the log has a note") {
  const std::string text =
      "Version=1.0\tGenerator=kolt\tGeneratorVersion=0.12026-06-12 10:15:30\treturn\t2"
      "2026-06-12 10:15:31\treserve\t1\t3Version=1.0 Generator=kolt2026-06-12 10:15:32\treturn\t4\n";
  CHECK(ParsedLog(k_koc_format, text).described() ==
        std::vector<std::string>{"1: blank", "1: checkin item=2 at=2026-06-12T10:15:30",
                                 "1:96: The command can't be read: expected issue, return or payment, got \"reserve\".",
                                 "1: blank", "1: checkin item=4 at=2026-06-12T10:15:32"});
  CHECK(notes_of(text).starts_with("line-end-lost: In line 1, another record begins before the line ends"));
}

TEST_CASE("a line of tabs is the remains of a record; a line of blanks is empty") {
  CHECK(line("\t") == "2:1: Damaged: only the trailing blanks of a record are left.");
  CHECK(line("") == "2: blank");
}

TEST_CASE("a last line without a line end may be cut short") {
  const auto last = [](std::string_view text) {
    const ParsedLog log(k_koc_format, fmt::format("{}{}", k_header, text));
    return log.described().back() + " | " + kept_of(k_koc_format, fmt::format("{}{}", k_header, text));
  };
  const std::string cut = "The last line may be cut short: it has no line end. Load the whole log.";
  CHECK(last("2026-06-12 10:15:30 474\tissue\t1\t2") ==
        "2:34: " + cut + " | user=1 item=2 at=2026-06-12T10:15:30 doubtful");
  CHECK(last("2026-06-12 10:15:30 474\tissue\t1") == "2:32: " + cut + " | user=1 at=2026-06-12T10:15:30 doubtful");
  CHECK(last("2026-06-12 10:15:30 474\treturn\t2\r") == "2:33: " + cut + " | item=2 at=2026-06-12T10:15:30 doubtful");
  CHECK(last("2026-06-12 10:1") == "2:16: " + cut + " | doubtful");
  CHECK(last("2026-06-12 10:15:30 474\treturn\t2\n ") == "3: blank | nothing is unreadable");
  CHECK(ParsedLog(k_koc_format, k_header.substr(0, k_header.size() - 1)).described() ==
        std::vector<std::string>{"1: blank"});
}

TEST_CASE("the readable parts of an unreadable line are kept") {
  const auto kept = [](std::string_view text) { return kept_of(k_koc_format, fmt::format("{}{}\n", k_header, text)); };
  CHECK(kept("2026-06-12 10:15:30\tissue\t\t2") == "item=2 at=2026-06-12T10:15:30");
  CHECK(kept("2026-06-12 10:15:30\tissue\t1\t") == "user=1 at=2026-06-12T10:15:30");
  CHECK(kept("2026-06-12 10:15:30\tpayment\t1\tten") == "user=1 at=2026-06-12T10:15:30");
  CHECK(kept("2026-06-12 10:15:30\trenew\t1\t31220005000390") == "user=1 item=31220005000390 at=2026-06-12T10:15:30");
  CHECK(kept("2026-06-12 10:15:30\tpayxent\t1\t2.50") == "user=1 at=2026-06-12T10:15:30");
  CHECK(kept("2026-06-12 10:15:30\tretxrn\t2") == "item=2 at=2026-06-12T10:15:30");
  CHECK(kept("yesterday\tissue\t1\t2") == "user=1 item=2");
  CHECK(kept("2026-06-12 10:15:30\tissue\t1\t2\x01") == "user=1 at=2026-06-12T10:15:30 doubtful");
  CHECK(kept("2026-06-12 10:15:30\tissue\t1\t2" + std::string(8, '\0')) ==
        "user=1 item=2 at=2026-06-12T10:15:30 doubtful");
}

TEST_CASE("no-break spaces around a field are blanks") {
  const auto record = [](const std::string& line) { return only_record(k_koc_format, line + "\n"); };
  const std::string plain = record("2026-06-12 10:15:30 000\tpayment\t1\t2.50");
  CHECK(record("2026-06-12 10:15:30 000\u00A0\t\u202Fpayment\t1\u00A0\t2.50\u00A0") == plain);
  CHECK(record("2026-06-12 10:15:30 000\tpayment\xA0\t1\t\xA0"
               "2.50") == plain);
}
