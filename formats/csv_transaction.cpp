#include "formats/csv_transaction.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "formats/fields.hpp"
#include "formats/record_identity.hpp"
#include "formats/stamp.hpp"
#include "formats/written_stamp.hpp"

namespace offcirc {

std::optional<Stamp> parse_sheet_stamp(std::string_view cell, DateOrder order) {
  if (!is_ascii(cell)) {
    const std::string plain = with_plain_blanks(cell);
    return is_ascii(plain) ? parse_sheet_stamp(plain, order) : std::nullopt;
  }
  if (const auto stamp = parse_iso_stamp(cell)) return stamp;
  const Stamp written = parse_written_stamp(cell, order);
  return written.says_when() ? std::optional(written) : std::nullopt;
}

bool has_short_year(std::string_view cell) {
  std::string_view day = cell.substr(0, cell.find_first_of(" ,T"));
  for (int number = 1; number <= 3; ++number) {
    const std::size_t end = number < 3 ? day.find_first_of("/-.") : day.size();
    if (end == std::string_view::npos || end > 2 || !is_digits(day.substr(0, end))) return false;
    day.remove_prefix(std::min(end + 1, day.size()));
  }
  return true;
}

namespace {

// Removes one currency sign before or after the number, as in `$2.00` and `2,00 €`. Signs of a hundredth, such as the
// cent's, are not removed.
std::string_view without_currency_sign(std::string_view cell) {
  constexpr std::string_view k_signs[] = {"$", "\u20AC", "\u00A3", "\u00A5", "\u20B9", "\u20BD", "\u20A9", "\u20BA"};
  for (const std::string_view sign : k_signs) {
    if (cell.starts_with(sign)) return trimmed_text(cell.substr(sign.size()));
    if (cell.ends_with(sign)) return trimmed_text(cell.substr(0, cell.size() - sign.size()));
  }
  return cell;
}

}  // namespace

std::optional<Cents> parse_sheet_money(std::string_view cell, char separator) {
  cell = without_currency_sign(cell);
  const bool has_comma = separator != ',' && std::count(cell.begin(), cell.end(), ',') == 1;
  if (!has_comma) return parse_money(cell);
  std::string with_point(cell);
  with_point[with_point.find(',')] = '.';
  return parse_money(with_point);
}

bool is_shortened_number(std::string_view id) {
  const std::size_t mark = id.find_first_of("Ee");
  if (mark == std::string_view::npos || !id.substr(mark + 1).starts_with('+') || !is_digits(id.substr(mark + 2))) {
    return false;
  }
  const std::string_view number = id.substr(0, mark);
  const std::size_t point = number.find_first_of(".,");
  const bool has_decimals = point == std::string_view::npos || is_digits(number.substr(point + 1));
  return is_digits(number.substr(0, point)) && has_decimals;
}

namespace {

struct NoteWord {
  std::string_view word;
  bool Transaction::*holds;
};
constexpr NoteWord k_note_words[] = {
    {"clock-jumped", &Transaction::clock_jumped},        {"clock-went-backwards", &Transaction::clock_went_backwards},
    {"done-online", &Transaction::done_online},          {"edits-registration", &Transaction::edits_registration},
    {"fine-waived", &Transaction::fine_waived},          {"override-used", &Transaction::override_used},
    {"refused-at-the-time", &Transaction::refused_then}, {"time-assumed", &Transaction::time_is_assumed}};

}  // namespace

std::string log_notes_text(const Transaction& transaction) {
  std::string text;
  for (const NoteWord& note : k_note_words) {
    if (transaction.*note.holds) text.append(text.empty() ? "" : ";").append(note.word);
  }
  return text;
}

bool read_log_notes(std::string_view text, Transaction& transaction) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    const std::string_view word = trimmed(text.substr(0, end));
    const auto* const note = std::find_if(std::begin(k_note_words), std::end(k_note_words),
                                          [&](const NoteWord& known) { return known.word == word; });
    if (note == std::end(k_note_words)) return false;
    transaction.*note->holds = true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return true;
}

std::string log_note_list() {
  std::string list;
  for (const NoteWord& note : k_note_words) list.append(list.empty() ? "" : ", ").append(note.word);
  return list;
}

