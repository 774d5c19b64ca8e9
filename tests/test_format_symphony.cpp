#include <doctest/doctest.h>

#include "tests/parsed_log.hpp"

using namespace offcirc;

namespace {

const std::string k_header = "E202606121012310201R ";

// Describes the record of a request with these fields, without its line number.
std::string request(std::string_view command_and_fields, DateOrder order = DateOrder::mdy) {
  const std::string line = fmt::format("{}^S14{}^^O\n", k_header, command_and_fields);
  const std::string record = only_record(k_symphony_format, line, order);
  return record.substr(record.starts_with("1: ") ? 3 : 2);
}

std::string line_record(const std::string& line) {
  return only_record(k_symphony_format, line + "\n");
}

std::uint64_t content_of(const std::string& line) {
  const ParsedLog log(k_symphony_format, line + "\n");
  REQUIRE(log.records.size() == 1);
  const auto& content = log.records.front().content;
  if (const auto* diagnostic = std::get_if<Diagnostic>(&content)) return diagnostic->content;
  return std::get<Transaction>(content).more;
}

std::string due_of(std::string_view due_date, DateOrder order = DateOrder::mdy) {
  const std::string record = request(fmt::format("CVUO1^NQ2^CF{}", due_date), order);
  const std::size_t due = record.find(" due=");
  return due == std::string::npos ? record : record.substr(due + 5, record.find(' ', due + 5) - due - 5);
}

}  // namespace

