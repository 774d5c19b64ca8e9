// offcirc-database(5) names every table and column of the database, and its examples are statements that run.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "loader/database/sqlite.hpp"
#include "store_sample.hpp"

using namespace offcirc;

namespace {

std::string page() {
  std::ifstream file(std::string(OFFCIRC_SOURCE_DIR) + "/man/offcirc-database.5");
  REQUIRE(file);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Whether the page has the name as a word of its own.
bool names(const std::string& text, const std::string& name) {
  const auto is_part = [&](std::size_t at) {
    return at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) != 0 || text[at] == '_');
  };
  for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1))
    if (!is_part(at - 1) && !is_part(at + name.size())) return true;
  return false;
}

/// The page describes `due_at_before` and `due_at_after` as what `due_at` was before and after.
std::string without_suffix(std::string column) {
  for (const std::string_view suffix : {"_before", "_after"})
    if (column.ends_with(suffix)) column.resize(column.size() - suffix.size());
  return column;
}

/// The literal blocks of the page that are SQL.
std::vector<std::string> examples() {
  std::istringstream lines(page());
  std::vector<std::string> found;
  bool in_block = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(".Bd -literal")) {
      in_block = true;
      found.emplace_back();
    } else if (line == ".Ed") {
      in_block = false;
    } else if (in_block) {
      found.back() += line + "\n";
    }
  }
  std::erase_if(found, [](const std::string& text) { return !text.starts_with("SELECT"); });
  return found;
}

class Sample {
 public:
  Sample() { Store::create(m_file); }
  [[nodiscard]] Database open() const { return {m_file, Database::Mode::read}; }

 private:
  TempFolder m_folder;
  std::filesystem::path m_file = m_folder.path() / "circ.db";
};

}  // namespace

TEST_CASE("the page names every table and column") {
  const Sample sample;
  const Database database = sample.open();
  const std::string text = page();
  Statement columns(database,
                    "SELECT s.name, c.name FROM sqlite_schema s, pragma_table_info(s.name) c "
                    "WHERE s.type IN ('table', 'view') AND s.name NOT LIKE 'sqlite%'");
  int count = 0;
  while (columns.next()) {
    CAPTURE(std::string(columns.text(0)));
    CAPTURE(std::string(columns.text(1)));
    CHECK(names(text, std::string(columns.text(0))));
    CHECK(names(text, without_suffix(std::string(columns.text(1)))));
    ++count;
  }
  CHECK(count > 200);
}

TEST_CASE("the examples of the page run") {
  const Sample sample;
  const Database database = sample.open();
  const std::vector<std::string> statements = examples();
  CHECK(statements.size() >= 5);
  for (const std::string& sql : statements) {
    CAPTURE(sql);
    CHECK_NOTHROW(Statement(database, sql).next());
  }
}
