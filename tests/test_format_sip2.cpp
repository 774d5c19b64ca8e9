#include <doctest/doctest.h>

#include <array>

#include "tests/parsed_log.hpp"

using namespace offcirc;

namespace {

const std::string k_now = "20260612    101231";
const std::string k_blanks(18, ' ');
const std::string k_ids = "AOOSH|AA21|AB31|";
const std::string k_at = " at=2026-06-12T10:12:31";
const std::string k_desk = " desk=OSH///";
std::string no_message_at(std::size_t column) {
  return fmt::format(
      "1:{}: This is not a SIP2 message: expected one such as 11 (checkout), 09 (check-in) or 29 (renewal), with its "
      "date "
      "and time.",
      column);
}

const std::string k_no_message = no_message_at(1);

std::string record_of(const std::string& line) {
  return only_record(k_sip2_format, line + "\n");
}

std::vector<std::string> records_of(const std::string& text) {
  return ParsedLog(k_sip2_format, text).described();
}

std::uint64_t content_of(const std::string& line) {
  const ParsedLog log(k_sip2_format, line + "\n");
  REQUIRE(log.records.size() == 1);
  const auto& content = log.records.front().content;
  if (const auto* diagnostic = std::get_if<Diagnostic>(&content)) return diagnostic->content;
  return std::get<Transaction>(content).more;
}

// How a checkout that was done offline describes that due date.
std::string due_of(const std::string& due) {
  const std::string record = record_of("11NY" + k_now + due + k_ids);
  const std::string start = "1: checkout user=21 item=31" + k_at;
  return record.starts_with(start) ? record.substr(start.size(), record.size() - start.size() - k_desk.size()) : record;
}

bool is_claimed(std::string_view text) {
  return k_sip2_format.claims(text);
}

}  // namespace

