#include <doctest/doctest.h>

#include "formats/csv_columns.hpp"
#include "formats/record_identity.hpp"
#include "tests/parsed_log.hpp"

using namespace offcirc;

namespace {

// Describes the row after that header.
std::string row(std::string_view header, std::string_view cells) {
  const ParsedLog log(k_csv_format, fmt::format("{}\n{}\n", header, cells));
  if (log.refused)
    return fmt::format("refused at {}:{}: {}", log.refused->line, log.refused->column, log.refused->message);
  return log.records.size() == 2 ? log.described()[1] : fmt::format("{} records", log.records.size());
}

Record record_of(std::string_view header, std::string_view cells) {
  const ParsedLog log(k_csv_format, fmt::format("{}\n{}\n", header, cells));
  REQUIRE(log.records.size() == 2);
  return log.records[1];
}

std::uint64_t content_of(std::string_view header, std::string_view cells) {
  return std::get<Diagnostic>(record_of(header, cells).content).content;
}

constexpr std::string_view k_columns =
    "occurred_at, recorded_at, library, station, user_access, kind, user_id, item_id, due_at, due_from, discharged_on, "
    "amount, count, last_name, first_name, middle_name, alternate_name, birth_date, email, phone, language, address, "
    "categories, department, profile, user_library, expires_on, origin, item_type, temporary_library, "
    "library_mismatch, "
    "log_notes";
constexpr std::string_view k_short = "occurred_at,kind,user_id,item_id";

}  // namespace

