// The lines of upload files, as each system's own loader takes them, and what can't be said in them.
#include <doctest/doctest.h>

#include "tests/written_log.hpp"

using namespace offcirc;

namespace {

constexpr Seconds k_ten_oclock = 1'781'276'400;  // 2026-06-12, 10:00 in the local time of these tests

OutgoingTransaction transaction(Kind kind) {
  OutgoingTransaction one;
  one.kind = kind;
  one.occurred_at = k_ten_oclock;
  one.library = "OSH";
  one.station = "0201";
  one.user_access = "OSHCIRC";
  one.user_id = kind == Kind::checkin || kind == Kind::in_house_use ? "" : "21221000000015";
  one.item_id = kind == Kind::payment || kind == Kind::registration ? "" : "31221000000013";
  return one;
}

OutgoingTransaction lent_until(Stamp due, DueFrom from = DueFrom::transaction) {
  OutgoingTransaction one = transaction(Kind::checkout);
  one.due = due;
  one.due_from = from;
  return one;
}

Stamp day(int year, int month, int day_of_month) {
  return {StampForm::date, *civil_day(year, month, day_of_month)};
}
Stamp moment(int hour, int minute, int second) {
  return {StampForm::civil, *civil_day(2026, 7, 3) + *time_of_day(hour, minute, second)};
}

std::string text_of(std::string_view format, const OutgoingTransaction& one,
                    const WriterContext& context = writer_context()) {
  return WrittenLog(format, context, {one}).text;
}

}  // namespace

TEST_CASE("symphony: commands, fields and length") {
  CHECK(text_of("symphony", lent_until(day(2026, 7, 3))) ==
        "E202606121000000201R ^S01CVFFOSHCIRC^FEOSH^FcNONE^UO21221000000015^NQ31221000000013^CF7/3/2026^Fv3000000"
        "^^O00086\n");
  OutgoingTransaction back = transaction(Kind::checkin);
  back.discharged_on = day(2026, 6, 11);
  back.fine_waived = true;
  back.temporary_library = "NEE";
  CHECK(text_of("symphony", back) ==
        "E202606121000000201R ^S01EVFFOSHCIRC^FEOSH^FcNONE^WINEE^NQ31221000000013^CO6/11/2026^POY^Fv3000000^^O00080\n");
  OutgoingTransaction renewal = transaction(Kind::renewal);
  renewal.user_id = renewal.user_access = "";
  CHECK(text_of("symphony", renewal) == "E202606121000000201R ^S01RVFEOSH^FcNONE^NQ31221000000013^Fv3000000^^O00048\n");
}

TEST_CASE("symphony: due dates") {
  const auto due_in = [](Stamp due, DueFrom from, const WriterContext& context) {
    const std::string text = text_of("symphony", lent_until(due, from), context);
    const std::size_t at = text.find("013^") + 4;
    return text.substr(at, text.find("^Fv") - std::min(at, text.find("^Fv")));
  };
  WriterContext context = writer_context();
  CHECK(due_in(moment(23, 59, 0), DueFrom::transaction, context) == "CF7/3/2026,23:59");
  CHECK(due_in(moment(23, 59, 1), DueFrom::transaction, context) == "CF20260703235901");
  CHECK(due_in({StampForm::never, 0}, DueFrom::transaction, context) == "CFNEVER");
  CHECK(due_in(day(2026, 7, 3), DueFrom::session, context) == "WG7/3/2026");
  CHECK(due_in(day(2026, 7, 3), DueFrom::policy, context).empty());
  context.writes_policy_due_dates = true;
  CHECK(due_in(day(2026, 7, 3), DueFrom::policy, context) == "CF7/3/2026");
  context.date_order = DateOrder::dmy;
  CHECK(due_in(day(2026, 7, 3), DueFrom::transaction, context) == "CF3/7/2026");
  context.date_order = DateOrder::ymd;
  CHECK(due_in(day(2026, 7, 3), DueFrom::transaction, context) == "CF2026/7/3");
}

