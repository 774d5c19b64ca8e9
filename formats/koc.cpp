// Koha's offline circulation files (.koc), by any of the programs that write them.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "formats/content_hash.hpp"
#include "formats/fields.hpp"
#include "formats/iso_stamp.hpp"
#include "formats/line_reader.hpp"
#include "formats/line_trouble.hpp"
#include "formats/registry.hpp"

namespace offcirc {
namespace {

constexpr std::string_view k_header_start = "Version=";
constexpr std::array<std::string_view, 5> k_writers = {"kocQt4", "kocPHP", "kocDesktop", "koct-firefox", "kolt"};
constexpr std::string_view k_writer_in_utc = "koct-firefox";

/// What a line says: stamp, command, and as many columns as a command has at most. Those behind are not known.
using KocFields = std::array<std::string_view, 4>;

KocFields split(std::string_view line) {
  KocFields fields;
  std::size_t at = 0;
  for (std::string_view& field : fields) {
    const std::size_t end = std::min(line.find('\t', at), line.size());
    field = trimmed(line.substr(at, end - at));
    at = std::min(end + 1, line.size());
  }
  return fields;
}

// `2026-07-22 10:15:30 000`: kocDesktop has hyphens in the time, and some have no milliseconds.
Stamp parse_koc_stamp(std::string_view text, StampForm form) {
  constexpr std::size_t k_bytes = 19;
  constexpr Stamp k_unreadable(StampForm::unreadable, 0);
  if (text.size() < k_bytes) return k_unreadable;
  const std::string_view behind = text.substr(k_bytes);
  if (!behind.empty() && (behind[0] != ' ' || !parse_digits(behind.substr(1)))) return k_unreadable;
  std::array<char, k_bytes> time;
  std::copy_n(text.begin(), k_bytes, time.begin());
  for (const std::size_t at : {13, 16}) {
    if (time[at] == '-') time[at] = ':';
  }
  const auto stamp = parse_iso_stamp({time.data(), time.size()});
  return stamp && stamp->is(StampForm::civil) ? Stamp(form, stamp->seconds()) : k_unreadable;
}

bool is_command(std::string_view field) {
  return field == "issue" || field == "return" || field == "payment";
}

bool looks_like_record(std::string_view line) {
  const KocFields fields = split(line);
  return is_command(fields[1]) && parse_koc_stamp(fields[0], StampForm::civil).says_when();
}

// Where a log was appended to another whose last line has no end: at the header of the other, or at the time of its
// first record, neither of which any ID looks like. npos where nothing was.
std::size_t find_pasted(std::string_view line) {
  constexpr std::size_t k_longest_stamp = 23;
  for (std::size_t at = 1; at < line.size(); ++at) {
    const std::string_view rest = line.substr(at);
    if (rest.starts_with(k_header_start) && rest.find("\tGenerator=") != std::string_view::npos) return at;
    const bool may_be_stamp = is_digit(rest[0]) && rest.size() > k_longest_stamp && rest[4] == '-' && rest[7] == '-';
    if (may_be_stamp && looks_like_record(rest)) return at;
  }
  return std::string_view::npos;
}

class KocParser : public LogParser {
 public:
  KocParser(std::string_view text, const LogContext& context) : m_lines(text), m_context(context) {}

  bool next(Record& record) override {
    if (!m_lines.next(m_line)) return false;
    if (const std::size_t end = find_pasted(m_line); end < m_line.size()) {
      m_lines.give_back(m_line, end);
      m_line = m_line.substr(0, end);
      note_lost_line_end();
    }
    record.line = m_lines.line_number();
    record.content = Blank{};
    m_fields = {};
    m_recorded = Stamp();
    if (auto trouble = read_line(record)) {
      if (trouble->column != 0) trouble->column += m_lines.column_before();
      record.content = Diagnostic{.line = record.line,
                                  .column = trouble->column,
                                  .message = std::move(trouble->message),
                                  .content = content_of_unreadable(m_context.decoder.decode(m_line)),
                                  .recorded = m_recorded.says_when() ? m_recorded : Stamp(),
                                  .is_doubtful = trouble->is_damage};
    }
    return true;
  }

  [[nodiscard]] std::vector<LogNote> notes() const override { return m_notes; }

 private:
  using Trouble = std::optional<LineTrouble>;

  Trouble read_line(Record& record) {
    if (auto trouble = find_size_trouble(m_line)) return trouble;
    if (trimmed(m_line).empty()) return std::nullopt;
    if (auto trouble = find_byte_trouble(m_line)) return trouble;
    // One in the middle is of another log that was appended.
    if (m_line.starts_with(k_header_start)) {
      read_header();
      record.content = Blank{.begins_section = true};
      return m_lines.is_cut_by_zeros() ? Trouble(cut_by_zeros(m_line)) : std::nullopt;
    }
    note_missing_header();
    m_fields = split(m_line);
    Transaction transaction;
    if (auto trouble = read_transaction(transaction)) return trouble;
    if (m_lines.is_cut_by_zeros()) return cut_by_zeros(m_line);
    transaction.line = record.line;
    transaction.recorded = m_recorded;
    transaction.desk = m_context.arena.desk({});
    record.content = transaction;
    return std::nullopt;
  }