TEST_CASE("the sample, record by record") {
  const std::vector<std::string> expected = {
      "1: blank",
      "2: checkout user=21220001000073 item=31220005000135 at=2026-06-12T10:01:00 desk=NEE//0301/",
      "3: checkout user=21220001000073 item=31220005000267 at=2026-06-12T10:02:00 due=2026-07-03 from=transaction "
      "desk=NEE//0301/",
      "4: checkout user=21220001000149 item=31220005000390 at=2026-06-12T10:03:30 due=NEVER from=transaction "
      "desk=NEE//0301/",
      "5: checkout user=21220001000149 item=31220005000523 at=2026-06-12T10:04:00 due=2026-06-26T18:00:00 from=session "
      "desk=NEE//0301/",
      "6: checkin item=31220005000655 at=2026-06-12T15:05:00Z desk=NEE//0301/NEECIRC",
      "7: checkin item=31220005000788 at=2026-06-12T15:06:00Z occurred=2026-06-12T15:13:00Z discharged=2026-06-11 "
      "desk=NEE//0301/",
      "8: renewal item=31220005000911 at=2026-06-12T10:15:00 desk=NEE//0301/",
      "9: renewal user=21220001000214 item=31220005001042 at=2026-06-12T10:16:00 due=2026-07-10 from=transaction "
      "desk=NEE//0301/",
      "10: blank",
      "11: registration user=21220001000289 at=2026-06-12T10:20:00 desk=NEE//0301/ | last=O'Dell, \"Bee\" "
      "| first=Beatrice | born=1985-02-28 | email=bee@example.org | phone=920-555-0177 | address=4 Ferry Street\n"
      "Neenah, WI | categories=RESIDENT;EMAIL | profile=PUBLIC | library=NEE | expires=2028-06-12",
      "13: registration user=21220001000354 at=2026-06-12T10:22:00 desk=NEE//0301/ | last=\xC3\x98stberg | first=Yara "
      "| profile=PUBLIC | library=APP | expires=NEVER",
      "14: payment user=21220001000420 at=2026-06-12T10:25:00 cents=1250 desk=NEE//0301/",
      "15: payment user=21220001000495 at=2026-06-12T10:26:00 cents=300 desk=NEE//0301/",
      "16: in-house-use what=MAGAZINE at=2026-06-12T10:30:00 count=14 desk=NEE//0301/",
      "17: in-house-use item=31220005001174 at=2026-06-12T10:31:00 desk=NEE//0301/",
      "18: checkout user=21220001000560 item=31220005001307 at=2026-06-12T10:40:00 desk=APP//0401/"};
  const std::vector<std::string> described = ParsedLog(k_csv_format, read_sample(k_csv_format)).described();
  REQUIRE(described.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(described[i] == expected[i]);
}

TEST_CASE("the header row") {
  CHECK(row("item_id,kind,occurred_at", "2,checkin,2026-06-12T10:00") == "2: checkin item=2 at=2026-06-12T10:00:00");
  CHECK(row("\"item_id\", kind ,occurred_at", "2,checkin,2026-06-12T10:00") ==
        "2: checkin item=2 at=2026-06-12T10:00:00");
  CHECK(row("kind,itemid", "checkin,2") ==
        fmt::format("refused at 1:6: Unknown column \"itemid\": expected one of {}.", k_columns));
  CHECK(row("kind,item_id,kind", "") == "refused at 1:14: The column kind appears twice in the header row.");
  CHECK(row("item_id,user_id", "") == "refused at 1:0: The header row has no column kind.");
  CHECK(row("kind,\"item_id", "") == "refused at 1:6: The opening quotation mark of the field has no closing one.");
  CHECK(ParsedLog(k_csv_format, "").records.empty());
}

TEST_CASE("a log without times is read: the intake assigns them") {
  CHECK(row("kind,item_id", "checkin,2") == "2: checkin item=2");
}

TEST_CASE("times") {
  const std::string_view both = "occurred_at,recorded_at,kind,item_id";
  CHECK(row(both, "2026-06-12T10:00:00-05:00,2026-06-12T09:53:00-05:00,checkin,2") ==
        "2: checkin item=2 at=2026-06-12T14:53:00Z occurred=2026-06-12T15:00:00Z");
  CHECK(row(both, "2026-06-12T10:00:00-05:00,,checkin,2") == "2: checkin item=2 at=2026-06-12T15:00:00Z");
  CHECK(row(both, "2026-06-12 10:00,2026-06-12T10:00:00,checkin,2") == "2: checkin item=2 at=2026-06-12T10:00:00");
  CHECK(
      row(both, "2026-06-12T10:00,2026-06-12T09:53,checkin,2") ==
      "2:1: If recorded_at is another time, occurred_at needs an offset from UTC, such as 2026-06-12T10:12:31-05:00.");
  for (const char* wrong : {"10:00", "6/31/2026 10:00", "2026-06-31T10:00", "2026-06-12T24:00", "NEVER",
                            "2026-06-12T10:00:00.", "2026-06-12T10:00+5", "2026-06-12T10:00Zx", "2026-06-12T10"}) {
    CAPTURE(std::string(wrong));
    CHECK(row(k_short, fmt::format("{},checkin,,2", wrong)) ==
          fmt::format("2:1: The occurred_at can't be read: expected a date and time such as 2026-06-12T10:12:31, got "
                      "\"{}\".",
                      wrong));
  }
}

TEST_CASE("kinds and what they need") {
  const std::string_view at = "2026-06-12T10:00";
  const auto short_row = [&](std::string_view cells) { return row(k_short, fmt::format("{},{}", at, cells)); };
  CHECK(short_row("checkuot,1,2") ==
        "2:18: The kind can't be read: expected checkout, checkin, renewal, registration, payment or in-house-use, got "
        "\"checkuot\".");
  CHECK(short_row("checkout,,2") == "2:27: The user_id is missing: a checkout needs it.");
  CHECK(short_row("checkout,1,") == "2:29: The item_id is missing: a checkout needs it.");
  CHECK(short_row("checkin,1,") == "2:28: The item_id is missing: a checkin needs it.");
  CHECK(short_row("renewal,1, ") == "2:28: The item_id is missing: a renewal needs it.");
  CHECK(short_row("payment,1,") == "2:0: The amount is missing: a payment needs it.");
  CHECK(short_row("registration,,") == "2: registration at=2026-06-12T10:00:00 | ");
  CHECK(short_row("in-house-use,,") == "2: in-house-use at=2026-06-12T10:00:00");
  CHECK(short_row("unsupported,1,2") == "2: unsupported what=Other transaction user=1 item=2 at=2026-06-12T10:00:00");
}

TEST_CASE("due dates and discharge dates") {
  const std::string_view header = "kind,user_id,item_id,due_at,due_from,discharged_on";
  CHECK(row(header, "checkout,1,2,2026-07-03,,") == "2: checkout user=1 item=2 due=2026-07-03 from=transaction");
  CHECK(row(header, "checkout,1,2,never,session,") == "2: checkout user=1 item=2 due=NEVER from=session");
  CHECK(row(header, "checkout,1,2,,session,") == "2: checkout user=1 item=2");
  CHECK(row(header, "checkin,1,2,soon,,2026-06-11T20:00Z") ==
        "2: checkin user=1 item=2 discharged=2026-06-11T20:00:00Z");
  CHECK(row(header, "checkout,1,2,7/32/2026,,") ==
        "2:14: The due_at can't be read: expected a date such as 2026-07-03, or NEVER, got \"7/32/2026\".");
  CHECK(row(header, "checkout,1,2,2026-07-03,policy,") ==
        "2:25: The due_from can't be read: expected transaction or session, got \"policy\".");
  CHECK(row(header, "checkin,1,2,,,NEVER") ==
        "2:15: The discharged_on can't be read: expected a date such as 2026-06-11, got \"NEVER\".");
}

TEST_CASE("amounts and counts") {
  const auto payment = [](std::string_view amount) {
    return row("kind,user_id,amount", fmt::format("payment,1,{}", amount));
  };
  CHECK(payment("12.50") == "2: payment user=1 cents=1250");
  CHECK(payment("0.5") == "2: payment user=1 cents=50");
  for (const char* wrong : {"-1", "0", "0.00", "1.234", "5 kg", "1.", ".5", "1 000", "1000000000"}) {
    CAPTURE(std::string(wrong));
    CHECK(payment(wrong) ==
          fmt::format("2:11: The amount can't be read: expected money above zero such as 12.50, got \"{}\".", wrong));
  }
  const auto use = [](std::string_view count) { return row("kind,count", fmt::format("in-house-use,{}", count)); };
  CHECK(use("1000000") == "2: in-house-use count=1000000");
  for (const char* wrong : {"0", "1000001", "-1", "2.5", "many"}) {
    CAPTURE(std::string(wrong));
    CHECK(use(wrong) ==
          fmt::format("2:14: The count can't be read: expected a number from 1 to 1000000, got \"{}\".", wrong));
  }
}

TEST_CASE("the type of an item that is not cataloged") {
  const std::string_view header = "kind,user_id,item_id,item_type";
  CHECK(row(header, "in-house-use,,,MAGAZINE") == "2: in-house-use what=MAGAZINE");
  CHECK(row(header, "in-house-use,,2,MAGAZINE") == "2: in-house-use item=2");
  CHECK(row(header, "checkout,1,2,MAGAZINE") == "2: checkout user=1 item=2");
}

TEST_CASE("a registration with an invalid date is still read") {
  const std::string_view header = "kind,user_id,last_name,birth_date,expires_on";
  CHECK(row(header, "registration,1,Zellner,1/32/1990,later") ==
        "2: registration user=1 | last=Zellner | born=unreadable | expires=unreadable");
  CHECK(row(header, "registration,1,Zellner,unreadable,NEVER") ==
        "2: registration user=1 | last=Zellner | born=unreadable | expires=NEVER");
}

TEST_CASE("blank rows and rows with the wrong number of fields") {
  CHECK(row(k_short, "") == "2: blank");
  CHECK(row(k_short, " , ,,") == "2: blank");
  CHECK(row(k_short, "2026-06-12T10:00,checkin,2") == "2:0: The row has 3 fields: expected 4, as many as the header.");
  CHECK(row(k_short, "2026-06-12T10:00,checkin,,2,") ==
        "2:0: The row has 5 fields: expected 4, as many as the header.");
  CHECK(row(k_short, "2026-06-12T10:00,checkin,,\"2\"x") ==
        "2:27: The closing quotation mark of the field is not followed by a comma.");
  CHECK(row(k_short, "2026-06-12T10:00,checkin,,2\x01") == "2:27: Damaged: the field has byte 01, which is not text.");
  CHECK(row(k_short, std::string(70000, 'x')) == "2:1: The row is longer than 65536 bytes.");
  const ParsedLog log(k_csv_format, "kind,item_id\ncheckin,\"2\ncheckin,3\n");
  CHECK(log.described() == std::vector<std::string>{"1: blank",
                                                    "2:9: The opening quotation mark of the field has no closing one.",
                                                    "3: checkin item=3"});
}

TEST_CASE("text in the encoding of the config or in UTF-8") {
  const std::string_view header = "kind,last_name";
  CHECK(row(header, "registration,M\xFCller") == row(header, "registration,M\xC3\xBCller"));
  CHECK(row(header, "registration,\"The \"\"Z\"\" \xD8stberg\"") == "2: registration | last=The \"Z\" \xC3\x98stberg");
}

TEST_CASE("a row keeps the identity of its original line, but an unreadable row only stands for itself") {
  const std::string_view header = "occurred_at,kind,item_id,origin";
  const auto identity_of = [&](std::string_view cells) {
    return std::get<Transaction>(record_of(header, cells).content).identity;
  };
  CHECK(identity_of("2026-06-12T10:00,checkin,2,1781250000-00c0ffee00c0ffee-3") ==
        Identity{1781250000, 0x00c0ffee00c0ffee, 3});
  CHECK(identity_of("2026-06-12T10:00,checkin,2,").ordinal == Identity::k_unnumbered);
  CHECK(content_of(header, "2026-06-12T10:00,checkin,,1781250000-00c0ffee00c0ffee-3") ==
        content_of(header, "2026-06-12T10:00,checkin,,1781250000-00c0ffee00c0ffee-4"));
  CHECK(row(header, "2026-06-12T10:00,checkin,2,x") ==
        "2:28: The origin can't be read: expected what offcirc sort has written, got \"x\".");
}

TEST_CASE("an identity as text") {
  for (const Identity identity : {Identity{1781250000, 1, 0}, Identity{-5, UINT64_MAX, 7}, Identity{0, 0}}) {
    CHECK(parse_identity(to_text(identity)) == identity);
  }
  CHECK(to_text({-5, 255, 7}) == "-5-00000000000000ff-7");
  CHECK(to_text({5, 255}) == "5-00000000000000ff");
  for (const char* wrong : {"", "-", "5", "5-ff", "5-00000000000000FF", "05-00000000000000ff", "5-00000000000000ff-",
                            "5-00000000000000ff-x", "5-00000000000000ff-4294967295", "5-00000000000000ff7",
                            "99999999999999999999-00000000000000ff"}) {
    CAPTURE(std::string(wrong));
    CHECK_FALSE(parse_identity(wrong).has_value());
  }
}

TEST_CASE("the output of sort") {
  TextArena arena;
  Transaction checkout;
  checkout.user_id = "1";
  checkout.item_id = "2";
  checkout.due = Stamp(StampForm::never, 0);
  checkout.due_from = DueFrom::session;
  checkout.desk = arena.desk({"OSH", "NEE", "0201", "OSHCIRC"});
  std::string csv;
  append_csv_log_header(csv);
  append_csv_log_row(csv, checkout,
                     {"2026-06-12T10:00:07-05:00", "2026-06-12T10:00:00-05:00", "NEE", "0201", "5-ff-0", {}, {}});
  CHECK(csv ==
        "occurred_at,recorded_at,library,station,user_access,kind,user_id,item_id,due_at,due_from,discharged_on,amount,"
        "count,last_name,first_name,middle_name,alternate_name,birth_date,email,phone,language,address,categories,"
        "department,profile,user_library,expires_on,origin,item_type,temporary_library,library_mismatch,log_notes\n"
        "2026-06-12T10:00:07-05:00,2026-06-12T10:00:00-05:00,NEE,0201,OSHCIRC,checkout,1,2,NEVER,session,,,,,,,,,,,,,,,"
        ",,,"
        "5-ff-0,,,,\n");
}

TEST_CASE("the separator is taken from the header row, or from the line that Excel writes above it") {
  const std::string expected = "2: checkout user=1 item=2 at=2026-06-12T10:00:00";
  CHECK(row("occurred_at;kind;user_id;item_id", "2026-06-12T10:00;checkout;1;2") == expected);
  CHECK(row("occurred_at\tkind\tuser_id\titem_id", "2026-06-12T10:00\tcheckout\t1\t2") == expected);
  CHECK(row("occurred_at;kind;user_id;item_id", "2026-06-12T10:00;\"checkout\";1;\"2\"") == expected);
  CHECK(row("occurred_at;kind;user_id;item_id", "2026-06-12T10:00;\"checkout\"x;1;2") ==
        "2:18: The closing quotation mark of the field is not followed by a semicolon.");
  for (const char* first : {"sep=;", "SEP=;\r", "\xEF\xBB\xBFsep=;"}) {
    const ParsedLog log(k_csv_format,
                        fmt::format("{}\noccurred_at;kind;user_id;item_id\n2026-06-12T10:00;checkout;1;2\n", first));
    CHECK(log.described() ==
          std::vector<std::string>{"1: blank", "2: blank", "3: checkout user=1 item=2 at=2026-06-12T10:00:00"});
  }
  CHECK(k_csv_format.claims("sep=;\noccurred_at;kind\n"));
  CHECK(k_csv_format.claims("occurred_at\tkind\n"));
  CHECK_FALSE(k_csv_format.claims("sep=;\n"));
  CHECK_FALSE(k_csv_format.claims("sep=|\noccurred_at|kind\n"));
}

TEST_CASE("dates and times as a spreadsheet writes them, in the date order of the config") {
  CHECK(row(k_short, "6/12/2026 10:12,checkout,1,2") == "2: checkout user=1 item=2 at=2026-06-12T10:12:00");
  CHECK(row(k_short, "6/12/2026 10:12 PM,checkout,1,2") == "2: checkout user=1 item=2 at=2026-06-12T22:12:00");
  CHECK(row(k_short, "6/12/2026 10:12:31,checkout,1,2") == "2: checkout user=1 item=2 at=2026-06-12T10:12:31");
  CHECK(row(k_short, "2026/06/12 10:12,checkout,1,2") == "2: checkout user=1 item=2 at=2026-06-12T10:12:00");
  CHECK(row("occurred_at,kind,user_id,item_id,due_at", "6/12/2026 10:12,checkout,1,2,7/3/2026") ==
        "2: checkout user=1 item=2 at=2026-06-12T10:12:00 due=2026-07-03 from=transaction");
  CHECK(row(k_short, "13/6/2026 10:12,checkout,1,2") ==
        "2:1: The occurred_at can't be read: expected a date and time such as 2026-06-12T10:12:31, got \"13/6/2026 "
        "10:12\".");
  CHECK(row(k_short, "6/12/2026,checkout,1,2") ==
        "2:1: The occurred_at can't be read: the time of day is missing, got \"6/12/2026\".");
  CHECK(row(k_short, "6/12/2026 10:12:31,checkout,1,2") == row(k_short, "2026-06-12T10:12:31,checkout,1,2"));
}

TEST_CASE("amounts may have a decimal comma if another separator is used") {
  CHECK(row("occurred_at;kind;user_id;amount", "2026-06-12T10:00;payment;1;12,50") ==
        "2: payment user=1 at=2026-06-12T10:00:00 cents=1250");
  CHECK(row("occurred_at;kind;user_id;amount", "2026-06-12T10:00;payment;1;1,250,00") ==
        "2:28: The amount can't be read: expected money above zero such as 12.50, got \"1,250,00\".");
  CHECK(row("occurred_at,kind,user_id,amount", "2026-06-12T10:00,payment,1,\"12,50\"") ==
        "2:28: The amount can't be read: expected money above zero such as 12.50, got \"12,50\".");
}

TEST_CASE("amounts may have one currency sign") {
  const auto paid = [](const std::string& amount) {
    return row("occurred_at;kind;user_id;amount", "2026-06-12T10:00;payment;1;" + amount);
  };
  for (const std::string amount : {"$12.50", "$ 12.50", "12.50 $", "\u20AC12,50", "12,50\u00A0\u20AC", "\u00A312.50"}) {
    CAPTURE(amount);
    CHECK(paid(amount) == "2: payment user=1 at=2026-06-12T10:00:00 cents=1250");
  }
  for (const std::string amount : {"$", "$$12.50", "$-12.50", "-$12.50", "$0", "50\u00A2", "12.50 kg"}) {
    CAPTURE(amount);
    CHECK(paid(amount).starts_with("2:28: The amount can't be read"));
  }
}

TEST_CASE("no-break spaces are blanks at the ends of each cell and within a time") {
  const std::string at = "2: checkout user=1 item=2 at=2026-06-12T22:12:00";
  CHECK(row(k_short, "\u00A02026-06-12T22:12\u202F,\u2007checkout\u00A0,1\u00A0,2") == at);
  CHECK(row(k_short, "2026-06-12\u00A022:12,checkout,1,2") == at);
  CHECK(row(k_short, "6/12/2026 10:12\u202FPM,checkout,1,2") == at);
  CHECK(row(k_short,
            "\xA0"
            "2026-06-12\xA0"
            "22:12\xA0,checkout\xA0,1,2") == at);
  CHECK(row("occurred_at\u00A0,kind\u00A0,user_id,item_id", "2026-06-12T22:12,checkout,1,2") == at);
  CHECK(row(k_short, "\u00A0,\xA0,,") == "2: blank");
  CHECK(row(k_short, "2026-06-12\u00A0\u00E9,checkout,1,2") ==
        "2:1: The occurred_at can't be read: expected a date and time such as 2026-06-12T10:12:31, got "
        "\"2026-06-12\\xc2\\xa0\\xc3\\xa9\".");
}

TEST_CASE("an ID that a spreadsheet took for a number is unreadable") {
  const std::string sentence =
      " can't be read: a spreadsheet has shortened it to \"2.1221E+13\". Format its column as text, and enter the IDs "
      "again.";
  CHECK(row(k_short, "2026-06-12T10:00,checkout,2.1221E+13,2") == "2:27: The user_id" + sentence);
  CHECK(row(k_short, "2026-06-12T10:00,checkin,,2.1221E+13") == "2:27: The item_id" + sentence);
  CHECK(row("occurred_at;kind;item_id", "2026-06-12T10:00;checkin;2,1221e+13").starts_with("2:26: The item_id can't"));
  CHECK(row(k_short, "2026-06-12T10:00,checkin,,21E13") == "2: checkin item=21E13 at=2026-06-12T10:00:00");
  CHECK(row(k_short, "2026-06-12T10:00,checkin,,E+13") == "2: checkin item=E+13 at=2026-06-12T10:00:00");
}

TEST_CASE("an unreadable row is identical with CR LF, even with a line break within quotes") {
  const auto unreadable = [](std::string_view line_end) {
    return content_of(k_short, fmt::format("2026-06-12,\"4 Ferry St{}Neenah\",1", line_end));
  };
  CHECK(unreadable("\r\n") == unreadable("\n"));
  CHECK(unreadable("\n") != unreadable(" "));
}

TEST_CASE("a sheet as people type it: any letter case, and incomplete dates") {
  CHECK(row("Occurred_At,KIND,User_ID,Item_ID", "2026-06-12T10:00,Checkout,1,2") ==
        "2: checkout user=1 item=2 at=2026-06-12T10:00:00");
  CHECK(row("Kind,Count", "In-House-Use,3") == "2: in-house-use count=3");
  CHECK(k_csv_format.claims("Recorded_at;Kind\n"));
  for (const char* short_year : {"6/12/26 10:00", "12.06.26", "26-06-12T10:00"}) {
    CAPTURE(std::string(short_year));
    CHECK(row(k_short, fmt::format("{},checkout,1,2", short_year)) ==
          fmt::format("2:1: The occurred_at can't be read: two of the four digits of the year are missing, got \"{}\".",
                      short_year));
  }
  CHECK(row(k_short, "2026-06-12,checkin,,2") ==
        "2:1: The occurred_at can't be read: the time of day is missing, got \"2026-06-12\".");
  CHECK(row("kind,user_id,item_id,due_at", "checkout,1,2,7/3/26") ==
        "2:14: The due_at can't be read: two of the four digits of the year are missing, got \"7/3/26\".");
}

TEST_CASE("a sheet without a column kind is reported") {
  const std::string expected =
      "looks like a sheet in the format csv, but its header row has no column kind. Add it, with checkout, checkin, "
      "renewal, registration, payment or in-house-use in each row.";
  CHECK(near_miss_of("recorded_at,library,user_id,item_id\n2026-06-12T10:00,OSH,1,2\n") == expected);
  CHECK(near_miss_of("User_ID;Item_ID;Due\n1;2;3\n") == expected);
  CHECK(near_miss_of("user,item\n1,2\n").empty());
  CHECK(near_miss_of("Kind;Card;Book\ncheckout;1;2\n") ==
        "looks like a sheet in the format csv, but only the column kind of its header row is known. Other columns are "
        "recorded_at, library, user_id and item_id, for example.");
  CHECK(near_miss_of("Dear all, the server is down.\n").empty());
}

TEST_CASE("sorted output with an unterminated last line may be cut short") {
  const std::string text =
      "occurred_at,kind,item_id,origin\n2026-06-12T10:00,checkin,2,5-00c0ffee00c0ffee-0\n"
      "2026-06-12T10:01,checkin,3,6-00c0ffee00c0ffee-0";
  const ParsedLog cut(k_csv_format, text);
  CHECK(cut.described().back() == "3:0: The last line may be cut short: it has no line end. Load the whole log.");
  const auto& diagnostic = std::get<Diagnostic>(cut.records.back().content);
  CHECK(diagnostic.is_doubtful);
  CHECK(diagnostic.item_id == "3");
  CHECK(diagnostic.recorded == Stamp(StampForm::civil, 1781258460));
  CHECK(ParsedLog(k_csv_format, text + "\n").transactions().size() == 2);
  CHECK(ParsedLog(k_csv_format, text.substr(0, text.rfind('\n'))).described().back().starts_with("2:0: The last line"));
  CHECK(ParsedLog(k_csv_format, "occurred_at,kind,item_id\n2026-06-12T10:00,checkin,2").transactions().size() == 1);
}

TEST_CASE("the readable parts of an unreadable row are kept") {
  const auto kept = [](std::string_view cells) {
    const ParsedLog log(k_csv_format, fmt::format("{}\n{}\n", k_short, cells));
    const auto& diagnostic = std::get<Diagnostic>(log.records.at(1).content);
    return fmt::format("{} user={} item={}{}", iso_stamp_text(diagnostic.recorded), diagnostic.user_id,
                       diagnostic.item_id, diagnostic.is_doubtful ? " doubtful" : "");
  };
  CHECK(kept("2026-06-12T10:00,checkuot,1,2") == "2026-06-12T10:00:00 user=1 item=2");
  CHECK(kept("26-6-12,checkout,1,2") == " user=1 item=2");
  CHECK(kept("2026-06-12T10:00,checkout,2.1221E+13,2") == "2026-06-12T10:00:00 user= item=2");
  CHECK(kept("2026-06-12T10:00,checkout,1") == "2026-06-12T10:00:00 user=1 item= doubtful");
  CHECK(kept("2026-06-12T10:00,checkout,1,\"2") == "2026-06-12T10:00:00 user=1 item= doubtful");
}

TEST_CASE("a stray quote does not hide rows in a field") {
  const std::string columns = "recorded_at,kind,item_id,address\n";
  const std::string row_end = "2026-06-12T10:00,checkin,2,\"4 Ferry Street\nNeenah\"\n";
  CHECK(ParsedLog(k_csv_format, columns + row_end).transactions().size() == 1);
  const ParsedLog lost(k_csv_format, columns + "2026-06-12T10:00,checkin,1,\"x\n2026-06-12T10:01,checkin,3,x\"\n");
  CHECK(lost.described().back() ==
        "2:28: Damaged: a quotation mark is missing or extra, so several rows are in one field.");
  CHECK(row(k_short, "2026-06-12T10:00,checkin,,\"2\n3\"") == "2:27: The item_id can't be read: it has a line break.");
}

TEST_CASE("no-break spaces around a cell are blanks") {
  CHECK(row(k_short, "\u00A02026-06-12T10:00,checkout\u202F,\u20071\u00A0,2\u00A0") ==
        "2: checkout user=1 item=2 at=2026-06-12T10:00:00");
  CHECK(row(k_short, "2026-06-12T10:00,checkout,1\xA0,2") == "2: checkout user=1 item=2 at=2026-06-12T10:00:00");
}

TEST_CASE("the attributes of a log in sorted output") {
  const std::string_view header = "kind,item_id,library,temporary_library,library_mismatch,log_notes,origin";
  const auto read = [&](std::string_view cells) { return std::get<Transaction>(record_of(header, cells).content); };
  const Transaction sorted = read("checkin,2,OSH,NEE,It lies elsewhere.,clock-jumped;fine-waived,5-00c0ffee00c0ffee-0");
  CHECK(sorted.clock_jumped);
  CHECK(sorted.fine_waived);
  CHECK_FALSE(sorted.clock_went_backwards);
  CHECK(row(header, "checkin,2,OSH,NEE,,,") == "2: checkin item=2 desk=OSH/NEE//");
  CHECK(row(header, "checkin,2,OSH,,,late,") ==
        "2:17: The log_notes can't be read: expected one or more of clock-jumped, clock-went-backwards, done-online, "
        "edits-registration, fine-waived, override-used, refused-at-the-time, time-assumed, got \"late\".");
}

TEST_CASE("each byte of a line of zeros without an end is examined once") {
  const auto rows_of = [](std::size_t blocks) {
    std::string text = "kind,item_id\n";
    for (std::size_t i = 0; i < blocks; ++i) text.append(8, '\0').append("x");
    return ParsedLog(k_csv_format, text).records.size();
  };
  // If each block were scanned to the end of the line, a line this long would take minutes.
  CHECK(rows_of(200'000) == 2 * rows_of(100'000) - 1);
}