namespace {

using Column = CsvColumn;
using Trouble = std::optional<CsvTrouble>;

constexpr int k_max_count = 1'000'000;
// Sorted output has a row for such a transaction, but no column for its name.
constexpr std::string_view k_name_of_unsupported = "Other transaction";
// Used if the sheet does not say what its system calls the edit.
constexpr std::string_view k_name_of_edit = "Edit user";

std::string_view name_of(Column column) {
  return k_csv_column_names[static_cast<std::size_t>(column)];
}

CsvTrouble unexpected(Column column, std::string_view expected, const CsvCells& cells) {
  return {column,
          fmt::format("The {} can't be read: expected {}, got {}.", name_of(column), expected, quoted(cells[column]))};
}

Trouble need(Column column, const CsvCells& cells) {
  if (!cells[column].empty()) return std::nullopt;
  return CsvTrouble{column, fmt::format("The {} is missing: a {} needs it.", name_of(column), cells[Column::kind])};
}

Trouble read_kind(const CsvCells& cells, Kind& kind) {
  if (const std::optional<Kind> found = find_typed_kind(cells[Column::kind])) {
    kind = *found;
    return std::nullopt;
  }
  return unexpected(Column::kind, "checkout, checkin, renewal, registration, payment or in-house-use", cells);
}

// For a date or time that can't be used: names the missing part if a person left it out.
CsvTrouble unexpected_stamp(Column column, std::string_view expected, const CsvCells& cells) {
  const auto missing = [&](std::string_view what) {
    return CsvTrouble{
        column, fmt::format("The {} can't be read: {} missing, got {}.", name_of(column), what, quoted(cells[column]))};
  };
  if (has_short_year(cells[column])) return missing("two of the four digits of the year are");
  return unexpected(column, expected, cells);
}

Trouble read_time(Column column, const CsvCells& cells, DateOrder order, Stamp& time) {
  if (cells[column].empty()) return std::nullopt;
  time = parse_sheet_stamp(cells[column], order).value_or(Stamp());
  if (time.is(StampForm::civil) || time.is(StampForm::absolute)) return std::nullopt;
  const bool is_bare_date = std::exchange(time, Stamp()).is(StampForm::date);
  if (is_bare_date) {
    return CsvTrouble{column, fmt::format("The {} can't be read: the time of day is missing, got {}.", name_of(column),
                                          quoted(cells[column]))};
  }
  return unexpected_stamp(column, "a date and time such as 2026-06-12T10:12:31", cells);
}

// A paper sheet has only occurred_at, which is then the recorded time. Sorted output has both columns, and its
// occurred_at is already corrected.
Trouble read_times(const CsvCells& cells, DateOrder order, Transaction& transaction) {
  Stamp occurred;
  if (auto trouble = read_time(Column::recorded_at, cells, order, transaction.recorded)) return trouble;
  if (auto trouble = read_time(Column::occurred_at, cells, order, occurred)) return trouble;
  if (transaction.recorded.is(StampForm::none)) {
    transaction.recorded = occurred;
  } else if (occurred.is(StampForm::absolute)) {
    transaction.occurred = occurred;
  } else if (occurred.is(StampForm::civil) && occurred != transaction.recorded) {
    return CsvTrouble{
        Column::occurred_at,
        "If recorded_at is another time, occurred_at needs an offset from UTC, such as 2026-06-12T10:12:31-05:00."};
  }
  return std::nullopt;
}

Trouble read_due(const CsvCells& cells, DateOrder order, Transaction& transaction) {
  if (cells[Column::due_at].empty()) return std::nullopt;
  const auto due = parse_sheet_stamp(cells[Column::due_at], order);
  if (!due) return unexpected_stamp(Column::due_at, "a date such as 2026-07-03, or NEVER", cells);
  const std::string_view due_from = cells[Column::due_from];
  const bool is_session = due_from == name_of(DueFrom::session);
  if (!is_session && !due_from.empty() && due_from != name_of(DueFrom::transaction)) {
    return unexpected(Column::due_from, "transaction or session", cells);
  }
  transaction.due = *due;
  transaction.due_from = is_session ? DueFrom::session : DueFrom::transaction;
  return std::nullopt;
}

Trouble read_discharge(const CsvCells& cells, DateOrder order, Transaction& transaction) {
  if (cells[Column::discharged_on].empty()) return std::nullopt;
  const auto day = parse_sheet_stamp(cells[Column::discharged_on], order);
  if (!day || day->is(StampForm::never)) {
    return unexpected_stamp(Column::discharged_on, "a date such as 2026-06-11", cells);
  }
  transaction.discharged_on = *day;
  return std::nullopt;
}

Trouble read_amount(const CsvCells& cells, Transaction& transaction) {
  const auto cents = parse_sheet_money(cells[Column::amount], cells.separator);
  if (!cents || *cents == 0) return unexpected(Column::amount, "money above zero such as 12.50", cells);
  transaction.amount_cents = *cents;
  return std::nullopt;
}

Trouble read_count(const CsvCells& cells, Transaction& transaction) {
  if (cells[Column::count].empty()) return std::nullopt;
  const auto count = parse_digits(cells[Column::count]);
  if (!count || *count < 1 || *count > k_max_count)
    return unexpected(Column::count, "a number from 1 to 1000000", cells);
  transaction.count = static_cast<std::uint32_t>(*count);
  return std::nullopt;
}

Stamp day_cell(std::string_view cell, DateOrder order) {
  if (cell.empty()) return {};
  const Stamp stamp = parse_sheet_stamp(cell, order).value_or(Stamp(StampForm::unreadable, 0));
  const bool is_day = stamp.is(StampForm::date) || stamp.is(StampForm::never);
  return is_day ? stamp : Stamp(StampForm::unreadable, 0);
}

const Registration* read_registration(const CsvCells& cells, const LogContext& context) {
  Registration user;
  user.last_name = cells[Column::last_name];
  user.first_name = cells[Column::first_name];
  user.middle_name = cells[Column::middle_name];
  user.alternate_name = cells[Column::alternate_name];
  user.birth_date = day_cell(cells[Column::birth_date], context.date_order);
  if (user.birth_date.is(StampForm::never)) user.birth_date = Stamp(StampForm::unreadable, 0);
  user.email = cells[Column::email];
  user.phone = cells[Column::phone];
  user.language = cells[Column::language];
  user.address = cells[Column::address];
  user.categories = cells[Column::categories];
  user.department = cells[Column::department];
  user.profile = cells[Column::profile];
  user.library = cells[Column::user_library];
  user.expires_on = day_cell(cells[Column::expires_on], context.date_order);
  return context.arena.keep(user);
}

Trouble read_id(Column column, const CsvCells& cells, std::string_view& id) {
  if (cells[column].find('\n') != std::string_view::npos) {
    return CsvTrouble{column, fmt::format("The {} can't be read: it has a line break.", name_of(column))};
  }
  if (!is_shortened_number(cells[column])) {
    id = cells[column];
    return std::nullopt;
  }
  return CsvTrouble{column, fmt::format("The {} can't be read: a spreadsheet has shortened it to {}. Format its column "
                                        "as text, and enter the IDs again.",
                                        name_of(column), quoted(cells[column]))};
}

Trouble first_of(Trouble&& a, Trouble&& b) {
  return a ? std::move(a) : std::move(b);
}

Trouble read_what_kind_needs(const CsvCells& cells, const LogContext& context, Transaction& transaction) {
  switch (transaction.kind) {
    case Kind::checkout:
      if (auto trouble = first_of(need(Column::user_id, cells), need(Column::item_id, cells))) return trouble;
      return read_due(cells, context.date_order, transaction);
    case Kind::renewal:
      return first_of(need(Column::item_id, cells), read_due(cells, context.date_order, transaction));
    case Kind::checkin:
      return first_of(need(Column::item_id, cells), read_discharge(cells, context.date_order, transaction));
    case Kind::payment:
      if (auto trouble = first_of(need(Column::user_id, cells), need(Column::amount, cells))) return trouble;
      return read_amount(cells, transaction);
    case Kind::in_house_use:
      if (transaction.item_id.empty()) transaction.what = cells[Column::item_type];
      return read_count(cells, transaction);
    case Kind::registration:
      transaction.registration = read_registration(cells, context);
      transaction.more = content_of(*transaction.registration);
      return std::nullopt;
    case Kind::unsupported:
      transaction.what = k_name_of_unsupported;
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Kind> find_typed_kind(std::string_view cell) {
  for (int i = 0; i < k_kind_count; ++i) {
    const auto kind = static_cast<Kind>(i);
    if (equal_ignoring_case(name_of(kind), cell)) return kind;
  }
  return std::nullopt;
}

std::optional<CsvTrouble> read_csv_transaction(const CsvCells& cells, const LogContext& context,
                                               Transaction& transaction) {
  Trouble of_user = read_id(Column::user_id, cells, transaction.user_id);
  Trouble of_item = read_id(Column::item_id, cells, transaction.item_id);
  if (auto trouble = read_times(cells, context.date_order, transaction)) return trouble;
  if (auto trouble = read_kind(cells, transaction.kind)) return trouble;
  if (auto trouble = first_of(std::move(of_user), std::move(of_item))) return trouble;
  transaction.desk = context.arena.desk(
      {cells[Column::library], cells[Column::temporary_library], cells[Column::station], cells[Column::user_access],
       cells.is_settled ? cells[Column::library_mismatch] : std::string_view(), cells.is_settled});
  if (auto trouble = read_what_kind_needs(cells, context, transaction)) return trouble;
  if (!read_log_notes(cells[Column::log_notes], transaction)) {
    return unexpected(Column::log_notes, fmt::format("one or more of {}", log_note_list()), cells);
  }
  if (transaction.edits_registration)
    transaction.what = cells[Column::item_type].empty() ? k_name_of_edit : cells[Column::item_type];
  if (!cells[Column::origin].empty() && !parse_identity(cells[Column::origin])) {
    return unexpected(Column::origin, "what offcirc sort has written", cells);
  }
  return std::nullopt;
}

}  // namespace offcirc
