#include <doctest/doctest.h>
#include <fmt/format.h>

#include <set>
#include <string>

#include "loader/intake/intake.hpp"
#include "tests/current_folder.hpp"

using namespace offcirc;

namespace {

// Central time: in 2026, daylight saving ends on November 1, at 2:00 local time.
Config sample_config() {
  constexpr Seconds k_hour = 3600, k_fall_back = 1'793'516'400;
  Config config;
  config.policy.zone = Zone("Central", {{INT64_MIN / 4, -5 * k_hour}, {k_fall_back, -6 * k_hour}});
  config.policy.libraries.emplace_back().code = "OSH";
  return config;
}

// One record per line, in the order of the log: `1500 A`, followed by problems of its clock and by whether it is a copy
// of another line of the load or repeats one without proof.
std::string records_of(const std::string& name, const std::string& log) {
  const CurrentFolder folder;
  write("OSH/" + name, log);
  IntakeOptions options;
  options.paths = {"OSH"};
  const Config config = sample_config();
  const Batch batch = read_batch(options, config);
  CHECK(batch.unreadable.empty());
  std::map<std::uint32_t, const Entry*> by_line;
  for (const Entry& entry : batch.entries) by_line[entry.transaction->line] = &entry;
  std::set<Identity> seen;
  std::string text;
  for (const auto& [line, entry] : by_line) {
    const std::string time = iso_time(entry->occurred_at, config.policy.zone);
    text += fmt::format("{}{} {}{}{}{}", time.substr(11, 2), time.substr(14, 2), entry->item_id,
                        entry->clock_jumped ? " jumped" : "", entry->clock_went_backwards ? " backwards" : "",
                        seen.insert(entry->identity).second ? "" : " copy");
    if (const std::uint32_t other = entry->transaction->repeats_line; other != 0)
      text += fmt::format(" like {}", other);
    text += "\n";
  }
  return text;
}

std::string symphony(const std::string& time, const std::string& item) {
  return fmt::format("E20260612{}000201R ^S14CVFFOFFLINE^FEOSH^FcNONE^UO21221000000015^NQ{}^Fv3000000^^O\n", time,
                     item);
}

const std::string k_koc_header = "Version=1.0\tGenerator=kocQt4\tGeneratorVersion=1.0\n";

std::string koc(const std::string& time, const std::string& item) {
  return fmt::format("2026-06-12 {}:00 000\tissue\t21221000000015\t{}\n", time, item);
}

const std::string k_csv_header = "recorded_at,library,kind,user_id,item_id,amount\n";

std::string csv(const std::string& time, const std::string& item) {
  return fmt::format("2026-06-12T{},OSH,checkout,21221000000015,{},\n", time, item);
}

std::string csv_payment(const std::string& time) {
  return fmt::format("2026-06-12T{},OSH,payment,21221000000015,,1.00\n", time);
}

std::string sierra(const std::string& time, const std::string& item, const std::string& day = "260612") {
  return fmt::format("o:{}{}:b{}:b21221000000015:2611302359:1\n", day, time, item);
}

}  // namespace

TEST_CASE("the last record before another log has not jumped") {
  const std::string noon = k_koc_header + koc("10:01", "A") + koc("10:03", "B");
  CHECK(records_of("log", noon + koc("15:10", "C") + noon) == "1001 A\n1003 B\n1510 C\n1001 A copy\n1003 B copy\n");
  const std::string sheet = k_csv_header + csv("10:01", "A") + csv("10:03", "B");
  CHECK(records_of("log.csv", sheet + csv("15:10", "C") + sheet) ==
        "1001 A\n1003 B\n1510 C\n1001 A copy\n1003 B copy\n");
  const std::string early = symphony("1000", "A") + symphony("1040", "B");
  CHECK(records_of("log", early + symphony("1530", "C") + early) ==
        "1000 A\n1040 B\n1530 C\n1000 A copy\n1040 B copy\n");
  const std::string circa = sierra("1000", "1") + sierra("1040", "2");
  CHECK(records_of("log", circa + sierra("1530", "3") + circa) == "1000 1\n1040 2\n1530 3\n1000 1 copy\n1040 2 copy\n");
}

TEST_CASE("logs with their own headers and nothing in common keep their times") {
  CHECK(records_of("log", k_koc_header + koc("10:01", "A") + koc("15:10", "B") + k_koc_header + koc("10:02", "C") +
                              koc("10:30", "D") + koc("16:00", "E")) == "1001 A\n1510 B\n1002 C\n1030 D\n1600 E\n");
  CHECK(records_of("log", k_koc_header + koc("10:20", "A") + koc("10:30", "B") + k_koc_header + koc("10:10", "C") +
                              koc("10:40", "D")) == "1020 A\n1030 B\n1010 C\n1040 D\n");
}