TEST_CASE("the sample, record by record") {
  const std::vector<std::string> expected = {
      "1: blank",
      "2: blank",
      "3: blank",
      "4: blank",
      "5: checkout user=21220001000073 item=31220005000135 at=2026-06-12T10:01:40 due=2026-07-03T23:59:00 "
      "from=transaction desk=OSH///",
      "6: checkout user=21220001000073 item=31220005000267 at=2026-06-12T10:01:52 due=2026-07-03 from=transaction "
      "desk=OSH///",
      "7: checkout user=21220001000149 item=31220005000390 at=2026-06-12T10:02:10 desk=OSH///",
      "8: blank",
      "9: checkin item=31220005000523 at=2026-06-12T10:04:10 desk=OSH///",
      "10: checkin item=31220005000655 at=2026-06-12T10:04:18 discharged=2026-06-11T18:00:00 desk=OSH///",
      "11: blank",
      "12: renewal user=21220001000214 item=31220005000788 at=2026-06-12T10:05:00 due=2026-07-10T23:59:00 "
      "from=transaction desk=OSH///",
      "13: renewal item=31220005000911 at=2026-06-12T15:05:12Z desk=OSH///",
      "14: checkout user=21220001000289 item=KELP 0042 at=2026-06-12T10:06:02 desk=OSH///",
      "15: checkin item=31220005001042 at=2026-06-12T10:06:40 desk=OSH///",
      "16: unsupported what=Hold user=21220001000289 item=31220005001174 at=2026-06-12T10:07:00 desk=OSH///",
      "17: unsupported what=Renew all user=21220001000289 at=2026-06-12T10:07:30 desk=OSH///",
      "18: unsupported what=Fee paid user=21220001000289 at=2026-06-12T10:08:00 desk=OSH///",
      "19: blank",
      "20: blank",
      "21: blank"};
  const std::vector<std::string> described = ParsedLog(k_sip2_format, read_sample(k_sip2_format)).described();
  REQUIRE(described.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(described[i] == expected[i]);
}

TEST_CASE("requests that are not loaded are named; the others are blank") {
  CHECK(record_of("15-" + k_now + k_ids) == "1: unsupported what=Hold user=21 item=31" + k_at + k_desk);
  CHECK(record_of("65" + k_now + "AA21|") == "1: unsupported what=Renew all user=21" + k_at);
  CHECK(record_of("37" + k_now + "0401EURBV1.20|AA21|") == "1: unsupported what=Fee paid user=21" + k_at);
  CHECK(record_of("01N" + k_now + "AA21|") == "1: unsupported what=Block user user=21" + k_at);
  CHECK(record_of("25" + k_now + "AA21|") == "1: unsupported what=Enable user user=21" + k_at);
  CHECK(record_of("19" + k_now + "AB31|CHx|") == "1: unsupported what=Item status update item=31" + k_at);
  const std::vector<std::string> noise = {
      "17" + k_now + "AOOSH|AB31|",
      "23001" + k_now + "AOOSH|AA21|AD2468|",
      "35" + k_now + "AOOSH|AA21|",
      "63001" + k_now + "Y         AOOSH|AA21|",
      "9300CNdesk|COletmein|CPFoyer|",
      "97",
      "97AZFEF5",
      "9900302.00",
      "101YNN" + k_now + "AOOSH|AB31|",
      "120NUN" + k_now + "AOOSH|AA21|AB31|AJ|AH|AFNo such item|",
      "161Y" + k_now + "AOOSH|AA21|",
      "18030001" + k_now + "AB31|AJHarbor Lights|",
      "201" + k_now + "AB31|",
      "24              001" + k_now + "AOOSH|AA21|AEFern Rowan|",
      "26              001" + k_now + "AOOSH|AA21|AEFern Rowan|",
      "301YNN" + k_now + "AOOSH|AA21|AB31|AJ|AH|",
      "36Y" + k_now + "AOOSH|AA21|",
      "38Y" + k_now + "AOOSH|AA21|",
      "64              001" + k_now + "000000000000000000000000AOOSH|AA21|AEFern Rowan|",
      "66100010000" + k_now + "AOOSH|BMx|",
      "941",
      "96",
      "98YYYYYN100003" + k_now + "2.00AOOSH|BXYYYYYYYYYYYYYYYY|",
      ""};
  for (const std::string& line : noise) {
    CAPTURE(line);
    CHECK(record_of(line) == "1: blank");
  }
}

TEST_CASE("fields in any order, unknown, empty, or repeated") {
  const std::string expected = "1: checkout user=21 item=31" + k_at + k_desk;
  CHECK(record_of("11NN" + k_now + k_blanks + "AB31|ZZ9|CHany^thing|AA 21 |AC||h2x|AOOSH|BO|") == expected);
  CHECK(record_of("11NN" + k_now + k_blanks + "AOOSH|AA21|AB31|AB32|AA22|") == expected);
  CHECK(record_of("11NN" + k_now + k_blanks + "AOOSH|AA21|AB31|BON") == expected);
  CHECK(record_of("11NN" + k_now + k_blanks + "AO|AA21|AB31|") == "1: checkout user=21 item=31" + k_at);
  CHECK(record_of("29NN" + k_now + k_blanks + "AO|AA|AB31|") == "1: renewal item=31" + k_at);
  CHECK(record_of("09N" + k_now + k_now + "APFoyer|AOOSH|AB31|AA21|") == "1: checkin item=31" + k_at + k_desk);
}

TEST_CASE("dates and their time zones") {
  const auto time_of = [](const std::string& date) {
    const std::string record = record_of("09N" + date + k_blanks + "AO|AB31|");
    const std::string start = "1: checkin item=31 at=";
    return record.starts_with(start) ? record.substr(start.size()) : record;
  };
  CHECK(time_of("20260612    101231") == "2026-06-12T10:12:31");
  CHECK(time_of("20260612   Z101231") == "2026-06-12T10:12:31Z");
  CHECK(time_of("20260612   Q101231") == "2026-06-12T14:12:31Z");
  CHECK(time_of("20260612   N101231") == "2026-06-12T11:12:31Z");
  CHECK(time_of("20260612   Y001231") == "2026-06-12T12:12:31Z");
  CHECK(time_of("20260612   A101231") == "2026-06-12T09:12:31Z");
  CHECK(time_of("20260612   K101231") == "2026-06-12T00:12:31Z");
  CHECK(time_of("20260612   M101231") == "2026-06-11T22:12:31Z");
  for (const char* wrong : {"20261312    101231", "20260612    241231", "20260612   J101231", "20260612 EST101231",
                            "20260612Z   101231", "202606120000101231", "00000000    000000"}) {
    CAPTURE(wrong);
    CHECK(time_of(wrong) ==
          fmt::format(
              "1:4: The transaction date of the message 09 is not a date and time: expected one such as \"20260612  "
              "  101231\", got \"{}\".",
              wrong));
  }
}

TEST_CASE("a due date counts only if the transaction was done offline") {
  CHECK(due_of("20260703    235900") == " due=2026-07-03T23:59:00 from=transaction");
  CHECK(due_of("20260703    000000") == " due=2026-07-03 from=transaction");
  CHECK(due_of("20260704   Z035900") == " due=2026-07-04T03:59:00Z from=transaction");
  CHECK(due_of(k_blanks) == "");
  CHECK(due_of("00000000    000000") == "");
  CHECK(due_of("20260732    235900") ==
        "1:23: The due date (nb due date) of the message 11 is not a date and time: expected one such as \"20260612    "
        "101231\", got \"20260732    235900\".");
  CHECK(due_of("letmein-AC-letmein") ==
        "1:23: The message 11 (Checkout) can't be read: expected a date and time, or 18 blanks here.");
  CHECK(record_of("11YN" + k_now + "20260703    235900" + k_ids) == "1: checkout user=21 item=31" + k_at + k_desk);
  CHECK(record_of("11NN" + k_now + "20260732    235900" + k_ids) == "1: checkout user=21 item=31" + k_at + k_desk);
  CHECK(record_of("29NY" + k_now + "20260703    235900" + k_ids) ==
        "1: renewal user=21 item=31" + k_at + " due=2026-07-03T23:59:00 from=transaction" + k_desk);
  CHECK(record_of("29YN" + k_now + "20260703    235900" + k_ids) == "1: renewal user=21 item=31" + k_at + k_desk);
}

TEST_CASE("a return date that differs is the discharge date") {
  const auto discharge_of = [](const std::string& date) {
    const std::string record = record_of("09Y" + k_now + date + "AO|AB31|");
    const std::string start = "1: checkin item=31" + k_at;
    return record.starts_with(start) ? record.substr(start.size()) : record;
  };
  CHECK(discharge_of(k_now) == "");
  CHECK(discharge_of(k_blanks) == "");
  CHECK(discharge_of("20260611    180000") == " discharged=2026-06-11T18:00:00");
  CHECK(discharge_of("20260611    000000") == " discharged=2026-06-11");
  CHECK(discharge_of("20260611   Z230000") == " discharged=2026-06-11T23:00:00Z");
  CHECK(discharge_of("20260631    180000") ==
        "1:22: The return date of the message 09 is not a date and time: expected one such as \"20260612    101231\", "
        "got "
        "\"20260631    180000\".");
}

TEST_CASE("required fields of a message") {
  CHECK(record_of("11NN" + k_now + k_blanks + "AA21|AB31|") ==
        "1:0: The institution ID (AO) of the message 11 is missing.");
  CHECK(record_of("11NN" + k_now + k_blanks + "AOOSH|AB31|") == "1:0: The user ID (AA) of the message 11 is missing.");
  CHECK(record_of("11NN" + k_now + k_blanks + "AOOSH|AA |AB31|") ==
        "1:0: The user ID (AA) of the message 11 is missing.");
  CHECK(record_of("11NN" + k_now + k_blanks + "AOOSH|AA21|AB|") ==
        "1:0: The item ID (AB) of the message 11 is missing.");
  CHECK(record_of("09N" + k_now + k_blanks + "AB31|") == "1:0: The institution ID (AO) of the message 09 is missing.");
  CHECK(record_of("09N" + k_now + k_blanks + "AO|") == "1:0: The item ID (AB) of the message 09 is missing.");
  CHECK(record_of("29NN" + k_now + k_blanks + "AO|AB31|") == "1:0: The user ID (AA) of the message 29 is missing.");
  CHECK(record_of("29NN" + k_now + k_blanks + "AO|AA21|AJHarbor Lights|") ==
        "1:0: The item ID (AB) of the message 29 is missing.");
}

TEST_CASE("checksums, if there are any") {
  const std::string message = "09N" + k_now + k_now + "APFoyer|AOOSH|AB31|AC|";
  const std::string checkin = "1: checkin item=31" + k_at + k_desk;
  CHECK(record_of(message) == checkin);
  CHECK(record_of(message + "AY1AZF002") == checkin);
  CHECK(record_of(message + "AY1AZf002  ") == checkin);
  CHECK(record_of(message + "AZF0CD") == checkin);
  CHECK(record_of("2026-06-12 10:12:31 >> " + message + "AY1AZF002") == checkin);
  CHECK(record_of(message + "AY1AZF003") == "1:0: Damaged: checksum F003 expected, F002 found.");
  CHECK(record_of("15+" + k_now + "AA21|AZ0000") == "1:0: Damaged: checksum 0000 expected, FA38 found.");
  CHECK(record_of(message + "AY1AZF00") ==
        "1:70: The message is cut short: expected | or a whole checksum at its end.");
  CHECK(record_of(message + "AZF00G") == "1:68: The message is cut short: expected | or a whole checksum at its end.");
  CHECK(record_of(message + "AY1AZF002|") == checkin);
  CHECK(record_of(message + "AY1AZF002|  ") == checkin);
  CHECK(record_of(message + "AY1AZF003|BON|") == "1:0: Damaged: checksum F003 expected, F002 found.");
  // A correct checksum proves that the message ends there, no matter what follows.
  CHECK(records_of(message + "AZF0CD|BON|\n") == std::vector{checkin, no_message_at(69)});
}

TEST_CASE("what a log writes before a message") {
  const std::string message = "11NN" + k_now + k_blanks + k_ids;
  for (const std::string& prefix : std::vector<std::string>{
           "2026-06-12 10:12:31 ", "2026-06-12T10:12:31.114+02:00\t", "[2026-06-12 10:12:31] ", ">> ", ">",
           "SC->ACS: ", "SC->ACS:", "Jun 12 10:12:31 selfcheck3 sip[417]: ", "  ", "12.06.2026 (3) = "}) {
    CAPTURE(prefix);
    CHECK(record_of(prefix + message) == "1: checkout user=21 item=31" + k_at + k_desk);
  }
  for (const std::string& prefix : std::vector<std::string>{"x", "10:12:31-", "# ", "{\"sip\": \""}) {
    CAPTURE(prefix);
    CHECK(record_of(prefix + message) == k_no_message);
  }
}

TEST_CASE("lines that can't be read") {
  CHECK(record_of("hello") == k_no_message);
  CHECK(record_of("2026-06-12 10:12:31 server is away") == k_no_message);
  CHECK(record_of("13NN" + k_now + k_blanks + k_ids) == k_no_message);
  CHECK(record_of("11") == "1:3: The message 11 (Checkout) can't be read: expected Y or N here.");
  CHECK(record_of("11NX" + k_now + k_blanks + k_ids) ==
        "1:4: The message 11 (Checkout) can't be read: expected Y or N here.");
  CHECK(record_of("09N2026" + k_ids) ==
        "1:4: The message 09 (Check-in) can't be read: expected a date and time such as \"20260612    101231\" here.");
  CHECK(record_of("29NN" + k_now + k_blanks + "|" + k_ids) ==
        "1:41: The message 29 (Renewal) can't be read: expected a field such as AO here.");
  CHECK(record_of("37" + k_now + "0x00USDAA21|") ==
        "1:22: The message 37 (Fee paid) can't be read: expected a digit here.");
  CHECK(record_of("11NN" + k_now + k_blanks + "AOOSH|AA21|AB3") ==
        "1:55: The message is cut short: expected | or a whole checksum at its end.");
  CHECK(record_of("11NN" + k_now + k_blanks + "AOOSH|AA2\0021|AB31|") == "1:50: Damaged: byte 02, which is not text.");
}

TEST_CASE("messages that end in CR alone, in LF, or in both") {
  const std::string checkout = "11NN" + k_now + k_blanks + k_ids;
  const std::string checkin = "09N" + k_now + k_now + "AOOSH|AB31|";
  const std::string renewal = "29NN" + k_now + k_blanks + k_ids;
  for (const std::array<std::string, 3>& ends : {std::array<std::string, 3>{"\r", "\r", "\r"},
                                                 {"\n", "\n", "\n"},
                                                 {"\r\n", "\r\n", "\r\n"},
                                                 {"\r\n", "\r", "\r\n"},
                                                 {"\n", "\r", "\n"}}) {
    const std::string text = checkout + ends[0] + checkin + ends[1] + renewal + ends[2];
    const std::vector<std::string> described = ParsedLog(k_sip2_format, text).described();
    REQUIRE(described.size() == 3);
    CHECK(described[0] == "1: checkout user=21 item=31" + k_at + k_desk);
    CHECK(described[1] == "2: checkin item=31" + k_at + k_desk);
    CHECK(described[2] == "3: renewal user=21 item=31" + k_at + k_desk);
    CHECK(is_claimed(text));
  }
}

TEST_CASE("nothing that may be a password is kept of an unreadable line") {
  const std::string start = "11NN" + k_now + k_blanks;
  CHECK(content_of(start + "AOOSH|AA21|AD2468|") == content_of(start + "AOOSH|AA21|AD1357|"));
  CHECK(content_of(start + "AOOSH|AA21|AD2468|") != content_of(start + "AOOSH|AA22|AD2468|"));
  CHECK(content_of("93 COletmein") == content_of("93 COmeletin"));
  // The previous line says nothing about a damaged one.
  const ParsedLog log(k_sip2_format, start + k_ids + "\nAD24\00168\n");
  CHECK(std::get<Diagnostic>(log.records[1].content).content == content_of("AD24\00168"));
}

TEST_CASE("IDs in the encoding of the config") {
  CHECK(record_of("09N" + k_now + k_now + "AO|ABZ\xDCRN|") == "1: checkin item=Z\xC3\x9CRN" + k_at);
}

TEST_CASE("what is recognized as stored messages") {
  CHECK(is_claimed("11NN" + k_now + k_blanks + k_ids));
  CHECK(is_claimed("server is away\n\n9300CNdesk|COletmein|\n"));
  CHECK(is_claimed("12:00:00 63001" + k_now + "          AOOSH|AA21|\n"));
  CHECK_FALSE(is_claimed("97\n941\n"));
  CHECK_FALSE(is_claimed("11NN2026-06-12 10:12:31AOOSH|AA21|AB31|"));
  CHECK_FALSE(is_claimed("{\"message\": \"11NN" + k_now + k_blanks + k_ids + "\"}"));
  CHECK_FALSE(is_claimed("21221000000015\n31221000000013\n"));
}

TEST_CASE("no-break spaces around a field are blanks") {
  const std::string plain = record_of("11NN" + k_now + k_blanks + "AOOSH|AA21|AB31|");
  CHECK(record_of("11NN" + k_now + k_blanks + "AO\u00A0OSH\u202F|AA\u00A021|AB31\u00A0|") == plain);
  CHECK(record_of("11NN" + k_now + k_blanks + "AO\xA0OSH|AA21|AB31\xA0|") == plain);
}
