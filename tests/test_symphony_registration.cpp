// Registrations in Symphony logs, and their edits.
#include <doctest/doctest.h>

#include "tests/parsed_log.hpp"

using namespace offcirc;

namespace {

const std::string k_header = "E202606121012310201R ";

// Describes the record of a request with these fields, without its line number.
std::string request(std::string_view command_and_fields) {
  const std::string line = fmt::format("{}^S14{}^^O\n", k_header, command_and_fields);
  return only_record(k_symphony_format, line).substr(3);
}

}  // namespace

TEST_CASE("edits of a new user are separate records, and the registration includes their data") {
  const auto line = [](std::string_view rest) { return k_header + "^S01" + std::string(rest) + "^^O\n"; };
  const std::string text = line("IYUO7^NHSTREET^NE|aBefore") + line("JYUO7^uLFirst^P5A^UPold") + line("EVNQ2") +
                           line("IYUO8^uLOther") + line("IYUO7^NHSTREET^NE|a1 Tide Road^P6B^P5C^UPnew") +
                           line("JYUO7^uLSecond") + line("IYUO7^NHZIP^NE|a54901^NHPHONE^NE555") + k_header +
                           "^S01IYUO7^NHSTREET^NE|aDamaged^^O00001\n";
  const std::string at = " at=2026-06-12T10:12:31 desk=//0201/";
  const std::vector<std::string> expected = {
      "1: registration what=Edit user user=7" + at + " | address=Before",
      "2: registration user=7" + at + " | last=First | phone=new | address=1 Tide Road | categories=C;B",
      "3: checkin item=2" + at,
      "4: registration what=Edit user user=8" + at + " | last=Other",
      "5: registration what=Edit user user=7" + at + " | phone=new | address=1 Tide Road | categories=B;C",
      "6: registration user=7" + at + " | last=Second | phone=555 | address=54901",
      "7: registration what=Edit user user=7" + at + " | phone=555 | address=54901",
      "8:0: Damaged: 1 bytes expected, 33 found."};
  const ParsedLog log(k_symphony_format, text);
  const std::vector<std::string> described = log.described();
  REQUIRE(described.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(described[i] == expected[i]);
  CHECK(log.transactions()[0].edits_registration);
  CHECK(!log.transactions()[1].edits_registration);
}

TEST_CASE("a registration is identified by the content of its own line") {
  const std::string created = k_header + "^S01JYUO7^uLFirst^^O\n";
  const std::string edit = k_header + "^S02IYUO7^UP555^^O\n";
  const auto more = [](const std::string& text) {
    return ParsedLog(k_symphony_format, text).transactions().front().more;
  };
  CHECK(more(created) == more(created + edit));
  CHECK(more(created) != more(edit));
  CHECK(more(edit) != more(k_header + "^S02IYUO7^UP556^^O\n"));
  CHECK(more(edit) == more(k_header + "^S77IYUP 555 ^UO7^Fv9^Uf1234^^O\n"));
  const std::string hold = k_header + "^S01JZUO7^NQ2^HB9/1/2026^Uf1234^^O\n";
  CHECK(more(hold) == more(k_header + "^S44JZUO7^NQ2^HB9/1/2026^Uf99^^O\n"));
  CHECK(more(hold) != more(k_header + "^S01JZUO7^NQ2^HB9/2/2026^Uf1234^^O\n"));
}

TEST_CASE("all forms of a user's fields") {
  const std::string at = "registration user=7 at=2026-06-12T10:12:31 desk=//0201/ | ";
  CHECK(request("JYUO7^PGA^PHB^P3C^P7D^P5E") == at + "categories=A;B;C;E");
  CHECK(request("JYUO7^PI1 Mill Row^PJRidge^PK55000^PL Annex ^UB5") ==
        at + "address=1 Mill Row, Ridge, 55000, Annex, 5");
  CHECK(request("JYUO7^PP1 Mill Row^PTSTREET^PQa@b.example^PUEMAIL^PR555^PVPHONE^PSX") ==
        at + "email=a@b.example | phone=555 | address=1 Mill Row, X");
  CHECK(request("JYUO7^PT1 Mill Row^0Ea@b.example^U4Nan") ==
        at + "alternate=Nan | email=a@b.example | address=1 Mill Row");
}

TEST_CASE("fields of a user that are not kept are named, without their values") {
  const auto left_out = [](std::string_view line) {
    const ParsedLog log(k_symphony_format, k_header + "^S01" + std::string(line) + "^^O\n");
    return std::string(log.transactions().front().registration->left_out);
  };
  CHECK(left_out("JYFEOSH^FWX^Fv3^dC6^rsY^UO7^uLMoe^UY1^Uf1234^OAsecret") == "");
  CHECK(left_out("JYUO7^P7CIRCRULE^0Tmoe^URMr^UR^UkM7^Up3^Uzz") ==
        "circulation rule (P7), preferred ID (0T), title (UR), alternative ID (Uk), Up, Uz");
  CHECK(left_out("JYUO7^UR^P7") == "");
}

TEST_CASE("an unreadable birth or expiry date does not stop a registration") {
  CHECK(request("JYUO7^uLA^UZ31/31/1990^UQsoon") ==
        "registration user=7 at=2026-06-12T10:12:31 desk=//0201/ | last=A | born=unreadable | expires=unreadable");
  CHECK(request("JYUO7^uLA^UZNEVER^UQ6/12/2028,10:00") ==
        "registration user=7 at=2026-06-12T10:12:31 desk=//0201/ | last=A | expires=2028-06-12");
}
