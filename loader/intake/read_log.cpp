#include "loader/intake/read_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "loader/intake/identity.hpp"

namespace offcirc {
namespace {

bool says_time(const Transaction& transaction) {
  const StampForm form = transaction.recorded.form();
  return form == StampForm::date || form == StampForm::civil || form == StampForm::absolute ||
         transaction.occurred.is(StampForm::absolute);
}

bool is_too_long_for_id(std::string_view text) {
  if (text.size() <= k_max_id_characters) return false;
  // In UTF-8 each character has one byte that does not go on with another.
  const auto begins = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; };
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins)) > k_max_id_characters;
}

class LogReader {
 public:
  LogReader(ReadLog& read, bool has_no_times, std::optional<Seconds> at)
      : m_read(read), m_has_no_times(has_no_times), m_at(at) {}

  // False where it is too much.
  bool read_all(LogParser& parser, LineCount& lines, std::uint64_t max_records) {
    auto& transactions = m_read.storage->transactions;
    Record record;
    for (; parser.next(record); ++m_read.log.records, lines.add_one()) {
      if (transactions.size() + m_read.unreadable.size() > max_records) return false;
      if (auto* transaction = std::get_if<Transaction>(&record.content)) {
        if (has_short_ids(*transaction) && settle_time(*transaction)) transactions.push_back(*transaction);
      } else if (auto* diagnostic = std::get_if<Diagnostic>(&record.content)) {
        if (m_has_no_times) diagnostic->identity = identity_by_place(digest(), place(), "unreadable");
        m_read.unreadable.push_back(std::move(*diagnostic));
      } else {
        ++m_read.log.blank;
      }
    }
    for (LogNote& note : parser.notes()) m_read.log.notes.push_back(std::move(note));
    return transactions.size() + m_read.unreadable.size() <= max_records;
  }

 private:
  // False where an ID is none. Whatever the format and the kind of transaction.
  bool has_short_ids(const Transaction& transaction) {
    const bool user_is = is_too_long_for_id(transaction.user_id);
    if (!user_is && !is_too_long_for_id(transaction.item_id)) return true;
    const bool is_timed = says_time(transaction) || !transaction.recorded.is(StampForm::none);
    m_read.unreadable.push_back(
        {transaction.line, 0,
         fmt::format("The {} ID has more than {} characters.", user_is ? "user" : "item", k_max_id_characters),
         is_timed ? transaction.identity : identity_by_place(digest(), place(), "unreadable")});
    return false;
  }

  // False where there is no time for it.
  bool settle_time(Transaction& transaction) {
    if (says_time(transaction)) return true;
    if (!transaction.recorded.is(StampForm::none)) {
      m_read.unreadable.push_back(
          {transaction.line, 0, "The time of the record is no date and time.", transaction.identity});
      return false;
    }
    if (lend_time(transaction)) {
      const bool numbered = transaction.identity.ordinal != Identity::k_unnumbered;
      if (!numbered) transaction.identity = identity_by_place(digest(), place());
      return true;
    }
    m_read.unreadable.push_back({transaction.line, 0, "The record has no time: give one with --at.",
                                 identity_by_place(digest(), place(), "no time")});
    return false;
  }

  // The file was written by the station's clock, whatever is wrong with that; who says --at has looked at a right one.
  bool lend_time(Transaction& transaction) {
    const std::optional<Seconds> of_file = m_read.storage->bytes.written_at();
    if (m_at) {
      transaction.occurred = Stamp(StampForm::absolute, *m_at);
    } else if (m_has_no_times && of_file) {
      transaction.recorded = Stamp(StampForm::absolute, *of_file);
    } else {
      return false;
    }
    m_read.lent_time.time = m_at ? *m_at : *of_file;
    m_read.lent_time.is_of_file = !m_at;
    ++m_read.lent_time.transactions;
    return true;
  }

  [[nodiscard]] const std::string& digest() const { return m_read.log.digest; }
  [[nodiscard]] std::uint64_t place() const { return m_read.log.records; }

  ReadLog& m_read;
  bool m_has_no_times;
  std::optional<Seconds> m_at;
};

// A record of either kind has its turn by its line, so that equal ones are numbered in the order of the log.
void number_records(ReadLog& read) {
  std::vector<Identity*> identities;
  identities.reserve(read.storage->transactions.size() + read.unreadable.size());
  auto next_unreadable = read.unreadable.begin();
  for (Transaction& transaction : read.storage->transactions) {
    for (; next_unreadable != read.unreadable.end() && next_unreadable->line < transaction.line; ++next_unreadable) {
      identities.push_back(&next_unreadable->identity);
    }
    identities.push_back(&transaction.identity);
  }
  for (; next_unreadable != read.unreadable.end(); ++next_unreadable) identities.push_back(&next_unreadable->identity);
  number_identities(identities);
}

void note_if_cut_short(Log& log, const LogFormat& format, std::string_view text) {
  if (format.has_end_mark || text.empty() || text.back() == '\n') return;
  const auto line = std::count(text.begin(), text.end(), '\n') + 1;
  log.notes.push_back(
      {"cut-short",
       fmt::format("The last line, {}, does not end: it may have been cut short, and was read as it is.", line),
       format.has_no_times ? "Compare it with the list at the station; if more is there, load that as a new list."
                           : "Compare it with the log at the station; if more is there, load that log too."});
}

ReadLog refused(const ReadLog& read) {
  ReadLog refused;
  refused.log.path = read.log.path;
  refused.log.file = read.log.file;
  refused.log.format = read.log.format;
  refused.log.digest = read.log.digest;
  refused.log.error = fmt::format(
      "is left out: the logs of one load have at most {} records together. Load it by itself, or split it at the end "
      "of "
      "a line.",
      k_max_load_records);
  return refused;
}

}  // namespace

ReadLog read_log(OpenLog open, std::optional<Seconds> at, LineCount& lines, std::uint64_t max_records) {
  ReadLog read{std::move(open.log), std::move(open.storage), {}, {}};
  if (open.parser != nullptr) {
    if (!LogReader(read, open.format->has_no_times, at).read_all(*open.parser, lines, max_records))
      return refused(read);
    number_records(read);
    note_if_cut_short(read.log, *open.format, read.storage->bytes.view());
    read.storage->transactions.close();
  } else if (read.storage != nullptr && !read.log.error) {
    const std::string_view text = read.storage->bytes.view();
    read.log.records = read.log.blank = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n')) +
                                        (text.empty() || text.back() == '\n' ? 0 : 1);
  }
  return read;
}

}  // namespace offcirc
