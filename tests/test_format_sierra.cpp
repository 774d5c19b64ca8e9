#include <doctest/doctest.h>

#include "tests/kept_values.hpp"

using namespace offcirc;

namespace {

std::string record_of(const std::string& line) {
  return only_record(k_sierra_format, line + "\n");
}

std::uint64_t content_of(const std::string& line) {
  const ParsedLog log(k_sierra_format, line + "\n");
  REQUIRE(log.records.size() == 1);
  const auto& content = log.records.front().content;
  if (const auto* diagnostic = std::get_if<Diagnostic>(&content)) return diagnostic->content;
  return std::get<Transaction>(content).more;
}

// How a checkout with that due date describes it.
std::string due_of(std::string_view due) {
  const std::string record = record_of(fmt::format("o:2606121012:b31:b21:{}:1", due));
  const std::string start = "1: checkout user=21 item=31 at=2026-06-12T10:12:00";
  return record.starts_with(start) ? record.substr(start.size()) : record;
}

bool is_claimed(std::string_view text) {
  return k_sierra_format.claims(text);
}

}  // namespace

TEST_CASE("the sample, record by record") {
  const std::vector<std::string> expected = {
      "1: checkout user=21220001000073 item=31220005000135 at=2026-06-12T10:01:00 due=2026-07-03T23:59:00 "
      "from=transaction",
      "2: checkout user=21220001000073 item=31220005000267 at=2026-06-12T10:01:00 due=2026-06-12T15:00:00 "
      "from=transaction",
      "3: checkout user=21220001000149 item=31220005000390 at=2026-06-12T10:02:00",
      "4: checkout user=21220001000149 item=31220005000523 at=2026-06-12T10:03:00",
      "5: checkin item=31220005000655 at=2026-06-12T10:04:00",
      "6: checkin user=21220001000214 item=31220005000788 at=2026-06-12T10:04:00",
      "7: blank",
      "8: checkin item=31220005000911 at=2026-06-12T10:05:00",
      "9: blank",
      "10: checkout user=21220001000289 item=KELP-0042 at=2026-06-12T10:09:00 due=2026-06-26T23:59:00 "
      "from=transaction"};
  CHECK(ParsedLog(k_sierra_format, read_sample(k_sierra_format)).described() == expected);
}

TEST_CASE("the two example lines of the manual") {
  CHECK(record_of("o:1212010830:b31551010350230:b215510204020201:1301310400:992") ==
        "1: checkout user=215510204020201 item=31551010350230 at=2012-12-01T08:30:00 due=2013-01-31T04:00:00 "
        "from=transaction");
  CHECK(record_of("i:0310020355:b30650000156732:::15") == "1: checkin item=30650000156732 at=2003-10-02T03:55:00");
}

TEST_CASE("due dates") {
  CHECK(due_of("2607032359") == " due=2026-07-03T23:59:00 from=transaction");
  CHECK(due_of("") == "");
  CHECK(due_of("  ") == "");
  CHECK(due_of("0000000000") == "");
  for (const char* wrong : {"260703", "2607322359", "2607032460", "July3", "26070323590"}) {
    CAPTURE(wrong);
    CHECK(due_of(wrong) ==
          fmt::format("1:22: The due date is not a date and time: expected 10 digits such as 2607032359, got \"{}\".",
                      wrong));
  }
  CHECK(record_of("i:2606121012:b31::2607032359:1") == "1: checkin item=31 at=2026-06-12T10:12:00");
}

TEST_CASE("two-digit years") {
  const auto year_of = [](std::string_view year) {
    const std::string record = record_of(fmt::format("i:{}06121012:b31:::1", year));
    return record.substr(record.find("at=") + 3, 4);
  };
  CHECK(year_of("00") == "2000");
  CHECK(year_of("79") == "2079");
  CHECK(year_of("80") == "1980");
  CHECK(year_of("99") == "1999");
}

TEST_CASE("blanks around the fields") {
  CHECK(record_of("o : 2606121012 : b 31 : b 21 : 2607032359 : 1 ") ==
        "1: checkout user=21 item=31 at=2026-06-12T10:12:00 due=2026-07-03T23:59:00 from=transaction");
}

TEST_CASE("IDs in the encoding of the config") {
  CHECK(record_of("o:2606121012:b31:bZ\xDCRN::1") == "1: checkout user=Z\xC3\x9CRN item=31 at=2026-06-12T10:12:00");
}

