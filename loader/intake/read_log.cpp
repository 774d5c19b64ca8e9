#include "loader/intake/read_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "formats/decoder.hpp"
#include "formats/fields.hpp"
#include "formats/record_identity.hpp"

namespace offcirc {
namespace {

bool says_time(const Transaction& transaction) {
  const StampForm form = transaction.recorded.form();
  return form == StampForm::date || form == StampForm::civil || form == StampForm::absolute ||
         transaction.occurred.is(StampForm::absolute);
}

bool is_too_long_for_id(std::string_view text) {
  if (text.size() <= k_max_id_characters) return false;
  // In UTF-8 each character has exactly one byte that is not a continuation byte.
  const auto begins = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; };
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins)) > k_max_id_characters;
}

class LogReader {
 public:
  LogReader(ReadLog& read, bool has_no_times, std::optional<Seconds> at)
      : m_read(read), m_has_no_times(has_no_times), m_at(at) {}

  // Returns false if the record limit is exceeded.
  bool read_all(LogParser& parser, LineCount& lines, std::uint64_t max_records) {
    auto& transactions = m_read.storage->transactions;
    Record record;
    for (; parser.next(record); ++m_read.log.records, lines.add_one()) {
      if (transactions.size() + m_read.unreadable.size() > max_records) return false;
      if (auto* transaction = std::get_if<Transaction>(&record.content)) {
        if (has_usable_ids(*transaction) && settle_time(*transaction)) transactions.push_back(*transaction);
      } else if (auto* diagnostic = std::get_if<Diagnostic>(&record.content)) {
        add_unreadable(std::move(*diagnostic));
      } else {
        if (std::get<Blank>(record.content).begins_section) m_read.headers.push_back(place());
        ++m_read.log.blank;
      }
    }
    const bool is_timeless =
        m_read.assumed_time.transactions > 0 && m_read.assumed_time.transactions == transactions.size();
    m_read.is_list = m_has_no_times || is_timeless;
    for (LogNote& note : parser.notes()) m_read.log.notes.push_back(std::move(note));
    return transactions.size() + m_read.unreadable.size() <= max_records;
  }

 private:
  // Returns false if an ID is blank or too long, in any format and for any kind of transaction.
  bool has_usable_ids(Transaction& transaction) {
    if (!trim(transaction.user_id) || !trim(transaction.item_id)) {
      add_unreadable(transaction, "An ID is missing: its field has only no-break spaces.");
      return false;
    }
    const bool user_is = is_too_long_for_id(transaction.user_id);
    if (!user_is && !is_too_long_for_id(transaction.item_id)) return true;
    add_unreadable(transaction, fmt::format("The {} ID has more than {} characters.", user_is ? "user" : "item",
                                            k_max_id_characters));
    return false;
  }

  // Returns false if nothing is left of an ID that was given.
  static bool trim(std::string_view& id) {
    const bool was_given = !id.empty();
    id = trimmed_text(id);
    return !was_given || !id.empty();
  }

  // Returns false if the transaction has no time and can't be given one.
  bool settle_time(Transaction& transaction) {
    if (says_time(transaction)) return true;
    if (!transaction.recorded.is(StampForm::none)) {
      add_unreadable(transaction, "The time of the record is not a date and time.");
      return false;
    }
    if (assume_time(transaction)) return true;
    add_unreadable(transaction, "The record has no time. Give one with --at.");
    return false;
  }

  // The file's time comes from the station's clock and needs the same correction. The time from --at needs none, since
  // the operator took it from a clock that is right.
  bool assume_time(Transaction& transaction) {
    const std::optional<Seconds> of_file = m_read.storage->bytes.written_at();
    if (m_at) {
      transaction.occurred = Stamp(StampForm::absolute, *m_at);
    } else if (m_has_no_times && of_file) {
      transaction.recorded = Stamp(StampForm::absolute, *of_file);
    } else {
      return false;
    }
    m_read.assumed_time.time = m_at ? *m_at : *of_file;
    m_read.assumed_time.is_of_file = !m_at;
    transaction.time_is_assumed = true;
    ++m_read.assumed_time.transactions;
    return true;
  }

  void add_unreadable(const Transaction& transaction, std::string message) {
    const Stamp recorded = says_time(transaction) ? transaction.recorded : Stamp();
    add_unreadable({.line = transaction.line,
                    .message = std::move(message),
                    .content = content_of_unreadable(
                        fmt::format("{}\n{}\n{}", name_of(transaction.kind), transaction.user_id, transaction.item_id)),
                    .recorded = recorded,
                    .user_id = transaction.user_id,
                    .item_id = transaction.item_id});
  }
  void add_unreadable(Diagnostic diagnostic) {
    for (std::string_view* id : {&diagnostic.user_id, &diagnostic.item_id})
      if (is_too_long_for_id(*id) || !is_utf8(*id)) *id = {};
    m_read.unreadable_places.push_back(place());
    m_read.unreadable.push_back(std::move(diagnostic));
  }

  [[nodiscard]] RecordPlace place() const { return {m_read.storage->transactions.size(), m_read.log.records}; }

  ReadLog& m_read;
  bool m_has_no_times;
  std::optional<Seconds> m_at;
};

bool ends_in_unreadable(const ReadLog& read) {
  return !read.unreadable_places.empty() && read.unreadable_places.back().records + 1 == read.log.records;
}

// A missing line end is only noted, because lists and spreadsheets may have been typed by hand. In most formats without
// an end mark, a line that was cut short is unreadable, which says enough.
void note_if_cut_short(ReadLog& read, const LogFormat& format, std::string_view text) {
  if (format.has_end_mark || text.empty() || text.back() == '\n') return;
  if (ends_in_unreadable(read) && !read.is_list) return;
  read.log.last_may_be_cut = true;
  const auto line = std::count(text.begin(), text.end(), '\n') + 1;
  read.log.notes.push_back(
      {"cut-short",
       fmt::format("The last line, {}, has no line end, so it may be cut short. It was read as it is.", line),
       format.has_no_times ? "Compare it with the list at the workstation. If that has more, load it as a new list."
                           : "Compare it with the log at the workstation. If that has more, load it too."});
}

ReadLog refused(const ReadLog& read) {
  ReadLog refused;
  refused.log.path = read.log.path;
  refused.log.file = read.log.file;
  refused.log.format = read.log.format;
  refused.log.digest = read.log.digest;
  refused.log.error = fmt::format(
      "was skipped: the logs of one load can have at most {} records in all. Load it separately, or split it at the "
      "end of a "
      "line.",
      k_max_load_records);
  return refused;
}

}  // namespace

ReadLog read_log(OpenLog open, std::optional<Seconds> at, LineCount& lines, std::uint64_t max_records) {
  ReadLog read{.log = std::move(open.log), .storage = std::move(open.storage)};
  if (open.parser != nullptr) {
    read.has_no_seconds = open.format->has_no_seconds;
    if (!LogReader(read, open.format->has_no_times, at).read_all(*open.parser, lines, max_records))
      return refused(read);
    note_if_cut_short(read, *open.format, read.storage->bytes.view());
    read.storage->transactions.close();
  } else if (read.storage != nullptr && !read.log.error) {
    const std::string_view text = read.storage->bytes.view();
    read.log.records = read.log.blank = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n')) +
                                        (text.empty() || text.back() == '\n' ? 0 : 1);
  }
  return read;
}

}  // namespace offcirc
