// SirsiDynix WorkFlows' offline log, Unicorn's and Symphony's standlog, and history lines: requests to the API server.
#include "formats/content_hash.hpp"
#include "formats/fields.hpp"
#include "formats/line_reader.hpp"
#include "formats/registry.hpp"
#include "formats/symphony_command.hpp"
#include "formats/symphony_edits.hpp"
#include "formats/symphony_line.hpp"
#include "formats/symphony_registration.hpp"
#include "formats/symphony_transaction.hpp"

namespace offcirc {
namespace {

class SymphonyParser : public LogParser {
 public:
  SymphonyParser(std::string_view text, const LogContext& context)
      : m_lines(text), m_context(context), m_dates(context.date_order) {}

  bool next(Record& record) override {
    std::string_view text;
    do {
      if (!m_lines.next(text)) return false;
    } while (m_edits.is_taken(text));
    record.line = m_lines.line_number();
    if (!read_record(text, record)) {
      // Where a line end was lost, or two stations wrote at once, the rest may be a record of its own.
      const std::size_t end = find_symphony_record(text, 1);
      if (end < text.size()) {
        m_lines.give_back(text, end);
        read_record(text.substr(0, end), record);
      }
    }
    return true;
  }

 private:
  // False where it can't be read.
  bool read_record(std::string_view text, Record& record) {
    auto trouble = read_line(text, record);
    if (!trouble) return true;
    if (trouble->column != 0) trouble->column += m_lines.column_before();
    record.content = Diagnostic{
        .line = record.line,
        .column = trouble->column,
        .message = std::move(trouble->message),
        .content = content_of_unreadable(m_context.decoder.decode(without_symphony_secrets(text))),
        .recorded = m_line.time.is(StampForm::civil) ? m_line.time : Stamp(),
        .is_doubtful = trouble->is_damage};
    return false;
  }

  std::optional<LineTrouble> read_line(std::string_view text, Record& record) {
    if (text.size() <= k_max_line_bytes && trimmed(text).empty()) return leave_blank(record);
    if (auto trouble = split_symphony_line(text, m_line)) return trouble;
    if (m_line.is_response) return leave_blank(record);
    const SymphonyCommand command = find_symphony_command(m_line.command);
    if (command.action == SymphonyAction::session_noise) return leave_blank(record);

    Transaction& transaction = begin_transaction(record);
    if (auto trouble = read_symphony_transaction(m_line, command, m_context, m_dates, transaction)) return trouble;
    transaction.line = record.line;
    if (transaction.kind == Kind::unsupported) transaction.more = content_of_symphony_fields(m_line);
    if (transaction.kind == Kind::registration) {
      transaction.more = content_of_symphony_fields(m_line);
      transaction.registration = read_registration(transaction.recorded);
    }
    return std::nullopt;
  }

  // As a rule the last record was one too.
  Transaction& begin_transaction(Record& record) const {
    auto* last = std::get_if<Transaction>(&record.content);
    if (last == nullptr) return record.content.emplace<Transaction>(m_new_transaction);
    *last = m_new_transaction;
    return *last;
  }

  static std::nullopt_t leave_blank(Record& record) {
    record.content = Blank{};
    return std::nullopt;
  }

  // m_line creates the user; afterwards it is the last line that edits the user.
  const Registration* read_registration(Stamp recorded) {
    SymphonyRegistration registration(m_context);
    registration.add(m_line, recorded);
    const std::string_view user_id = m_line[SymphonyField::user_id];
    for (const std::string_view edit : m_edits.take(user_id, m_line.text, m_lines)) {
      if (split_symphony_line(edit, m_line)) continue;
      registration.add(m_line, recorded);
    }
    return registration.finish();
  }

  LineReader m_lines;
  LogContext m_context;
  SymphonyDates m_dates;
  SymphonyEdits m_edits;
  SymphonyLine m_line;
  Transaction m_new_transaction;  // copying one is quicker than clearing so many bytes
};

bool looks_like_request(std::string_view line) {
  const auto is_letter = [&](std::size_t i) {
    return (line[i] >= 'A' && line[i] <= 'Z') || (line[i] >= 'a' && line[i] <= 'z');
  };
  if (line.starts_with("^S")) return line.size() >= 6 && is_digits(line.substr(2, 2)) && is_letter(4) && is_letter(5);
  return line.size() >= 20 && line[0] == 'E' && is_digits(line.substr(1, 14)) &&
         (line[19] == 'R' || line[19] == 'F' || line[19] == 'I');
}

bool claims(std::string_view head) {
  return some_line_is(LineReader(head), looks_like_request);
}

OpenedLog open(std::string_view text, const LogContext& context) {
  return std::make_unique<SymphonyParser>(text, context);
}

}  // namespace

const LogFormat k_symphony_format = {
    "symphony", "SirsiDynix Symphony and Unicorn: WorkFlows offline log, standlog, history lines", "log", true, claims,
    open};

}  // namespace offcirc
