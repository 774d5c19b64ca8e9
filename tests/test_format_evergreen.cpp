#include <doctest/doctest.h>

#include "tests/kept_values.hpp"

using namespace offcirc;

namespace {

// Describes the only record of a log that consists of that line.
std::string said(const std::string& line) {
  return only_record(k_evergreen_format, line + "\n");
}

// A check-in with these members in addition to its type and time.
std::string checkin(const std::string& members) {
  return said(R"({"type":"checkin","timestamp":1781276404,)" + members + "}");
}

std::string checkout(const std::string& members) {
  return said(R"({"type":"checkout","timestamp":1781276404,"patron_barcode":"1","barcode":"2")" + members + "}");
}

std::string registration(const std::string& user_members) {
  return said(R"({"type":"register","timestamp":1781276404,"user":{"card":{"barcode":"1"})" + user_members + "}}");
}

std::uint64_t content_of(const std::string& line) {
  const ParsedLog log(k_evergreen_format, line + "\n");
  REQUIRE(log.records.size() == 1);
  if (const auto* diagnostic = std::get_if<Diagnostic>(&log.records[0].content)) return diagnostic->content;
  return std::get<Transaction>(log.records[0].content).more;
}

constexpr const char* k_cannot_be_read = "Damaged: the JSON can't be read beyond this point.";

}  // namespace

