// The names and the C casts are those that SQLite asks of a virtual table: https://www.sqlite.org/vtab.html
#include <sqlite3.h>

#include <memory>
#include <utility>

#include "loader/store/key_table.hpp"

namespace offcirc {

namespace {

struct Definition {
  std::string declaration;
  std::size_t row_count;
  CellSource source;
  LineCount* lines;
};

struct Table : sqlite3_vtab {
  const Definition* definition;
};

struct Cursor : sqlite3_vtab_cursor {
  const Definition* definition;
  std::size_t row;
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
  *cursor = new (std::nothrow) Cursor{{}, static_cast<Table*>(table)->definition, 0};
  return *cursor == nullptr ? SQLITE_NOMEM : SQLITE_OK;
}

int close(sqlite3_vtab_cursor* cursor) {
  delete static_cast<Cursor*>(cursor);
  return SQLITE_OK;
}

int filter(sqlite3_vtab_cursor* cursor, int, const char*, int, sqlite3_value**) {
  static_cast<Cursor*>(cursor)->row = 0;
  return SQLITE_OK;
}

int next(sqlite3_vtab_cursor* cursor) {
  auto* at = static_cast<Cursor*>(cursor);
  ++at->row;
  at->definition->lines->add_one();
  return SQLITE_OK;
}

int at_end(sqlite3_vtab_cursor* cursor) {
  const auto* at = static_cast<Cursor*>(cursor);
  return at->row >= at->definition->row_count ? 1 : 0;
}

void give(sqlite3_context* context, const Cell& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    sqlite3_result_int64(context, *number);
  } else if (const auto* view = std::get_if<std::string_view>(&value)) {
    sqlite3_result_text64(context, view->empty() ? "" : view->data(), view->size(), SQLITE_STATIC, SQLITE_UTF8);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    sqlite3_result_text64(context, text->data(), text->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  }
}

int column(sqlite3_vtab_cursor* cursor, sqlite3_context* context, int index) {
  const auto* at = static_cast<Cursor*>(cursor);
  // No exception may pass through SQLite; the only one that a source can raise is that memory has run out.
  try {
    give(context, at->definition->source(at->row, index));
  } catch (...) {
    sqlite3_result_error_nomem(context);
    return SQLITE_NOMEM;
  }
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

KeyTable::KeyTable(Database& database, std::string name, const std::string& columns, std::size_t row_count,
                   CellSource source)
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

KeyTable::~KeyTable() {
  sqlite3_create_module_v2(m_database->handle(), m_name.c_str(), nullptr, nullptr, nullptr);
}

}  // namespace offcirc