  void read_header() {
    m_has_header = true;
    constexpr std::string_view k_name = "Generator=";
    std::string_view writer;
    for (const std::string_view field : split(m_line)) {
      if (field.starts_with(k_name)) writer = field.substr(k_name.size());
    }
    m_form = writer == k_writer_in_utc ? StampForm::absolute : StampForm::civil;
    const bool is_known = std::find(k_writers.begin(), k_writers.end(), writer) != k_writers.end();
    if (is_known || std::exchange(m_unknown_writer_noted, true)) return;
    m_notes.push_back({"unknown-writer",
                       fmt::format("The header in line {} names {}, a program that is not known: its times are taken "
                                   "for local ones.",
                                   m_lines.line_number(), quoted(writer)),
                       "Compare one of its times with when it happened."});
  }

  void note_missing_header() {
    if (std::exchange(m_has_header, true)) return;
    m_notes.push_back({"no-header",
                       "The log has no header line, so nobody knows which program wrote it: its times are taken for "
                       "local ones.",
                       "Compare it with the log at the station: its beginning may be missing."});
  }

  void note_lost_line_end() {
    if (std::exchange(m_lost_line_end_noted, true)) return;
    m_notes.push_back({"line-end-lost",
                       fmt::format("In line {} another record begins before the line ends: both were read, and what "
                                   "stands before may have been cut short.",
                                   m_lines.line_number()),
                       "Compare it with the log at the station; if more is there, load that log too."});
  }

  Trouble read_transaction(Transaction& transaction) {
    m_recorded = parse_koc_stamp(m_fields[0], m_form);
    if (!m_recorded.says_when()) return unexpected(0, "time", "a date and time such as 2026-07-22 10:15:30 000");
    if (m_fields[1] == "return") {
      transaction.kind = Kind::checkin;
      return read_id(2, "barcode", transaction.item_id);
    }
    if (!is_command(m_fields[1])) return unexpected(1, "command", "issue, return or payment");
    transaction.kind = m_fields[1] == "issue" ? Kind::checkout : Kind::payment;
    if (auto trouble = read_id(2, "card number", transaction.user_id)) return trouble;
    return transaction.kind == Kind::checkout ? read_id(3, "barcode", transaction.item_id) : read_amount(transaction);
  }

  Trouble read_id(std::size_t field, std::string_view name, std::string_view& id) {
    if (m_fields[field].empty()) {
      return LineTrouble{column_of(field), fmt::format("The {} is missing: {} needs it.", name, m_fields[1])};
    }
    id = m_context.decoder.decode(m_fields[field]);
    return std::nullopt;
  }

  Trouble read_amount(Transaction& transaction) {
    const auto cents = parse_money(m_fields[3]);
    if (!cents || *cents == 0) return unexpected(3, "amount", "money above zero such as 12.50");
    transaction.amount_cents = *cents;
    return std::nullopt;
  }

  [[nodiscard]] Trouble unexpected(std::size_t field, std::string_view name, std::string_view expected) const {
    return LineTrouble{column_of(field), fmt::format("The {} can't be read: expected {}, got {}.", name, expected,
                                                     quoted(m_fields[field]))};
  }

  [[nodiscard]] std::uint32_t column_of(std::size_t field) const {
    return static_cast<std::uint32_t>(m_fields[field].data() - m_line.data() + 1);
  }

  LineReader m_lines;
  LogContext m_context;
  std::string_view m_line;
  KocFields m_fields;
  Stamp m_recorded;
  StampForm m_form = StampForm::civil;  // of the times, as the writer has them
  bool m_has_header = false;            // or its want is noted already
  bool m_unknown_writer_noted = false;
  bool m_lost_line_end_noted = false;
  std::vector<LogNote> m_notes;
};

bool looks_like_koc(std::string_view line) {
  if (line.starts_with(k_header_start)) return line.find("\tGenerator=") != std::string_view::npos;
  return looks_like_record(line);
}

bool claims(std::string_view head) {
  constexpr int k_lines_looked_at = 10;
  LineReader lines(head);
  std::string_view line;
  for (int i = 0; i < k_lines_looked_at && lines.next(line); ++i) {
    if (looks_like_koc(line)) return true;
  }
  return false;
}

OpenedLog open(std::string_view text, const LogContext& context) {
  return std::make_unique<KocParser>(text, context);
}

}  // namespace

const LogFormat k_koc_format = {
    "koc", "Koha offline circulation: kocQt4, kocPHP, kocDesktop, koct, kolt", "koc", false, claims, open};

}  // namespace offcirc
