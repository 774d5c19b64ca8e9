#include "loader/data/csv_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "loader/progress.hpp"

namespace offcirc {

namespace {

using enum CellType;

constexpr std::array k_users = {
    CsvColumn{"user_id", "user_id", key, true},
    CsvColumn{"profile", "profile", profile},
    CsvColumn{"library", "library", library},
    CsvColumn{"last_name", "last_name"},
    CsvColumn{"first_name", "first_name"},
    CsvColumn{"middle_name", "middle_name"},
    CsvColumn{"alternate_name", "alternate_name"},
    CsvColumn{"birth_date", "birth_date", date},
    CsvColumn{"email", "email"},
    CsvColumn{"phone", "phone"},
    CsvColumn{"language", "language"},
    CsvColumn{"address", "address"},
    CsvColumn{"categories", "categories"},
    CsvColumn{"department", "department"},
    CsvColumn{"alternate_ids", "", alternate_ids},
    CsvColumn{"inactive_ids", "", inactive_ids},
    CsvColumn{"barred", "barred", boolean},
    CsvColumn{"expires_on", "expires_on", date},
    CsvColumn{"claims_returned", "claims_returned", count},
    CsvColumn{"registered_on", "registered_on", date},
};

constexpr std::array k_items = {
    CsvColumn{"item_id", "item_id", key, true},
    CsvColumn{"title_id", "title_no", title},
    CsvColumn{"title", "title_text"},
    CsvColumn{"call_number", "call_number"},
    CsvColumn{"item_type", "item_type", item_type},
    CsvColumn{"library", "library", library},
    CsvColumn{"home_location", "home_location", location},
    CsvColumn{"current_location", "current_location", location},
    CsvColumn{"price", "price_cents", price},
    CsvColumn{"last_action_at", "last_action_at", time},
    CsvColumn{"last_action", "last_action"},
};

constexpr std::array k_charges = {
    CsvColumn{"item_id", "item_no", item, true}, CsvColumn{"user_id", "user_no", user, true},
    CsvColumn{"library", "library", library},    CsvColumn{"charged_at", "charged_at", time},
    CsvColumn{"due_at", "due_at", due, true},    CsvColumn{"rule", "rule", rule},
    CsvColumn{"renewals", "renewals", count},    CsvColumn{"claims_returned_on", "claims_returned_on", date},
};

constexpr std::array k_holds = {
    CsvColumn{"hold_id", "hold_id", key, true},  CsvColumn{"level", "item_level", level},
    CsvColumn{"title_id", "title_no", title},    CsvColumn{"item_id", "item_no", item},
    CsvColumn{"user_id", "user_no", user, true}, CsvColumn{"pickup_library", "pickup_library", library},
    CsvColumn{"placed_at", "placed_at", time},   CsvColumn{"status", "status", hold_status},
    CsvColumn{"expires_on", "expires_on", date},
};

constexpr std::array k_bills = {
    CsvColumn{"bill_id", "bill_id", key, true},
    CsvColumn{"user_id", "user_no", user, true},
    CsvColumn{"item_id", "item_no", item},
    CsvColumn{"reason", "reason"},
    CsvColumn{"amount", "amount_cents", amount, true},
    CsvColumn{"library", "library", library},
    CsvColumn{"billed_at", "billed_at", time},
};

constexpr std::array k_tables = {
    CsvTable{"users.csv", "users", "user_no", k_users},       CsvTable{"items.csv", "items", "item_no", k_items},
    CsvTable{"charges.csv", "charges", "item_no", k_charges}, CsvTable{"holds.csv", "holds", "hold_no", k_holds},
    CsvTable{"bills.csv", "bills", "bill_no", k_bills},
};

}  // namespace

std::span<const CsvTable> csv_tables() {
  return k_tables;
}

namespace {

constexpr std::size_t k_listed = 100;

}  // namespace

ImportErrors::ImportErrors(std::vector<std::string> paths) : m_paths(std::move(paths)) {}

void ImportErrors::add(const CsvPlace& place, std::string_view sentence) {
  const std::string column = place.column == 0 ? "" : fmt::format(":{}", place.column);
  add_line(fmt::format("{}:{}{}: {}", m_paths[place.file], place.line, column, sentence));
}

void ImportErrors::add(std::uint32_t file, std::string_view sentence) {
  add_line(fmt::format("{}: {}", m_paths[file], sentence));
}

void ImportErrors::add_line(std::string line) {
  if (++m_count <= k_listed) m_lines.push_back(std::move(line));
}

void ImportErrors::throw_if_any() const {
  if (m_count == 0) return;
  std::string text;
  for (const std::string& line : m_lines) text += line + "\n";
  if (m_count > k_listed) text += fmt::format("There are {} more errors.\n", m_count - k_listed);
  throw RunError(text + "Nothing was imported.");
}

ImportedTable::ImportedTable(Database& database, const CsvTable& table)
    : m_find(database,
             fmt::format("SELECT {} FROM {} WHERE {} = ?1", table.row, table.table, table.columns[0].column)) {}

std::optional<Row> ImportedTable::find(const Cell& key) {
  const std::optional<Row> row = m_find.with(key).next() ? std::optional(m_find.integer(0)) : std::nullopt;
  m_find.reset();
  return row;
}

std::optional<CsvPlace> ImportedTable::seen_at(std::optional<Row> row, const std::string& key) const {
  if (const auto faulty = m_faulty.find(key); faulty != m_faulty.end()) return faulty->second;
  if (!row) return std::nullopt;
  const auto seen = m_seen.find(*row);
  return seen == m_seen.end() ? std::nullopt : std::optional(seen->second);
}

std::vector<Row> ImportedTable::seen_rows() const {
  std::vector<Row> rows;
  rows.reserve(m_seen.size());
  for (const auto& [row, place] : m_seen) rows.push_back(row);
  std::sort(rows.begin(), rows.end());
  return rows;
}

}  // namespace offcirc
