#include "loader/store/alias_import.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>

#include "loader/store/key_table.hpp"

namespace offcirc {

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
               fmt::format("{}: {} is another ID of a user in {}:{} already; an ID is of one user.",
                           column_of_kind(alias.inactive), alias.id, errors.path(before.file), before.line));
  }
}

AliasImport::Aliases AliasImport::of_database(const ImportedTable& users) {
  const std::vector<Row> rows = users.seen_rows();
  const KeyTable seen(m_database, "seen", "user INTEGER", rows.size(), rows_of(rows));
  // The table becomes the file: aliases of users who are going to be removed are gone before others take them over.
  if (users.is_replaced()) {
    Statement(m_database, "DELETE FROM user_aliases WHERE user NOT IN (SELECT user FROM seen)").run();
  }
  Statement known(m_database,
                  "SELECT a.id, a.user, a.kind = 'inactive' FROM seen CROSS JOIN user_aliases a "
                  "ON a.user = seen.user");
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
                  "SELECT u.user_id FROM user_aliases a CROSS JOIN users u ON u.user = a.user WHERE a.id = ?1");
  Statement insert(m_database, "INSERT INTO user_aliases(id, user, kind) VALUES (?1, ?2, ?3)");
  for (const Alias& alias : added) {
    if (owner.with(alias.id).next()) {
      errors.add(alias.place, fmt::format("{}: {} is another ID of user {} already; an ID is of one user.",
                                          column_of_kind(alias.inactive), alias.id, owner.text(0)));
    } else {
      insert.with(alias.id, alias.user, name_of_kind(alias.inactive)).run();
    }
    owner.reset();
  }
}

void AliasImport::check_user_ids(const ImportedTable& users, ImportErrors& errors) {
  Statement both(m_database,
                 "SELECT a.id, u.user, owner.user_id, a.kind = 'inactive' FROM user_aliases a "
                 "CROSS JOIN users u ON u.user_id = a.id CROSS JOIN users owner ON owner.user = a.user");
  while (both.next()) {
    const std::string id(both.text(0));
    const bool inactive = both.integer(3) != 0;
    const auto alias =
        std::lower_bound(m_aliases.begin(), m_aliases.end(), id,
                         [](const Alias& known, const std::string& wanted) { return known.id < wanted; });
    if (alias != m_aliases.end() && alias->id == id) {
      errors.add(alias->place,
                 fmt::format("{}: {} is the user_id of a user; an ID is of one user.", column_of_kind(inactive), id));
    } else if (const auto place = users.seen_at(both.integer(1), id)) {
      errors.add(*place,
                 fmt::format("user_id: {} is another ID of user {} already; an ID is of one user.", id, both.text(2)));
    }
  }
}

}  // namespace offcirc