TEST_CASE("symphony: the length counts bytes of the encoding") {
  OutgoingTransaction one = transaction(Kind::checkin);
  one.item_id = "Z\u00DCRN-04";
  const std::string utf8 = text_of("symphony", one, writer_context("UTF-8"));
  const std::string windows = text_of("symphony", one);
  CHECK(utf8.substr(utf8.size() - 6) == "00052\n");
  CHECK(windows.substr(windows.size() - 6) == "00051\n");
  CHECK(utf8.size() == windows.size() + 1);
  one.item_id = "\u0416-04";
  CHECK(first_unsaid("symphony", one) == "not written: characters outside the encoding of the file");
  CHECK(first_unsaid("symphony", one, writer_context("UTF-8")).empty());
}

TEST_CASE("symphony: each station counts from 01 to 99, and what is not written does not count") {
  OutgoingTransaction here = transaction(Kind::checkin), there = here, unsayable = here;
  there.station = "0301";
  unsayable.item_id = "a^b";
  std::vector<OutgoingTransaction> all(98, here);
  all.insert(all.end(), {unsayable, there, here, here});
  const WrittenLog log("symphony", writer_context(), all);
  const std::size_t line = log.text.find('\n') + 1;
  const auto sequence = [&](std::size_t i) { return log.text.substr(i * line + 23, 2); };
  CHECK(sequence(0) == "01");
  CHECK(sequence(97) == "98");
  CHECK(sequence(98) == "01");
  CHECK(sequence(99) == "99");
  CHECK(sequence(100) == "01");
  CHECK(told(log.unsaid[98]) == "not written: characters that the format reserves");
}

TEST_CASE("symphony: a station that is not four characters is written as 0000") {
  OutgoingTransaction one = transaction(Kind::checkin);
  one.station = "201";
  CHECK(text_of("symphony", one).starts_with("E202606121000000201R"));
  CHECK(first_unsaid("symphony", one).empty());
  for (const std::string_view station : {"", "Desk 1", "a^bc"}) {
    one.station = station;
    CHECK(text_of("symphony", one).starts_with("E202606121000000000R"));
    CHECK(first_unsaid("symphony", one) == "station number");
  }
}

TEST_CASE("symphony: a registration, and an edit of a user") {
  Registration user;
  user.last_name = "M\u00FCller-Larkfield";
  user.first_name = "Zo\u00EB";
  user.birth_date = day(1990, 1, 31);
  user.email = "zoe@example.org";
  user.address = "12 Quiet Harbor Lane, Oshkosh, WI";
  user.library = "OSH";
  user.profile = "PUBLIC";
  user.expires_on = {StampForm::never, 0};
  OutgoingTransaction one = transaction(Kind::registration);
  one.registration = &user;
  CHECK(text_of("symphony", one, writer_context("UTF-8")) ==
        "E202606121000000201R ^S01JYFFOSHCIRC^FEOSH^FcNONE^UO21221000000015^uFZo\u00EB^uLM\u00FCller-Larkfield^UMOSH"
        "^PEPUBLIC^UZ1/31/1990^UQNEVER^0Ezoe@example.org^PI12 Quiet Harbor Lane, Oshkosh, WI^Fv3000000^^O00174\n");
  CHECK(first_unsaid("symphony", one).empty());
  one.edits_registration = true;
  CHECK(text_of("symphony", one).substr(20, 7) == " ^S01IY");
  user.categories = "RESIDENT;EMAIL";
  user.left_out = "title (UR)";
  user.birth_date = {StampForm::unreadable, 0};
  CHECK(first_unsaid("symphony", one) ==
        "numbered categories of a user, fields of a user that offcirc does not keep, birth date");
}

TEST_CASE("symphony: what can't be said") {
  OutgoingTransaction payment = transaction(Kind::payment);
  payment.amount_cents = 250;
  CHECK(first_unsaid("symphony", payment) == "not written: payment");
  CHECK(first_unsaid("symphony", transaction(Kind::in_house_use)) == "not written: in-house use");
  OutgoingTransaction incomplete = transaction(Kind::checkout);
  incomplete.user_id = "";
  CHECK(first_unsaid("symphony", incomplete) == "not written: transaction without an ID that it needs");
}