TEST_CASE("the sample, record by record") {
  const std::vector<std::string> expected = {
      "1: checkout user=21221000000015 item=31221000000013 at=2026-06-12T15:00:04Z due=2026-07-03T15:00:04Z "
      "from=transaction",
      "2: checkout user=21221000000015 item=31221000000021 at=2026-06-12T15:00:31Z due=2026-07-03T15:00:04Z "
      "from=transaction",
      "3: in-house-use what=3 user=21221000000015 at=2026-06-12T15:01:00Z count=4",
      "4: renewal item=31221000000039 at=2026-06-12T15:05:00Z due=2026-07-03T15:00:04Z from=transaction",
      "5: renewal user=21221000000023 item=31221000000047 at=2026-06-12T15:07:00Z due=2026-07-10T15:00:04Z "
      "from=transaction",
      "6: checkin item=31221000000054 at=2026-06-12T15:10:00Z discharged=2026-06-11T22:30:00Z",
      "7: checkin item=31221000000062 at=2026-06-12T15:10:12Z discharged=2026-06-12T14:58:40Z",
      "8: in-house-use item=31221000000070 at=2026-06-12T15:15:00Z count=2",
      "9: blank",
      "10: registration user=21221000000999 at=2026-06-12T15:20:00Z | last=O'Dell | first=Ren\xC3\xA9"
      "e | born=1990-01-31 | email=renee@example.org | phone=920-555-0142 | address=12 \"Old\" Mill Road, Osprey "
      "Harbor, WI, 54901, USA | profile=2 | library=4 | expires=2028-06-12",
      "11: checkout user=21221000000999 item=31221000000088 at=2026-06-12T15:30:03Z occurred=2026-06-12T15:30:03Z "
      "due=2026-07-03 from=transaction",
      "12: checkin item=31221000000096 at=2026-06-12T15:31:00Z occurred=2026-06-12T15:31:00Z "
      "discharged=2026-06-12T10:31:00",
      "13: in-house-use item=31221000000104 at=2026-06-12T15:32:00Z occurred=2026-06-12T15:32:00Z count=3"};
  const std::vector<std::string> described = ParsedLog(k_evergreen_format, read_sample(k_evergreen_format)).described();
  REQUIRE(described.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(described[i] == expected[i]);
}

TEST_CASE("the type") {
  CHECK(said(R"({"timestamp":1,"barcode":"2"})") == "1:0: type is missing.");
  CHECK(said(R"({"timestamp":1,"type":"recall","barcode":"2"})") ==
        R"(1:23: type: expected checkout, checkin, renew, in_house_use or register, got "recall".)");
  CHECK(said(R"({"timestamp":1,"type":"Checkin","barcode":"2"})") ==
        R"(1:23: type: expected checkout, checkin, renew, in_house_use or register, got "Checkin".)");
  CHECK(said(R"({"timestamp":1,"type":["checkin"],"barcode":"2"})") == "1:0: type is missing.");
}

TEST_CASE("the timestamp") {
  const auto at = [](const std::string& timestamp) {
    return said(R"({"type":"checkin","timestamp":)" + timestamp + R"(,"barcode":"2"})");
  };
  CHECK(at("1781276404") == "1: checkin item=2 at=2026-06-12T15:00:04Z");
  CHECK(at("\"1781276404\"") == "1: checkin item=2 at=2026-06-12T15:00:04Z");
  CHECK(at("\" 0 \"") == "1: checkin item=2 at=1970-01-01T00:00:00Z");
  CHECK(at("253402300799") == "1: checkin item=2 at=9999-12-31T23:59:59Z");
  CHECK(at("null") == "1:0: timestamp is missing.");
  CHECK(at("\"\"") == "1:0: timestamp is missing.");
  for (const std::string wrong : {"x", "2026-06-12", "99999999999999999999"}) {
    CHECK(at("\"" + wrong + "\"") == "1:31: timestamp: expected seconds since 1970, got \"" + wrong + "\".");
  }
  for (const std::string wrong : {"-1", "1.5", "1e9", "253402300800", "1781276404000", "true", "+1"}) {
    CHECK(at(wrong) == "1:31: timestamp: expected seconds since 1970, got \"" + wrong + "\".");
  }
}

TEST_CASE("a time that the old client has corrected is not corrected again") {
  CHECK(checkin(R"("delta":0,"barcode":"2")") == "1: checkin item=2 at=2026-06-12T15:00:04Z");
  CHECK(checkin(R"("delta":"-42","barcode":"2")") ==
        "1: checkin item=2 at=2026-06-12T15:00:04Z occurred=2026-06-12T15:00:04Z");
  CHECK(checkin(R"("delta":120,"barcode":"2","backdate":"2026-06-12 09:58:04")") ==
        "1: checkin item=2 at=2026-06-12T15:00:04Z occurred=2026-06-12T15:00:04Z discharged=2026-06-12T10:00:04");
  CHECK(checkin(R"("delta":120,"barcode":"2","backdate":"2026-06-11")") ==
        "1: checkin item=2 at=2026-06-12T15:00:04Z occurred=2026-06-12T15:00:04Z discharged=2026-06-11");
  CHECK(checkin(R"("delta":"soon","barcode":"2")") == R"(1:50: delta: expected seconds, got "soon".)");
  CHECK(checkin(R"("delta":9999999999,"barcode":"2")") == R"(1:50: delta: expected seconds, got "9999999999".)");
}

TEST_CASE("required IDs") {
  CHECK(checkin(R"("barcode":null)") == "1:0: barcode is missing: type checkin needs it.");
  CHECK(checkin(R"("barcode":"  ")") == "1:0: barcode is missing: type checkin needs it.");
  CHECK(checkin(R"("barcode":{"barcode":"2"})") == "1:0: barcode is missing: type checkin needs it.");
  CHECK(checkin(R"("barcode":" 2 ")") == "1: checkin item=2 at=2026-06-12T15:00:04Z");
  CHECK(checkin(R"("barcode":31221000000013)") == "1: checkin item=31221000000013 at=2026-06-12T15:00:04Z");
  CHECK(said(R"({"type":"checkout","timestamp":1,"barcode":"2"})") ==
        "1:0: patron_barcode is missing: type checkout needs it.");
  CHECK(said(R"({"type":"checkout","timestamp":1,"patron_barcode":"1"})") ==
        "1:0: barcode is missing: type checkout needs it.");
  CHECK(said(R"({"type":"renew","timestamp":1,"patron_barcode":"1"})") ==
        "1:0: barcode is missing: type renew needs it.");
  CHECK(said(R"({"type":"in_house_use","timestamp":1,"count":1})") ==
        "1:0: barcode is missing: type in_house_use needs it.");
}

TEST_CASE("dates") {
  CHECK(checkout(R"(,"due_date":"2026-07-03")") ==
        "1: checkout user=1 item=2 at=2026-06-12T15:00:04Z due=2026-07-03 from=transaction");
  CHECK(checkout(R"(,"due_date":"2026-07-03T12:00:05.112Z")") ==
        "1: checkout user=1 item=2 at=2026-06-12T15:00:04Z due=2026-07-03T12:00:05Z from=transaction");
  CHECK(checkout(R"(,"due_date":"")") == "1: checkout user=1 item=2 at=2026-06-12T15:00:04Z");
  CHECK(checkout(R"(,"due_date":"soon")") == R"(1:89: due_date: expected a date such as 2026-07-03, got "soon".)");
  CHECK(checkout(R"(,"backdate":"soon")") == "1: checkout user=1 item=2 at=2026-06-12T15:00:04Z");
  CHECK(checkin(R"("barcode":"2","backdate":"NEVER")") ==
        R"(1:67: backdate: expected a date such as 2026-07-03, got "NEVER".)");
  CHECK(checkin(R"("barcode":"2","backdate":"2026-06-31")") ==
        R"(1:67: backdate: expected a date such as 2026-07-03, got "2026-06-31".)");
}

TEST_CASE("in-house use and items that are not cataloged") {
  const auto used = [](const std::string& count) {
    return said(R"({"type":"in_house_use","timestamp":1781276404,"barcode":"2","count":)" + count + "}");
  };
  CHECK(used("3") == "1: in-house-use item=2 at=2026-06-12T15:00:04Z count=3");
  CHECK(used("\"3\"") == "1: in-house-use item=2 at=2026-06-12T15:00:04Z count=3");
  CHECK(used("null") == "1: in-house-use item=2 at=2026-06-12T15:00:04Z");
  for (const std::string wrong : {"0", "-1", "1.5", "1000001"}) {
    CHECK(used(wrong) == "1:69: count: expected a number from 1 to 1000000, got \"" + wrong + "\".");
  }
  const auto not_catalogued = [](const std::string& members) {
    return said(R"({"type":"checkout","timestamp":1781276404,"patron_barcode":"1",)" + members + "}");
  };
  CHECK(not_catalogued(R"("noncat":1,"noncat_type":"3","noncat_count":2,"due_date":"2026-07-03")") ==
        "1: in-house-use what=3 user=1 at=2026-06-12T15:00:04Z count=2");
  CHECK(not_catalogued(R"("noncat":"1","noncat_type":3)") == "1: in-house-use what=3 user=1 at=2026-06-12T15:00:04Z");
  CHECK(not_catalogued(R"("noncat":true,"barcode":"2")") == "1: in-house-use user=1 at=2026-06-12T15:00:04Z");
  CHECK(not_catalogued(R"("noncat":1,"noncat_count":"many")") ==
        R"(1:90: noncat_count: expected a number from 1 to 1000000, got "many".)");
  for (const std::string no : {"0", "\"0\"", "false", "null", "\"\""}) {
    CHECK(not_catalogued("\"noncat\":" + no + ",\"barcode\":\"2\"") ==
          "1: checkout user=1 item=2 at=2026-06-12T15:00:04Z");
  }
}

TEST_CASE("a registration keeps a user's data, but never the password") {
  CHECK(registration(R"(,"passwd":"4711","usrname":"zed","ident_value":"X1","alias":"zz")") ==
        "1: registration user=1 at=2026-06-12T15:00:04Z | ");
  CHECK(registration(R"(,"family_name":"Zellner","first_given_name":"Ada","second_given_name":"B",)"
                     R"("pref_first_given_name":"Addie","pref_family_name":"Zed","locale":"de-DE")") ==
        "1: registration user=1 at=2026-06-12T15:00:04Z | last=Zellner | first=Ada | middle=B | alternate=Addie Zed "
        "| language=de-DE");
  CHECK(registration(R"(,"day_phone":"","evening_phone":"5","other_phone":"6","email":null)") ==
        "1: registration user=1 at=2026-06-12T15:00:04Z | phone=5");
  CHECK(registration(R"(,"dob":"1990-02-30","expire_date":"later")") ==
        "1: registration user=1 at=2026-06-12T15:00:04Z | born=unreadable | expires=unreadable");
  CHECK(registration(R"(,"dob":"1990-01-31T00:00:00Z","expire_date":"2028-06-12T23:20:00.118Z")") ==
        "1: registration user=1 at=2026-06-12T15:00:04Z | born=1990-01-31 | expires=2028-06-12");
  CHECK(registration(R"(,"mailing_address":{"street1":"1 Elm St","street2":"Unit 2\nBack door","city":"Anytown"},)"
                     R"("billing_address":{"street1":null})") ==
        "1: registration user=1 at=2026-06-12T15:00:04Z | address=1 Elm St, Unit 2 Back door, Anytown");
  CHECK(registration(R"(,"billing_address":7,"mailing_address":[],"card":{"barcode":"2"})") ==
        "1: registration user=1 at=2026-06-12T15:00:04Z | ");
  CHECK(said(R"({"type":"register","timestamp":1781276404})") == "1: registration at=2026-06-12T15:00:04Z | ");
  CHECK(said(R"({"type":"register","timestamp":1781276404,"user":"Ada"})") ==
        "1: registration at=2026-06-12T15:00:04Z | ");
}

TEST_CASE("members that are unknown, repeated, or written with escapes") {
  CHECK(checkin(R"("_x":{"barcode":"9","y":[1,{"z":"]"}]},"barcode":"2")") ==
        "1: checkin item=2 at=2026-06-12T15:00:04Z");
  CHECK(checkin(R"("barcode":"2","barcode":"3")") == "1: checkin item=2 at=2026-06-12T15:00:04Z");
  CHECK(checkin(R"("barcode":null,"barcode":"","barcode":"3")") == "1: checkin item=3 at=2026-06-12T15:00:04Z");
  CHECK(checkin(R"("barcode":"\u0033\u00E9\"\\")") == "1: checkin item=3\xC3\xA9\"\\ at=2026-06-12T15:00:04Z");
  CHECK(checkin(R"("barcode":"\u0000")") == "1:52: Damaged: barcode has byte 00, which is not text.");
  CHECK(checkin(R"("barcode":"\q")") == std::string("1:52: ") + k_cannot_be_read);
  CHECK(checkin(R"("barcode":"\ud800")") == std::string("1:52: ") + k_cannot_be_read);
  CHECK(said(R"(  { "type" : "checkin" , "timestamp" : 1781276404 , "barcode" : "2" }  )") ==
        "1: checkin item=2 at=2026-06-12T15:00:04Z");
}

