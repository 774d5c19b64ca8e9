#include "tests/rules/table.hpp"

#include <algorithm>
#include <sstream>

namespace offcirc::tables {

namespace {

using Columns = std::vector<std::string>;

const std::map<std::string, Columns> k_before = {
    {"library",
     {"closed", "checkins", "renewals", "registrations", "holds", "max renewals", "default loan",
      "fines on closed days", "cap at expiry", "required", "rules"}},
    {"profile", {"blocks at", "overdue items", "claims", "charges", "system location"}},
    {"map", {"profile", "type", "rule"}},
    {"user",
     {"profile", "library", "barred", "claims", "expires", "other card", "lost card", "last name", "first name", "born",
      "e-mail", "phone"}},
    {"item", {"title", "type", "library", "home", "location", "last action", "earlier load", "earlier bill"}},
    {"charge", {"user", "library", "charged", "due", "rule", "renewals", "claimed"}},
    {"hold", {"user", "title", "item", "pickup", "placed", "status", "expires", "earlier copy"}},
    {"bill", {"user", "item", "reason", "amount", "library", "billed"}},
    {"time", {"recorded",    "what",        "user",     "item",     "library", "station",      "marks",
              "alt due",     "session due", "returned", "amount",   "count",   "type",         "last name",
              "first name",  "born",        "e-mail",   "phone",    "profile", "home library", "expires",
              "disposition", "outcome",     "notes",    "due date", "bill"}},
};

const std::map<std::string, Columns> k_afterwards = {
    {"user", {"record", "owes", "profile", "library", "last name", "first name", "born", "e-mail", "phone", "expires"}},
    {"item", {"location"}},
    {"charge", {"user", "library", "charged", "due", "rule", "renewals", "claimed"}},
    {"hold", {"status", "item"}},
    {"bill", {"user", "item", "reason", "amount", "library", "billed"}},
    {"use", {"day", "type", "count"}},
};

std::string trimmed(const std::string& text) {
  auto first = text.find_first_not_of(" \r");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \r") - first + 1);
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream rest(line + "|");
  for (std::string cell; std::getline(rest, cell, '|');) cells.push_back(trimmed(cell));
  while (cells.size() > 1 && cells.back().empty()) cells.pop_back();
  return cells;
}

class Reader {
 public:
  explicit Reader(std::string name) : m_name(std::move(name)) {}

  TableText read(const std::string& text) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      ++m_line;
      take(line, trimmed(line));
    }
    return std::move(m_table);
  }

 private:
  [[nodiscard]] std::string where() const { return m_name + ":" + std::to_string(m_line); }
  [[noreturn]] void fail(const std::string& what) const { throw TableError(where(), what); }

  void take(const std::string& line, const std::string& content) {
    if (content.empty()) {
      m_in_block = false;
    } else if (content[0] == '#') {
      return;
    } else if (content.rfind("== ", 0) == 0) {
      m_table.scenes.push_back({where(), trimmed(content.substr(3)), {}, {}, {}});
      m_in_block = m_afterwards = false;
    } else if (content == "afterwards") {
      if (m_table.scenes.empty()) fail("'afterwards' stands before the first scene");
      m_in_block = false;
      m_afterwards = true;
    } else if (content.find('|') == std::string::npos) {
      add_setting(content);
    } else if (m_in_block) {
      add_row(line);
    } else {
      begin_block(cells_of(line));
    }
  }

  void add_setting(const std::string& content) {
    auto colon = content.find(": ");
    if (colon == std::string::npos) fail("expected a table row, 'name: value', or '== Title', got \"" + content + "\"");
    if (m_table.scenes.empty()) fail("'" + content.substr(0, colon) + "' stands before the first scene");
    TableRow setting{where(), content, {}};
    setting.cells[content.substr(0, colon)] = trimmed(content.substr(colon + 2));
    m_table.scenes.back().settings.push_back(setting);
  }

  std::vector<Block>& blocks() {
    if (m_table.scenes.empty()) return m_table.common;
    return m_afterwards ? m_table.scenes.back().afterwards : m_table.scenes.back().blocks;
  }

  void begin_block(const Columns& headings) {
    auto& kinds = m_afterwards ? k_afterwards : k_before;
    auto kind = kinds.find(headings[0]);
    if (kind == kinds.end()) fail("unknown kind of table '" + headings[0] + "'");
    for (std::size_t i = 1; i < headings.size(); ++i) {
      const Columns& known = kind->second;
      if (std::find(known.begin(), known.end(), headings[i]) == known.end())
        fail("unknown column '" + headings[i] + "' of table '" + headings[0] + "'");
      if (std::count(headings.begin(), headings.end(), headings[i]) > 1) fail("two columns '" + headings[i] + "'");
    }
    blocks().push_back({where(), headings[0], headings, {}});
    m_in_block = true;
  }

  void add_row(const std::string& line) {
    Block& block = blocks().back();
    std::vector<std::string> cells = cells_of(line);
    if (cells.size() > block.columns.size())
      fail("expected " + std::to_string(block.columns.size()) + " cells, got " + std::to_string(cells.size()));
    TableRow row{where(), trimmed(line), {}};
    for (std::size_t i = 0; i < cells.size(); ++i) row.cells[block.columns[i]] = cells[i];
    block.rows.push_back(row);
  }

  std::string m_name;
  int m_line = 0;
  bool m_in_block = false, m_afterwards = false;
  TableText m_table;
};

}  // namespace

void Cell::fail(const std::string& expected) const {
  throw TableError(where, "expected " + expected + " in '" + column + "', got \"" + text + "\"");
}

std::vector<std::string> Cell::words() const {
  std::vector<std::string> words;
  std::istringstream rest(text);
  for (std::string word; rest >> word;) words.push_back(word);
  return words;
}

Cell TableRow::cell(const std::string& column) const {
  auto found = cells.find(column);
  return {where, column, found == cells.end() ? "" : found->second};
}

TableText read_table(const std::string& name, const std::string& text) {
  return Reader(name).read(text);
}

}  // namespace offcirc::tables
