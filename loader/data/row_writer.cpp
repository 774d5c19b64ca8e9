#include "loader/data/row_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <tuple>
#include <vector>

#include "loader/circulation/former_rows.hpp"
#include "loader/circulation/row_index.hpp"
#include "loader/database/array_table.hpp"
#include "loader/rules/namesakes.hpp"

namespace offcirc {

namespace {

/// The database columns of the file's columns, then the derived column.
std::vector<std::string_view> stored_columns(const CsvTable& table) {
  std::vector<std::string_view> names;
  for (const CsvColumn& column : table.columns) {
    if (!column.column.empty()) names.push_back(column.column);
  }
  if (table.table == "users") names.emplace_back("folded_last_name");
  return names;
}

std::string joined(const std::vector<std::string_view>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

/// With 3 and 2: "?2, ?3, ?4".
std::string parameters(std::size_t count, std::size_t first) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += fmt::format("{}?{}", i == 0 ? "" : ", ", first + i);
  return text;
}

/// Charges use the row number of their item; rows of the other tables have their own.
bool has_own_number(const CsvTable& table) {
  return table.columns[0].column != table.row;
}

std::string insert_sql(const CsvTable& table) {
  auto names = stored_columns(table);
  if (has_own_number(table)) names.insert(names.begin(), table.row);
  return fmt::format("INSERT INTO {}({}) VALUES ({})", table.table, joined(names), parameters(names.size(), 1));
}

std::string update_sql(const CsvTable& table) {
  const auto names = stored_columns(table);
  return fmt::format("UPDATE {0} SET ({1}) = ({2}) WHERE {3} = ?1 AND ({1}) IS NOT ({2})", table.table, joined(names),
                     parameters(names.size(), 2), table.row);
}

}  // namespace

RowWriter::RowWriter(Database& database, const CsvTable& table)
    : m_database(database),
      m_table(table),
      m_insert(database, insert_sql(table)),
      m_update(database, update_sql(table)) {
  if (has_own_number(table)) m_last = last_number(database, table.table, table.row);
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].column != "title_text") continue;
    m_title_column = i;
    m_titles.emplace(database);
  }
}

Row RowWriter::insert(const std::vector<Cell>& values) {
  m_insert.reset();
  int first = 1;
  if (has_own_number(m_table)) m_insert.bind(first++, ++m_last);
  bind(m_insert, first, values);
  m_insert.run();
  return m_database.last_row();
}

bool RowWriter::update(Row row, const std::vector<Cell>& values) {
  if (m_titles) m_titles->keep(row, values[m_title_column].text());
  m_update.reset();
  m_update.bind(1, row);
  bind(m_update, 2, values);
  return m_update.run() != 0;
}

void RowWriter::bind(Statement& statement, int first, const std::vector<Cell>& values) {
  int index = first;
  std::string_view last_name;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const CsvColumn& column = m_table.columns[i];
    if (column.name == "last_name") last_name = values[i].text();
    if (!column.column.empty()) statement.bind(index++, values[i]);
  }
  if (m_table.table == "users") statement.bind_copy(index, folded_name(last_name));
}

namespace {

std::string_view name_of_kind(bool inactive) {
  return inactive ? "inactive" : "alternate";
}
std::string_view column_of_kind(bool inactive) {
  return inactive ? "inactive_ids" : "alternate_ids";
}

const auto in_order_of_id = [](const auto& a, const auto& b) {
  return std::tie(a.id, a.user, a.inactive) < std::tie(b.id, b.user, b.inactive);
};

}  // namespace

void AliasImport::add(Row user, const std::vector<ImportedAlias>& aliases) {
  for (const ImportedAlias& alias : aliases) m_aliases.push_back({alias.id, user, alias.inactive, alias.place});
}

std::vector<Row> AliasImport::write(const ImportedTable& users, ImportErrors& errors) {
  std::stable_sort(m_aliases.begin(), m_aliases.end(), in_order_of_id);
  check_twice(errors);
  const Aliases known = of_database(users);
  Aliases gone, added;
  std::set_difference(known.begin(), known.end(), m_aliases.begin(), m_aliases.end(), std::back_inserter(gone),
                      in_order_of_id);
  std::set_difference(m_aliases.begin(), m_aliases.end(), known.begin(), known.end(), std::back_inserter(added),
                      in_order_of_id);
  remove(gone);
  if (errors.empty()) insert(added, errors);
  std::vector<Row> changed;
  for (const Alias& alias : gone) changed.push_back(alias.user);
  for (const Alias& alias : added) changed.push_back(alias.user);
  std::sort(changed.begin(), changed.end());
  changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
  return changed;
}

void AliasImport::check_twice(ImportErrors& errors) const {
  for (std::size_t i = 1; i < m_aliases.size(); ++i) {
    const Alias& alias = m_aliases[i];
    if (alias.id != m_aliases[i - 1].id) continue;
    const CsvPlace& before = m_aliases[i - 1].place;
    errors.add(alias.place,
               fmt::format("{}: {} is already another ID of a user in {}:{}. Each ID can belong to only one user.",
                           column_of_kind(alias.inactive), alias.id, errors.path(before.file), before.line));
  }
}

AliasImport::Aliases AliasImport::of_database(const ImportedTable& users) {
  const std::vector<Row> rows = users.seen_rows();
  const ArrayTable seen(m_database, "seen", "user_no INTEGER", rows.size(), rows_of(rows));
  // Frees the aliases of users who are going to be removed, before other users take them over.
  if (users.is_replaced()) {
    Statement(m_database, "DELETE FROM user_aliases WHERE user_no NOT IN (SELECT user_no FROM seen)").run();
  }
  Statement known(m_database,
                  "SELECT a.id, a.user_no, a.kind = 'inactive' FROM seen CROSS JOIN user_aliases a "
                  "ON a.user_no = seen.user_no");
  Aliases aliases;
  while (known.next()) aliases.push_back({std::string(known.text(0)), known.integer(1), known.integer(2) != 0, {}});
  std::sort(aliases.begin(), aliases.end(), in_order_of_id);
  return aliases;
}

