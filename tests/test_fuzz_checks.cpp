// The checks of tests/fuzz can fail: a format that breaks a promise gets the message for it.
#include <doctest/doctest.h>

#include <functional>

#include "formats/line_reader.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/log_checks.hpp"

using namespace offcirc;

namespace {

using Records = std::vector<Record>;
using Read = std::function<Records(std::string_view text, const LogContext& context)>;

Read read_all;  // the records that the format below reads from a log

class GivenParser : public LogParser {
 public:
  explicit GivenParser(Records records) : m_records(std::move(records)) {}
  bool next(Record& record) override {
    if (m_at == m_records.size()) return false;
    record = m_records[m_at++];
    return true;
  }

 private:
  Records m_records;
  std::size_t m_at = 0;
};

OpenedLog open_given(std::string_view text, const LogContext& context) {
  return std::make_unique<GivenParser>(read_all(text, context));
}

bool claims_nothing(std::string_view) {
  return false;
}

const LogFormat k_format = {"given", "Whatever a test wants", "txt", true, claims_nothing, open_given};

Transaction checkout(const LogContext& context, std::string_view user_id = "1") {
  Transaction transaction;
  transaction.recorded = Stamp(StampForm::civil, 1'781'258'400);
  transaction.user_id = user_id;
  transaction.item_id = "2";
  transaction.desk = context.arena.desk({});
  transaction.identity = {1'781'258'400, 7};
  transaction.line = 1;
  return transaction;
}

Record said(std::string message, std::uint32_t column = 1, std::uint32_t line = 1) {
  return {line, Diagnostic{line, column, std::move(message), {}}};
}

// The first line of the message about a broken promise; empty if there is none.
std::string broken(const Read& read, std::string_view text = "a log\nof three\nlines") {
  read_all = read;
  try {
    check_log(k_format, text);
    return "";
  } catch (const BrokenPromise& promise) {
    const std::string what = promise.what();
    return what.substr(0, what.find('\n'));
  }
}

std::string broken_by(const Record& record) {
  return broken([&](std::string_view, const LogContext&) { return Records{record}; });
}

// The broken promise of a checkout with one change.
std::string broken_by(const std::function<void(Transaction&, const LogContext&)>& change) {
  return broken([&](std::string_view, const LogContext& context) {
    Transaction transaction = checkout(context);
    change(transaction, context);
    return Records{{1, transaction}};
  });
}

}  // namespace

TEST_CASE("a format that keeps its promises") {
  CHECK(broken_by([](Transaction&, const LogContext&) {}) == "");
  CHECK(broken_by(said("The item ID is missing.")) == "");
  CHECK(broken_by(Record{3, Blank{}}) == "");
}

TEST_CASE("records and their lines") {
  CHECK(broken_by(Record{0, Blank{}}) == "The lines of the records do not ascend.");
  CHECK(broken_by(Record{4, Blank{}}) == "A record stands in a line that is not there.");
  CHECK(broken(
            [](std::string_view, const LogContext&) {
              return Records(2, Record{1, Blank{}});
            },
            "a") == "There are more records than bytes.");
  CHECK(broken([](std::string_view, const LogContext&) {
          return Records{{2, Blank{}}, {1, Blank{}}};
        }) == "The lines of the records do not ascend.");
}

TEST_CASE("work proportional to the log") {
  const auto looks = [](std::size_t times) {
    return broken([times](std::string_view text, const LogContext&) {
      WorkCount::add(times * (text.size() + 1));
      return Records{};
    });
  };
  CHECK(looks(16) == "");
  CHECK(looks(17) == "The log takes more work than its length calls for.");
}

TEST_CASE("the contents of a transaction") {
  CHECK(broken_by([](Transaction& t, const LogContext&) { t.line = 2; }) ==
        "A transaction has another line than its record.");
  CHECK(broken_by([](Transaction& t, const LogContext&) { t.amount_cents = -1; }) ==
        "An amount or a count is below what it can be.");
  CHECK(broken_by([](Transaction& t, const LogContext&) { t.kind = Kind::registration; }) ==
        "A registration has no user, or something else has one.");
  CHECK(broken_by([](Transaction& t, const LogContext&) { t.user_id = "\xFF"; }) ==
        "What is said is no UTF-8: 1: checkout user=\xFF item=2 at=2026-06-12T10:00:00 1781258400-0000000000000007 0");
  CHECK(broken_by([](Transaction& t, const LogContext&) { t.user_id = "1 "; }) ==
        "As plain CSV this: checkout user=1  item=2 at=2026-06-12T10:00:00 1781258400-0000000000000007-0");
}

TEST_CASE("the contents of a diagnostic") {
  CHECK(broken_by(said("No full stop")) == "A diagnostic is no sentence: No full stop");
  CHECK(broken_by(said("A bell \a.")) == "A diagnostic has a byte that is no text: A bell \a.");
  CHECK(broken_by(said("Here.", 10)) == "A diagnostic points behind every line: Here.");
  const std::string quoted(47, 'x');
  const auto quotes = [&](std::size_t bytes) {
    return broken(
        [&](std::string_view text, const LogContext&) {
          return Records{said("Got " + std::string(text.substr(text.find('x'), bytes)) + ".")};
        },
        quoted + "x\n");
  };
  CHECK(quotes(47) == "");
  CHECK(quotes(48) == "A diagnostic repeats much of the log: Got " + quoted + "x.");
}

TEST_CASE("the same log read again") {
  std::uint64_t times = 0;
  CHECK(broken([&](std::string_view, const LogContext& context) {
          Transaction transaction = checkout(context);
          transaction.identity.content = ++times;
          return Records{{1, transaction}};
        }) == "Read again, the log says something else.");
  const auto says = [](std::string_view what) {
    return [what](std::string_view text, const LogContext& context) {
      return Records{{1, checkout(context, text.find(what) == std::string_view::npos ? "1" : "3")}};
    };
  };
  CHECK(broken(says("\xEF")) == "With a byte order mark the log says something else.");
  CHECK(broken(says("\r")) == "With CR LF the log says something else.");
}
