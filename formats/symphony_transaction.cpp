#include "formats/symphony_transaction.hpp"

#include <fmt/format.h>

#include <array>

#include "formats/fields.hpp"
#include "formats/symphony_date.hpp"

namespace offcirc {
namespace {

constexpr auto code(char first, char second) {
  return symphony_code(first, second);
}

// The fields that circulation is about, found in one pass over the line.
struct Circulation {
  std::string_view user_id, item_id;
  std::string_view station_library, temporary_library, user_access;
  std::string_view temporary_due, due, session_due;
  std::string_view discharged_on;
  std::string_view log_time, session_date, session_time;
  bool override_used = false;
};

// Where a code stands twice, the first that says something counts.
void set(std::string_view& target, std::string_view value) {
  if (target.empty()) target = value;
}

Circulation find_fields(const SymphonyLine& line) {
  Circulation found;
  for (const SymphonyField& field : line.fields) {
    switch (field.code) {
      case code('U', 'O'):
        set(found.user_id, field.value);
        break;
      case code('N', 'Q'):
        set(found.item_id, field.value);
        break;
      case code('F', 'E'):
        set(found.station_library, field.value);
        break;
      case code('W', 'I'):
        set(found.temporary_library, field.value);
        break;
      case code('F', 'F'):
        set(found.user_access, field.value);
        break;
      case code('W', 'H'):
        set(found.temporary_due, field.value);
        break;
      case code('C', 'F'):
        set(found.due, field.value);
        break;
      case code('W', 'G'):
        set(found.session_due, field.value);
        break;
      case code('C', 'O'):
        set(found.discharged_on, field.value);
        break;
      case code('D', 'B'):
        set(found.log_time, field.value);
        break;
      case code('W', 'K'):
        set(found.session_date, field.value);
        break;
      case code('W', 'L'):
        set(found.session_time, field.value);
        break;
      default:
        found.override_used |= field.code >> 8U == 'O';
    }
  }
  return found;
}

std::string_view example_of(DateOrder order) {
  static constexpr std::array<std::string_view, 3> k_examples = {"7/31/2026", "31/7/2026", "2026/7/31"};
  return k_examples.at(static_cast<std::size_t>(order));
}

LineTrouble no_date(const SymphonyLine& line, std::string_view field, std::string_view value, DateOrder order) {
  return {symphony_column(line, value),
          fmt::format("The {} is no date: expected one such as {}, got {}.", field, example_of(order), quoted(value))};
}

LineTrouble missing(std::string_view field) {
  return {0, fmt::format("The {} is missing.", field)};
}

// The time that the log gives in a field goes before the header's, and that before the session's.
std::optional<LineTrouble> read_time(const SymphonyLine& line, const Circulation& found, DateOrder order,
                                     Stamp& recorded) {
  if (!found.log_time.empty()) {
    recorded = parse_symphony_time(found.log_time);
    if (recorded.is(StampForm::civil)) return std::nullopt;
    return LineTrouble{symphony_column(line, found.log_time),
                       fmt::format("The log's time (DB) is no date and time: expected 14 digits such as "
                                   "20260612101231, got {}.",
                                   quoted(found.log_time))};
  }
  recorded = line.time;
  if (recorded.is(StampForm::civil)) return std::nullopt;
  if (recorded.is(StampForm::unreadable)) {
    return LineTrouble{
        2, fmt::format("The time of the header is no date and time: got {}.", quoted(line.text.substr(1, 14)))};
  }
  recorded = parse_symphony_session(found.session_date, found.session_time, order);
  if (recorded.is(StampForm::civil)) return std::nullopt;
  if (recorded.is(StampForm::unreadable)) {
    return LineTrouble{symphony_column(line, found.session_date),
                       fmt::format("The session's date and time (WK and WL) can't be read: expected such as {} and "
                                   "10:12, got {} and {}.",
                                   example_of(order), quoted(found.session_date), quoted(found.session_time))};
  }
  return LineTrouble{0, "The line has no time: neither a header nor the session's date and time (WK and WL)."};
}

std::optional<LineTrouble> check_ids(const Circulation& found, SymphonyAction action) {
  const bool is_charge = action == SymphonyAction::charge;
  const bool needs_item = is_charge || action == SymphonyAction::discharge || action == SymphonyAction::renew;
  if (is_charge && found.user_id.empty()) return missing("user ID (UO)");
  if (needs_item && found.item_id.empty()) return missing("item ID (NQ)");
  return std::nullopt;
}

std::optional<LineTrouble> read_due_date(const SymphonyLine& line, const Circulation& found, DateOrder order,
                                         Transaction& transaction) {
  struct Source {
    std::string_view name, value;
    DueFrom due_from;
  };
  const Source sources[] = {{"temporary due date (WH)", found.temporary_due, DueFrom::transaction},
                            {"due date (CF)", found.due, DueFrom::transaction},
                            {"session's due date (WG)", found.session_due, DueFrom::session}};
  for (const Source& source : sources) {
    const Stamp due = parse_symphony_date(source.value, order, transaction.recorded);
    if (due.is(StampForm::unreadable)) return no_date(line, source.name, source.value, order);
    if (!due.says_when() || transaction.due.says_when()) continue;
    transaction.due = due;
    transaction.due_from = source.due_from;
  }
  return std::nullopt;
}

std::optional<LineTrouble> read_dates(const SymphonyLine& line, const Circulation& found, DateOrder order,
                                      SymphonyAction action, Transaction& transaction) {
  if (action == SymphonyAction::charge || action == SymphonyAction::renew) {
    return read_due_date(line, found, order, transaction);
  }
  if (action != SymphonyAction::discharge) return std::nullopt;
  transaction.discharged_on = parse_symphony_date(found.discharged_on, order, transaction.recorded);
  if (transaction.discharged_on.is(StampForm::unreadable) || transaction.discharged_on.is(StampForm::never)) {
    return no_date(line, "date of discharge (CO)", found.discharged_on, order);
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
      return Kind::registration;
    default:
      return Kind::unsupported;
  }
}

}  // namespace

std::optional<LineTrouble> read_symphony_transaction(const SymphonyLine& line, const SymphonyCommand& command,
                                                     const LogContext& context, Transaction& transaction) {
  const Circulation found = find_fields(line);
  const auto text = [&](std::string_view value) { return line.is_ascii ? value : context.decoder.decode(value); };
  if (auto trouble = read_time(line, found, context.date_order, transaction.recorded)) return trouble;
  if (auto trouble = check_ids(found, command.action)) return trouble;
  if (auto trouble = read_dates(line, found, context.date_order, command.action, transaction)) return trouble;
  transaction.kind = kind_of(command.action);
  transaction.user_id = text(found.user_id);
  transaction.item_id = text(found.item_id);
  transaction.override_used = found.override_used;
  transaction.desk = context.arena.desk({text(found.station_library), text(found.temporary_library),
                                         text(trimmed(line.station)), text(found.user_access)});
  if (transaction.kind == Kind::unsupported) {
    transaction.what =
        command.name.empty() ? context.arena.keep(fmt::format("Command {}", line.command)) : command.name;
  }
  return std::nullopt;
}

void hash_symphony_line(const SymphonyLine& line, ContentHash& hash) {
  hash.add(line.station);
  hash.add(line.command);
  bool has_secret = false;
  for (const SymphonyField& field : line.fields) has_secret |= is_symphony_secret(field.code);
  if (!has_secret) {
    hash.add(line.field_bytes);
    return;
  }
  for (const SymphonyField& field : line.fields) {
    const std::array<char, 2> letters = {static_cast<char>(field.code >> 8U), static_cast<char>(field.code & 0xFFU)};
    hash.add({letters.data(), letters.size()});
    if (!is_symphony_secret(field.code)) hash.add(field.value);
  }
}

Identity identity_of_unreadable(const SymphonyLine& line, std::size_t line_bytes, ContentHash& hash) {
  hash.start("symphony unreadable");
  hash.add(line.station);
  hash.add(line.command);
  hash.add_number(symphony_value(line, code('U', 'O')));
  hash.add_number(symphony_value(line, code('N', 'Q')));
  hash.add(std::to_string(line_bytes));
  return {line.time.is(StampForm::civil) ? line.time.seconds() : 0, hash.value()};
}

}  // namespace offcirc