void AliasImport::remove(const Aliases& gone) {
  Statement remove(m_database, "DELETE FROM user_aliases WHERE id = ?1");
  for (const Alias& alias : gone) remove.with(alias.id).run();
}

void AliasImport::insert(const Aliases& added, ImportErrors& errors) {
  Statement owner(m_database,
                  "SELECT u.user_id FROM user_aliases a CROSS JOIN users u ON u.user_no = a.user_no WHERE a.id = ?1");
  Statement insert(m_database, "INSERT INTO user_aliases(id, user_no, kind) VALUES (?1, ?2, ?3)");
  for (const Alias& alias : added) {
    if (owner.with(alias.id).next()) {
      errors.add(alias.place,
                 fmt::format("{}: {} is already another ID of user {}. Each ID can belong to only one user.",
                             column_of_kind(alias.inactive), alias.id, owner.text(0)));
    } else {
      insert.with(alias.id, alias.user, name_of_kind(alias.inactive)).run();
    }
    owner.reset();
  }
}

void AliasImport::check_user_ids(const ImportedTable& users, ImportErrors& errors) {
  Statement both(m_database,
                 "SELECT a.id, u.user_no, owner.user_id, a.kind = 'inactive' FROM user_aliases a "
                 "CROSS JOIN users u ON u.user_id = a.id CROSS JOIN users owner ON owner.user_no = a.user_no");
  while (both.next()) {
    const std::string id(both.text(0));
    const bool inactive = both.integer(3) != 0;
    const auto alias =
        std::lower_bound(m_aliases.begin(), m_aliases.end(), id,
                         [](const Alias& known, const std::string& wanted) { return known.id < wanted; });
    if (alias != m_aliases.end() && alias->id == id) {
      errors.add(alias->place,
                 fmt::format("{}: {} is already the user_id of a user. Each ID can belong to only one user.",
                             column_of_kind(inactive), id));
    } else if (const auto place = users.seen_at(both.integer(1), id)) {
      errors.add(*place,
                 fmt::format("user_id: {} is already another ID of user {}. Each ID can belong to only one user.", id,
                             both.text(2)));
    }
  }
}

namespace {

struct Referrer {
  CsvTableIndex to;
  std::string_view table;
  std::string_view column;
  std::string_view finished;  ///< SQL: closed rows, which no data file contains; they are deleted together with the row
};

constexpr std::array k_referrers = {
    Referrer{CsvTableIndex::users, "charges", "user_no", "false"},
    Referrer{CsvTableIndex::users, "holds", "user_no", "status = 'filled'"},
    Referrer{CsvTableIndex::users, "bills", "user_no", "amount_cents = 0"},
    Referrer{CsvTableIndex::items, "charges", "item_no", "false"},
    Referrer{CsvTableIndex::items, "holds", "item_no", "status = 'filled'"},
    Referrer{CsvTableIndex::items, "bills", "item_no", "amount_cents = 0"},
};

/// Deletes closed rows that refer to rows about to be removed. Returns false, and adds errors, if open rows do.
bool drop_referrer(Database& database, const CsvTable& table, const Referrer& referrer, std::uint32_t file,
                   ImportErrors& errors) {
  Statement(database, fmt::format("DELETE FROM {} WHERE {} AND {} NOT IN (SELECT id FROM seen)", referrer.table,
                                  referrer.finished, referrer.column))
      .run();
  Statement staying(database,
                    fmt::format("SELECT DISTINCT t.{0} FROM {1} r CROSS JOIN {2} t ON t.{3} = r.{4} "
                                "WHERE r.{4} NOT IN (SELECT id FROM seen) ORDER BY 1",
                                table.columns[0].column, referrer.table, table.table, table.row, referrer.column));
  const std::string_view what = referrer.to == CsvTableIndex::users ? "user" : "item";
  bool free = true;
  while (staying.next()) {
    errors.add(file, fmt::format("{} {} is missing, but {} has rows for it. Import {}.csv as well, or keep the row.",
                                 what, staying.text(0), referrer.table, referrer.table));
    free = false;
  }
  return free;
}

}  // namespace

std::uint64_t remove_unseen(Database& database, CsvTableIndex index, const ImportedTables& tables, std::uint32_t file,
                            ImportErrors& errors) {
  const CsvTable& table = csv_tables()[static_cast<std::size_t>(index)];
  const std::vector<Row> rows = tables[static_cast<std::size_t>(index)].seen_rows();
  const ArrayTable seen(database, "seen", "id INTEGER", rows.size(), rows_of(rows));
  bool free = true;
  for (const Referrer& referrer : k_referrers) {
    if (referrer.to == index && !drop_referrer(database, table, referrer, file, errors)) free = false;
  }
  if (!free) return 0;
  const std::string unseen = fmt::format("{} NOT IN (SELECT id FROM seen)", table.row);
  if (index == CsvTableIndex::users) keep_former_users(database, unseen);
  if (index == CsvTableIndex::items) keep_former_items(database, unseen);
  const auto removed = Statement(database, fmt::format("DELETE FROM {} WHERE {}", table.table, unseen)).run();
  return static_cast<std::uint64_t>(removed);
}

}  // namespace offcirc