TEST_CASE("a line that is not a JSON object, or a damaged one") {
  CHECK(said("null") == "1:1: This is not an Evergreen line: expected a JSON object, beginning with {.");
  CHECK(said("  checkin") == "1:3: This is not an Evergreen line: expected a JSON object, beginning with {.");
  const std::string does_not_end =
      "The line does not end with its JSON object: it is cut short, or something comes after it.";
  CHECK(said(R"({"type":"checkin")") == "1:18: " + does_not_end);
  CHECK(said(R"({"type":"checkin"},)") == "1:20: " + does_not_end);
  CHECK(said("{") == "1:2: " + does_not_end);
  CHECK(said(std::string(60'000, '[')) ==
        "1:1: This is not an Evergreen line: expected a JSON object, beginning with {.");
  CHECK(said(std::string(70'000, '{')) == "1:0: The line is longer than 65536 bytes, so it can't be a record.");
  CHECK(said("{}") == "1:0: type is missing.");
  CHECK(said(std::string("{\"type\":\"check\0in\"}", 19)) == "1:15: Damaged: byte 00, which is not text.");
  CHECK(said(std::string(7, '\0')) == "1:1: Damaged: byte 00, which is not text.");
  const std::string good = R"({"type":"checkin","timestamp":1,"barcode":"2"})";
  CHECK(said(good + " x") ==
        "1:49: The line does not end with its JSON object: it is cut short, or something comes after it.");
  CHECK(said(good + "}") == "1:47: Something comes after the JSON object: expected the end of the line.");
}

TEST_CASE("damage within the JSON") {
  for (const std::string line :
       {R"({"type":"checkin","timestamp":1,"barcode":"2",})", R"({"type":"checkin" "timestamp":1,"barcode":"2"})",
        R"({"type":"checkin","timestamp":1,"barcode":2x})", R"({"type":"checkin","timestamp":1,"barcode":nul})",
        R"({"type":"checkin","timestamp":1,"barcode":"2"x})", R"({"type":"checkin","timestamp":1,"barcode":"2})",
        R"({"type":"checkin","timestamp":1,"barcode":})", R"({"type":"checkin","timestamp":1,"barcode"})",
        R"({"type":"checkin","timestamp":1,"user":{"x":1})", R"({type:"checkin","timestamp":1,"barcode":"2"})",
        R"({"type":"checkin","timestamp":1,"barcode":"2","user":{"card":{"barcode":"1"}})",
        R"({{"type":"checkin","timestamp":1,"barcode":"2"}})", R"({"x":[[[[[[[[[[[[[[[[})"}) {
    CAPTURE(line);
    const std::string found = said(line);
    CHECK(found.substr(0, 2) == "1:");
    CHECK(found.substr(found.find(' ') + 1) == k_cannot_be_read);
  }
  CHECK(checkin(R"("barcode":"2" "x":1)") == std::string("1:56: ") + k_cannot_be_read);
}

TEST_CASE("depth") {
  const std::string deep = R"({"type":"checkin","timestamp":1781276404,"barcode":"2","x":)" + std::string(30'000, '[') +
                           std::string(30'000, ']') + "}";
  CHECK(said(deep) == "1: checkin item=2 at=2026-06-12T15:00:04Z");
  std::string users = R"({"type":"checkin","timestamp":1781276404,"barcode":"2")";
  std::string ends;
  for (int i = 0; i < 3'000; ++i) {
    users += R"(,"user":{"x":1)";
    ends += '}';
  }
  CHECK(said(users + ends + "}") == "1: checkin item=2 at=2026-06-12T15:00:04Z");
}

TEST_CASE("text in the encoding of the config or in UTF-8") {
  CHECK(registration(",\"family_name\":\"M\xFCller\"") == registration(",\"family_name\":\"M\xC3\xBCller\""));
  CHECK(registration(",\"family_name\":\"M\xFCller\"") ==
        "1: registration user=1 at=2026-06-12T15:00:04Z | last=M\xC3\xBCller");
  CHECK(said("{\"x\":\"\xFC\",\"timestamp\":1,\"type\":\"recall\"}") ==
        R"(1:31: type: expected checkout, checkin, renew, in_house_use or register, got "recall".)");
}

TEST_CASE("lines are read wherever they are in the log") {
  const std::string line = R"({"type":"checkin","timestamp":1781276404,"barcode":"2"})";
  const ParsedLog log(k_evergreen_format, "\xEF\xBB\xBF" + line + "\r\n\n" + line + "\nx\n" + line);
  CHECK(log.described() ==
        std::vector<std::string>{"1: checkin item=2 at=2026-06-12T15:00:04Z", "2: blank",
                                 "3: checkin item=2 at=2026-06-12T15:00:04Z",
                                 "4:1: This is not an Evergreen line: expected a JSON object, beginning with {.",
                                 "5: checkin item=2 at=2026-06-12T15:00:04Z"});
}

TEST_CASE("a registration is identified by its user data, a damaged line by its content, never by a password") {
  const auto of_user = [](const std::string& members) {
    return content_of(R"({"type":"register","timestamp":1,"user":{"card":{"barcode":"1"},)" + members + "}}");
  };
  CHECK(of_user(R"("family_name":"A","passwd":"4711")") == of_user(R"("passwd":"0815","family_name":"A")"));
  CHECK(of_user(R"("family_name":"A")") != of_user(R"("family_name":"B")"));

  const auto of_damaged = [](const std::string& password) {
    return content_of(R"({"type":"register","timestamp":1781276404,"user":{"passwd":")" + password + R"("},"x":)");
  };
  CHECK(of_damaged("4711") == of_damaged("0815"));
  CHECK(of_damaged("4711") == of_damaged("47110"));
  CHECK(content_of(R"({"type":"recall","timestamp":1781276404,"barcode":"2"})") !=
        content_of(R"({"type":"recall","timestamp":1781276404,"barcode":"3"})"));
}

TEST_CASE("no message shows a password") {
  for (const std::string line : {R"({"type":"register","timestamp":1,"user":{"passwd":"4711"},"x":nul)",
                                 R"({"type":"register","timestamp":"x","user":{"passwd":"4711"}})",
                                 R"({"type":"register","timestamp":1,"user":{"passwd":"4711" "x":1}})",
                                 R"({"type":"register","timestamp":1,"user":{"passwd":4711x}})"}) {
    CHECK(said(line).find("4711") == std::string::npos);
  }
}

TEST_CASE("what is recognized as an Evergreen log") {
  const std::string line = R"({"type":"checkin","timestamp":1781276404,"barcode":"2"})";
  CHECK(formats_that_claim("\n\n  " + line) == std::vector{&k_evergreen_format});
  CHECK(formats_that_claim("damaged\n" + line + "\n") == std::vector{&k_evergreen_format});
  CHECK(formats_that_claim(R"({"load": 42, "totals": {}})").empty());
  CHECK(formats_that_claim("[" + line + "]").empty());
}

TEST_CASE("the readable parts of an unreadable line are kept") {
  const auto kept = [](const std::string& line) { return kept_of(k_evergreen_format, line + "\n"); };
  CHECK(kept(R"({"type":"recall","timestamp":1781276404,"patron_barcode":"1","barcode":"2"})") ==
        "user=1 item=2 at=2026-06-12T15:00:04Z");
  CHECK(kept(R"({"type":"checkout","timestamp":1781276404,"barcode":"2"})") == "item=2 at=2026-06-12T15:00:04Z");
  CHECK(kept(R"({"type":"checkout","timestamp":1781276404,"patron_barcode":"1","barcode":"2","due_da)") ==
        "user=1 item=2 at=2026-06-12T15:00:04Z doubtful");
  CHECK(kept(R"({"type":"checkin","timestamp":1781276404,"barcode":"31)") ==
        "item=31 at=2026-06-12T15:00:04Z doubtful");
  CHECK(kept(R"({"barcode":"31","type":"checkin","timestamp":17812)") == "item=31 doubtful");
  CHECK(kept(R"({"type":"checkin","timestamp":1781276404 "delta":0,"barcode":"2"})") == "item=2 doubtful");
  CHECK(kept(R"(pe":"checkin","timestamp":1781276404,"barcode":"2"})") == "item=2 at=2026-06-12T15:00:04Z doubtful");
  CHECK(kept("{\"type\":\"checkin\",\"timestamp\":1781276404,\"barcode\":\"2\",\"delta\":\x01}") ==
        "item=2 at=2026-06-12T15:00:04Z doubtful");
  CHECK(kept(R"({"user":{"card":{"id":-2,"barcode":"21"},"passwd":"47)") == "user=21 doubtful");
  CHECK(kept(R"(arcode":"21","isnew":true},"home_ou":4},"timestamp":1781276404,"type":"register"})") ==
        "at=2026-06-12T15:00:04Z doubtful");
  CHECK(kept(R"("barcode":"21","isnew":true},"home_ou":4},"timestamp":1781276404,"type":"register"})") ==
        "user=21 at=2026-06-12T15:00:04Z doubtful");
}

TEST_CASE("whole objects in a damaged line are read, whatever is between them") {
  const std::string record = R"({"type":"checkin","timestamp":1781276404,"barcode":"2"})";
  const std::string said = "1: checkin item=2 at=2026-06-12T15:00:04Z";
  const auto kinds = [&](const std::string& line) {
    std::string letters;
    for (const std::string& one : ParsedLog(k_evergreen_format, line + "\n").described()) {
      letters += one == said ? 'r' : '-';
    }
    return letters;
  };
  CHECK(kinds(record + record) == "rr");
  CHECK(kinds(record + "x" + record) == "r-r");
  CHECK(kinds("[" + record + "," + record + "]") == "-r--");
  CHECK(kinds(record + R"({"type":"chec)") == "r-");
  CHECK(kinds(R"({"type":"chec)" + record + R"(kin","timestamp":1})") == "-r-");
  CHECK(kinds(R"({"a":{"b":)" + record + record) == "-rr");
}

TEST_CASE("truncated lines are distinguished by everything except the password") {
  CHECK(content_of(R"({"type":"checkin","timestamp":1781276404,"barcode":"312)") !=
        content_of(R"({"type":"checkin","timestamp":1781276404,"barcode":"313)"));
  CHECK(content_of(R"({"type":"checkin","timestamp":1781276404,"barcode":"compass 1")") !=
        content_of(R"({"type":"checkin","timestamp":1781276404,"barcode":"compass 2")"));
  CHECK(content_of(R"({"type":"register","user":{"passwd":"4711","family_name":"A")") !=
        content_of(R"({"type":"register","user":{"passwd":"4711","family_name":"B")"));
}

TEST_CASE("no part of a password is kept after a single damage anywhere near it") {
  const auto damaged_by = [](const std::string& line, std::size_t at, int kind) {
    std::string damaged = line;
    if (kind == 0) damaged[at] = '~';
    if (kind == 1) damaged.erase(at, 1);
    if (kind == 2) damaged.insert(at, 1, '"');
    if (kind == 3) damaged[at] = '\0';
    if (kind == 4) damaged.replace(at, 12, std::string(12, '\0'));
    if (kind == 5) damaged.erase(0, at);
    if (kind == 6) damaged.erase(at);
    if (kind == 7) damaged.insert(at, 1, '\n');
    if (kind == 8) damaged.insert(at, R"({"type":"checkin","timestamp":1,"barcode":"2"})");
    return damaged;
  };
  const auto line_with = [](const std::string& password) {
    return R"({"timestamp":1781276404,"user":{"home_ou":4,"passwd":")" + password +
           R"(","profile":2,"card":{"barcode":"21"},"email":"a@b.example"},"type":"register")";
  };
  const auto said_and_known = [](const std::string& line) {
    std::string all;
    const ParsedLog log(k_evergreen_format, line + "\n");
    for (const Record& record : log.records) {
      const auto* diagnostic = std::get_if<Diagnostic>(&record.content);
      if (diagnostic == nullptr) continue;
      all += fmt::format("{} {} {}\n", diagnostic->message, diagnostic->content, kept_of(*diagnostic));
    }
    return all;
  };
  // The line is unterminated, so it is unreadable even without damage. If the password itself is damaged, parts of it
  // are unchanged.
  const std::string one = line_with("pqrstuvwxy"), other = line_with("jkhgfmnzab");
  for (int kind = 0; kind <= 8; ++kind) {
    for (std::size_t at = 1; at + 12 < one.size(); ++at) {
      CAPTURE(kind);
      CAPTURE(at);
      CHECK(said_and_known(damaged_by(one, at, kind)) == said_and_known(damaged_by(other, at, kind)));
    }
  }
}

TEST_CASE("no-break spaces around a value are blanks") {
  CHECK(said(R"({"type":"checkin","timestamp":1781276404,"barcode":")"
             "\u00A02\u202F"
             R"("})") == said(R"({"type":"checkin","timestamp":1781276404,"barcode":"2"})"));
  CHECK(said(R"({"type":"checkin\u00a0","timestamp":1781276404,"barcode":"2"})") ==
        said(R"({"type":"checkin","timestamp":1781276404,"barcode":"2"})"));
}
