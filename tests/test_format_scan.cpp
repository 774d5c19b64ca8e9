#include <doctest/doctest.h>

#include "tests/parsed_log.hpp"

using namespace offcirc;

namespace {

// Describes each record.
std::vector<std::string> records(std::string_view text, const IdPatterns& ids = {}) {
  return ParsedLog(k_scan_format, text, DateOrder::mdy, ids).described();
}

IdPatterns patterns(const char* user, const char* item) {
  return {IdPattern(user), IdPattern(item), "Aa", false};
}

using Lines = std::vector<std::string>;

constexpr std::string_view k_not_sure = "It is unclear who has this item: line ";

}  // namespace

TEST_CASE("the sample, record by record") {
  const Lines expected = {"1: blank",
                          "2: checkout user=21220001000073 item=31220005000135",
                          "3: checkout user=21220001000073 item=31220005000267",
                          "4: blank",
                          "5: blank",
                          "6: checkout user=21220001000149 item=31220005000390",
                          "6: checkout user=21220001000149 item=31220005000523",
                          "7: blank",
                          "8: blank",
                          "9: checkin item=31220005000655",
                          "10: checkin item=31220005000788",
                          "11: blank",
                          "12: renewal item=31220005000911",
                          "13: blank",
                          "14: renewal user=21220001000214 item=31220005001042",
                          "15: blank",
                          "16: checkout user=21220001000289 item=31220005001174",
                          "16: checkin item=31220005001307",
                          "17: blank",
                          "18: blank",
                          "19: checkout user=21220001000354 item=31220005001430"};
  const Lines described = records(read_sample(k_scan_format));
  REQUIRE(described.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(described[i] == expected[i]);
}

TEST_CASE("an item needs a user before it, except among check-ins and renewals") {
  CHECK(records("31220005000135\n") == Lines{"1:1: There is no user ID before this item."});
  CHECK(records("21220001000073\n\n , 31220005000135\n") ==
        Lines{"1: blank", "2: blank", "3:4: There is no user ID before this item."});
  CHECK(records("21220001000073,checkout,31220005000135\n").back() == "1:25: There is no user ID before this item.");
  CHECK(records("checkin\n\n31220005000135\n").back() == "3: checkin item=31220005000135");
  CHECK(records("renew\n\n31220005000135\n").back() == "3: renewal item=31220005000135");
}

TEST_CASE("blanks and empty fields between commas do not end a user's items") {
  CHECK(records("21220001000073,,\n 31220005000135 \t\n").back() ==
        "2: checkout user=21220001000073 item=31220005000135");
  CHECK(records("21220001000073\n \t\n31220005000135\n").size() == 3);
  CHECK(records("21220001000073\n \t\n31220005000135\n").back() == "3:1: There is no user ID before this item.");
}

TEST_CASE("a user ID among renewals is the renewing user") {
  CHECK(records("renew\n21220001000073\n31220005000267\n\n31220005000390\n").back() ==
        "5: renewal item=31220005000390");
}

TEST_CASE("a user ID among check-ins is reported, and the items remain check-ins") {
  constexpr std::string_view k_among =
      "A user ID among check-ins: nothing was checked out to it. The items after it are also checked in.";
  CHECK(records("checkin\n31220005000135\n21220001000073\n31220005000267\n\n31220005000390\n") ==
        Lines{"1: blank", "2: checkin item=31220005000135", fmt::format("3:1: {}", k_among),
              "4: checkin item=31220005000267", "5: blank", "6: checkin item=31220005000390"});
  CHECK(records("checkin\n21220001000073\n31220005000267\n").back() == "3: checkin item=31220005000267");
  CHECK(records("%C127L,31220005000135\n\n21220001000073,31220005000267\n") ==
        Lines{"1: checkin item=31220005000135", "2: blank", fmt::format("3:1: {}", k_among),
              "3: checkin item=31220005000267"});
  const ParsedLog log(k_scan_format, "checkin\n21220001000073\n");
  CHECK(std::get<Diagnostic>(log.records.back().content).user_id == "21220001000073");
}

TEST_CASE("a user ID after an empty line ends typed check-ins, and what happened to its items is unknown") {
  const auto not_sure = [](int line, int column, int since) {
    return fmt::format(
        "{}:{}: It is unclear whether this was checked out or checked in. Add checkout or checkin before line {}.",
        line, column, since);
  };
  CHECK(records("checkin\n31220005000135\n\n\n21220001000073\n31220005000267\n31220005000390\n\n21220001000149\n"
                "31220005000523\n\n31220005000655\n") ==
        Lines{"1: blank", "2: checkin item=31220005000135", "3: blank", "4: blank", not_sure(5, 1, 5),
              not_sure(6, 1, 5), not_sure(7, 1, 5), "8: blank", "9: blank",
              "10: checkout user=21220001000149 item=31220005000523", "11: blank",
              "12:1: There is no user ID before this item."});
  CHECK(records("checkin\n\n21220001000073\n31220005000267\ncheckin\n31220005000390\n").back() ==
        "6: checkin item=31220005000390");
  CHECK(records("checkin\n\n31220005000267\t21220001000073\n") ==
        Lines{"1: blank", "2: blank", not_sure(3, 1, 3), not_sure(3, 16, 3)});
  // The unreadable barcode may have been the user ID.
  CHECK(records("checkin\n\n2122000100007\n31220005000267\n\n31220005000390\n") ==
        Lines{"1: blank", "2: blank",
              "3:1: The barcode fits no pattern in [ids] of the configuration: expected a user ID like ^2\\d{13}$ or "
              "an item ID like ^3\\d{13}$, got \"2122000100007\".",
              not_sure(4, 1, 3), "5: blank", "6: checkin item=31220005000390"});
}

TEST_CASE("the kind of transaction for a list that does not state it") {
  const auto said = [](Kind kind, const std::string& text) {
    return ParsedLog(k_scan_format, text, DateOrder::mdy, {}, kind).described();
  };
  CHECK(said(Kind::checkin, "31220005000135\n\n31220005000267\n") ==
        Lines{"1: checkin item=31220005000135", "2: blank", "3: checkin item=31220005000267"});
  CHECK(said(Kind::renewal, "31220005000135\n").back() == "1: renewal item=31220005000135");
  CHECK(said(Kind::checkin, "checkout\n21220001000073\n31220005000267\n").back() ==
        "3: checkout user=21220001000073 item=31220005000267");
}

TEST_CASE("pairs of user and item, as a spreadsheet has them") {
  const Lines pairs = {"1: checkout user=21220001000073 item=31220005000135",
                       "2: checkout user=21220001000149 item=31220005000267"};
  CHECK(records("21220001000073,31220005000135\n21220001000149,31220005000267\n") == pairs);
  CHECK(records("21220001000073\t31220005000135\n21220001000149 \t 31220005000267\n") == pairs);
  CHECK(records("21220001000073;31220005000135\n21220001000149;31220005000267\n") == pairs);
  CHECK(records("\"21220001000073\",\"31220005000135\"\n\"21220001000149\", \"31220005000267\"\n") == pairs);
  CHECK(records("Card;Item\n21220001000073;31220005000135\n") ==
        Lines{"1: blank", "2: checkout user=21220001000073 item=31220005000135"});
  // An empty row ends the user's items; an empty cell does not.
  CHECK(records("21220001000073\t31220005000135\n\t31220005000267\n,\n\t31220005000390\n") ==
        Lines{"1: checkout user=21220001000073 item=31220005000135",
              "2: checkout user=21220001000073 item=31220005000267", "3: blank",
              "4:2: There is no user ID before this item."});
}

TEST_CASE("in a pair, the user may come after the item") {
  CHECK(records("31220005000135,21220001000073\n31220005000267,21220001000149\n31220005000390,2122000100021\n") ==
        Lines{"1: checkout user=21220001000073 item=31220005000135",
              "2: checkout user=21220001000149 item=31220005000267",
              fmt::format("3:1: {}3, which can't be read, may have been another user's ID.", k_not_sure),
              "3:16: The barcode fits no pattern in [ids] of the configuration: expected a user ID like ^2\\d{13}$ or "
              "an item ID like ^3\\d{13}$, got \"2122000100021\"."});
  const IdPatterns digits = patterns(R"(^\d+$)", R"(^\d+$)");
  CHECK(records("15\t55478\n36\t154\n", digits) ==
        Lines{"1: checkout user=15 item=55478", "2: checkout user=36 item=154"});
}

TEST_CASE("a list without users, and users without items, are noted once") {
  const auto noted = [](const std::string& text) {
    std::vector<std::string> notes;
    for (const LogNote& note : ParsedLog(k_scan_format, text).notes)
      notes.push_back(fmt::format("{}: {} {}", note.code, note.message, note.action));
    return notes;
  };
  CHECK(noted("31220005000135\n31220005000267\n") ==
        Lines{"no-user: The list has no user ID for its 2 items. If they were returned, load it with --kind checkin, "
              "or add checkin as its first line."});
  CHECK(noted("21220001000073\n31220005000135\n\n31220005000267\n") ==
        Lines{"no-user: There is no user ID before 1 item of the list. Add a line with the user's ID, checkin or renew "
              "before them."});
  CHECK(noted("21220001000073\n21220001000149\n31220005000135\n\n21220001000214\n") ==
        Lines{"no-items: There is no item after the user ID in line 1, nor after 1 more. If an item was checked out "
              "there, enter it by hand."});
  CHECK(noted("21220001000073\n21220001000073\n31220005000135\n").empty());
  CHECK(noted(read_sample(k_scan_format)).empty());
}

TEST_CASE("no-break spaces around a barcode are blanks") {
  CHECK(records("\u00A021220001000073\n31220005000135\u202F\n\u2007\n31220005000267\n") ==
        Lines{"1: blank", "2: checkout user=21220001000073 item=31220005000135", "3: blank",
              "4:1: There is no user ID before this item."});
  CHECK(records("21220001000073\xA0\n31220005000135\n").back() ==
        "2: checkout user=21220001000073 item=31220005000135");
}

TEST_CASE("a barcode that fits neither a user nor an item is unreadable") {
  CHECK(records("21220001000073\n3122000500013\n") ==
        Lines{"1: blank",
              "2:1: The barcode fits no pattern in [ids] of the configuration: expected a user ID like ^2\\d{13}$ or "
              "an item ID like ^3\\d{13}$, got \"3122000500013\"."});
  CHECK(records("chekc in\n", patterns("^P", "^I")) ==
        Lines{"1:1: The barcode fits no pattern in [ids] of the configuration: expected a user ID like ^P or an item "
              "ID like ^I, got \"chekc in\"."});
}

TEST_CASE("after an unreadable barcode, items have no certain user until the next user") {
  const Lines found = records(
      "21220001000073\n31220005000135\n2122000100\n31220005000267\n31220005000390\n21220001000149\n31220005000523\n");
  REQUIRE(found.size() == 7);
  CHECK(found[1] == "2: checkout user=21220001000073 item=31220005000135");
  CHECK(found[3] == fmt::format("4:1: {}3, which can't be read, may have been another user's ID.", k_not_sure));
  CHECK(found[4] == fmt::format("5:1: {}3, which can't be read, may have been another user's ID.", k_not_sure));
  CHECK(found[6] == "7: checkout user=21220001000149 item=31220005000523");
  CHECK(records("checkin\n2122000100\n31220005000267\n").back() == "3: checkin item=31220005000267");
  CHECK(records("2122000100\n\n31220005000267\n").back() == "3:1: There is no user ID before this item.");
}

TEST_CASE("the configured ID patterns and scanner characters") {
  const IdPatterns letters = patterns(R"(^P\d+$)", R"(^I\d+$)");
  CHECK(records("P1\nI2\nAP2A\nAI3a\n", letters) ==
        Lines{"1: blank", "2: checkout user=P1 item=I2", "3: blank", "4: checkout user=AP2A item=AI3a"});
  CHECK(records("P1\n31220005000135\n", {IdPattern("^P"), {}, "", false}).back() ==
        "2: checkout user=P1 item=31220005000135");
}

TEST_CASE("if one pattern fits both, the position distinguishes users from items") {
  const IdPatterns digits = patterns(R"(^\d+$)", R"(^\d+$)");
  CHECK(records("%C123H,15,55478,%C123H,36,154,874,%C127L,55478,21\n36\n15\n\n15\n154\n", digits) ==
        Lines{"1: checkout user=15 item=55478", "1: checkout user=36 item=154", "1: checkout user=36 item=874",
              "1: checkin item=55478", "1: checkin item=21", "2: checkin item=36", "3: checkin item=15", "4: blank",
              "5: checkin item=15", "6: checkin item=154"});
  CHECK(records("15\n55478\n\n36\n154\n", digits) ==
        Lines{"1: blank", "2: checkout user=15 item=55478", "3: blank", "4: blank", "5: checkout user=36 item=154"});
}

TEST_CASE("damage") {
  const Lines found = records(
      "21220001000073, 3122\x01"
      "000,31220005000135\n");
  CHECK(found == Lines{"1:21: Damaged: byte 01, which is not text.",
                       fmt::format("1:26: {}1, which can't be read, may have been another user's ID.", k_not_sure)});
  CHECK(records(std::string(70'000, '2') + "," + std::string(10, '3') + "\n") ==
        Lines{"1:0: The line is longer than 65536 bytes, so it can't be a record."});
}

TEST_CASE("what is recognized as a scanned list") {
  const auto claimed = [](std::string_view head) { return k_scan_format.claims(head); };
  CHECK(claimed("21220001000073\n31220005000135\n"));
  CHECK(claimed("A21220001000073A,A31220005000135B\n"));
  CHECK(claimed("\n\ncheckin\nCONC40000001\n"));
  CHECK(claimed("%C123H,15547,55478,%C123H,36,154,874"));
  CHECK(claimed("21220001000073\n31220005000135\n31220005000267\n(the red bag)\n"));
  CHECK_FALSE(claimed("21220001000073\n31220005000135\n(the red bag)\n"));
  CHECK_FALSE(claimed("checkin\n"));
  CHECK_FALSE(claimed("item_id\n31220005000135\n31220005000267\n31220005000390\n31220005000523\n"));
  CHECK_FALSE(claimed("item_id,user_id\n31220005000135,21220001000073\n31220005000267,21220001000073\n"));
  CHECK_FALSE(claimed("31220005000135 returned\n31220005000267 returned\n"));
  CHECK_FALSE(claimed("202606151200L39012001234567          901234567\n202606151202R39012001234567\n"));
  CHECK_FALSE(claimed("o:1206120910:b31220005000135:b21220001000073:1207031000:1\n"));
  CHECK_FALSE(claimed("09N20260612    10123120260612    101231AP|AOOSH|AB31220005000135|AC|\n"));
  CHECK_FALSE(claimed("2026-06-12,10:15,31220005000135\n"));
  CHECK_FALSE(claimed("{\"type\":\"checkin\",\"barcode\":31220005000135}\n"));
  CHECK_FALSE(claimed("Dear all, the server is down.\n"));
  CHECK_FALSE(claimed("12.50\n3.00\n"));
  CHECK_FALSE(claimed(""));
  CHECK(claimed("\"21220001000073\",\"31220005000135\"\n"));
  CHECK(claimed("21220001000073\t31220005000135\n"));
  CHECK_FALSE(claimed("Card,Item\n21220001000073,31220005000135\n"));
}

TEST_CASE("text that fits the library's patterns counts as a barcode") {
  const auto claiming = [](std::string_view head, const IdPatterns& ids) { return formats_that_claim(head, ids); };
  const std::vector<const LogFormat*> scan = {&k_scan_format};
  const IdPatterns numbers = patterns(R"(^\d{3}$)", R"(^\d{4}$)");
  CHECK(claiming("242\n4646\n3577\n", numbers) == scan);
  CHECK(claiming("242\n4646\n3577\n", {}).empty());
  CHECK(claiming("24\n46\n", numbers).empty());
  CHECK(claiming("Please call\n", patterns("^P", "^I")).empty());
  CHECK(claiming("Card,Item\n21220001000073,31220005000135\n", {}) == scan);
  CHECK(claiming("\nKarte;Buch\n242;4646\n\n351;3577\n", numbers) == scan);
  CHECK(claiming("Item,Card\n31220005000135,21220001000073\n", {}) == scan);
  CHECK(claiming("Card,Item,Day\n21220001000073,31220005000135,1\n", {}).empty());
}

TEST_CASE("a line has at most one blank record, however many cells it has") {
  CHECK(records("Card;Item\n;\n21220001000073;\n;31220005000135;;\n") ==
        Lines{"1: blank", "2: blank", "3: blank", "4: checkout user=21220001000073 item=31220005000135"});
  CHECK(records("%C123H,21220001000073,%C127L\n") == Lines{"1: blank"});
}

TEST_CASE("below a heading, columns may be in either order, cells may be empty, and rows may be damaged") {
  const auto claiming = [](std::string_view head) { return formats_that_claim(head); };
  const std::vector<const LogFormat*> scan = {&k_scan_format};
  CHECK(claiming("Card,Book\n21220001000073,31220005000135\n,31220005000267\n") == scan);
  CHECK(claiming("Card,Book\n,31220005000267\n21220001000073,31220005000135\n") == scan);
  CHECK(claiming("Card,Book\n21220001000073,31220005000135\n21220001000149,3122000500026\n") == scan);
  CHECK(claiming("Card,Book\n21220001000073,31220005000135\n21220001000149,3.1221E+13\n") == scan);
  CHECK(claiming("checkout\nCard,Book\n21220001000073,31220005000135\n") == scan);
  CHECK(claiming("Card,Book\n21220001000073,31220005000135,returned\n21220001000149,31220005000267\n") == scan);
  CHECK(claiming("Card,Book\n2122000100007,3122000500013\n").empty());
  CHECK(claiming("User,Alternate\n21220001000073,21220001000149\n").empty());
  CHECK(claiming("User,Telephone\n21220001000073,5550100\n21220001000149,5550101\n").empty());
  CHECK(claiming("User,Name\n21220001000073,Abbott\n").empty());
  CHECK(claiming("Item,Title\n31220005000135,Harbor Lights\n").empty());
  CHECK(claiming("Dear all\n21220001000073,31220005000135\n").empty());
  CHECK(records("Item,Card\n31220005000135,21220001000073\n31220005000267,\n3122000500039,21220001000149\n"
                "31220005000523,2122000100021\n") ==
        Lines{"1: blank", "2: checkout user=21220001000073 item=31220005000135",
              "3: checkout user=21220001000073 item=31220005000267",
              "4:1: The barcode fits no pattern in [ids] of the configuration: expected a user ID like ^2\\d{13}$ or "
              "an item ID like ^3\\d{13}$, got \"3122000500039\".",
              fmt::format("5:1: {}5, which can't be read, may have been another user's ID.", k_not_sure),
              "5:16: The barcode fits no pattern in [ids] of the configuration: expected a user ID like ^2\\d{13}$ or "
              "an item ID like ^3\\d{13}$, got \"2122000100021\"."});
}

TEST_CASE("a remark next to a pair is unreadable, and the pair is unaffected") {
  const Lines found =
      records("31220005000135,21220001000073\n31220005000267,21220001000149,damaged\n31220005000390,,x\n");
  REQUIRE(found.size() == 5);
  CHECK(found[1] == "2: checkout user=21220001000149 item=31220005000267");
  CHECK(found[2].starts_with("2:31: The barcode fits no pattern"));
  CHECK(found[3] == fmt::format("3:1: {}3, which can't be read, may have been another user's ID.", k_not_sure));
}

TEST_CASE("if one pattern fits both, a heading that names both columns distinguishes them") {
  const IdPatterns digits = patterns(R"(^\d+$)", R"(^\d+$)");
  CHECK(records("Book;Patron\n55478;15\n154;36\n", digits) ==
        Lines{"1: blank", "2: checkout user=15 item=55478", "3: checkout user=36 item=154"});
  CHECK(records("Patron;Books\n15;55478\n", digits).back() == "2: checkout user=15 item=55478");
  CHECK(records("Buch;Karte\n15;55478\n", digits).back() == "2: checkout user=15 item=55478");
}

TEST_CASE("a first line that names the separator is not part of the list") {
  CHECK(formats_that_claim("sep=;\n21220001000073;31220005000135\n") == std::vector{&k_scan_format});
  CHECK(formats_that_claim("sep=;\nCard;Item\n21220001000073;31220005000135\n") == std::vector{&k_scan_format});
  CHECK(records("sep=;\n21220001000073;31220005000135\n") ==
        Lines{"1: blank", "2: checkout user=21220001000073 item=31220005000135"});
  CHECK(records("sep=\t\nCard\tItem\n21220001000073\t31220005000135\n").size() == 3);
  CHECK(ParsedLog(k_scan_format, "sep=;\n21220001000073;31220005000135\n", DateOrder::mdy, {}, Kind::checkin)
            .described()
            .back() == "2: checkin item=31220005000135");
}

TEST_CASE("words that state what was done, as people write them") {
  for (const std::string word : {"check-in", "Check in", "CHECKED-IN", "returns", "Returned", "return", "checkins"}) {
    CAPTURE(word);
    CHECK(records(word + "\n31220005000135\n").back() == "2: checkin item=31220005000135");
  }
  for (const std::string word : {"check-out", "checkouts", "Loans", "checked out"}) {
    CAPTURE(word);
    CHECK(records("checkin\n" + word + "\n21220001000073\n31220005000135\n").back() ==
          "4: checkout user=21220001000073 item=31220005000135");
  }
  CHECK(records("Renewals\n31220005000135\n").back() == "2: renewal item=31220005000135");
  // Next to a barcode, it is a remark.
  CHECK(records("21220001000073,31220005000135,returned\n21220001000149,31220005000267\n").back() ==
        "2: checkout user=21220001000149 item=31220005000267");
  CHECK(formats_that_claim("21220001000073,31220005000135,returned\n").empty());
  CHECK(k_scan_format.claims("returned\n31220005000135\n"));
  CHECK_FALSE(k_scan_format.claims("charges\n31220005000135\n"));
}

TEST_CASE("a heading above items is recognized if something states what was done with them") {
  const auto claimed = [](std::string_view head, std::optional<Kind> kind = {}) {
    return formats_that_claim(head, {}, kind) == std::vector{&k_scan_format};
  };
  CHECK(claimed("Returned books\n31220005000135\n31220005000267\n"));
  CHECK(claimed("Books (checked in)\n31220005000135\n"));
  CHECK(claimed("Item barcode\n31220005000135\n", Kind::checkin));
  CHECK(claimed("checkin\nItem barcode\n31220005000135\n"));
  CHECK_FALSE(claimed("Item barcode\n31220005000135\n"));
  CHECK_FALSE(claimed("Loans and returns\n31220005000135\n"));
  CHECK_FALSE(claimed("Returned books\nThe red bag\n31220005000135\n"));
  CHECK_FALSE(claimed("Item barcode\nThe red bag\n", Kind::checkin));
  CHECK(records("Returned books\n31220005000135\n") == Lines{"1: blank", "2: checkin item=31220005000135"});
  CHECK(records("Renewed item;\n31220005000135;\n").back() == "2: renewal item=31220005000135");
  CHECK(records("Books returned;Patron\n31220005000135;21220001000073\n")[1] == "2: checkin item=31220005000135");
  CHECK(records("Item barcode\n31220005000135\n").front().starts_with("1:1: The barcode fits no pattern"));
}

TEST_CASE("what is missing in a file that is almost a list") {
  const auto missed = [](std::string_view head, const IdPatterns& ids = {}) {
    REQUIRE(formats_that_claim(head, ids).empty());
    return near_miss_of(head, ids);
  };
  CHECK(missed("Patron,Item,Date\n21220001000073,31220005000135,2026-06-12\n") ==
        "looks like a list in the format scan, but its column 3 (\"Date\") has neither user IDs nor item IDs. Remove "
        "the column, or turn the file into a sheet in the format csv.");
  CHECK(missed("Ann;21220001000073;31220005000135\nBo;21220001000149;31220005000267\n") ==
        "looks like a list in the format scan, but its column 1 has neither user IDs nor item IDs. Remove the column, "
        "or turn the file into a sheet in the format csv.");
  CHECK(missed("Card,Item\n2.7714E+13,3.7714E+13\n") ==
        "looks like a list in the format scan, but a spreadsheet has shortened its barcodes to numbers such as "
        "2.1221E+13. Format their columns as text, and enter the barcodes again.");
  CHECK(missed("2,7714E+13\t3,7714E+13\n").starts_with("looks like a list in the format scan, but a spreadsheet"));
  CHECK(missed("Barcode\n31220005000135\n") ==
        "looks like a list in the format scan, but its heading does not say what was done with the items. Use --kind, "
        "or replace the heading with checkout, checkin or renew.");
  CHECK(missed("Card,Item\n2714,3714\n2715,3715\n", patterns(R"(^2\d{5}$)", R"(^3\d{5}$)")).empty());
  CHECK(missed("Card,Item\n27140,37140\n27150,37150\n", patterns(R"(^2\d{5}$)", R"(^3\d{5}$)")) ==
        "looks like a list in the format scan, but its rows do not have a user ID like ^2\\d{5}$ next to an item ID "
        "like ^3\\d{5}$. Set the patterns of IDs in [ids] of the configuration.");
  CHECK(missed("user_id,item_id,due_at\n21220001000073,31220005000135,2026-07-01\n").find("no column kind") !=
        std::string::npos);
  CHECK(missed("User,Name\n21220001000073,Abbott\n").empty());
  CHECK(missed("Dear all,\nthe server is down, please write on paper.\n").empty());
  CHECK(missed("").empty());
}

TEST_CASE("a barcode that a spreadsheet has shortened is reported") {
  CHECK(records("21220001000073;3.1221E+13\n").back() ==
        "1:16: The barcode can't be read: a spreadsheet has shortened it to \"3.1221E+13\". Format its column as text, "
        "and enter the barcodes again.");
}

TEST_CASE("after a user ID has ended check-ins, what was done with the next items is unknown") {
  const ParsedLog log(k_scan_format, "checkin\n31220005000135\n\n21220001000073\n31220005000267\n\n31220005000390\n");
  CHECK(log.described().back() ==
        "7:1: It is unclear whether this was checked out or checked in: the check-ins ended at the user ID in line 4. "
        "Add checkout or checkin before line 7.");
  CHECK(log.notes.empty());
  CHECK(records("checkin\n\n21220001000073\n\ncheckin\n31220005000390\n").back() == "6: checkin item=31220005000390");
}
