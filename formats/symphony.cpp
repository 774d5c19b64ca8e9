// SirsiDynix WorkFlows' offline log, Unicorn's and Symphony's standlog, and history lines: requests to the API server.
#include <fmt/format.h>

#include <utility>

#include "formats/content_hash.hpp"
#include "formats/fields.hpp"
#include "formats/line_reader.hpp"
#include "formats/registry.hpp"
#include "formats/symphony_command.hpp"
#include "formats/symphony_edits.hpp"
#include "formats/symphony_line.hpp"
#include "formats/symphony_registration.hpp"
#include "formats/symphony_screens.hpp"
#include "formats/symphony_secrets.hpp"
#include "formats/symphony_transaction.hpp"

namespace offcirc {
namespace {

class SymphonyParser : public LogParser {
 public:
  SymphonyParser(std::string_view text, const LogContext& context)
      : m_lines(text), m_context(context), m_dates(context.date_order), m_edits(context), m_screens(context.decoder) {}

  bool next(Record& record) override {
    std::string_view text;
    const bool is_rest = std::exchange(m_is_rest_next, false);
    if (!m_lines.next(text)) return false;
    record.line = m_lines.line_number();
    if (is_rest) text = cut(text);
    auto trouble = read_line(text, record);
    if (trouble && !is_rest) {
      const std::string_view first = cut(text);
      if (first.size() < text.size()) trouble = read_line(text = first, record);
    }
    if (trouble) add_unreadable(text, std::move(*trouble), record);
    return true;
  }

  [[nodiscard]] std::vector<LogNote> notes() const override { return m_screens.notes(); }

 private:
  // Where a line end was lost, or two stations wrote at once, another record begins in the line: it comes next. From
  // then on it is known that there may be several, and none is read before it is known where it ends.
  std::string_view cut(std::string_view text) {
    const std::size_t end = find_symphony_record(text, 1);
    if (end >= text.size()) return text;
    m_lines.give_back(text, end);
    m_is_rest_next = true;
    return text.substr(0, end);
  }

  void add_unreadable(std::string_view text, LineTrouble trouble, Record& record) {
    if (trouble.column != 0) trouble.column += m_lines.column_before();
    record.content =
        Diagnostic{.line = record.line,
                   .column = trouble.column,
                   .message = std::move(trouble.message),
                   .content = content_of_unreadable(m_context.decoder.decode(without_symphony_secrets(text))),
                   .recorded = symphony_time_of_unreadable(m_line),
                   .user_id = sure_id(m_line[SymphonyField::user_id]),
                   .item_id = sure_id(m_line[SymphonyField::item_id]),
                   .is_doubtful = trouble.is_damage};
  }

  std::string_view sure_id(std::string_view id) const { return m_context.decoder.decode(surely_without_secret(id)); }

  std::optional<LineTrouble> read_line(std::string_view text, Record& record) {
    if (text.size() <= k_max_line_bytes && trimmed(text).empty()) return leave_blank(record);
    if (auto trouble = split_symphony_line(text, m_context.decoder, m_line)) return trouble;
    if (m_line.is_response) return read_answer(record);
    const SymphonyCommand command = find_symphony_command(m_line.command);
    if (command.action == SymphonyAction::session_noise) {
      m_screens.see_session_command(m_line, record.line);
      return leave_blank(record);
    }
    if (command.action == SymphonyAction::first_step) {
      m_screens.see_first_step(m_line, record.line);
      return leave_blank(record);
    }
    return read_request(command, record);
  }

  std::optional<LineTrouble> read_answer(Record& record) {
    if (!m_screens.may_be_request(m_line)) return leave_blank(record);
    constexpr std::size_t k_type_at = 19;
    return damage_at(k_type_at, fmt::format("The line is marked as an answer ({}), but no request before it says the "
                                            "same: the mark may be damaged.",
                                            m_line.text[k_type_at]));
  }

  std::optional<LineTrouble> read_request(const SymphonyCommand& command, Record& record) {
    m_screens.see_request(m_line, record.line);
    if (auto trouble = find_swallowed_secret(m_line, m_context.ids)) return trouble;
    Transaction& transaction = begin_transaction(record);
    if (auto trouble = read_symphony_transaction(m_line, command, m_context, m_dates, transaction)) return trouble;
    transaction.line = record.line;
    if (transaction.kind == Kind::unsupported) transaction.more = content_of_symphony_fields(m_line, m_context.decoder);
    if (transaction.kind != Kind::registration) return std::nullopt;
    if (auto trouble = find_swallowed_in_registration(m_line, m_context.ids)) return trouble;
    read_registration(transaction);
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

  // What identifies the record is what it says alone; what it is judged by, and what is loaded, is said by the edits
  // after it as well. Afterwards m_line is the last of them.
  void read_registration(Transaction& transaction) {
    SymphonyRegistration registration(m_context);
    registration.add(m_line, transaction.recorded);
    transaction.registration = registration.finish();
    transaction.more = content_of(*transaction.registration);
    if (transaction.edits_registration) return;
    const auto edits = m_edits.of(m_line[SymphonyField::user_id], m_line.text, m_lines);
    if (edits.empty()) return;
    for (const std::string_view edit : edits) {
      if (!split_symphony_line(edit, m_context.decoder, m_line)) registration.add(m_line, transaction.recorded);
    }
    transaction.registration = registration.finish();
  }

  LineReader m_lines;
  bool m_is_rest_next = false;
  LogContext m_context;
  SymphonyDates m_dates;
  SymphonyEdits m_edits;
  SymphonyScreens m_screens;
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
