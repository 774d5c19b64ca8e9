#include "formats/csv_transaction.hpp"

#include <fmt/format.h>

#include <utility>

#include "formats/content_hash.hpp"
#include "formats/fields.hpp"
#include "formats/identity_text.hpp"
#include "formats/iso_stamp.hpp"
#include "formats/spreadsheet_cells.hpp"

namespace offcirc {
namespace {

using Column = CsvColumn;
using Trouble = std::optional<CsvTrouble>;

constexpr int k_max_count = 1'000'000;
// Sorted output has a row for such a transaction, but no column for its name.
constexpr std::string_view k_name_of_unsupported = "Other transaction";

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
  if (const std::optional<Kind> found = find_kind(cells[Column::kind])) {
    kind = *found;
    return std::nullopt;
  }
  return unexpected(Column::kind, "checkout, checkin, renewal, registration, payment or in-house-use", cells);
}

Trouble read_time(Column column, const CsvCells& cells, Stamp& time) {
  if (cells[column].empty()) return std::nullopt;
  time = parse_iso_stamp(cells[column]).value_or(Stamp());
  if (time.is(StampForm::civil) || time.is(StampForm::absolute)) return std::nullopt;
  time = Stamp();
  return unexpected(column, "a date and time such as 2026-06-12T10:12:31", cells);
}

// A sheet of paper has only occurred_at, which is then the only clock there was. Sorted output has both, and its
// occurred_at is corrected already.
Trouble read_times(const CsvCells& cells, Transaction& transaction) {
  Stamp occurred;
  if (auto trouble = read_time(Column::recorded_at, cells, transaction.recorded)) return trouble;
  if (auto trouble = read_time(Column::occurred_at, cells, occurred)) return trouble;
  if (transaction.recorded.is(StampForm::none)) {
    transaction.recorded = occurred;
  } else if (occurred.is(StampForm::absolute)) {
    transaction.occurred = occurred;
  } else if (occurred.is(StampForm::civil) && occurred != transaction.recorded) {
    return CsvTrouble{Column::occurred_at,
                      "Where recorded_at says another time, occurred_at needs its offset from UTC, such as "
                      "2026-06-12T10:12:31-05:00."};
  }
  return std::nullopt;
}

Trouble read_due(const CsvCells& cells, Transaction& transaction) {
  if (cells[Column::due_at].empty()) return std::nullopt;
  const auto due = parse_iso_stamp(cells[Column::due_at]);
  if (!due) return unexpected(Column::due_at, "a date such as 2026-07-03, or NEVER", cells);
  const std::string_view due_from = cells[Column::due_from];
  const bool is_session = due_from == name_of(DueFrom::session);
  if (!is_session && !due_from.empty() && due_from != name_of(DueFrom::transaction)) {
    return unexpected(Column::due_from, "transaction or session", cells);
  }
  transaction.due = *due;
  transaction.due_from = is_session ? DueFrom::session : DueFrom::transaction;
  return std::nullopt;
}

Trouble read_discharge(const CsvCells& cells, Transaction& transaction) {
  if (cells[Column::discharged_on].empty()) return std::nullopt;
  const auto day = parse_iso_stamp(cells[Column::discharged_on]);
  if (!day || day->is(StampForm::never)) return unexpected(Column::discharged_on, "a date such as 2026-06-11", cells);
  transaction.discharged_on = *day;
  return std::nullopt;
}

Trouble read_amount(const CsvCells& cells, Transaction& transaction) {
  const auto cents = parse_money(cells[Column::amount]);
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

Stamp day_cell(std::string_view cell) {
  if (cell.empty()) return {};
  const Stamp stamp = parse_iso_stamp(cell).value_or(Stamp(StampForm::unreadable, 0));
  const bool is_day = stamp.is(StampForm::date) || stamp.is(StampForm::never);
  return is_day ? stamp : Stamp(StampForm::unreadable, 0);
}

const Registration* read_registration(const CsvCells& cells, TextArena& arena) {
  Registration user;
  user.last_name = cells[Column::last_name];
  user.first_name = cells[Column::first_name];
  user.middle_name = cells[Column::middle_name];
  user.alternate_name = cells[Column::alternate_name];
  user.birth_date = day_cell(cells[Column::birth_date]);
  if (user.birth_date.is(StampForm::never)) user.birth_date = Stamp(StampForm::unreadable, 0);
  user.email = cells[Column::email];
  user.phone = cells[Column::phone];
  user.language = cells[Column::language];
  user.address = cells[Column::address];
  user.categories = cells[Column::categories];
  user.department = cells[Column::department];
  user.profile = cells[Column::profile];
  user.library = cells[Column::user_library];
  user.expires_on = day_cell(cells[Column::expires_on]);
  return arena.keep(user);
}

Trouble read_answer(const CsvCells& cells, Transaction& transaction) {
  const std::string_view answer = cells[Column::answer];
  transaction.refused_then = answer == k_csv_refused;
  transaction.done_online = answer == k_csv_done;
  if (answer.empty() || transaction.refused_then || transaction.done_online) return std::nullopt;
  return unexpected(Column::answer, "refused or done", cells);
}

Trouble read_id(Column column, const CsvCells& cells) {
  if (!is_shortened_number(cells[column])) return std::nullopt;
  return CsvTrouble{column,
                    fmt::format("The {} can't be read: a spreadsheet has shortened it to {}. Format its column as "
                                "text there, and enter the IDs again.",
                                name_of(column), quoted(cells[column]))};
}

Trouble first_of(Trouble&& a, Trouble&& b) {
  return a ? std::move(a) : std::move(b);
}

Trouble read_what_kind_needs(const CsvCells& cells, TextArena& arena, Transaction& transaction) {
  switch (transaction.kind) {
    case Kind::checkout:
      if (auto trouble = read_answer(cells, transaction)) return trouble;
      if (auto trouble = first_of(need(Column::user_id, cells), need(Column::item_id, cells))) return trouble;
      return read_due(cells, transaction);
    case Kind::renewal:
      if (auto trouble = read_answer(cells, transaction)) return trouble;
      return first_of(need(Column::item_id, cells), read_due(cells, transaction));
    case Kind::checkin:
      if (auto trouble = read_answer(cells, transaction)) return trouble;
      return first_of(need(Column::item_id, cells), read_discharge(cells, transaction));
    case Kind::payment:
      if (auto trouble = first_of(need(Column::user_id, cells), need(Column::amount, cells))) return trouble;
      return read_amount(cells, transaction);
    case Kind::in_house_use:
      if (transaction.item_id.empty()) transaction.what = cells[Column::item_type];
      return read_count(cells, transaction);
    case Kind::registration:
      transaction.registration = read_registration(cells, arena);
      transaction.more = content_of(*transaction.registration);
      return std::nullopt;
    case Kind::unsupported:
      transaction.what = k_name_of_unsupported;
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<CsvTrouble> read_csv_transaction(const CsvCells& cells, const LogContext& context,
                                               Transaction& transaction) {
  if (auto trouble = read_times(cells, transaction)) return trouble;
  if (auto trouble = read_kind(cells, transaction.kind)) return trouble;
  if (auto trouble = first_of(read_id(Column::user_id, cells), read_id(Column::item_id, cells))) return trouble;
  transaction.user_id = cells[Column::user_id];
  transaction.item_id = cells[Column::item_id];
  transaction.desk =
      context.arena.desk({cells[Column::library], {}, cells[Column::station], cells[Column::user_access]});
  if (auto trouble = read_what_kind_needs(cells, context.arena, transaction)) return trouble;
  if (!cells[Column::origin].empty() && !parse_identity(cells[Column::origin])) {
    return unexpected(Column::origin, "what offcirc sort has written", cells);
  }
  return std::nullopt;
}

}  // namespace offcirc
