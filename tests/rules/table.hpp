// Reads the rule tables: plain text that shows a librarian who did what and what must result.
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace offcirc::tables {

/// An error in a table: `checkout.txt:12: expected a time such as 06-12 10:05 in 'due', got "noon"`.
struct TableError : std::runtime_error {
  TableError(const std::string& where, const std::string& what) : std::runtime_error(where + ": " + what) {}
};

/// One cell of a table, with its location.
struct Cell {
  std::string where;   ///< `file:line`
  std::string column;  ///< its heading
  std::string text;    ///< without surrounding spaces

  [[nodiscard]] bool empty() const { return text.empty(); }
  /// Throws TableError. `expected` completes the sentence: "a time such as 06-12 10:05".
  [[noreturn]] void fail(const std::string& expected) const;
  /// The words of the cell, separated by spaces.
  [[nodiscard]] std::vector<std::string> words() const;
};

struct TableRow {
  std::string where;   ///< `file:line`
  std::string source;  ///< the line as written
  std::map<std::string, std::string> cells;

  /// The cell is empty if the table does not have the column.
  [[nodiscard]] Cell cell(const std::string& column) const;
  [[nodiscard]] std::string text(const std::string& column) const { return cell(column).text; }
};

/// A table: a heading line, whose first word names the kind of its rows, and the rows below it up to an empty line.
struct Block {
  std::string where;
  std::string name;  ///< the first heading: `user`, `item` ... `time` for transactions
  std::vector<std::string> columns;
  std::vector<TableRow> rows;
};

/// A scene, which begins with a heading line `== A title`.
struct SceneText {
  std::string where, title;
  std::vector<TableRow> settings;  ///< lines `name: value`, as single-cell rows
  std::vector<Block> blocks;
  std::vector<Block> afterwards;
};

/// A file: what applies to all of its scenes, and the scenes.
struct TableText {
  std::vector<Block> common;
  std::vector<SceneText> scenes;
};

/// `name` is the file's name in errors. Throws TableError for an unknown kind of table or column, and for a misplaced
/// line.
TableText read_table(const std::string& name, const std::string& text);

}  // namespace offcirc::tables
