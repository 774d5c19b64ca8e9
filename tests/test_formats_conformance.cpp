// The requirements for every log format, each tested with its own sample.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "tests/log_copies.hpp"

using namespace offcirc;

namespace {

// A registration may span several lines. If the last of them are missing, it has less data, but no different data.
std::string told_by(const Transaction& transaction) {
  std::string told = describe(transaction);
  if (transaction.registration != nullptr) told += " " + std::string(transaction.registration->last_name);
  return told;
}

std::set<std::string> all_told(const ParsedLog& log) {
  std::set<std::string> told;
  for (const Transaction& transaction : loadable(log)) told.insert(told_by(transaction));
  return told;
}

bool is_one_of(const LogFormat& format, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), format.name) != names.end();
}

bool tells_nothing_else(const ParsedLog& damaged, const std::set<std::string>& whole) {
  const std::vector<Transaction> found = loadable(damaged);
  return std::all_of(found.begin(), found.end(), [&](const Transaction& t) { return whole.contains(told_by(t)); });
}

}  // namespace

TEST_CASE("a sample is claimed by its own format and by no other") {
  for (const LogFormat* format : all_formats()) {
    CAPTURE(format->name);
    const std::string sample = read_sample(*format);
    CHECK(formats_that_claim(sample) == std::vector{format});
    CHECK(formats_that_claim(with_crlf(sample)) == std::vector{format});
    CHECK(formats_that_claim("\xEF\xBB\xBF" + sample) == std::vector{format});
    CHECK(find_format(format->name) == format);
  }
  CHECK(formats_that_claim("").empty());
  CHECK(formats_that_claim("Dear all, the server is down.\n").empty());
  CHECK(formats_that_claim("user,name\n21220001000073,Abbott\n21220001000149,Corwin\n").empty());
  CHECK(formats_that_claim("item,user,due\n31220005000135,21220001000073,2026-07-03\n").empty());
  CHECK(find_format("") == nullptr);
}

TEST_CASE("a sample has transactions and nothing unreadable") {
  for (const LogFormat* format : all_formats()) {
    CAPTURE(format->name);
    const ParsedLog log(*format, read_sample(*format));
    CHECK_FALSE(log.refused.has_value());
    CHECK(log.transactions().size() >= 5);
    for (const Record& record : log.records) CHECK_FALSE(std::holds_alternative<Diagnostic>(record.content));
  }
}

TEST_CASE("either every transaction has a time, or none does") {
  for (const LogFormat* format : all_formats()) {
    CAPTURE(format->name);
    for (const Transaction& transaction : ParsedLog(*format, read_sample(*format)).transactions()) {
      const bool says_when = transaction.recorded.says_when() || transaction.occurred.says_when();
      CHECK(says_when == !format->has_no_times);
    }
  }
}

TEST_CASE("CR LF and a missing last newline change nothing") {
  for (const LogFormat* format : all_formats()) {
    CAPTURE(format->name);
    const std::string sample = read_sample(*format);
    const std::vector<std::string> as_it_is = all_of(ParsedLog(*format, sample));
    CHECK(all_of(ParsedLog(*format, with_crlf(sample))) == as_it_is);
    std::vector<std::string> without_end = all_of(ParsedLog(*format, sample.substr(0, sample.size() - 1)));
    // Records of these formats do not show that they are whole.
    if (is_one_of(*format, {"koc", "aleph", "sierra"})) {
      CHECK(without_end.back().find(": The last line may be cut short: ") != std::string::npos);
      without_end.back() = as_it_is.back();
    }
    CHECK(without_end == as_it_is);
    CHECK(all_of(ParsedLog(*format, "\xEF\xBB\xBF" + sample)) == as_it_is);
  }
}

TEST_CASE("a log cut anywhere yields no transaction that the whole log does not") {
  for (const LogFormat* format : all_formats()) {
    CAPTURE(format->name);
    const std::string sample = read_sample(*format);
    const ParsedLog whole(*format, sample);
    const std::set<std::string> told = all_told(whole);
    const std::size_t count = loadable(whole).size();
    for (std::size_t size = 0; size < sample.size(); ++size) {
      const ParsedLog cut(*format, sample.substr(0, size));
      const bool is_typed = is_one_of(*format, {"scan", "csv"});
      if (loadable(cut).size() > count || (!is_typed && !tells_nothing_else(cut, told))) {
        FAIL_CHECK("cut behind byte ", size);
      }
    }
  }
}

TEST_CASE("a junk byte anywhere does not create transactions") {
  constexpr std::string_view k_junk(
      "\0\n\r\",^|;:{\xFF"
      "E0",
      13);
  for (const LogFormat* format : all_formats()) {
    CAPTURE(format->name);
    const std::string sample = read_sample(*format);
    const std::size_t count = loadable(ParsedLog(*format, sample)).size();
    for (const char junk : k_junk) {
      for (std::size_t at = 0; at <= sample.size(); ++at) {
        std::string damaged = sample;
        damaged.insert(at, 1, junk);
        if (loadable(ParsedLog(*format, damaged)).size() > count) FAIL_CHECK("byte ", int{junk}, " at ", at);
      }
    }
  }
}

// In lists and sheets, a damaged word sets no mode; a damaged Koha header sets no clock.
TEST_CASE("a byte that occurs in no text creates no wrong transaction") {
  for (const LogFormat* format : all_formats()) {
    if (is_one_of(*format, {"scan", "csv", "koc"})) continue;
    CAPTURE(format->name);
    const std::string sample = read_sample(*format);
    const std::set<std::string> told = all_told(ParsedLog(*format, sample));
    for (std::size_t at = 0; at < sample.size(); ++at) {
      std::string damaged = sample;
      damaged[at] = '\0';
      if (!tells_nothing_else(ParsedLog(*format, damaged), told)) FAIL_CHECK("NUL instead of byte ", at);
    }
  }
}

TEST_CASE("transactions written as plain CSV and read back are equal") {
  for (const LogFormat* format : all_formats()) {
    CAPTURE(format->name);
    const ParsedLog log(*format, read_sample(*format));
    const CsvCopy copy(log);
    CHECK(formats_that_claim(copy.csv) == std::vector{find_format("csv")});
    CHECK(copy.expected.size() >= 5);
    CHECK(copy.read_back == copy.expected);
  }
}
