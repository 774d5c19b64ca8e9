#include <doctest/doctest.h>

#include "tests/kept_values.hpp"

using namespace offcirc;

namespace {

constexpr std::string_view k_item = "39001000512345";

// A line as the program writes it, with the item ID padded to 80 columns.
std::string line_of(std::string_view time, std::string_view letter, std::string_view item, std::string_view user = {}) {
  return fmt::format("{}{}{:<80}{}", time, letter, item, user);
}

std::string record_of(const std::string& line) {
  return only_record(k_aleph_format, line + "\n");
}

std::uint64_t content_of(const std::string& line) {
  const ParsedLog log(k_aleph_format, line + "\n");
  REQUIRE(log.records.size() == 1);
  const auto& content = log.records.front().content;
  if (const auto* diagnostic = std::get_if<Diagnostic>(&content)) return diagnostic->content;
  return std::get<Transaction>(content).more;
}

bool is_claimed(std::string_view text) {
  return k_aleph_format.claims(text);
}

}  // namespace

TEST_CASE("the sample, record by record") {
  const std::vector<std::string> expected = {
      "1: checkout user=90000000107 item=39001000512345 at=2026-06-12T10:01:00",
      "2: checkout user=90000000107 item=39001000512352 at=2026-06-12T10:01:00",
      "3: checkin item=39001000512360 at=2026-06-12T10:01:00",
      "4: checkout user=90000000115 item=39001000512360 at=2026-06-12T10:01:00",
      "5: checkin item=KB 17 0042 at=2026-06-12T10:03:00",
      "6: blank",
      "7: checkout user=ROWAN.T item=39001000512378 at=2026-06-12T10:07:00",
      "8: checkout user=Z\xC3\x9CRN-04 item=39001000512386 at=2026-06-12T10:09:00"};
  CHECK(ParsedLog(k_aleph_format, read_sample(k_aleph_format)).described() == expected);
}

TEST_CASE("blanks around IDs, and text after a return") {
  CHECK(record_of(line_of("202606121012", "L", "  39001 ", "  907 ")) ==
        "1: checkout user=907 item=39001 at=2026-06-12T10:12:00");
  CHECK(record_of(line_of("202606121012", "R", k_item) + "   ") ==
        "1: checkin item=39001000512345 at=2026-06-12T10:12:00");
  CHECK(record_of(line_of("202606121012", "R", k_item, "907")) ==
        "1: checkin user=907 item=39001000512345 at=2026-06-12T10:12:00");
  CHECK(record_of(line_of("202606121012", "R", std::string(80, '7'))) ==
        "1: checkin item=" + std::string(80, '7') + " at=2026-06-12T10:12:00");
}

TEST_CASE("IDs in the encoding of the config or in UTF-8") {
  const std::string expected = "1: checkout user=Z\xC3\x9CRN item=39001000512345 at=2026-06-12T10:12:00";
  CHECK(record_of(line_of("202606121012", "L", k_item, "Z\xC3\x9CRN")) == expected);
  CHECK(record_of(line_of("202606121012", "L", k_item, "Z\xDCRN")) == expected);
  // Padded to 80 characters, one of which has two bytes: the extra blank precedes the user ID.
  CHECK(record_of(line_of("202606121012", "L", "Z\xC3\x9C-7", " 907")) ==
        "1: checkout user=907 item=Z\xC3\x9C-7 at=2026-06-12T10:12:00");
}

TEST_CASE("invalid times") {
  for (const char* time : {"202613121012", "202602301012", "202606122412", "202606121060", "20260612101x"}) {
    CAPTURE(time);
    CHECK(record_of(line_of(time, "R", k_item)) ==
          fmt::format(
              "1:1: The time (columns 1 to 12) is not a date and time: expected 12 digits such as 202606121012, got "
              "\"{}\".",
              time));
  }
  CHECK(record_of("hello") ==
        "1:1: The time (columns 1 to 12) is not a date and time: expected 12 digits such as 202606121012, got "
        "\"hello\".");
}

TEST_CASE("letters that are neither L nor R") {
  for (const char* letter : {"l", "X", " ", "3"}) {
    CAPTURE(letter);
    CHECK(record_of(line_of("202606121012", letter, k_item, "907")) ==
          fmt::format("1:13: Column 13 says what was done: expected L (loan) or R (return), got \"{}\".", letter));
  }
  CHECK(record_of("202606121012") == "1:13: Column 13 says what was done: expected L (loan) or R (return), got \"\".");
}

TEST_CASE("lines of a wrong length") {
  const std::string whole = line_of("202606121012", "R", k_item);
  CHECK(record_of(whole.substr(0, 92)) ==
        "1:93: The line is cut short: expected 93 columns, because the item ID is padded with blanks to column 93, got "
        "92.");
  CHECK(record_of("202606121012R39001") ==
        "1:19: The line is cut short: expected 93 columns, because the item ID is padded with blanks to column 93, got "
        "18.");
  CHECK(record_of(line_of("202606121012", "L", k_item)) == "1:94: The user ID (from column 94 on) is missing.");
  CHECK(record_of(line_of("202606121012", "L", k_item, "  ")) == "1:94: The user ID (from column 94 on) is missing.");
  CHECK(record_of(line_of("202606121012", "L", "", "907")) == "1:14: The item ID (columns 14 to 93) is missing.");
}