TEST_CASE("the sample, record by record") {
  const std::vector<std::string> expected = {
      "1: blank",
      "2: blank",
      "3: checkout user=21220001000073 item=31220005000135 at=2026-06-12T10:01:40 due=2026-07-03 from=transaction "
      "desk=OSH//0201/OSHCIRC",
      "4: blank",
      "5: checkout user=21220001000073 item=31220005000267 at=2026-06-12T10:01:44 due=2026-06-26T23:59:00 from=session "
      "desk=OSH//0201/OSHCIRC",
      "6: checkout user=21220001000149 item=31220005000390 at=2026-06-12T10:02:10 due=NEVER from=transaction "
      "desk=OSH//0201/OSHCIRC override",
      "7: checkout user=21220001000149 item=31220005000523 at=2026-06-12T10:03:05 desk=OSH/NEE/0201/OSHCIRC",
      "8: checkin item=31220005000655 at=2026-06-12T10:04:10 desk=OSH//0201/OSHCIRC",
      "9: checkin item=31220005000788 at=2026-06-12T10:04:18 discharged=2026-06-11 desk=OSH//0201/OSHCIRC",
      "10: checkin item=31220005000911 at=2026-06-12T10:04:26 discharged=2026-06-12 desk=OSH//0201/OSHCIRC",
      "11: renewal item=31220005001042 at=2026-06-12T10:05:00 due=2026-07-10 from=transaction desk=OSH//0201/OSHCIRC",
      "12: renewal user=21220001000214 item=31220005001174 at=2026-06-12T10:05:12 due=2026-06-12T17:33:00 "
      "from=transaction desk=OSH//0201/OSHCIRC",
      "13: checkout user=21220001000214 item=31220005001307 at=2026-06-12T10:05:58 desk=OSH//0201/OSHCIRC",
      "14: registration user=21220001000289 at=2026-06-12T10:07:15 desk=OSH//0201/OSHCIRC | "
      "last=M\xC3\xBCller-Larkfield "
      "| first=Zo\xC3\xAB | middle=Ann | born=1990-01-31 | email=zoe@example.org | phone=920-555-0143 | "
      "language=ENGLISH "
      "| address=12 Quiet Harbor Lane, Oshkosh, WI | categories=RESIDENT;EMAIL | department=ADULT | profile=PUBLIC "
      "| library=OSH | expires=2028-06-12",
      "15: registration what=Edit user user=21220001000289 at=2026-06-12T10:07:16 desk=OSH//0201/OSHCIRC | "
      "email=zoe@example.org | address=12 Quiet Harbor Lane",
      "16: registration what=Edit user user=21220001000289 at=2026-06-12T10:07:16 desk=OSH//0201/OSHCIRC | "
      "address=Oshkosh, WI",
      "17: registration user=21220001000354 at=2026-06-12T10:08:30 desk=OSH//0201/OSHCIRC | last=Wetherby | "
      "first=Silas "
      "| profile=PUBLIC | library=OSH | expires=NEVER",
      "18: unsupported what=Place hold user=21220001000073 item=31220005001430 at=2026-06-12T10:09:00 "
      "desk=OSH//0201/OSHCIRC",
      "19: checkout user=21220001000420 item=31220005001562 at=2026-06-12T10:09:00 due=2026-07-03 from=transaction "
      "desk=OSH///OSHCIRC",
      "20: checkout user=21220001000420 item=31220005001695 at=2026-06-12T10:10:01 due=2026-07-03 from=transaction "
      "desk=OSH//0201/OSHCIRC",
      "21: checkout user=21220001000420 item=31220005001695 at=2026-06-12T10:10:01 due=2026-07-03 from=transaction "
      "desk=OSH//0201/OSHCIRC",
      "22: checkout user=21220001000495 item=31220005001828 at=2026-06-12T10:11:30 due=2026-07-03 from=transaction "
      "desk=OSH//0201/OSHCIRC override"};
  const std::vector<std::string> described = ParsedLog(k_symphony_format, read_sample(k_symphony_format)).described();
  REQUIRE(described.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(described[i] == expected[i]);
}

TEST_CASE("commands") {
  const std::string at = " at=2026-06-12T10:12:31 desk=//0201/";
  CHECK(request("CVUO1^NQ2") == "checkout user=1 item=2" + at);
  CHECK(request("CXUO1^NQ2") == "checkout user=1 item=2" + at);
  CHECK(request("EVNQ2") == "checkin item=2" + at);
  CHECK(request("RVNQ2") == "renewal item=2" + at);
  CHECK(request("RXNQ2") == "renewal item=2" + at);
  for (const char* noise : {"NF", "HF", "SF", "Ze", "Zf", "Zh", "Zl"}) CHECK(request(noise) == "blank");
  for (const char* first_step : {"CA", "CB", "RA", "RB", "RC", "IC", "JC", "PC"}) CHECK(request(first_step) == "blank");
  CHECK(request("FZUO1") == "unsupported what=Remove hold user=1" + at);
  CHECK(request("IZUO1") == "unsupported what=Edit hold user=1" + at);
  CHECK(request("BYUO1") == "unsupported what=Bill user user=1" + at);
  CHECK(request("PYUO1") == "unsupported what=Pay bill user=1" + at);
  CHECK(request("WVUO1") == "unsupported what=Use item user=1" + at);
  CHECK(request("hENQ2") == "unsupported what=Transit item item=2" + at);
  CHECK(request("FCUO1") == "unsupported what=Remove user, first step user=1" + at);
  CHECK(request("IYUO1") == "registration what=Edit user user=1" + at + " | ");
  CHECK(request("cvUO1^NQ2") == "unsupported what=Command cv user=1 item=2" + at);
  CHECK(request("XQ") == "unsupported what=Command XQ" + at);
}

TEST_CASE("fields in any order, empty, repeated, or unknown") {
  const std::string expected = "checkout user=1 item=2 at=2026-06-12T10:12:31 desk=//0201/";
  CHECK(request("CVNQ2^^Zz9^Zy^x^UO1") == expected);
  CHECK(request("CVUO^NQ 2 ^UO 1^UO3^CF") == expected);
}

TEST_CASE("which due date counts") {
  CHECK(request("CVUO1^NQ2^WG6/26/2026^CF7/3/2026^WH7/1/2026").find("due=2026-07-01 from=transaction") !=
        std::string::npos);
  CHECK(request("CVUO1^NQ2^WG6/26/2026^CF7/3/2026").find("due=2026-07-03 from=transaction") != std::string::npos);
  CHECK(request("RVNQ2^WG6/26/2026").find("due=2026-06-26 from=session") != std::string::npos);
  CHECK(request("EVNQ2^WG6/26/2026") == "checkin item=2 at=2026-06-12T10:12:31 desk=//0201/");
}

TEST_CASE("dates in all their forms") {
  CHECK(due_of("8/6/2021,13:49") == "2021-08-06T13:49:00");
  CHECK(due_of("10/10/2023,1:48") == "2023-10-10T01:48:00");
  CHECK(due_of("01/13/2023,5:33 PM") == "2023-01-13T17:33:00");
  CHECK(due_of("01/13/2023,12:05 am") == "2023-01-13T00:05:00");
  CHECK(due_of("01/13/2023 12:05:09PM") == "2023-01-13T12:05:09");
  CHECK(due_of("08/01/2008") == "2008-08-01");
  CHECK(due_of("20120928083300") == "2012-09-28T08:33:00");
  CHECK(due_of("201209280833") == "2012-09-28T08:33:00");
  CHECK(due_of("20120928") == "2012-09-28");
  CHECK(due_of("NEVER") == "NEVER");
  CHECK(due_of("never") == "NEVER");
  CHECK(due_of("TODAY") == "2026-06-12");
  CHECK(due_of("2/29/2024") == "2024-02-29");
  CHECK(due_of("13/8/2021", DateOrder::dmy) == "2021-08-13");
  CHECK(due_of("2021/8/13", DateOrder::ymd) == "2021-08-13");
  CHECK(due_of("2021-08-13", DateOrder::dmy) == "2021-08-13");
}

TEST_CASE("an invalid date is never guessed") {
  for (const char* wrong : {"13/8/2021", "2/29/2023", "8/6/21", "8/6", "8//2021", "tomorrow", "8/6/2021,25:00",
                            "8/6/2021,", "8/6/2021,13:49 PM", "8/6/2021,0:10 AM", "8/6/2021,1:4", "20121301",
                            "2012092808", "0", "8/6/2021,13:49 XM", "8/6/2021/1", "99999999999999999999"}) {
    CAPTURE(wrong);
    CHECK(due_of(wrong) ==
          fmt::format("38: The due date (CF) is not a date: expected one such as 7/31/2026, got \"{}\".", wrong));
  }
  CHECK(due_of("2021/8/13x", DateOrder::ymd) ==
        "38: The due date (CF) is not a date: expected one such as 2026/7/31, got \"2021/8/13x\".");
  CHECK(due_of("8/13/2021", DateOrder::dmy) ==
        "38: The due date (CF) is not a date: expected one such as 31/7/2026, got \"8/13/2021\".");
}

TEST_CASE("required fields of each kind") {
  CHECK(request("CVNQ2") == "0: The user ID (UO) is missing.");
  CHECK(request("CVUO1^NQ ") == "0: The item ID (NQ) is missing.");
  CHECK(request("EVUO1") == "0: The item ID (NQ) is missing.");
  CHECK(request("RVUO1") == "0: The item ID (NQ) is missing.");
  CHECK(request("EVNQ2^CONEVER") ==
        "34: The return date (CO) is not a date: expected one such as 7/31/2026, got \"NEVER\".");
  CHECK(request("CVUO1^NQ2^WGsoon^CF7/3/2026") ==
        "38: The session's due date (WG) is not a date: expected one such as 7/31/2026, got \"soon\".");
  CHECK(request("JY") == "registration at=2026-06-12T10:12:31 desk=//0201/ | ");
}

TEST_CASE("where the time is taken from") {
  CHECK(line_record("^S14EVNQ2^WK6/12/2026^WL5:33 PM^^O") == "1: checkin item=2 at=2026-06-12T17:33:00");
  CHECK(line_record("^S14EVNQ2^WK6/12/2026,10:12^^O") == "1: checkin item=2 at=2026-06-12T10:12:00");
  CHECK(line_record("^S14EVNQ2^WK20260612^WL101231^^O") == "1: checkin item=2 at=2026-06-12T10:12:31");
  CHECK(line_record("^S14EVNQ2^DB20260612101232^^O") == "1: checkin item=2 at=2026-06-12T10:12:32");
  CHECK(request("EVNQ2^DB20260612101232^WK1/1/2026^WL1:00") == "checkin item=2 at=2026-06-12T10:12:32 desk=//0201/");
  CHECK(request("EVNQ2^WK1/1/2026^WL1:00") == "checkin item=2 at=2026-06-12T10:12:31 desk=//0201/");
  CHECK(line_record("^S14EVNQ2^WK6/12/2026^^O") ==
        "1:0: The line has no time: neither a header nor the session's date and time (WK and WL).");
  CHECK(line_record("^S14EVNQ2^WKJune^WL10:12^^O") ==
        "1:13: The session's date and time (WK and WL) can't be read: expected a pair such as 7/31/2026 and 10:12, got "
        "\"June\" and \"10:12\".");
  CHECK(line_record("E202613121012310201R ^S14EVNQ2^^O") ==
        "1:2: The time of the header is not a date and time: got \"20261312101231\".");
  CHECK(request("EVNQ2^DB2026") ==
        "34: The log's time (DB) is not a date and time: expected 14 digits such as 20260612101231, got \"2026\".");
}

TEST_CASE("the number of bytes is checked") {
  CHECK(line_record(k_header + "^S14EVNQ2^^O00012") == "1: checkin item=2 at=2026-06-12T10:12:31 desk=//0201/");
  CHECK(line_record(k_header + "^S14EVNQ2^^O00012  ") == "1: checkin item=2 at=2026-06-12T10:12:31 desk=//0201/");
  CHECK(line_record(k_header + "^S14EVNQ2^^O00013") == "1:0: Damaged: 13 bytes expected, 12 found.");
  CHECK(line_record(k_header + "^S14NF^^O00086") == "1:0: Damaged: 86 bytes expected, 9 found.");
  CHECK(line_record(k_header + "^S14EVNQ2^^O0001") ==
        "1:38: The line is cut short: 4 of the 5 digits after its end mark are there.");
  CHECK(line_record(k_header + "^S14EVNQ2^^O0001x") ==
        "1:34: Something other than the number of bytes comes after the end mark (^^O).");
  CHECK(line_record(k_header + "^S14EVNQ2^^O000120") ==
        "1:34: Something other than the number of bytes comes after the end mark (^^O).");
}

TEST_CASE("lines that are damaged in other ways") {
  CHECK(line_record(k_header + "^S14EVNQ2^") == "1:32: The line is cut short: it has no end mark (^^O).");
  CHECK(line_record(k_header + "^S14EVNQ2^OMY") == "1:35: The line is cut short: it has no end mark (^^O).");
  CHECK(line_record(k_header + "^S14E") == "1:27: The line is cut short before its command.");
  CHECK(line_record(k_header) == "1:21: Expected ^S and the sequence number after the header.");
  CHECK(line_record(k_header + "^S1xEVNQ2^^O") ==
        "1:24: The sequence number can't be read: expected 2 digits after ^S.");
  CHECK(line_record(k_header + "^S14^VNQ2^^O") ==
        "1:26: The command can't be read: expected 2 letters after the sequence number.");
  CHECK(line_record("E2026061210123") == "1:15: The header can't be read: expected E and 14 digits of time.");
  CHECK(line_record("E202606121012310201") == "1:20: The line is cut short within its header.");
  CHECK(line_record("E202606121012310201X ^S14EVNQ2^^O") ==
        "1:20: The header can't be read: expected R (request), F or I after the station.");
  CHECK(line_record("hello") == "1:1: This is not a Symphony line: expected E and the time, or ^S.");
  CHECK(line_record(k_header + "^S14EVNQ" + std::string(1, '\0') + "2^^O") ==
        "1:30: Damaged: byte 00, which is not text.");
  CHECK(line_record(k_header + "^S14EVNQ2\x1A^^O") == "1:31: Damaged: byte 1A, which is not text.");
  CHECK(line_record(k_header + "^S14EVNQ2^S15EVNQ3^^O") == "1:32: Damaged: another record begins within the line.");
  CHECK(line_record(k_header + "^S14EVNQ2" + std::string(70000, 'x') + "^^O") ==
        "1:0: The line is longer than 65536 bytes, so it can't be a record.");
}

TEST_CASE("lines that are not about circulation") {
  CHECK(line_record("") == "1: blank");
  CHECK(line_record("  \t") == "1: blank");
  CHECK(line_record("E202606121012310201F anything") == "1: blank");
  CHECK(line_record("E202606121012310201I ^S14CV") == "1: blank");
}

TEST_CASE("a check-in for which the desk waived the fines") {
  const auto waived = [](std::string_view line) {
    return ParsedLog(k_symphony_format, k_header + "^S01" + std::string(line) + "^^O\n").transactions()[0].fine_waived;
  };
  CHECK(waived("EVNQ2^POY"));
  CHECK(!waived("EVNQ2^PON"));
  CHECK(!waived("EVNQ2^PO"));
  CHECK(!waived("EVNQ2"));
  CHECK(!waived("RVNQ2^POY"));
}

TEST_CASE("nothing that may be a password is kept of an unreadable line") {
  const std::uint64_t damaged = content_of(k_header + "^S14JYUO1^Uf2468^^O00099");
  CHECK(content_of(k_header + "^S14JYUO1^Uf1357^^O00099") == damaged);
  CHECK(content_of(k_header + "^S14JYUO1^Uf13579^^O00099") == damaged);
  CHECK(content_of(k_header + "^S14JYUO2^Uf2468^^O00099") != damaged);
  CHECK(content_of(k_header + "^S14CVNQ31^Uf2468^^O") == content_of(k_header + "^S14CVNQ31^Uf1357^^O"));
  CHECK(content_of(k_header + "^S14CVNQ31^Uf2468^^O") != content_of(k_header + "^S14CVNQ32^Uf2468^^O"));
}

TEST_CASE("names in the encoding of the config or in UTF-8") {
  CHECK(request("JYUO7^uLM\xFCller") == request("JYUO7^uLM\xC3\xBCller"));
}

TEST_CASE("the number of bytes counts the bytes that the station wrote") {
  const std::string expected =
      "1: registration user=7 at=2026-06-12T10:12:31 desk=//0201/ | last=M\xC3\xBCller\xE2\x82\xAC";
  CHECK(line_record(k_header + "^S14JYUO7^uLM\xFCller\x80^^O00022") == expected);
  CHECK(line_record(k_header + "^S14JYUO7^uLM\xC3\xBCller\xE2\x82\xAC^^O00022") == expected);
  CHECK(line_record(k_header + "^S14JYUO7^uLM\xC3\xBCller\xE2\x82\xAC^^O00025") == expected);
  CHECK(line_record(k_header + "^S14JYUO7^uLM\xC3\xBCller\xE2\x82\xAC^^O00024") ==
        "1:0: Damaged: 24 bytes expected, 25 found.");
  // No station wrote this in Windows-1252.
  CHECK(line_record(k_header + "^S14JYUO7^uLM\xC5\x81^^O00017") == "1:0: Damaged: 17 bytes expected, 18 found.");
  // A byte that the encoding leaves undefined was read as a control character.
  CHECK(line_record(k_header + "^S14JYUO7^uLM\xC2\x81^^O00017").starts_with("1: registration"));
  CHECK(content_of(k_header + "^S14JYUO7^uLM\xFCller^^O00021") ==
        content_of(k_header + "^S14JYUO7^uLM\xC3\xBCller^^O00021"));
}

TEST_CASE("no-break spaces around a field are blanks") {
  const std::string plain = request("CVUO1^NQ2^FEOSH^FFDESK^CF7/3/2026");
  CHECK(request("CVUO1\u00A0^NQ\u202F2^FE\u00A0OSH^FFDESK\u00A0^CF7/3/2026\u00A0") == plain);
  CHECK(request("CVUO1\xA0^NQ2^FE\xA0OSH^FFDESK\xA0^CF\xA0"
                "7/3/2026") == plain);
}
