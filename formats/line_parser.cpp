#include "formats/line_parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "formats/line_reader.hpp"

namespace offcirc {
namespace {

// An ID with a damaged byte is not an ID.
std::string_view whole_id(std::string_view id) {
  return find_control_byte(id) == std::string_view::npos ? id : std::string_view();
}

}  // namespace

bool LineParser::next(Record& record) {
  std::string_view line;
  if (!m_lines.next(line)) return false;
  record.line = m_lines.line_number();
  // Nearly every line is one record. If a line end was lost or two stations wrote at once, a line holds several; then
  // the end of each record is found before the record is read. Reading all the rest of the line for each of them would
  // take quadratic time.
  const bool may_be_one = !m_lines.was_given_back() && line.size() <= k_max_line_bytes;
  if (may_be_one && read_record(line, record)) return true;
  const std::size_t end = std::min(find_next_record(line), line.size());
  if (end == line.size()) {
    if (!may_be_one) read_record(line, record);
    return true;
  }
  m_lines.give_back(line, end);
  const bool is_read = read_record(line.substr(0, end), record);
  if (auto* torn = std::get_if<Diagnostic>(&record.content)) torn->is_doubtful = true;
  if (is_read && needs_line_end()) note_lost_line_end();
  return true;
}

// Returns false if the record can't be read.
bool LineParser::read_record(std::string_view line, Record& record) {
  auto& transaction = record.content.emplace<Transaction>(m_new_transaction);
  Says says = Says::nothing;
  if (auto trouble = read(line, transaction, says)) {
    const Transaction partial = transaction;
    const StampForm form = partial.recorded.form();
    const bool has_time = form == StampForm::civil || form == StampForm::absolute;
    if (trouble->column != 0) trouble->column += m_lines.column_before();
    record.content = Diagnostic{.line = record.line,
                                .column = trouble->column,
                                .message = std::move(trouble->message),
                                .content = content_of_line(line),
                                .recorded = has_time ? partial.recorded : Stamp(),
                                .user_id = whole_id(partial.user_id),
                                .item_id = whole_id(partial.item_id),
                                .is_doubtful = trouble->is_damage};
    return false;
  }
  if (says == Says::transaction) {
    transaction.line = record.line;
  } else {
    record.content = Blank{.begins_section = says == Says::header};
  }
  return true;
}

std::optional<LineTrouble> LineParser::read(std::string_view line, Transaction& transaction, Says& says) {
  if (auto trouble = find_size_trouble(line)) return trouble;
  WorkCount::add(line.size());
  if (trimmed(line).empty()) return read_blanks(line);
  auto bytes = find_byte_trouble(line);
  auto trouble = read_line(line, transaction, says);
  if (bytes) return bytes;
  const bool is_record = trouble || says == Says::transaction;
  if (is_record && needs_line_end() && lacks_line_end()) return cut_at_end(line);
  return trouble;
}

std::optional<LineTrouble> LineParser::read_blanks(std::string_view line) const {
  const bool is_padding = !line.empty() && line.find_first_not_of(padding()) == std::string_view::npos;
  return is_padding ? std::optional(only_blanks_left()) : std::nullopt;
}

// An overlong line is not hashed as a whole: its beginning and its size distinguish it from others.
std::uint64_t LineParser::content_of_line(std::string_view line) {
  const std::string_view start = line.substr(0, k_max_line_bytes);
  std::string kept = is_block_of_zeros(start) ? std::string(start) : without_secrets(start);
  WorkCount::add(kept.size());
  if (line.size() > k_max_line_bytes) kept += fmt::format(" {}", line.size());
  return content_of_unreadable(m_context.decoder.decode(kept));
}

void LineParser::note_lost_line_end() {
  if (std::exchange(m_lost_line_end_noted, true)) return;
  add_note({"line-end-lost",
            fmt::format(
                "In line {}, another record begins before the line ends. Both were read; the first may be cut short.",
                line_number()),
            "Compare it with the log at the workstation. If that has more, load it too."});
}

}  // namespace offcirc