TEST_CASE("lines that can't be read") {
  CHECK(record_of("x:2606121012:b31:b21::1") ==
        "1:1: Expected o (checkout or renewal) or i (check-in) before the first colon, got \"x\".");
  CHECK(record_of("O:2606121012:b31:b21::1") ==
        "1:1: Expected o (checkout or renewal) or i (check-in) before the first colon, got \"O\".");
  CHECK(record_of("hello") ==
        "1:1: Expected o (checkout or renewal) or i (check-in) before the first colon, got \"hello\".");
  CHECK(record_of("o") == "1:2: Expected 6 fields separated by colons, got 1; the line is cut short.");
  CHECK(record_of("i:2606311012:b31:::1") ==
        "1:3: The time is not a date and time: expected 10 digits such as 2606121012, got \"2606311012\".");
  CHECK(record_of("i:202606121012:b31:::1") ==
        "1:3: The time is not a date and time: expected 10 digits such as 2606121012, got \"202606121012\".");
  CHECK(record_of("o:2606121012:b31:b21:2607032359") ==
        "1:32: Expected 6 fields separated by colons, got 5; the line is cut short.");
  CHECK(record_of("i:2606121012:b31:::1:2") == "1:23: Expected 6 fields separated by colons, got 7.");
  CHECK(record_of("i:2606121012::::1") == "1:14: The item ID is missing.");
  CHECK(record_of("i:2606121012:b:::1") == "1:14: The item ID is missing.");
  CHECK(record_of("o:2606121012:b31:::1") == "1:18: The user ID is missing.");
  CHECK(record_of("o:2606121012:b31:b ::1") == "1:18: The user ID is missing.");
  CHECK(record_of("i:2606121012:31:::1") == "1:14: The item ID can't be read: expected b and the barcode, got \"31\".");
  CHECK(record_of("o:2606121012:b31:21::1") ==
        "1:18: The user ID can't be read: expected b and the barcode, got \"21\".");
  CHECK(record_of(std::string("i:2606121012:b3\0001:::1", 22)) == "1:16: Damaged: byte 00, which is not text.");
}

TEST_CASE("lines that are not about circulation") {
  CHECK(record_of("") == "1: blank");
  CHECK(record_of("n:31220005001042") == "1: blank");
}

TEST_CASE("an unreadable line is identified by its content") {
  CHECK(content_of("o:2606121012:b31") == content_of("o:2606121012:b31"));
  CHECK(content_of("o:2606121012:b32") != content_of("o:2606121012:b31"));
}

TEST_CASE("what is recognized as an rdy file") {
  CHECK(is_claimed("i:0310020355:b30650000156732:::15"));
  CHECK(is_claimed("\nn:31220005001042\r\no:2606121012:b31:b21::1\r\n"));
  CHECK_FALSE(is_claimed("n:31220005001042\n"));
  CHECK_FALSE(is_claimed("i:0310020355:b30650000156732::"));
  CHECK_FALSE(is_claimed("i:0313020355:b30650000156732:::15"));
  CHECK_FALSE(is_claimed("i:0310020355:30650000156732:::15"));
  CHECK_FALSE(is_claimed("a:0310020355:b30650000156732:::15"));
}

TEST_CASE("only a complete inventory line is blank; a record with a damaged code is not") {
  CHECK(record_of("n:b31220005001042") == "1: blank");
  CHECK(record_of("n:2606121012:b31:b21::1") ==
        "1:1: Expected o (checkout or renewal) or i (check-in) before the first colon, got \"n\".");
  const ParsedLog log(k_sierra_format, "n:31220005001042i:2606121012:b31:::1\n");
  CHECK(log.described() == std::vector<std::string>{"1: blank", "1: checkin item=31 at=2026-06-12T10:12:00"});
}

TEST_CASE("several records on one line are each read, and the log has a note") {
  const ParsedLog log(k_sierra_format, "o:2606121012:b31:b21::1i:2606121013:b32:::1:\n");
  CHECK(log.described() == std::vector<std::string>{"1: checkout user=21 item=31 at=2026-06-12T10:12:00",
                                                    "1:45: Expected 6 fields separated by colons, got 7."});
  REQUIRE(log.notes.size() == 1);
  CHECK(log.notes[0].code == "line-end-lost");
}

TEST_CASE("a last line without a line end may be cut short") {
  const std::string cut = "The last line may be cut short: it has no line end. Load the whole log.";
  CHECK(only_record(k_sierra_format, "o:2606121012:b31:b21::1") == "1:24: " + cut);
  CHECK(only_record(k_sierra_format, "o:2606121012:b3") == "1:16: " + cut);
  CHECK(only_record(k_sierra_format, "n:31220005001042") == "1: blank");
  CHECK(kept_of(k_sierra_format, "o:2606121012:b31:b21::1") == "user=21 item=31 at=2026-06-12T10:12:00 doubtful");
}

TEST_CASE("the readable parts of an unreadable line are kept") {
  const auto kept = [](const std::string& line) { return kept_of(k_sierra_format, line + "\n"); };
  CHECK(kept("x:2606121012:b31:b21::1") == "user=21 item=31 at=2026-06-12T10:12:00");
  CHECK(kept("o:2613121012:b31:b21::1") == "user=21 item=31");
  CHECK(kept("o:2606121012:31:b21::1") == "user=21 at=2026-06-12T10:12:00");
  CHECK(kept("o:2606121012:b31:b21:soon:1") == "user=21 item=31 at=2026-06-12T10:12:00");
  CHECK(kept("o:2606121012:b31") == "item=31 at=2026-06-12T10:12:00 doubtful");
  CHECK(kept("o:2606121012:b31:b2\x01::1") == "item=31 at=2026-06-12T10:12:00 doubtful");
  CHECK(kept("o:2606121012:b31:b21::1" + std::string(8, '\0')) == "user=21 item=31 at=2026-06-12T10:12:00 doubtful");
}

TEST_CASE("no-break spaces around a field are blanks") {
  CHECK(record_of("o\u00A0:\u00A02606121012:b31\u00A0:b\u202F21:\u00A02607032359\u00A0:1") ==
        record_of("o:2606121012:b31:b21:2607032359:1"));
  CHECK(record_of("o\xA0:2606121012\xA0:b31:b21:2607032359\xA0:1") == record_of("o:2606121012:b31:b21:2607032359:1"));
}