TEST_CASE("koc: issue, return and payment") {
  OutgoingTransaction payment = transaction(Kind::payment);
  payment.amount_cents = 250;
  const std::string header = "Version=1.0\tGenerator=offcirc\tGeneratorVersion=1.0\n";
  const WrittenLog log("koc", writer_context(),
                       {transaction(Kind::checkout), transaction(Kind::checkin), transaction(Kind::renewal), payment});
  CHECK(log.text == header +
                        "2026-06-12 10:00:00 000\tissue\t21221000000015\t31221000000013\n"
                        "2026-06-12 10:00:01 000\treturn\t31221000000013\n"
                        "2026-06-12 10:00:02 000\tissue\t21221000000015\t31221000000013\n"
                        "2026-06-12 10:00:00 000\tpayment\t21221000000015\t2.50\n");
  CHECK(told(log.unsaid[0]).empty());
  CHECK(told(log.unsaid[1]) == "exact second, which another transaction of the item has");
  CHECK(told(log.unsaid[2]) ==
        "renewal, which is written as a checkout, exact second, which another transaction of the item has");
}

TEST_CASE("koc: what can't be said") {
  CHECK(first_unsaid("koc", lent_until(day(2026, 7, 3))) == "due date");
  CHECK(first_unsaid("koc", lent_until(day(2026, 7, 3), DueFrom::policy)).empty());
  OutgoingTransaction renewal = transaction(Kind::renewal);
  renewal.user_id = "";
  CHECK(first_unsaid("koc", renewal) == "not written: renewal that names no user");
  CHECK(first_unsaid("koc", transaction(Kind::registration)) == "not written: registration");
  CHECK(first_unsaid("koc", transaction(Kind::payment)) == "not written: payment of nothing");
  OutgoingTransaction one = transaction(Kind::checkin);
  one.item_id = "\u00C412345678901234567890";
  CHECK(first_unsaid("koc", one) == "not written: ID that is too long");
  one.item_id = "\u00C41234567890123456789";
  one.discharged_on = day(2026, 6, 11);
  one.fine_waived = true;
  one.temporary_library = "NEE";
  CHECK(first_unsaid("koc", one) == "date of discharge, waived fine, temporary library");
}

TEST_CASE("evergreen: one object a line") {
  CHECK(text_of("evergreen", lent_until(day(2026, 7, 3))) ==
        R"({"type":"checkout","timestamp":1781276400,"delta":0,"checkout_time":"2026-06-12T15:00:00.000Z",)"
        R"("patron_barcode":"21221000000015","barcode":"31221000000013","due_date":"2026-07-03"})"
        "\n");
  OutgoingTransaction renewal = transaction(Kind::renewal);
  renewal.user_id = "";
  renewal.due = moment(23, 59, 0);
  renewal.due_from = DueFrom::session;
  CHECK(text_of("evergreen", renewal) ==
        R"({"type":"renew","timestamp":1781276400,"delta":0,"checkout_time":"2026-06-12T15:00:00.000Z",)"
        R"("barcode":"31221000000013","due_date":"2026-07-04T04:59:00.000Z"})"
        "\n");
  CHECK(text_of("evergreen", transaction(Kind::checkin)) ==
        R"({"type":"checkin","timestamp":1781276400,"delta":0,"barcode":"31221000000013",)"
        R"("backdate":"2026-06-12T15:00:00.000Z"})"
        "\n");
  OutgoingTransaction use = transaction(Kind::in_house_use);
  use.count = 99;
  CHECK(text_of("evergreen", use) ==
        R"({"type":"in_house_use","timestamp":1781276400,"delta":0,"barcode":"31221000000013","count":99})"
        "\n");
  use.item_id = "";
  use.what = "3";
  CHECK(first_unsaid("evergreen", use) == "not written: in-house use of an item without an ID");
  use.user_id = "21221000000015";
  CHECK(text_of("evergreen", use) ==
        R"({"type":"checkout","timestamp":1781276400,"delta":0,"checkout_time":"2026-06-12T15:00:00.000Z",)"
        R"("patron_barcode":"21221000000015","noncat":1,"noncat_type":"3","noncat_count":"99"})"
        "\n");
  use.count = 100;
  CHECK(first_unsaid("evergreen", use) == "not written: count over 99");
}

