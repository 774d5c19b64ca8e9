// The same log in another form that must give the same result: with other line ends, or written as plain CSV.
#pragma once

#include "formats/csv_columns.hpp"
#include "formats/record_identity.hpp"
#include "tests/parsed_log.hpp"

namespace offcirc {

inline std::string with_crlf(std::string_view text) {
  std::string converted;
  for (const char c : text) {
    if (c == '\n') converted += '\r';
    converted += c;
  }
  return converted;
}

/// Everything that the records contain, including their identities.
inline std::vector<std::string> all_of(const ParsedLog& log) {
  std::vector<std::string> all = log.described();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (const auto* transaction = std::get_if<Transaction>(&log.records[i].content)) {
      all[i] += fmt::format(" {} {}", to_text(transaction->identity), transaction->more);
    }
  }
  return all;
}

/// The transactions that would be loaded, except edits of registrations, which plain CSV can't express.
inline std::vector<Transaction> loadable(const ParsedLog& log) {
  std::vector<Transaction> found = log.transactions();
  std::erase_if(found, [](const Transaction& t) { return t.kind == Kind::unsupported || t.edits_registration; });
  return found;
}

/// The loadable transactions of a log, written as plain CSV and read back.
struct CsvCopy {
  explicit CsvCopy(const ParsedLog& log) {
    append_csv_log_header(csv);
    for (Transaction transaction : loadable(log)) {
      transaction.identity.ordinal = static_cast<std::uint32_t>(expected.size());
      expected.push_back(told(transaction));
      append_csv_log_row(csv, transaction,
                         {iso_stamp_text(transaction.occurred),
                          iso_stamp_text(transaction.recorded),
                          transaction.desk->library,
                          transaction.desk->station,
                          to_text(transaction.identity),
                          transaction.desk->temporary_library,
                          {}});
    }
    const ParsedLog copy(*find_format("csv"), csv);
    for (const Record& record : copy.records) {
      if (const auto* t = std::get_if<Transaction>(&record.content)) read_back.push_back(told(*t));
      if (const auto* d = std::get_if<Diagnostic>(&record.content)) read_back.push_back(d->message);
    }
  }

  std::string csv;
  std::vector<std::string> expected;   ///< each transaction, with its identity
  std::vector<std::string> read_back;  ///< the same from the copy; a diagnostic appears as its sentence

 private:
  static std::string told(const Transaction& transaction) {
    std::string text = describe(transaction) + " " + to_text(transaction.identity);
    if (transaction.registration != nullptr) text += " | " + describe(*transaction.registration);
    return text;
  }
};

}  // namespace offcirc
