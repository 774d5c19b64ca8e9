// What is written can be read back, and whatever can't be written is named: for every format that has a writer.
#include <doctest/doctest.h>

#include <random>

#include "tests/log_copies.hpp"
#include "tests/written_log.hpp"

using namespace offcirc;

namespace {

// The texts of the transactions live in `logs`.
std::vector<OutgoingTransaction> of_samples(std::vector<ParsedLog>& logs) {
  std::vector<OutgoingTransaction> all;
  for (const LogFormat* format : all_formats()) {
    if (format->has_no_times) continue;
    const ParsedLog& log = logs.emplace_back(*format, read_sample(*format));
    for (const Transaction& one : loadable(log)) all.push_back(outgoing(one));
  }
  return all;
}

template <typename Value>
const Value& one_of(const std::vector<Value>& values, std::mt19937& random) {
  return values[random() % values.size()];
}

const std::vector<std::string_view> k_ids = {"21221000000015",
                                             "31221000000013",
                                             "A-1",
                                             "",
                                             "OY1234",
                                             "KB 17 0042",
                                             "Z\u00DCRN-04",
                                             "U",
                                             "0",
                                             "E20260612",
                                             "12345678901234567890",
                                             "123456789012345678901",
                                             "x:y",
                                             "a^b",
                                             "tab\there",
                                             "\u0416\u0443\u043A",
                                             "\U0001F4DA",
                                             " edge "};
const std::vector<Stamp> k_dues = {{},
                                   {StampForm::date, 1'782'950'400},
                                   {StampForm::civil, 1'783'036'740},
                                   {StampForm::civil, 1'783'036'741},
                                   {StampForm::never, 0}};

OutgoingTransaction random_transaction(std::mt19937& random) {
  static const std::vector<std::string_view> k_libraries = {"OSH", "NEE", ""};
  static const std::vector<std::string_view> k_stations = {"0201", "0202", "", "A007", "Desk 1"};
  static const std::vector<std::string_view> k_types = {"", "3", "magazine"};
  OutgoingTransaction one;
  one.kind = static_cast<Kind>(random() % static_cast<unsigned>(Kind::unsupported));
  if (one.kind == Kind::registration) one.kind = Kind::checkout;
  one.occurred_at = 1'781'276'400 + random() % 4'000;
  one.library = one_of(k_libraries, random);
  one.temporary_library = random() % 8 == 0 ? "APP" : "";
  one.station = one_of(k_stations, random);
  one.user_id = one_of(k_ids, random);
  one.item_id = one_of(k_ids, random);
  one.due = one_of(k_dues, random);
  one.due_from = one.due.says_when() ? static_cast<DueFrom>(1 + random() % 3) : DueFrom::none;
  one.discharged_on = k_dues[random() % 4];
  one.fine_waived = one.kind == Kind::checkin && random() % 4 == 0;
  one.amount_cents = random() % 500;
  one.count = 1 + static_cast<std::uint32_t>(random() % 120);
  one.what = one_of(k_types, random);
  return one;
}

// Returns how many were written.
std::size_t check_read_back(std::string_view format, const std::vector<OutgoingTransaction>& from,
                            const std::string& encoding = "windows-1252") {
  const WrittenLog written(format, writer_context(encoding), from);
  if (written.text.size() > 100) CHECK(formats_that_claim(written.text) == std::vector{find_format(format)});
  const ParsedLog read(*find_format(format), written.text);
  for (const Record& record : read.records) CHECK_FALSE(std::holds_alternative<Diagnostic>(record.content));
  CHECK(read.notes.empty());
  const std::vector<Transaction> found = read.transactions();
  std::size_t next = 0;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const std::vector<Unsaid>& unsaid = written.unsaid[i];
    const bool is_refused = std::any_of(unsaid.begin(), unsaid.end(), [](const Unsaid& u) { return u.is_whole; });
    CHECK(written.is_written[i] != is_refused);
    if (is_refused) continue;
    REQUIRE(next < found.size());
    CHECK(described_as_read(format, found[next], unsaid) == Remainder(format, from[i], unsaid).describe());
    ++next;
  }
  CHECK(next == found.size());
  return next;
}

}  // namespace

TEST_CASE("the formats that can be written") {
  CHECK(written_formats() == std::vector<std::string_view>{"symphony", "koc", "evergreen", "aleph", "sierra"});
  for (const std::string_view format : written_formats()) CHECK(make_log_writer(format, writer_context()) != nullptr);
  CHECK(make_log_writer("csv", writer_context()) == nullptr);
  CHECK(make_log_writer("", writer_context()) == nullptr);
}

TEST_CASE("the samples of all formats, written and read back, are equal in what the format can say") {
  std::vector<ParsedLog> logs;
  const std::vector<OutgoingTransaction> all = of_samples(logs);
  CHECK(all.size() >= 50);
  for (const std::string_view format : written_formats()) {
    CAPTURE(format);
    CHECK(check_read_back(format, all) >= 20);
    CHECK(check_read_back(format, all, "UTF-8") >= 20);
  }
}

TEST_CASE("random transactions, written and read back, are equal in what the format can say") {
  std::mt19937 random(42);  // NOLINT(cert-msc51-cpp): the same every time
  for (const std::string_view format : written_formats()) {
    CAPTURE(format);
    std::size_t written = 0;
    for (int file = 0; file < 20; ++file) {
      std::vector<OutgoingTransaction> all;
      for (int i = 0; i < 100; ++i) all.push_back(random_transaction(random));
      written += check_read_back(format, all, file % 2 == 0 ? "windows-1252" : "UTF-8");
    }
    CHECK(written >= 200);
  }
}

TEST_CASE("a sample loses nothing in its own format, if that was all one library's") {
  for (const std::string_view name : {"koc", "aleph", "sierra"}) {
    const LogFormat& format = *find_format(name);
    CAPTURE(format.name);
    const ParsedLog log(format, read_sample(format));
    for (const Transaction& one : loadable(log)) CHECK(first_unsaid(format.name, outgoing(one)).empty());
  }
}

TEST_CASE("a hostile value is refused, or read back as it is") {
  std::vector<std::string> hostile = {std::string("\0", 1),
                                      "a\nb",
                                      "a\r\nb",
                                      "a\tb",
                                      "a|b",
                                      "a:b",
                                      "a^b",
                                      "a^^O",
                                      "^S01CVUO1",
                                      "\x7F",
                                      "\x1B[2J",
                                      "\xFF",
                                      "\"",
                                      "\\",
                                      "\\u0041",
                                      "{}",
                                      "\u0085",
                                      "\u00A0x",
                                      "\U0001F4DA",
                                      "\u202Ex",
                                      "\xEF\xBB\xBF",
                                      "'",
                                      "Uf2468",
                                      "OYSECRET",
                                      std::string(200, '9'),
                                      std::string(70'000, 'x'),
                                      " x",
                                      "x ",
                                      "a  b",
                                      "\"}\n{\"",
                                      "E202606121001400201R ^S16CV",
                                      "Version=1.0\tGenerator=kocQt4",
                                      "NEVER",
                                      "\xC3\x28"};
  const std::vector<std::string_view OutgoingTransaction::*> k_members = {
      &OutgoingTransaction::user_id, &OutgoingTransaction::item_id,     &OutgoingTransaction::library,
      &OutgoingTransaction::station, &OutgoingTransaction::user_access, &OutgoingTransaction::temporary_library,
      &OutgoingTransaction::what};
  for (const std::string_view format : written_formats()) {
    for (const std::string& value : hostile) {
      CAPTURE(format);
      CAPTURE(value.substr(0, 60));
      std::vector<OutgoingTransaction> all;
      for (const Kind kind : {Kind::checkout, Kind::checkin, Kind::renewal, Kind::payment, Kind::in_house_use}) {
        for (const auto member : k_members) {
          OutgoingTransaction one;
          one.kind = kind;
          one.occurred_at = 1'781'276'400 + static_cast<Seconds>(all.size()) * 60;
          one.station = "0201";
          one.user_id = "21221000000015";
          one.item_id = "31221000000013";
          one.amount_cents = 250;
          one.*member = value;
          all.push_back(one);
        }
      }
      check_read_back(format, all);
      check_read_back(format, all, "UTF-8");
    }
  }
}

TEST_CASE("a hostile value in a registration is refused, or read back as it is") {
  for (const std::string_view value :
       {"a^b", "a\nb", "|aLane", "Uf2468", "Ufer", "O'Dell", "a, b", "Moe~OY", "\U0001F4DA"}) {
    CAPTURE(value);
    Registration user;
    for (const auto member : {&Registration::last_name, &Registration::first_name, &Registration::address,
                              &Registration::email, &Registration::phone, &Registration::profile}) {
      user = Registration();
      user.last_name = "Larkfield";
      user.*member = value;
      OutgoingTransaction one;
      one.kind = Kind::registration;
      one.occurred_at = 1'781'276'400;
      one.station = "0201";
      one.user_id = "21221000000015";
      one.registration = &user;
      check_read_back("symphony", {one});
    }
  }
}