TEST_CASE("evergreen: what can't be said") {
  CHECK(first_unsaid("evergreen", transaction(Kind::registration)) == "not written: registration");
  CHECK(first_unsaid("evergreen", transaction(Kind::payment)) == "not written: payment");
  CHECK(first_unsaid("evergreen", lent_until({StampForm::never, 0})) == "due date NEVER");
}

TEST_CASE("aleph: columns, padding and line ends") {
  CHECK(text_of("aleph", transaction(Kind::checkout)) ==
        "202606121000L31221000000013" + std::string(66, ' ') + "21221000000015\r\n");
  OutgoingTransaction back = transaction(Kind::checkin);
  back.item_id = "Z\u00DCRN-04";
  CHECK(text_of("aleph", back) == "202606121000RZ\xDCRN-04" + std::string(73, ' ') + "\r\n");
  CHECK(text_of("aleph", back, writer_context("UTF-8")).size() == 95);
  back.user_id = "21221000000015";
  CHECK(first_unsaid("aleph", back) == "user of a check-in or in-house use");
}

TEST_CASE("aleph: what can't be said") {
  OutgoingTransaction one = lent_until(day(2026, 7, 3));
  one.occurred_at += 59;
  CHECK(first_unsaid("aleph", one) == "due date, seconds of a time");
  CHECK(text_of("aleph", one).starts_with("202606121000L"));
  CHECK(first_unsaid("aleph", transaction(Kind::renewal)) == "not written: renewal");
  CHECK(first_unsaid("aleph", transaction(Kind::registration)) == "not written: registration");
  const std::string long_id(81, '3');
  one.item_id = long_id;
  CHECK(first_unsaid("aleph", one) == "not written: ID that is too long");
}

TEST_CASE("sierra: checkouts, check-ins and the end of a day loan") {
  CHECK(text_of("sierra", lent_until(day(2026, 7, 3))) ==
        "o:2606121000:b31221000000013:b21221000000015:2607030400:101\n");
  CHECK(text_of("sierra", lent_until(moment(15, 30, 0))) ==
        "o:2606121000:b31221000000013:b21221000000015:2607031530:101\n");
  CHECK(text_of("sierra", transaction(Kind::checkin)) == "i:2606121000:b31221000000013:::101\n");
  CHECK(text_of("sierra", transaction(Kind::renewal)) == "o:2606121000:b31221000000013:b21221000000015::101\n");
  CHECK(first_unsaid("sierra", transaction(Kind::renewal)) == "renewal, which is written as a checkout");
}

TEST_CASE("sierra: what can't be said") {
  CHECK(first_unsaid("sierra", lent_until({StampForm::never, 0})) == "due date NEVER");
  CHECK(first_unsaid("sierra", lent_until(moment(15, 30, 1))) == "seconds of a time");
  OutgoingTransaction one = transaction(Kind::checkin);
  one.item_id = "x:y";
  CHECK(first_unsaid("sierra", one) == "not written: characters that the format reserves");
  one.item_id = "1";
  WriterContext context = writer_context();
  context.group = {};
  CHECK(first_unsaid("sierra", one, context) == "statistical group");
}

TEST_CASE("a local time that occurs twice in autumn is named") {
  WriterContext context = writer_context();
  context.to_utc = [](Seconds civil) { return civil + k_behind_utc - 3600; };
  for (const std::string_view format : {"symphony", "koc", "aleph", "sierra"})
    CHECK(first_unsaid(format, transaction(Kind::checkin), context) == "which of two equal hours in autumn");
  CHECK(first_unsaid("evergreen", transaction(Kind::checkin), context).empty());
}