TEST_CASE("a single jumping record is still detected in each of two joined logs") {
  const std::string day = symphony("1000", "A") + symphony("1530", "B") + symphony("1001", "C") + symphony("1002", "D");
  CHECK(records_of("log", day) == "1000 A\n1000 B jumped\n1001 C\n1002 D\n");
  CHECK(records_of("log", day + day + symphony("1003", "E")) ==
        "1000 A\n1000 B jumped\n1001 C\n1002 D\n1000 A copy\n1000 B jumped copy\n1001 C copy\n1002 D copy\n1003 E\n");
}

TEST_CASE("records that repeat after a step back of less than an hour are copies") {
  const std::string twice = symphony("1000", "A") + symphony("1040", "B");
  CHECK(records_of("log", twice + twice + symphony("1055", "C")) ==
        "1000 A\n1040 B\n1000 A copy\n1040 B copy\n1055 C\n");
  CHECK(records_of("log", twice + twice + twice) ==
        "1000 A\n1040 B\n1000 A copy\n1040 B copy\n1000 A copy\n1040 B copy\n");
  // The second log begins earlier, begins later, or is shorter.
  CHECK(records_of("log", twice + symphony("0950", "Z") + twice) ==
        "1000 A\n1040 B\n0950 Z\n1000 A copy\n1040 B copy\n");
  CHECK(records_of("log", twice + symphony("1000", "A")) == "1000 A\n1040 B\n1000 A copy\n");
  const std::string koha = koc("10:00", "A") + koc("10:40", "B");
  CHECK(records_of("log", k_koc_header + koha + koha) == "1000 A\n1040 B\n1000 A copy\n1040 B copy\n");
}

TEST_CASE("a copy of a log whose clock was set back is a single copy") {
  const std::string day = symphony("1000", "A") + symphony("1039", "B") + symphony("1040", "C") + symphony("1020", "D");
  CHECK(records_of("log", day + day + symphony("1035", "E")) ==
        "1000 A\n1039 B\n1040 C\n1040 D backwards\n"
        "1000 A copy\n1039 B copy\n1040 C copy\n1040 D backwards copy\n1040 E backwards\n");
}

TEST_CASE("identical lines without a step back are separate records, and as many copies in a copy") {
  const std::string twins = symphony("1000", "A") + symphony("1000", "A");
  CHECK(records_of("log", twins + symphony("1010", "B")) == "1000 A\n1000 A\n1010 B\n");
  CHECK(records_of("log", twins + symphony("1010", "B") + twins + symphony("1010", "B")) ==
        "1000 A\n1000 A\n1010 B\n1000 A copy\n1000 A copy\n1010 B copy\n");
}

TEST_CASE("without seconds, two records in a row are needed to recognize a copy") {
  const std::string twice = sierra("1000", "1") + sierra("1040", "2");
  CHECK(records_of("log", twice + twice + sierra("1055", "3")) == "1000 1\n1040 2\n1000 1 copy\n1040 2 copy\n1055 3\n");
  CHECK(records_of("log", twice + sierra("1000", "1") + sierra("1055", "3")) ==
        "1000 1\n1040 2\n1040 1 backwards like 1\n1055 3\n");
  // No payment with a time to the minute is distinctive by itself.
  const std::string paid = csv_payment("10:00") + csv_payment("10:40");
  CHECK(records_of("log.csv", k_csv_header + paid + paid) == "1000 \n1040 \n1040  backwards like 2\n1040  like 3\n");
  CHECK(records_of("log.csv", k_csv_header + csv("10:00", "A") + csv_payment("10:40") + csv("10:00", "A") +
                                  csv_payment("10:40")) == "1000 A\n1040 \n1000 A copy\n1040  copy\n");
}

TEST_CASE("the hour that occurs twice in autumn contains no copies unless all records are identical") {
  const std::string first = sierra("0110", "1", "261101") + sierra("0150", "2", "261101");
  CHECK(records_of("log", first + sierra("0110", "2", "261101") + sierra("0150", "1", "261101")) ==
        "0110 1\n0150 2\n0110 2\n0150 1\n");
  CHECK(records_of("log", first + first) == "0110 1\n0150 2\n0110 1 copy\n0150 2 copy\n");
}

TEST_CASE("a copy has no part in the order of desks within a minute") {
  const CurrentFolder folder;
  const std::string day = sierra("1000", "1") + "i:2606121001:b2:::1\n" + sierra("1001", "2") + sierra("1005", "3");
  IntakeOptions options;
  options.paths = {"OSH"};
  const auto order_with = [&](const std::string& log) {
    write("OSH/desk1", log);
    write("OSH/desk2", "o:2606121001:b2:b21221000000023:2611302359:1\n");
    const Batch batch = read_batch(options, sample_config());
    std::set<Identity> seen;
    std::string text;
    for (const Entry& entry : batch.entries)
      if (seen.insert(entry.identity).second) text += fmt::format("{} {}\n", name_of(entry.kind), entry.user_id);
    return text;
  };
  const std::string order = order_with(day);
  CHECK(order ==
        "checkout 21221000000015\ncheckin \ncheckout 21221000000023\ncheckout 21221000000015\n"
        "checkout 21221000000015\n");
  CHECK(order_with(day + day) == order);
}
