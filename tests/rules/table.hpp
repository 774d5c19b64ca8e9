// Reads the rule tables: plain text in which a librarian sees who did what, and what must become of it.
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace offcirc::tables {

/// Something in a table that can't be: `checkout.txt:12: expected a time such as 06-12 10:05 in 'due', got "noon"`.
struct TableError : std::runtime_error {
  TableError(const std::string& where, const std::string& what) : std::runtime_error(where + ": " + what) {}
};

/// One cell of a table, which knows where it stands.
struct Cell {
  std::string where;   ///< `file:line`
  std::string column;  ///< its heading
  std::string text;    ///< without the blanks around it

  [[nodiscard]] bool empty() const { return text.empty(); }
  /// `expected` ends a sentence: "a time such as 06-12 10:05".
  [[noreturn]] void fail(const std::string& expected) const;
  /// The words of the cell, which blanks separate.
  [[nodiscard]] std::vector<std::string> words() const;
};

struct TableRow {
  std::string where;   ///< `file:line`
  std::string source;  ///< the line as it is written
  std::map<std::string, std::string> cells;

  /// Empty where the table does not have the column.
  [[nodiscard]] Cell cell(const std::string& column) const;
  [[nodiscard]] std::string text(const std::string& column) const { return cell(column).text; }
};

/// A table: a heading line, whose first word says what its rows are, and the rows below it up to an empty line.
struct Block {
  std::string where;
  std::string name;  ///< the first heading: `user`, `item` ... `time` for transactions
  std::vector<std::string> columns;
  std::vector<TableRow> rows;
};

/// What a heading line `== A title` begins.
struct SceneText {
  std::string where, title;
  std::vector<TableRow> settings;  ///< lines `name: value`, as rows of one cell
  std::vector<Block> blocks;
  std::vector<Block> afterwards;
};

/// A file: what holds in all of its scenes, and the scenes.
struct TableText {
  std::vector<Block> common;
  std::vector<SceneText> scenes;
};

/// `name` is what errors call the file. Throws TableError for an unknown kind of table or column, and for a line that
/// fits nowhere.
TableText read_table(const std::string& name, const std::string& text);

}  // namespace offcirc::tables
