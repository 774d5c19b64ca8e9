#include "formats/symphony_transaction.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "formats/fields.hpp"
#include "formats/symphony_date.hpp"
#include "formats/symphony_secrets.hpp"

namespace offcirc {
namespace {

std::string_view example_of(DateOrder order) {
  static constexpr std::array<std::string_view, 3> k_examples = {"7/31/2026", "31/7/2026", "2026/7/31"};
  return k_examples.at(static_cast<std::size_t>(order));
}

// The beginning of a value that is no date, up to where a PIN or an override may follow it.
std::string shown(std::string_view value) {
  return quoted(surely_without_secret(value));
}

LineTrouble no_date(const SymphonyLine& line, std::string_view field, std::string_view value, DateOrder order) {
  return {symphony_column(line, value),
          fmt::format("The {} is no date: expected one such as {}, got {}.", field, example_of(order), shown(value))};
}

LineTrouble missing(std::string_view field) {
  return {0, fmt::format("The {} is missing.", field)};
}

// The time that the log gives in a field goes before the header's, and that before the session's.
std::optional<LineTrouble> read_time(const SymphonyLine& line, DateOrder order, Stamp& recorded) {
  if (!line[SymphonyField::log_time].empty()) {
    recorded = SymphonyClock().read(line[SymphonyField::log_time]);
    if (recorded.is(StampForm::civil)) return std::nullopt;
    return LineTrouble{symphony_column(line, line[SymphonyField::log_time]),
                       fmt::format("The log's time (DB) is no date and time: expected 14 digits such as "
                                   "20260612101231, got {}.",
                                   shown(line[SymphonyField::log_time]))};
  }
  recorded = line.time;
  if (recorded.is(StampForm::civil)) return std::nullopt;
  if (recorded.is(StampForm::unreadable)) {
    return LineTrouble{
        2, fmt::format("The time of the header is no date and time: got {}.", quoted(line.text.substr(1, 14)))};
  }
  recorded = parse_symphony_session(line[SymphonyField::session_date], line[SymphonyField::session_time], order);
  if (recorded.is(StampForm::civil)) return std::nullopt;
  if (recorded.is(StampForm::unreadable)) {
    return LineTrouble{symphony_column(line, line[SymphonyField::session_date]),
                       fmt::format("The session's date and time (WK and WL) can't be read: expected such as {} and "
                                   "10:12, got {} and {}.",
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

// The first due date of a line is the one that counts; the others have to be dates too.
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
    return no_date(line, "date of discharge (CO)", line[SymphonyField::discharged_on], dates.order());
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

}  // namespace

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

Stamp symphony_time_of_unreadable(const SymphonyLine& line) {
  const Stamp log_time = SymphonyClock().read(line[SymphonyField::log_time]);
  if (log_time.is(StampForm::civil)) return log_time;
  return line.time.is(StampForm::civil) ? line.time : Stamp();
}

}  // namespace offcirc
