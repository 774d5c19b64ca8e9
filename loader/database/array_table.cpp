#include "loader/database/array_table.hpp"

#include <sqlite3.h>

#include <memory>
#include <utility>

namespace offcirc {

namespace {

struct Definition {
  std::string declaration;
  std::size_t row_count;
  RowSource source;
  LineCount* lines;
};

struct Table : sqlite3_vtab {
  const Definition* definition;
};

struct Cursor : sqlite3_vtab_cursor {
  explicit Cursor(const Definition* of) : sqlite3_vtab_cursor{}, definition(of) {}

  const Definition* definition;
  std::size_t row = 0;
  bool has_cells = false;  // `cells` are those of `row`
  RowCells cells;
};

int connect(sqlite3* handle, void* context, int, const char* const*, sqlite3_vtab** table, char**) {
  const auto* definition = static_cast<const Definition*>(context);
  const int code = sqlite3_declare_vtab(handle, definition->declaration.c_str());
  if (code != SQLITE_OK) return code;
  sqlite3_vtab_config(handle, SQLITE_VTAB_DIRECTONLY);
  *table = new (std::nothrow) Table{{}, definition};
  return *table == nullptr ? SQLITE_NOMEM : SQLITE_OK;
}

int disconnect(sqlite3_vtab* table) {
  delete static_cast<Table*>(table);
  return SQLITE_OK;
}

int best_index(sqlite3_vtab* table, sqlite3_index_info* info) {
  const std::size_t rows = static_cast<Table*>(table)->definition->row_count;
  info->estimatedCost = static_cast<double>(rows);
  info->estimatedRows = static_cast<sqlite3_int64>(rows);
  return SQLITE_OK;
}

int open(sqlite3_vtab* table, sqlite3_vtab_cursor** cursor) {
  *cursor = new (std::nothrow) Cursor(static_cast<Table*>(table)->definition);
  return *cursor == nullptr ? SQLITE_NOMEM : SQLITE_OK;
}

int close(sqlite3_vtab_cursor* cursor) {
  delete static_cast<Cursor*>(cursor);
  return SQLITE_OK;
}

int filter(sqlite3_vtab_cursor* cursor, int, const char*, int, sqlite3_value**) {
  auto* at = static_cast<Cursor*>(cursor);
  at->row = 0;
  at->has_cells = false;
  return SQLITE_OK;
}

int next(sqlite3_vtab_cursor* cursor) {
  auto* at = static_cast<Cursor*>(cursor);
  ++at->row;
  at->has_cells = false;
  at->definition->lines->add_one();
  return SQLITE_OK;
}

int at_end(sqlite3_vtab_cursor* cursor) {
  const auto* at = static_cast<Cursor*>(cursor);
  return at->row >= at->definition->row_count ? 1 : 0;
}

void give(sqlite3_context* context, const Cell& value) {
  switch (value.type()) {
    case Cell::Type::null:
      return;
    case Cell::Type::integer:
      return sqlite3_result_int64(context, value.number());
    case Cell::Type::text:
      return sqlite3_result_text64(context, value.text().data(), value.text().size(), SQLITE_STATIC, SQLITE_UTF8);
  }
}

// No exception may pass through SQLite. The only one that a source can raise is that memory has run out.
bool make_cells(Cursor& at) noexcept {
  at.cells.clear();
  try {
    at.definition->source(at.row, at.cells);
  } catch (...) {
    return false;
  }
  at.has_cells = true;
  return true;
}

int column(sqlite3_vtab_cursor* cursor, sqlite3_context* context, int index) {
  auto* at = static_cast<Cursor*>(cursor);
  if (!at->has_cells && !make_cells(*at)) {
    sqlite3_result_error_nomem(context);
    return SQLITE_NOMEM;
  }
  if (static_cast<std::size_t>(index) < at->cells.size()) give(context, at->cells[static_cast<std::size_t>(index)]);
  return SQLITE_OK;
}

int row_id(sqlite3_vtab_cursor* cursor, sqlite3_int64* id) {
  *id = static_cast<sqlite3_int64>(static_cast<Cursor*>(cursor)->row);
  return SQLITE_OK;
}

sqlite3_module make_module() {
  sqlite3_module module{};
  module.xConnect = connect;
  module.xBestIndex = best_index;
  module.xDisconnect = disconnect;
  module.xOpen = open;
  module.xClose = close;
  module.xFilter = filter;
  module.xNext = next;
  module.xEof = at_end;
  module.xColumn = column;
  module.xRowid = row_id;
  return module;
}

void drop_definition(void* definition) {
  delete static_cast<Definition*>(definition);
}

}  // namespace

ArrayTable::ArrayTable(Database& database, std::string name, const std::string& columns, std::size_t row_count,
                       RowSource source)
    : m_database(&database), m_name(std::move(name)) {
  static const sqlite3_module module = make_module();
  auto definition = std::make_unique<Definition>();
  definition->declaration = "CREATE TABLE keys(" + columns + ")";
  definition->row_count = row_count;
  definition->source = std::move(source);
  definition->lines = &database.lines();
  // SQLite calls drop_definition even when this fails.
  const int code =
      sqlite3_create_module_v2(database.handle(), m_name.c_str(), &module, definition.release(), drop_definition);
  if (code != SQLITE_OK) database.fail_with(code);
}

ArrayTable::~ArrayTable() {
  sqlite3_create_module_v2(m_database->handle(), m_name.c_str(), nullptr, nullptr, nullptr);
}

}  // namespace offcirc
