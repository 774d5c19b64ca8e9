// Reads the offline log of SirsiDynix WorkFlows, the standlog of Unicorn and Symphony, and history lines: requests to
// the API server.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "formats/fields.hpp"
#include "formats/line_reader.hpp"
#include "formats/log_format.hpp"
#include "formats/record_identity.hpp"
#include "formats/registry.hpp"
#include "formats/symphony_date.hpp"
#include "formats/symphony_line.hpp"
#include "formats/symphony_registration.hpp"
#include "formats/symphony_screens.hpp"
#include "formats/symphony_secrets.hpp"

namespace offcirc {

// Turns the fields of a line into a transaction: when, where, who, what, and until when.

namespace {

std::string_view example_of(DateOrder order) {
  static constexpr std::array<std::string_view, 3> k_examples = {"7/31/2026", "31/7/2026", "2026/7/31"};
  return k_examples.at(static_cast<std::size_t>(order));
}

// Quotes the beginning of a value that is not a date, up to where a PIN or an override may follow it.
std::string shown(std::string_view value) {
  return quoted(surely_without_secret(value));
}

LineTrouble no_date(const SymphonyLine& line, std::string_view field, std::string_view value, DateOrder order) {
  return {symphony_column(line, value), fmt::format("The {} is not a date: expected one such as {}, got {}.", field,
                                                    example_of(order), shown(value))};
}

LineTrouble missing(std::string_view field) {
  return {0, fmt::format("The {} is missing.", field)};
}

// The time in a field of its own overrides that of the header, which overrides that of the session.
std::optional<LineTrouble> read_time(const SymphonyLine& line, DateOrder order, Stamp& recorded) {
  if (!line[SymphonyField::log_time].empty()) {
    recorded = SymphonyClock().read(line[SymphonyField::log_time]);
    if (recorded.is(StampForm::civil)) return std::nullopt;
    return LineTrouble{symphony_column(line, line[SymphonyField::log_time]),
                       fmt::format("The log's time (DB) is not a date and time: expected 14 digits such as "
                                   "20260612101231, got {}.",
                                   shown(line[SymphonyField::log_time]))};
  }
  recorded = line.time;
  if (recorded.is(StampForm::civil)) return std::nullopt;
  if (recorded.is(StampForm::unreadable)) {
    return LineTrouble{
        2, fmt::format("The time of the header is not a date and time: got {}.", quoted(line.text.substr(1, 14)))};
  }
  recorded = parse_symphony_session(line[SymphonyField::session_date], line[SymphonyField::session_time], order);
  if (recorded.is(StampForm::civil)) return std::nullopt;
  if (recorded.is(StampForm::unreadable)) {
    return LineTrouble{symphony_column(line, line[SymphonyField::session_date]),
                       fmt::format("The session's date and time (WK and WL) can't be read: expected a pair such as {} "
                                   "and 10:12, got {} and {}.",
                                   example_of(order), shown(line[SymphonyField::session_date]),
                                   shown(line[SymphonyField::session_time]))};
  }
  return LineTrouble{0, "The line has no time: neither a header nor the session's date and time (WK and WL)."};
}

std::optional<LineTrouble> check_ids(const SymphonyLine& line, SymphonyAction action) {
  const bool is_charge = action == SymphonyAction::charge;
  const bool needs_item = is_charge || action == SymphonyAction::discharge || action == SymphonyAction::renew;
  if (is_charge && line[SymphonyField::user_id].empty()) return missing("user ID (UO)");
  if (needs_item && line[SymphonyField::item_id].empty()) return missing("item ID (NQ)");
  return std::nullopt;
}

// The first due date of a line counts, but the others must be dates too.
std::optional<LineTrouble> read_due_date(const SymphonyLine& line, std::string_view field, std::string_view value,
                                         DueFrom due_from, SymphonyDates& dates, Transaction& transaction) {
  const Stamp due = dates.read(value, transaction.recorded);
  if (due.is(StampForm::unreadable)) return no_date(line, field, value, dates.order());
  if (transaction.due.says_when()) return std::nullopt;
  transaction.due = due;
  transaction.due_from = due_from;
  return std::nullopt;
}

std::optional<LineTrouble> read_due_dates(const SymphonyLine& line, SymphonyDates& dates, Transaction& transaction) {
  const auto read = [&](std::string_view field, std::string_view value,
                        DueFrom due_from) -> std::optional<LineTrouble> {
    if (value.empty()) return std::nullopt;
    return read_due_date(line, field, value, due_from, dates, transaction);
  };
  if (auto trouble = read("temporary due date (WH)", line[SymphonyField::temporary_due], DueFrom::transaction))
    return trouble;
  if (auto trouble = read("due date (CF)", line[SymphonyField::due], DueFrom::transaction)) return trouble;
  return read("session's due date (WG)", line[SymphonyField::session_due], DueFrom::session);
}

std::optional<LineTrouble> read_dates(const SymphonyLine& line, SymphonyDates& dates, SymphonyAction action,
                                      Transaction& transaction) {
  if (action == SymphonyAction::charge || action == SymphonyAction::renew) {
    return read_due_dates(line, dates, transaction);
  }
  if (action != SymphonyAction::discharge) return std::nullopt;
  transaction.discharged_on = dates.read(line[SymphonyField::discharged_on], transaction.recorded);
  if (transaction.discharged_on.is(StampForm::unreadable) || transaction.discharged_on.is(StampForm::never)) {
    return no_date(line, "return date (CO)", line[SymphonyField::discharged_on], dates.order());
  }
  return std::nullopt;
}

Kind kind_of(SymphonyAction action) {
  switch (action) {
    case SymphonyAction::charge:
      return Kind::checkout;
    case SymphonyAction::discharge:
      return Kind::checkin;
    case SymphonyAction::renew:
      return Kind::renewal;
    case SymphonyAction::create_user:
    case SymphonyAction::edit_user:
      return Kind::registration;
    default:
      return Kind::unsupported;
  }
}

/// Fills `transaction` except for its line, registration and identity. Returns a problem if an ID that its kind needs
/// or a time is missing, or if a date can't be read. Its message never repeats a possible PIN or override.
std::optional<LineTrouble> read_symphony_transaction(const SymphonyLine& line, const SymphonyCommand& command,
                                                     const LogContext& context, SymphonyDates& dates,
                                                     Transaction& transaction) {
  const auto text = [&](std::string_view value) { return line.is_ascii ? value : context.decoder.decode(value); };
  if (auto trouble = read_time(line, context.date_order, transaction.recorded)) return trouble;
  if (auto trouble = check_ids(line, command.action)) return trouble;
  if (auto trouble = read_dates(line, dates, command.action, transaction)) return trouble;
  transaction.kind = kind_of(command.action);
  transaction.user_id = text(line[SymphonyField::user_id]);
  transaction.item_id = text(line[SymphonyField::item_id]);
  transaction.override_used = line.has(SymphonyField::override);
  transaction.fine_waived = command.action == SymphonyAction::discharge && line[SymphonyField::fine_free] == "Y";
  transaction.edits_registration = command.action == SymphonyAction::edit_user;
  transaction.desk =
      context.arena.desk({text(line[SymphonyField::library]), text(line[SymphonyField::temporary_library]),
                          text(trimmed(line.station)), text(line[SymphonyField::user_access])});
  if (transaction.kind == Kind::unsupported || transaction.edits_registration) {
    transaction.what =
        command.name.empty() ? context.arena.keep(fmt::format("Command {}", line.command)) : command.name;
  }
  return std::nullopt;
}

/// Computes Transaction::more of an unsupported command: a hash of its fields, without possible PINs and overrides.
std::uint64_t content_of_symphony_fields(const SymphonyLine& line, Decoder& decoder) {
  ContentHash hash;
  for_each_symphony_field(line.field_bytes, [&](std::uint16_t code, std::string_view value) {
    hash.add(std::uint64_t{code});
    if (is_symphony_secret(code)) return;
    value = surely_without_secret(trimmed(value));
    hash.add(line.is_ascii ? value : decoder.decode(value));
  });
  return hash.value();
}

/// The time of an unreadable line; none if it has none.
Stamp symphony_time_of_unreadable(const SymphonyLine& line) {
  const Stamp log_time = SymphonyClock().read(line[SymphonyField::log_time]);
  if (log_time.is(StampForm::civil)) return log_time;
  return line.time.is(StampForm::civil) ? line.time : Stamp();
}

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
  // If a line end was lost or two stations wrote at once, another record begins in the line: it is returned next. From
  // then on the line may hold several records, so the end of each is found before it is read.
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
    return damage_at(
        k_type_at,
        fmt::format("The line is marked as an answer ({}), but no request before it matches: the mark may be damaged.",
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

  // Usually the last record was a transaction too, so it can be overwritten.
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

  // A registration is identified by its own line alone, but it is judged and loaded together with the edits that follow
  // it. Afterwards m_line holds the last of them.
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
  Transaction m_new_transaction;  // copying a blank one is faster than clearing so many bytes
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
