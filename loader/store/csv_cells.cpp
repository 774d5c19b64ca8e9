#include "loader/store/csv_cells.hpp"

#include <fmt/format.h>

#include "formats/fields.hpp"
#include "loader/policy/circulation_rule.hpp"
#include "loader/store/hold_status.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

namespace {

constexpr Seconds k_end_of_day = 23 * 3600 + 59 * 60;

std::optional<Cell> import_count(std::string_view text) {
  if (text.empty()) return Cell(std::int64_t{0});
  const auto count = parse_digits(text);
  return count ? std::optional(Cell(std::int64_t{*count})) : std::nullopt;
}

std::optional<Cell> import_boolean(std::string_view text) {
  if (equal_ignoring_case(text, "true") || text == "1") return Cell(std::int64_t{1});
  if (equal_ignoring_case(text, "false") || text == "0" || text.empty()) return Cell(std::int64_t{0});
  return std::nullopt;
}

std::optional<Cell> import_date(std::string_view text) {
  const auto stamp = parse_iso(text);
  if (!stamp || !stamp->is(StampForm::date)) return std::nullopt;
  return Cell(stamp->seconds() / k_day_seconds);
}

std::optional<Cell> import_time(std::string_view text, const Zone& zone, bool due) {
  const auto stamp = parse_iso(text);
  if (!stamp || (stamp->is(StampForm::never) && !due)) return std::nullopt;
  if (due && stamp->is(StampForm::date)) return Cell(zone.to_utc(stamp->seconds() + k_end_of_day));
  return Cell(utc_of(*stamp, zone));
}

std::optional<Cell> import_money(std::string_view text, bool may_be_credit) {
  const bool credit = may_be_credit && text.starts_with('-');
  const auto cents = parse_money(credit ? text.substr(1) : text);
  if (!cents) return std::nullopt;
  return Cell(credit ? -*cents : *cents);
}

std::optional<Cell> import_hold_status(std::string_view text) {
  if (text.empty()) return Cell(name_of(HoldStatus::waiting));
  const auto status = hold_status_called(text);
  if (!status || *status == HoldStatus::filled) return std::nullopt;
  return Cell(name_of(*status));
}

}  // namespace

std::optional<Cell> import_cell(CellType type, std::string_view text, const Zone& zone) {
  switch (type) {
    case CellType::text:
    case CellType::key:
      return Cell(text);
    case CellType::count:
      return import_count(text);
    case CellType::boolean:
      return import_boolean(text);
    case CellType::hold_status:
      return import_hold_status(text);
    default:
      break;
  }
  if (text.empty()) return Cell();
  switch (type) {
    case CellType::date:
      return import_date(text);
    case CellType::time:
      return import_time(text, zone, false);
    case CellType::due:
      return import_time(text, zone, true);
    case CellType::price:
      return import_money(text, false);
    case CellType::amount:
      return import_money(text, true);
    case CellType::rule:
      return parse_rule(text) ? std::optional(Cell(text)) : std::nullopt;
    case CellType::level:
      if (text != "title" && text != "item") return std::nullopt;
      return Cell(std::int64_t{text == "item"});
    default:
      return Cell(text);
  }
}

std::string_view description_of(CellType type) {
  switch (type) {
    case CellType::count:
      return "a whole number";
    case CellType::boolean:
      return "true or false";
    case CellType::date:
      return "a date such as 2026-06-12";
    case CellType::time:
      return "a time such as 2026-06-12T10:12:31";
    case CellType::due:
      return "a time such as 2026-06-12T10:12:31, or NEVER";
    case CellType::price:
    case CellType::amount:
      return "an amount such as 12.50";
    case CellType::rule:
      return "a circulation rule such as 21D-10D-5M";
    case CellType::level:
      return "title or item";
    case CellType::hold_status:
      return "waiting, on-shelf or in-transit";
    default:
      return "text";
  }
}

std::string export_cell(CellType type, const Statement& row, int column, const Zone& zone) {
  if (row.is_null(column)) return {};
  switch (type) {
    case CellType::count:
      return fmt::format("{}", row.integer(column));
    case CellType::boolean:
      return row.integer(column) != 0 ? "true" : "false";
    case CellType::date:
      return iso_date(static_cast<Day>(row.integer(column)));
    case CellType::time:
    case CellType::due:
      return iso_time(row.integer(column), zone);
    case CellType::price:
    case CellType::amount:
      return money_cell(row.integer(column));
    case CellType::level:
      return row.integer(column) != 0 ? "item" : "title";
    default:
      return std::string(row.text(column));
  }
}

}  // namespace offcirc
