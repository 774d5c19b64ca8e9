#include <doctest/doctest.h>
#include <sys/stat.h>

#include <string>
#include <vector>

#include "loader/progress.hpp"
#include "loader/send/sip2_answer.hpp"
#include "loader/send/sip2_connection.hpp"
#include "loader/send/sip2_request.hpp"
#include "loader/time/iso8601.hpp"
#include "tests/current_folder.hpp"

using namespace offcirc;

namespace {

const Zone& chicago() {
  static const Zone zone = load_zone("America/Chicago");
  return zone;
}

Seconds utc(std::string_view text) {
  return parse_iso(text).value().seconds();
}

const Sip2Account k_account{"desk", "secret", "OSH", "Osprey"};

Sip2Requests requests(const std::string& encoding = "UTF-8") {
  SendSettings settings;
  settings.encoding = encoding;
  return {settings, chicago()};
}

std::optional<Sip2Answer> parsed(std::string_view frame, const std::string& encoding = "UTF-8") {
  return parse_sip2_answer(frame, Sip2Encoding(encoding));
}

// The frame with a right checksum.
std::string checked(const std::string& message) {
  std::string frame = requests().frame(message, '3');
  frame.pop_back();
  return frame;
}

std::string due_day(std::string_view text) {
  const auto day = read_sip2_due_day(text, chicago());
  return day ? iso_date(*day) : "?";
}

template <class Call>
std::string error_of(Call call) {
  try {
    call();
  } catch (const RunError& error) {
    return error.what();
  }
  return "none";
}

}  // namespace

TEST_CASE("dates are the server's local time, without a zone") {
  CHECK(sip2_date(utc("2026-06-12T15:12:31Z"), chicago()) == "20260612    101231");
  CHECK(sip2_date(utc("2026-01-01T05:59:59Z"), chicago()) == "20251231    235959");
  CHECK_FALSE(is_repeated_time(utc("2026-11-01T05:59:59Z"), chicago()));
  CHECK(is_repeated_time(utc("2026-11-01T06:00:00Z"), chicago()));
  CHECK(is_repeated_time(utc("2026-11-01T07:59:59Z"), chicago()));
  CHECK_FALSE(is_repeated_time(utc("2026-11-01T08:00:00Z"), chicago()));
}

TEST_CASE("requests have every date, and the item before the user") {
  const Sip2Requests of = requests();
  const Seconds occurred = utc("2026-06-12T15:12:31Z");
  const Sip2Request loan{"21221", "31221", occurred, utc("2026-07-04T04:59:00Z"), {}};
  CHECK(Sip2Requests::login(k_account) == "9300CNdesk|COsecret|CPOsprey|");
  CHECK(Sip2Requests::status() == "9900802.00");
  CHECK(of.item(k_account, "31221", occurred) == "1720260612    101231AOOSH|AB31221|AC|");
  CHECK(of.user(k_account, "21221", occurred) == "6300020260612    101231  Y       AOOSH|AA21221|AC|BP1|BQ9999|");
  CHECK(of.checkout(k_account, loan) == "11YY20260612    10123120260703    235900AOOSH|AB31221|AA21221|AC|");
  CHECK(of.renewal(k_account, loan) == "29NY20260612    10123120260703    235900AOOSH|AB31221|AA21221|AC|");
  Sip2Request checkin{"", "31221", occurred, {}, {}};
  CHECK(of.checkin(k_account, checkin) == "09Y20260612    10123120260612    101231APOsprey|AOOSH|AB31221|AC|");
  checkin.returned_at = utc("2026-06-11T15:00:00Z");
  CHECK(of.checkin(k_account, checkin) == "09Y20260612    10123120260611    100000APOsprey|AOOSH|AB31221|AC|");
  const Sip2Request payment{
      .user_id = "21221", .item_id = {}, .occurred_at = occurred, .amount_cents = 1205, .reference = "3:17"};
  CHECK(of.payment(k_account, payment) == "3720260612    1012310100USDAOOSH|AA21221|AC|BK3:17|BV12.05|");
}

TEST_CASE("without a due date the server may block: a date must not be made up") {
  const Sip2Request loan{"21221", "31221", utc("2026-06-12T15:12:31Z"), {}, {}};
  CHECK(requests().checkout(k_account, loan) == "11YN20260612    10123120260612    101231AOOSH|AB31221|AA21221|AC|");
}