TEST_CASE("columns that have shifted") {
  const std::string shifted = line_of("202606121012", "L", k_item, "90000000107").erase(60, 5);
  CHECK(record_of(shifted) ==
        "1:89: The columns have shifted: text after blanks reaches up to column 93, where the field of the item ID "
        "ends.");
  CHECK(record_of(line_of("202606121012", "L", "ITEM WITH BLANKS", "907")) ==
        "1: checkout user=907 item=ITEM WITH BLANKS at=2026-06-12T10:12:00");
}

TEST_CASE("damaged lines") {
  CHECK(record_of(line_of("202606121012", "L", "390\x1A", "907")) == "1:17: Damaged: byte 1A, which is not text.");
  CHECK(record_of(line_of("202606121012", "L", k_item, std::string(70000, '9'))) ==
        "1:0: The line is longer than 65536 bytes, so it can't be a record.");
  CHECK(record_of("") == "1: blank");
  CHECK(record_of(" \t ") == "1: blank");
}

TEST_CASE("an unreadable line is identified by its content") {
  const std::uint64_t damaged = content_of(line_of("202606121012", "X", k_item, "907"));
  CHECK(content_of(line_of("202606121012", "X", k_item, "907")) == damaged);
  CHECK(content_of(line_of("202606121012", "X", k_item, "908")) != damaged);
}

TEST_CASE("what is recognized as an OffCirc.dat") {
  const std::string loan = line_of("202606121012", "L", k_item, "907");
  CHECK(is_claimed(loan));
  CHECK(is_claimed("\n" + loan.substr(0, 20) + "\r\n" + loan + "\r\n"));
  CHECK_FALSE(is_claimed(loan.substr(0, 90)));
  CHECK_FALSE(is_claimed(line_of("202606121012", "X", k_item, "907")));
  CHECK_FALSE(is_claimed(line_of("202606129912", "L", k_item, "907")));
  CHECK_FALSE(is_claimed(line_of("202606121012", "L", "", "907")));
  CHECK_FALSE(is_claimed(line_of("202606121012", "L", std::string("39\0", 3), "907")));
  CHECK_FALSE(is_claimed("39001000512345\n39001000512352\n"));
}

TEST_CASE("a torn record before a whole one, and several on one line, are each read separately") {
  const std::string whole = line_of("202606121012", "R", k_item);
  const ParsedLog torn(k_aleph_format, line_of("202606121011", "L", k_item, "907").substr(0, 40) + whole + "\n");
  CHECK(torn.described() == std::vector<std::string>{"1:41: The line is cut short: expected 93 columns, because the "
                                                     "item ID is padded with blanks to column 93, got 40.",
                                                     "1: checkin item=39001000512345 at=2026-06-12T10:12:00"});
  CHECK(torn.notes.empty());
  const ParsedLog pasted(k_aleph_format, line_of("202606121011", "L", k_item, "907") + whole + whole + "\n");
  CHECK(pasted.transactions().size() == 3);
  REQUIRE(pasted.notes.size() == 1);
  CHECK(pasted.notes[0].code == "line-end-lost");
}

TEST_CASE("a line of blanks is the remains of a record") {
  CHECK(record_of("   ") == "1:1: Damaged: only the trailing blanks of a record are left.");
}

TEST_CASE("a last line without a line end may be cut short") {
  const std::string cut = "The last line may be cut short: it has no line end. Load the whole log.";
  CHECK(only_record(k_aleph_format, line_of("202606121012", "L", k_item, "907")) == "1:97: " + cut);
  CHECK(only_record(k_aleph_format, line_of("202606121012", "R", k_item)) == "1:94: " + cut);
  CHECK(only_record(k_aleph_format, "202606121012L390") == "1:17: " + cut);
  CHECK(kept_of(k_aleph_format, line_of("202606121012", "L", k_item, "907")) ==
        "user=907 item=39001000512345 at=2026-06-12T10:12:00 doubtful");
}

TEST_CASE("the readable parts of an unreadable line are kept") {
  const auto kept = [](const std::string& line) { return kept_of(k_aleph_format, line + "\n"); };
  CHECK(kept(line_of("202606121012", "X", k_item, "907")) == "user=907 item=39001000512345 at=2026-06-12T10:12:00");
  CHECK(kept(line_of("202613121012", "L", k_item, "907")) == "user=907 item=39001000512345");
  CHECK(kept(line_of("202606121012", "L", k_item)) == "item=39001000512345 at=2026-06-12T10:12:00");
  CHECK(kept("202606121012R39001") == "item=39001 at=2026-06-12T10:12:00 doubtful");
  CHECK(kept("202606121012L39001" + std::string(68, ' ') + "90000000107") ==
        "user=90000000107 item=39001 at=2026-06-12T10:12:00 doubtful");
  CHECK(kept(line_of("202606121012", "L", "39\x01", "907")) == "user=907 at=2026-06-12T10:12:00 doubtful");
  CHECK(kept("a note that somebody has typed into the log") == "");
}
