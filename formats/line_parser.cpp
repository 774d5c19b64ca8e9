#include "formats/line_parser.hpp"

namespace offcirc {

bool LineParser::next(Record& record) {
  std::string_view line;
  if (!m_lines.next(line)) return false;
  record.line = m_lines.line_number();
  if (!read_record(line, record)) {
    // Where a line end was lost, or two stations wrote at once, the rest may be a record of its own.
    const std::size_t end = find_next_record(line);
    if (end < line.size()) {
      m_lines.give_back(line, end);
      read_record(line.substr(0, end), record);
    }
  }
  return true;
}

// False where it can't be read.
bool LineParser::read_record(std::string_view line, Record& record) {
  auto& transaction = record.content.emplace<Transaction>(m_new_transaction);
  Says says = Says::nothing;
  if (auto trouble = read(line, transaction, says)) {
    const Transaction partial = transaction;
    if (trouble->column != 0) trouble->column += m_lines.column_before();
    record.content = Diagnostic{.line = record.line,
                                .column = trouble->column,
                                .message = std::move(trouble->message),
                                .content = content_of_unreadable(m_context.decoder.decode(without_secrets(line))),
                                .recorded = partial.recorded.says_when() ? partial.recorded : Stamp(),
                                .user_id = partial.user_id,
                                .item_id = partial.item_id,
                                .is_doubtful = trouble->is_damage};
    return false;
  }
  if (says == Says::transaction) {
    transaction.line = record.line;
  } else {
    record.content = Blank{};
  }
  return true;
}

std::optional<LineTrouble> LineParser::read(std::string_view line, Transaction& transaction, Says& says) {
  if (auto trouble = find_size_trouble(line)) return trouble;
  if (trimmed(line).empty()) return std::nullopt;
  if (auto trouble = find_byte_trouble(line)) return trouble;
  return read_line(line, transaction, says);
}

}  // namespace offcirc