TEST_CASE("a frame ends in the checksum and CR") {
  SendSettings settings;
  const Sip2Requests with(settings, chicago());
  CHECK(with.frame("9900401.00", '1') == "9900401.00AY1AZFCA5\r");  // 3M SIP 2.00, appendix on checksums
  settings.error_detection = false;
  CHECK(Sip2Requests(settings, chicago()).frame("9900302.00", '0') == "9900302.00\r");
  CHECK(requests("windows-1252").frame("AA\xC3\xBC|", '1').substr(0, 4) == "AA\xFC|");
  CHECK(error_of([] { return requests("ASCII").frame("AO\xC3\xBC|", '1'); }) ==
        "[library.send] has an account, institution or location with a character that [send] encoding lacks.");
}

TEST_CASE("IDs that SIP2 can't send") {
  const Sip2Requests of = requests("windows-1252");
  CHECK(of.trouble_of_id("31221-A b") == "");
  CHECK(of.trouble_of_id("J\xC3\xBCrgen") == "");
  CHECK(of.trouble_of_id("") == "it is empty");
  CHECK(of.trouble_of_id("3|1") == "it has a | in it");
  CHECK(of.trouble_of_id("3\r1") == "it has a control character in it");
  CHECK(of.trouble_of_id("3\t1") == "it has a control character in it");
  CHECK(of.trouble_of_id(" 31") == "it begins or ends with a blank");
  CHECK(of.trouble_of_id("\xE2\x98\x83") == "it has a character that the server's encoding lacks");
  CHECK(of.trouble_of_id(std::string(256, '1')) == "it is too long");
}

TEST_CASE("an answer is split, in any order of its fields") {
  const auto answer = parsed(checked("121NYY20260612    101231AFok|AB31221|AA21221|AH20260703    235900|AB99|x|"));
  REQUIRE(answer);
  CHECK(answer->code == "12");
  CHECK(answer->fixed == "1NYY20260612    101231");
  CHECK(answer->is_ok());
  CHECK(answer->value("AB") == "31221");
  CHECK(answer->value("AF") == "ok");
  CHECK(answer->value("ZZ") == "");
  CHECK(answer->fields.size() == 5);
  CHECK(answer->sequence == '3');
}

TEST_CASE("a checksum may be missing, and must not be wrong") {
  const std::string message = "101YNN20260612    101231AB31221|";
  CHECK(parsed(message)->sequence == 0);
  CHECK(parsed(message + "AY4")->sequence == '4');
  CHECK(parsed(checked(message))->sequence == '3');
  std::string lower = checked(message);
  for (char& c : lower) c = c >= 'A' && c <= 'F' && &c > &lower[lower.size() - 5] ? static_cast<char>(c + 32) : c;
  CHECK(parsed(lower)->sequence == '3');
  CHECK_FALSE(parsed(message + "AY3AZ0000"));
  CHECK_FALSE(parsed(message + "AZ0000"));
  CHECK(parsed(checked("101YNN20260612    101231AB31221"))->value("AB") == "31221");  // no delimiter before AY
}

TEST_CASE("garbage is no answer") {
  for (const char* frame : {"", "1", "12", "HASH(0x55d0c8)", "121NNN2026", "940", "77whatever", "\xFF\xFE", "||||"})
    CHECK((parsed(frame).has_value() == (std::string_view(frame) == "940")));
  CHECK(parsed("96"));
  CHECK(parsed("96AZFEF6"));
}

TEST_CASE("texts are decoded and cleaned") {
  const auto answer = parsed("120NNN20260612    101231AFgesperrt f\xFCr \x1B[31mM\xFCller\n|AB1|", "windows-1252");
  REQUIRE(answer);
  CHECK(kept_sip2_text(answer->value("AF")) == "gesperrt f\xC3\xBCr \\x1b[31mM\xC3\xBCller");
  CHECK(kept_sip2_text("  a\r\nb\t ") == "a  b");
  CHECK(kept_sip2_text(std::string(300, 'x')) == std::string(200, 'x') + "...");
  CHECK(kept_sip2_text(std::string(199, 'x') + "\xC3\xBC\xC3\xBC") == std::string(199, 'x') + "...");
}

