#include "tests/crash/database_dump.hpp"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <iterator>
#include <set>
#include <string_view>
#include <vector>

#include "loader/database/sqlite.hpp"

namespace offcirc::crash {
namespace {

const std::set<std::string> k_circulation = {"users",   "user_aliases", "items", "titles",
                                             "charges", "holds",        "bills", "uses"};

std::vector<std::string> first_column(const Database& database, std::string_view sql) {
  std::vector<std::string> texts;
  Statement rows(database, sql);
  while (rows.next()) texts.emplace_back(rows.text(0));
  return texts;
}

std::string row_expression(const Database& database, const std::string& table) {
  std::string expression;
  for (const std::string& column :
       first_column(database, fmt::format("SELECT name FROM pragma_table_info('{}')", table)))
    if (column != "message_id")
      expression += fmt::format("{}quote({})", expression.empty() ? "" : " || '|' || ", column);
  return expression;
}

// Each query returns a sentence for each row that violates an invariant.
constexpr std::array<std::string_view, 5> k_invariants = {
    "SELECT 'Two results have recorded ' || identity_recorded || '-' || identity_content || '-' || identity_ordinal "
    "FROM results JOIN loads USING (load) WHERE disposition <> 'already-loaded' AND undone_at IS NULL "
    "GROUP BY identity_recorded, identity_content, identity_ordinal HAVING count(*) > 1",
    "SELECT 'Result ' || r.result || ' of a load that stands has no identity' FROM results r JOIN loads USING (load) "
    "WHERE disposition <> 'already-loaded' AND undone_at IS NULL AND r.result NOT IN (SELECT result FROM identities)",
    "SELECT 'An identity is of result ' || i.result || ', which is none or another' FROM identities i LEFT JOIN "
    "results r "
    "USING (result) WHERE r.result IS NULL OR r.identity_recorded <> i.recorded OR r.identity_content <> i.content OR "
    "r.identity_ordinal <> i.ordinal",
    "SELECT 'Load ' || load || ' has not the number of results that it says' FROM loads l WHERE result_count <> "
    "(SELECT count(*) FROM results r WHERE r.load = l.load)",
    "SELECT 'The records of load ' || load || ' do not add up' FROM loads l WHERE result_count <> "
    "(SELECT total(records) - total(blank) FROM load_logs g WHERE g.load = l.load)",
};

std::string what_is_wrong(const Database& database) {
  std::string wrong;
  for (const std::string& line : first_column(database, "PRAGMA integrity_check"))
    if (line != "ok") wrong += line + '\n';
  for (const std::string& table : first_column(database, "PRAGMA foreign_key_check"))
    wrong += fmt::format("A row of {} refers to one that is not there\n", table);
  for (const std::string_view invariant : k_invariants)
    for (const std::string& sentence : first_column(database, invariant)) wrong += sentence + '\n';
  return wrong;
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace

Look look_at(const std::filesystem::path& file, std::initializer_list<std::reference_wrapper<const Look>> known) {
  const Database database(file, Database::Mode::write);
  // The first read rolls back an interrupted transaction.
  const std::vector<std::string> tables =
      first_column(database, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  Look look;
  look.bytes = bytes_of(file);
  for (const Look& one : known)
    if (one.bytes == look.bytes) return one;
  look.wrong = what_is_wrong(database);
  for (const std::string& table : tables) {
    const std::string row = row_expression(database, table);
    std::string text = table + '\n';
    for (const std::string& line : first_column(database, fmt::format("SELECT {} FROM {} ORDER BY 1", row, table)))
      text += line + '\n';
    look.all += text;
    if (k_circulation.contains(table)) look.circulation += text;
  }
  return look;
}

}  // namespace offcirc::crash
