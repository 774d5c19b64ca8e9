#include "tests/fuzz/log_checks.hpp"

#include <algorithm>
#include <functional>

#include "formats/fields.hpp"
#include "formats/line_reader.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/log_copies.hpp"

namespace offcirc {
namespace {

// Diagnostics quote at most 40 bytes of a field, in quotes and with a few dots, which may occur in the log as well.
// Repeating more of a line could reveal a password.
constexpr std::size_t k_too_much_bytes = 48;
// Longer lines are unreadable; with CR LF or a byte order mark, one more line may become too long.
constexpr std::size_t k_compared_bytes = k_max_line_bytes / 2;
constexpr std::uint64_t k_most_looks_at_a_byte = 16;

// Selects one of the configured ways to read a log by the input's length, so that an input always gives the same
// result.
ParsedLog parsed(const LogFormat& format, std::string_view text, std::size_t way) {
  static const IdPatterns ids{IdPattern("^2\\d{13}$"), IdPattern("^3\\d{13}$"), "Aa", true};
  const auto order = static_cast<DateOrder>(way % 3);
  return ParsedLog(format, text, order, way % 4 == 3 ? IdPatterns{} : ids);
}

std::vector<std::string> all_said(const ParsedLog& log) {
  std::vector<std::string> all = all_of(log);
  for (const Record& record : log.records) {
    if (const auto* diagnostic = std::get_if<Diagnostic>(&record.content))
      all.push_back(std::to_string(diagnostic->content));
  }
  if (log.refused) all.push_back("refused: " + log.refused->message);
  for (const LogNote& note : log.notes) all.push_back(note.code + " " + note.message + " " + note.action);
  return all;
}

std::size_t longest_line(std::string_view text) {
  std::size_t longest = 0;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    longest = std::max(longest, end - at);
    at = end + 1;
  }
  return longest;
}

// libFuzzer adds what was compared to its inputs, and a log that repeats a message proves nothing, so hashes are
// compared instead of texts.
std::size_t number_of(std::string_view text) {
  return std::hash<std::string_view>{}(text);
}

using Numbers = std::vector<std::size_t>;

Numbers numbers_of(const std::vector<std::string>& texts) {
  Numbers numbers;
  for (const std::string& text : texts) numbers.push_back(number_of(text));
  return numbers;
}

// Hashes of all parts of the log too long to appear in a message; sorted.
Numbers long_parts(std::string_view text) {
  Numbers parts;
  for (std::size_t at = 0; at + k_too_much_bytes <= text.size(); ++at) {
    parts.push_back(number_of(text.substr(at, k_too_much_bytes)));
  }
  std::sort(parts.begin(), parts.end());
  return parts;
}

bool share_any(const Numbers& some, const Numbers& others) {
  return std::any_of(some.begin(), some.end(),
                     [&](std::size_t number) { return std::binary_search(others.begin(), others.end(), number); });
}

void check_message(const std::string& message, const Numbers& parts_of_log) {
  promise(message.ends_with('.'), "A diagnostic is no sentence: " + message);
  promise(find_control_byte(message) == std::string_view::npos && is_utf8(message),
          "A diagnostic has a byte that is no text: " + message);
  promise(!share_any(long_parts(message), parts_of_log), "A diagnostic repeats much of the log: " + message);
}

void check_transaction(const Transaction& transaction, const Record& record) {
  promise(transaction.line == record.line, "A transaction has another line than its record.");
  promise(transaction.desk != nullptr, "A transaction has no desk.");
  promise(transaction.amount_cents >= 0 && transaction.count > 0, "An amount or a count is below what it can be.");
  promise((transaction.registration != nullptr) == (transaction.kind == Kind::registration),
          "A registration has no user, or something else has one.");
}

void check_records(const ParsedLog& log, std::string_view text) {
  const auto line_ends = std::count_if(text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; });
  promise(log.records.size() <= text.size(), "There are more records than bytes.");
  const std::size_t last_column = longest_line(text) + 1;
  const Numbers parts_of_log = long_parts(text);
  if (log.refused) check_message(log.refused->message, parts_of_log);
  std::uint32_t last_line = 1;
  for (const Record& record : log.records) {
    promise(record.line >= last_line, "The lines of the records do not ascend.");
    promise(record.line <= static_cast<std::size_t>(line_ends) + 1, "A record stands in a line that is not there.");
    last_line = record.line;
    if (const auto* transaction = std::get_if<Transaction>(&record.content)) check_transaction(*transaction, record);
    const auto* diagnostic = std::get_if<Diagnostic>(&record.content);
    if (diagnostic == nullptr) continue;
    promise(diagnostic->column <= last_column, "A diagnostic points behind every line: " + diagnostic->message);
    check_message(diagnostic->message, parts_of_log);
  }
  for (const std::string& said : all_said(log)) promise(is_utf8(said), "What is said is no UTF-8: " + said);
}

void check_copies(const LogFormat& format, std::string_view text, const ParsedLog& log) {
  constexpr std::string_view k_mark = "\xEF\xBB\xBF";
  const Numbers said = numbers_of(all_said(log));
  const auto says_the_same = [&](std::string_view copy) {
    return numbers_of(all_said(parsed(format, copy, text.size()))) == said;
  };
  promise(says_the_same(text), "Read again, the log says something else.");
  if (!text.starts_with(k_mark.substr(0, 1))) {
    promise(says_the_same(std::string(k_mark).append(text)), "With a byte order mark the log says something else.");
  }
  if (text.find('\r') == std::string_view::npos) {
    promise(says_the_same(with_crlf(text)), "With CR LF the log says something else.");
  }
}

void check_csv_copy(const ParsedLog& log) {
  const CsvCopy copy(log);
  promise(copy.read_back.size() == copy.expected.size(), "As plain CSV there are more or fewer transactions.");
  for (std::size_t i = 0; i < copy.expected.size(); ++i) {
    promise(number_of(copy.read_back[i]) == number_of(copy.expected[i]),
            "As plain CSV this: " + copy.expected[i] + "\nis this: " + copy.read_back[i]);
  }
}

}  // namespace

void check_log(const LogFormat& format, std::string_view text) {
  const std::uint64_t before = WorkCount::bytes();
  const ParsedLog log = parsed(format, text, text.size());
  promise(WorkCount::bytes() - before <= k_most_looks_at_a_byte * (text.size() + 1),
          "The log takes more work than its length calls for.");
  check_records(log, text);
  if (text.size() > k_compared_bytes) return;
  check_copies(format, text, log);
  check_csv_copy(log);
}

}  // namespace offcirc