TEST_CASE("due dates in the forms of many servers") {
  for (const char* text :
       {"20261220    235900", "20261220", "20261220235900", "2026-12-20", "2026-12-20 23:59:00", "2026-12-20T23:59:00",
        "2026-12-21T05:59:00Z", "12/20/2026", "20.12.2026", "20/12/2026 23:59", "2026/12/20", "20261221   Z055900"})
    CHECK_MESSAGE(due_day(text) == "2026-12-20", text);
  CHECK(due_day("04/04/2026") == "2026-04-04");
  for (const char* text : {"", "03/04/2026", "soon", "20.12.26", "2026-13-01", "NEVER", "12/20", "20261220    2359",
                           "HASH(0x55d0c8)", "99999999    999999", "12/20/2026x"})
    CHECK_MESSAGE(due_day(text) == "?", text);
  CHECK(due_day(std::string(100, '1')) == "?");
}

TEST_CASE("an item: charged, not charged, perhaps, unknown") {
  const auto item = [](const std::string& status, const std::string& fields) {
    return live_item_of(parsed("18" + status + "000120260612    101231" + fields).value(), chicago());
  };
  for (const char* charged : {"04", "05", "07"}) CHECK(item(charged, "AB1|AJT|").is_charged());
  for (const char* perhaps : {"11", "12"}) {
    CHECK_FALSE(item(perhaps, "AB1|AJT|").is_charged());
    CHECK(item(perhaps, "AB1|AJT|").may_be_charged());
  }
  CHECK_FALSE(item("03", "AB1|AJT|").is_charged());
  CHECK(item("01", "AB1|AJT|").is_known);
  CHECK_FALSE(item("01", "AB1|AJ|").is_known);
  CHECK_FALSE(item("  ", "AB1|").is_known);
  CHECK(item("04", "AB1|AJT|AH2026-12-20|").due_day == item("04", "AB1|AJT|AH20261220    000000|").due_day);
}

TEST_CASE("a user and the list of what the user has") {
  const auto user = [](const std::string& count, const std::string& fields) {
    return live_user_of(
        parsed("64              00020260612    10123100000000" + count + "000000000000" + fields).value());
  };
  const LiveUser two = user("0002", "AA1|AEA. Patron|BLY|AU31|AU 32 |");
  CHECK(two.is_known);
  CHECK(two.lists("32"));
  CHECK_FALSE(two.lists("3"));
  CHECK(two.has_whole_list());
  CHECK_FALSE(user("0003", "AA1|BLY|AU31|AU32|").has_whole_list());
  CHECK_FALSE(user("    ", "AA1|BLY|AU31|").has_whole_list());
  CHECK_FALSE(user("0000", "AA1|AE|BLN|").is_known);
  CHECK_FALSE(user("0000", "AA1|AE|").is_known);
  CHECK(user("0000", "AA1|AEA. Patron|").is_known);
}

TEST_CASE("the address of the server") {
  CHECK(parse_sip2_server("sip.example.org:6001").host == "sip.example.org");
  CHECK(parse_sip2_server("sip.example.org:6001").port == "6001");
  CHECK(parse_sip2_server("[::1]:6001").host == "::1");
  for (const char* server : {"", "sip.example.org", ":6001", "sip.example.org:", "sip.example.org:0", "::1:6001",
                             "sip.example.org:70000", "sip.example.org:sip2"})
    CHECK_MESSAGE(error_of([&] { parse_sip2_server(server); }).starts_with("[send] server: "), server);
}

TEST_CASE("passwords come from a file that others can't read") {
  const CurrentFolder folder;
  write("password", "secret\n");
  ::chmod("password", 0644);
  CHECK(error_of([] {
          read_sip2_password("password");
        }).starts_with("The password file password is readable by everyone"));
  ::chmod("password", 0600);
  CHECK(read_sip2_password("password") == "secret");
  write("password", "\n");
  CHECK(error_of([] { read_sip2_password("password"); }) == "The first line of the password file password is empty.");
  write("password", "se|cret\n");
  const std::string error = error_of([] { read_sip2_password("password"); });
  CHECK(error.find("cret") == std::string::npos);
  CHECK(error.starts_with("The password in password has a | or a control character in it"));
  CHECK(error_of([] { read_sip2_password("missing"); }) ==
        "The password file missing can't be read: No such file or directory.");
}
