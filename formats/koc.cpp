// Reads Koha's offline circulation files (.koc), from any of the programs that write them.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "formats/fields.hpp"
#include "formats/line_parser.hpp"
#include "formats/line_reader.hpp"
#include "formats/registry.hpp"
#include "formats/stamp.hpp"

namespace offcirc {
namespace {

constexpr std::string_view k_header_start = "Version=";
constexpr std::string_view k_writer_key = "Generator=";
constexpr std::array<std::string_view, 6> k_writers = {"kocQt4",       "kocPHP", "kocDesktop",
                                                       "koct-firefox", "kolt",   "offcirc"};
constexpr std::string_view k_writer_in_utc = "koct-firefox";
constexpr std::size_t k_stamp_bytes = 19;

/// A line: stamp, command, and the two columns that a command has at most. Further columns are ignored.
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

// Parses `2026-07-22 10:15:30 000`. kocDesktop writes hyphens in the time, and some programs omit the milliseconds.
Stamp parse_koc_stamp(std::string_view text, StampForm form) {
  constexpr Stamp k_unreadable(StampForm::unreadable, 0);
  if (text.size() < k_stamp_bytes) return k_unreadable;
  const std::string_view behind = text.substr(k_stamp_bytes);
  if (!behind.empty() && (behind[0] != ' ' || !parse_digits(behind.substr(1)))) return k_unreadable;
  std::array<char, k_stamp_bytes> time;
  std::copy_n(text.begin(), k_stamp_bytes, time.begin());
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

// Accepts `1.0` and `2.0.0-beta`: short numbers with points between them, optionally followed by a word. Rejects a
// barcode, which may be here because a line end was lost.
bool is_version(std::string_view text) {
  constexpr std::size_t k_max_digits = 4, k_max_word_bytes = 12;
  std::size_t digits = 0;
  for (; !text.empty() && (is_digit(text[0]) || text[0] == '.'); text.remove_prefix(1)) {
    digits = text[0] == '.' ? 0 : digits + 1;
    if (digits > k_max_digits) return false;
  }
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'; };
  return text.size() <= k_max_word_bytes && std::all_of(text.begin(), text.end(), is_letter);
}

// Accepts the name of a program; rejects a barcode.
bool is_writer(std::string_view text) {
  constexpr std::size_t k_max_digits = 4, k_max_bytes = 40;
  std::size_t digits = 0;
  for (const char c : text) {
    digits = is_digit(c) ? digits + 1 : 0;
    if (digits > k_max_digits || c == '\t') return false;
  }
  return !text.empty() && text.size() <= k_max_bytes;
}

/// A header: `Version=`, `Generator=` and optionally `GeneratorVersion=`, with tabs or spaces between them.
struct KocHeader {
  explicit KocHeader(std::string_view line) {
    constexpr std::string_view k_version_key = "GeneratorVersion=";
    const std::size_t writer_at = find_key(line, k_writer_key);
    if (writer_at == std::string_view::npos) return;
    const std::string_view before = trimmed(line.substr(0, writer_at));
    const std::string_view rest = line.substr(writer_at + k_writer_key.size());
    const std::size_t version_at = std::min(find_key(rest, k_version_key), rest.size());
    writer = trimmed(rest.substr(0, version_at));
    is_whole = before.starts_with(k_header_start) && is_version(before.substr(k_header_start.size())) &&
               is_writer(writer) &&
               (version_at == rest.size() || is_version(trimmed(rest.substr(version_at + k_version_key.size()))));
    writer = writer.substr(0, writer.find('\t'));
  }

  // The offset of `key` where it begins the line or follows a space or tab; npos if there is none.
  static std::size_t find_key(std::string_view line, std::string_view key) {
    std::size_t at = line.find(key);
    while (at != 0 && at != std::string_view::npos && !is_blank(line[at - 1])) at = line.find(key, at + 1);
    return at;
  }

  std::string_view writer;
  bool is_whole = false;  ///< the header is complete, and the line holds nothing else
};

// A damaged header can often still be recognized by one of its two keys.
bool looks_like_header(std::string_view line) {
  constexpr std::size_t k_writer_key_is_before = 40;
  return line.starts_with(k_header_start) ||
         line.substr(0, k_writer_key_is_before).find(k_writer_key) != std::string_view::npos;
}

bool begins_header(std::string_view text) {
  constexpr std::size_t k_longest_version = 24;
  if (!text.starts_with(k_header_start)) return false;
  const std::string_view start = text.substr(0, k_header_start.size() + k_longest_version + k_writer_key.size());
  const std::size_t key = start.find(k_writer_key, k_header_start.size());
  return key != std::string_view::npos && is_blank(start[key - 1]);
}

// Returns whether `text` begins with the time of a record, whatever its command. No ID looks like one.
bool begins_record(std::string_view text) {
  if (text.size() <= k_stamp_bytes || text[4] != '-' || text[7] != '-') return false;
  return is_blank(text[k_stamp_bytes]) && parse_koc_stamp(text.substr(0, k_stamp_bytes), StampForm::civil).says_when();
}

class KocParser : public LineParser {
 public:
  KocParser(std::string_view text, const LogContext& context) : LineParser(LineReader(text), context) {}

 private:
  using Trouble = std::optional<LineTrouble>;

  Trouble read_line(std::string_view line, Transaction& transaction, Says& says) override {
    m_line = line;
    if (const std::size_t next = find_next_record(line); next < line.size()) {
      return damage_at(next, "Damaged: another record begins within the line.");
    }
    // A header in the middle belongs to another log that was appended.
    if (looks_like_header(line)) {
      if (auto trouble = read_header()) return trouble;
      says = Says::header;
      return is_cut_by_zeros() ? Trouble(cut_by_zeros(line)) : std::nullopt;
    }
    note_missing_header();
    m_fields = split(line);
    for (std::string_view& field : m_fields) field = context().decoder.trim(field);
    if (auto trouble = read_transaction(transaction)) return trouble;
    if (is_cut_by_zeros()) return cut_by_zeros(line);
    transaction.desk = context().arena.desk({});
    says = Says::transaction;
    return std::nullopt;
  }

  // Finds a log that was appended to one whose last line has no line end: by its header, or by the time of its first
  // record.
  [[nodiscard]] std::size_t find_next_record(std::string_view line) const override {
    std::size_t at = 1;
    while (at < line.size() && !begins_record(line.substr(at)) && !begins_header(line.substr(at))) ++at;
    WorkCount::add(at);
    return at < line.size() ? at : std::string_view::npos;
  }

  [[nodiscard]] bool needs_line_end() const override { return true; }
  // koct-firefox writes a tab after the last column.
  [[nodiscard]] char padding() const override { return '\t'; }

  // The writer counts even in a damaged header, because it determines whether times are local or UTC.
  Trouble read_header() {
    const KocHeader header(m_line);
    m_has_header = m_has_header || !header.writer.empty();
    m_form = header.writer == k_writer_in_utc ? StampForm::absolute : StampForm::civil;
    const bool is_known = std::find(k_writers.begin(), k_writers.end(), header.writer) != k_writers.end();
    if (!is_known && !header.writer.empty()) note_unknown_writer(header.writer);
    if (header.is_whole) return std::nullopt;
    return damage_at(
        0, "The header can't be read: expected Version=, Generator= and GeneratorVersion=, and nothing else.");
  }

  void note_unknown_writer(std::string_view writer) {
    if (std::exchange(m_unknown_writer_noted, true)) return;
    add_note(
        {"unknown-writer",
         fmt::format("The header in line {} names {}, an unknown program. Its times are assumed to be local times.",
                     line_number(), quoted(writer)),
         "Compare one of its times with the actual time of the transaction."});
  }

  void note_missing_header() {
    if (std::exchange(m_has_header, true)) return;
    add_note({"no-header",
              "The log has no header line, so the program that wrote it is unknown. Its times are assumed to be local "
              "times.",
              "Compare it with the log at the workstation: its beginning may be missing."});
  }

  // Takes the IDs as far as they can be read, even if something else in the line is wrong.
  Trouble read_transaction(Transaction& transaction) {
    transaction.recorded = parse_koc_stamp(m_fields[0], m_form);
    read_ids(transaction);
    if (!transaction.recorded.says_when()) {
      return unexpected(0, "time", "a date and time such as 2026-07-22 10:15:30 000");
    }
    if (!is_command(m_fields[1])) return unexpected(1, "command", "issue, return or payment");
    if (transaction.kind == Kind::checkin) return need(2, "barcode", transaction.item_id);
    if (auto trouble = need(2, "card number", transaction.user_id)) return trouble;
    return transaction.kind == Kind::checkout ? need(3, "barcode", transaction.item_id) : read_amount(transaction);
  }

  // An unknown command may be damaged: two columns are then a card and a barcode, a single one is a barcode.
  void read_ids(Transaction& transaction) const {
    const std::string_view command = m_fields[1];
    const std::string_view first = m_fields[2], second = m_fields[3];
    const bool is_payment = command == "payment" || (!is_command(command) && parse_money(second));
    transaction.kind = is_payment ? Kind::payment : Kind::checkout;
    // Scripts that convert the log of another program leave the card column empty.
    if (command == "return" || (!is_command(command) && second.empty())) {
      transaction.kind = Kind::checkin;
      transaction.item_id = context().decoder.decode(first.empty() ? second : first);
      return;
    }
    transaction.user_id = context().decoder.decode(first);
    if (!is_payment) transaction.item_id = context().decoder.decode(second);
  }

  [[nodiscard]] Trouble need(std::size_t field, std::string_view name, std::string_view id) const {
    if (!id.empty()) return std::nullopt;
    return LineTrouble{column_of(field), fmt::format("The {} is missing: {} needs it.", name, m_fields[1])};
  }

  Trouble read_amount(Transaction& transaction) const {
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

  std::string_view m_line;
  KocFields m_fields;
  StampForm m_form = StampForm::civil;  // of the times: local or UTC, depending on the writer
  bool m_has_header = false;            // or its absence has been noted
  bool m_unknown_writer_noted = false;
};

bool looks_like_koc(std::string_view line) {
  return begins_header(line) || looks_like_record(line);
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
