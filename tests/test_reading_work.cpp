// Parsing takes linear time for any content: a log twice as long takes twice the work, even if all its line ends are
// lost. The bytes examined are counted, so that no clock is involved.
#include <doctest/doctest.h>

#include "formats/line_reader.hpp"
#include "tests/parsed_log.hpp"

using namespace offcirc;

namespace {

struct Hostile {
  std::string_view format;
  std::string what;
  std::string start;   ///< occurs once
  std::string repeat;  ///< repeated on one line
  std::string end = "\n";
};

std::string aleph_return() {
  return fmt::format("202606121001R{:<80}", "39001000512345");
}

std::vector<Hostile> all_hostile() {
  const std::string sierra = "o:2606121001:b1:b2::1";
  const std::string koc = "2026-06-12 10:15:30 474\treturn\t2";
  const std::string evergreen = R"({"type":"checkin","timestamp":1,"barcode":"2"})";
  return {
      {"sierra", "records without line ends", sierra + "\n", sierra},
      {"sierra", "a damaged byte at the end of them", sierra + "\n", sierra, "\x01\n"},
      {"sierra", "colons", sierra + "\n", ":"},
      {"sierra", "beginnings of records", sierra + "\n", "o:2606121001:"},
      {"aleph", "records without line ends", aleph_return() + "\n", aleph_return()},
      {"aleph", "a damaged byte at the end of them", aleph_return() + "\n", aleph_return(), "\x01\n"},
      {"aleph", "beginnings of records", aleph_return() + "\n", "202606121001R3"},
      {"koc", "records without line ends", koc + "\n", koc},
      {"koc", "a damaged byte at the end of them", koc + "\n", koc, "\x01\n"},
      {"koc", "times", koc + "\n", "2026-06-12 10:15:30"},
      {"koc", "beginnings of headers", koc + "\n", "Version="},
      {"koc", "writers", koc + "\nVersion=1.0\t", "xGenerator="},
      {"evergreen", "records without line ends", evergreen + "\n", evergreen},
      {"evergreen", "a damaged byte at the end of them", evergreen + "\n", evergreen, "\x01\n"},
      {"evergreen", "torn records before whole ones", evergreen + "\n", "{\"x" + evergreen},
      {"evergreen", "beginnings of records", evergreen + "\n", R"({"type":"checkin","timestamp":1,)"},
      {"evergreen", "braces", evergreen + "\n", "{"},
      {"evergreen", "something between the records", evergreen + "\n", evergreen + "x"},
  };
}

std::uint64_t work_of(const Hostile& hostile, std::size_t bytes) {
  std::string text = hostile.start;
  while (text.size() < bytes) text += hostile.repeat;
  text += hostile.end;
  const std::uint64_t before = WorkCount::bytes();
  const ParsedLog log(*find_format(hostile.format), text);
  CHECK(log.records.size() >= 2);
  return WorkCount::bytes() - before;
}

}  // namespace

TEST_CASE("one line of hostile text takes work proportional to its length") {
  constexpr std::size_t k_bytes = 200'000, k_most_looks_at_a_byte = 12;
  for (const Hostile& hostile : all_hostile()) {
    CAPTURE(hostile.format);
    CAPTURE(hostile.what);
    const std::uint64_t work = work_of(hostile, k_bytes);
    CHECK(work <= k_most_looks_at_a_byte * k_bytes);
    CHECK(work_of(hostile, 2 * k_bytes) <= work * 21 / 10);
  }
}

TEST_CASE("lines of the maximum length take work proportional to their length") {
  constexpr std::size_t k_bytes = 60'000, k_most_looks_at_a_byte = 12;
  for (const Hostile& hostile : all_hostile()) {
    CAPTURE(hostile.format);
    CAPTURE(hostile.what);
    CHECK(work_of(hostile, k_bytes) <= k_most_looks_at_a_byte * k_bytes);
  }
}

TEST_CASE("a log without line ends is read to its end, however long it is") {
  for (const Hostile& hostile : all_hostile()) {
    if (hostile.what != "records without line ends") continue;
    CAPTURE(hostile.format);
    constexpr std::size_t k_records = 5'000;
    std::string text;
    for (std::size_t i = 0; i < k_records; ++i) text += hostile.repeat;
    const ParsedLog log(*find_format(hostile.format), text + "\n");
    CHECK(log.transactions().size() == k_records);
    CHECK(log.records.size() == k_records);
    const bool shows_ends = find_format(hostile.format)->has_end_mark;
    const auto notes = std::count_if(log.notes.begin(), log.notes.end(),
                                     [](const LogNote& note) { return note.code == "line-end-lost"; });
    CHECK(notes == (shows_ends ? 0 : 1));
  }
}
