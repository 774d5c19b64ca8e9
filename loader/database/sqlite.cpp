#include "loader/database/sqlite.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <new>
#include <system_error>
#include <thread>

#include "loader/commit_point.hpp"
#include "loader/output/new_file.hpp"
#include "loader/progress.hpp"

namespace offcirc {

namespace fs = std::filesystem;

namespace {

// Locks are short: a reader holds its lock only while it reads a little, and a writer blocks readers only while it
// commits.
constexpr int k_patience_seconds = 10;

constexpr std::string_view k_was_replaced =
    "the file was replaced or removed after this run had opened it, so nothing was changed. Run the command again.";

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

// In a systemd unit with ProtectSystem=, a folder that it may not write to looks like a disk that is mounted read-only.
std::string reason_and_way_out(int error, std::string_view for_a_user) {
  return fmt::format("{}. {}", std::strerror(error),
                     error == EROFS
                         ? "Mount its disk for writing. In a systemd unit, add its folder to ReadWritePaths=."
                         : for_a_user);
}

}  // namespace

Database::Database(const fs::path& file, Mode mode) : m_name(file.string()), m_mode(mode) {
  check_access(file);
  int flags = SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX;
  flags |= mode == Mode::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  if (mode == Mode::create) flags |= SQLITE_OPEN_CREATE;
  // The path is absolute, so that SQLite does not give a special meaning to a name such as ":memory:".
  const int code = sqlite3_open_v2(fs::absolute(file).c_str(), &m_handle, flags, nullptr);
  try {
    if (m_handle == nullptr) throw std::bad_alloc();
    if (code != SQLITE_OK) fail_with(code);
    configure();
  } catch (...) {
    sqlite3_close_v2(m_handle);
    throw;
  }
}

Database::~Database() {
  sqlite3_close_v2(m_handle);
}

void Database::check_access(const fs::path& file) const {
  std::error_code error;
  const fs::file_status status = fs::status(file, error);
  if (status.type() == fs::file_type::directory) {
    fail("this is a folder, not a database file. Correct --db or 'database' in the configuration.");
  }
  if (status.type() == fs::file_type::not_found) {
    if (m_mode != Mode::create) fail("there is no database. Run 'offcirc init' to create one.");
    if (!fs::is_directory(folder_of(file), error)) {
      fail("the folder of the database does not exist. Create it, or correct --db or 'database' in the configuration.");
    }
  } else if (error || ::faccessat(AT_FDCWD, file.c_str(), R_OK, AT_EACCESS) != 0) {
    fail(fmt::format("the database can't be read: {}. Run offcirc as a user with permission to read it.",
                     error ? error.message() : std::strerror(errno)));
  }
  if (m_mode == Mode::read) return;
  if (fs::exists(status) && ::faccessat(AT_FDCWD, file.c_str(), W_OK, AT_EACCESS) != 0) {
    fail(fmt::format("the database can't be written: {}",
                     reason_and_way_out(errno, "Run offcirc as a user with permission to write it.")));
  }
  // SQLite keeps its journal in the folder until a transaction is durable.
  if (::faccessat(AT_FDCWD, folder_of(file).c_str(), W_OK | X_OK, AT_EACCESS) != 0) {
    fail(fmt::format(
        "its folder can't be written: {}",
        reason_and_way_out(
            errno,
            "Run offcirc as a user with permission to write there: SQLite keeps its journal next to the database.")));
  }
}

void Database::configure() {
  sqlite3_db_config(m_handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(m_handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_db_config(m_handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  sqlite3_db_config(m_handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(m_handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(m_handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
  wait_for_locks(k_patience_seconds);
  // A load reads and writes in table order, so a cache that holds the indexes is enough.
  // EXTRA is FULL and syncs the folder as well. Without that, a power cut just after a commit could bring the journal
  // back.
  run("PRAGMA synchronous = EXTRA; PRAGMA cache_size = -24576;");
  // FAST overwrites removed rows only in pages that are written anyway; overwrite_removed() does so everywhere.
  run("PRAGMA secure_delete = FAST");
}

void Database::run(const std::string& sql) {
  const int code = sqlite3_exec(m_handle, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail_with(code);
}

void Database::overwrite_removed() {
  run("PRAGMA secure_delete = ON");
}
void Database::wait_for_locks(int seconds) {
  m_patience = std::chrono::seconds(seconds);
  sqlite3_busy_handler(m_handle, wait_a_little, this);
}

int Database::wait_a_little(void* database, int times_before) {
  Database& self = *static_cast<Database*>(database);
  const auto now = std::chrono::steady_clock::now();
  if (times_before == 0) self.m_waits_since = now;
  if (now - self.m_waits_since >= self.m_patience) {
    // Otherwise there would be another wait for each page that does not fit into the cache.
    self.m_patience = std::chrono::milliseconds(0);
    return 0;
  }
  self.m_lines.begin(Stage::waiting, 0);
  // Most locks are held only for a moment, so the first pauses are short.
  std::this_thread::sleep_for(std::chrono::milliseconds(std::min(times_before * 2 + 1, 50)));
  return 1;
}

std::int64_t Database::changes() const {
  return sqlite3_changes64(m_handle);
}
std::int64_t Database::last_row() const {
  return sqlite3_last_insert_rowid(m_handle);
}
bool Database::in_transaction() const {
  return sqlite3_get_autocommit(m_handle) == 0;
}

bool Database::was_replaced() const {
  int moved = 0;
  return sqlite3_file_control(m_handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved != 0;
}

std::optional<std::uint32_t> Database::change_counter() const {
  constexpr int k_counter_at = 24;
  // Uses SQLite's own descriptor, because closing another one of the same file would release SQLite's locks.
  sqlite3_file* file = nullptr;
  std::array<unsigned char, 4> bytes{};
  if (sqlite3_file_control(m_handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK || file == nullptr ||
      file->pMethods == nullptr || file->pMethods->xRead(file, bytes.data(), bytes.size(), k_counter_at) != SQLITE_OK)
    return std::nullopt;
  std::uint32_t counter = 0;
  for (const unsigned char byte : bytes) counter = counter << 8U | byte;
  return counter;
}

bool Database::is_settled() const {
  const char* file = sqlite3_db_filename(m_handle, "main");
  return file != nullptr && ::access(sqlite3_filename_journal(file), F_OK) != 0 && errno == ENOENT;
}

bool Database::sync_folder_of_file() const {
  const char* file = sqlite3_db_filename(m_handle, "main");
  return file != nullptr && sync_folder(fs::path(file).parent_path());
}

void Database::fail(std::string_view sentence) const {
  throw RunError(fmt::format("{}: {}", m_name, sentence));
}
void Database::fail_as_damaged(std::string_view what) const {
  fail(damage_sentence(what));
}

void Database::fail_with(int code) const {
  if (code == SQLITE_NOMEM) throw std::bad_alloc();
  fail(meaning_of(code, sqlite3_errmsg(m_handle)));
}

Statement::Statement(const Database& database, std::string_view sql) : m_database(&database) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v2(database.handle(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
  if (code != SQLITE_OK) database.fail_with(code);
  m_statement.reset(statement);
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

void Statement::reset() {
  sqlite3_reset(m_statement.get());
  sqlite3_clear_bindings(m_statement.get());
}

void Statement::bind(int index, const Cell& value) {
  sqlite3_stmt* statement = m_statement.get();
  int code = SQLITE_OK;
  switch (value.type()) {
    case Cell::Type::null:
      code = sqlite3_bind_null(statement, index);
      break;
    case Cell::Type::integer:
      code = sqlite3_bind_int64(statement, index, value.number());
      break;
    case Cell::Type::text:
      code =
          sqlite3_bind_text64(statement, index, value.text().data(), value.text().size(), SQLITE_STATIC, SQLITE_UTF8);
      break;
  }
  if (code != SQLITE_OK) m_database->fail_with(code);
}

void Statement::bind_copy(int index, std::string_view text) {
  const int code =
      sqlite3_bind_text64(m_statement.get(), index, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  if (code != SQLITE_OK) m_database->fail_with(code);
}

bool Statement::next() {
  const int code = sqlite3_step(m_statement.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) m_database->fail_with(code);
  return false;
}

std::int64_t Statement::run() {
  while (next()) {
  }
  sqlite3_reset(m_statement.get());
  return m_database->changes();
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(m_statement.get(), column);
}

std::int64_t Statement::integer_or(int column, std::int64_t if_null) const {
  return is_null(column) ? if_null : integer(column);
}

std::string_view Statement::text(int column) const {
  const void* text = sqlite3_column_text(m_statement.get(), column);
  const int size = sqlite3_column_bytes(m_statement.get(), column);
  return text == nullptr ? std::string_view()
                         : std::string_view(static_cast<const char*>(text), static_cast<std::size_t>(size));
}

DbTransaction::DbTransaction(Database& database) : m_database(&database) {
  if (database.is_writable()) {
    database.run("BEGIN IMMEDIATE");
    m_before = database.change_counter();
    return;
  }
  database.run("BEGIN");
  try {
    Statement(database, "SELECT count(*) FROM sqlite_schema").run();  // only a read takes the lock
  } catch (...) {
    sqlite3_exec(database.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    throw;
  }
}

DbTransaction::~DbTransaction() {
  if (m_database != nullptr && m_database->in_transaction()) {
    sqlite3_exec(m_database->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

int sqlite_version_number() {
  return sqlite3_libversion_number();
}

void DbTransaction::commit() {
  m_database->wait_for_locks(std::max(k_patience_seconds, m_database->commit_patience_seconds()));
  if (m_database->was_replaced()) m_database->fail(k_was_replaced);
  try {
    m_database->run("COMMIT");
  } catch (...) {
    // SQLite removes its journal last, and then syncs the folder. If only the sync failed, everything is written.
    const bool is_written = m_database->is_settled() && m_database->change_counter() != m_before;
    if (!is_written) throw;
    CommitPoint::pass();
    if (!m_database->sync_folder_of_file())
      throw DoneWithTrouble(
          fmt::format("{}: everything was written, but a disk error at the very end means that a power failure may "
                      "still undo it. Check the disk, and check with 'offcirc report' what the database has.",
                      m_database->name()));
  }
  CommitPoint::pass();
  if (m_database->was_replaced())
    throw DoneWithTrouble(
        fmt::format("{}: the file was replaced or removed while it was written. Everything was written to the old "
                    "file, not to the one that has this name now.",
                    m_database->name()));
  m_database = nullptr;
}

std::string damage_sentence(std::string_view what) {
  return fmt::format("the database is damaged ({}). Restore your last backup.", what);
}

namespace {

// A run that has committed may still write more, such as which mails were sent.
std::string_view what_was_not_done() {
  return CommitPoint::is_passed() ? "this could not be written" : "nothing was changed";
}

}  // namespace

std::string meaning_of(int code, const char* message) {
  switch (code) {
    case SQLITE_READONLY_ROLLBACK:
    case SQLITE_READONLY_RECOVERY:
      return "a run was interrupted while it wrote. Run 'offcirc init' to restore the state before it.";
    case SQLITE_READONLY_DBMOVED:
      return "the file was replaced or removed after this run had opened it, so nothing was changed. Run the command "
             "again.";
    case SQLITE_CANTOPEN_ISDIR:
      return "this is a folder, not a database file. Correct --db or 'database' in the configuration.";
    default:
      break;
  }
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "another program is using the database. Try again when it has ended, or wait for it with --wait SECONDS.";
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return "the database can't be written. Run offcirc as a user with permission to write the file and its folder.";
    case SQLITE_FULL:
      return fmt::format(
          "the disk is full, so {}. Free some space, also for temporary files (TMPDIR, or /var/tmp), and run the "
          "command again.",
          what_was_not_done());
    case SQLITE_IOERR:
      return fmt::format("there was a disk error ({}), so {}. Check the disk and run the command again.", message,
                         what_was_not_done());
    case SQLITE_CORRUPT:
      return damage_sentence(message);
    case SQLITE_NOTADB:
      return "this is not an offcirc database. Name another file with --db, or move this one away and run 'offcirc "
             "init'.";
    case SQLITE_CANTOPEN:
      return "the database or a temporary file can't be opened. Check the permissions of the file and its folder, and "
             "that TMPDIR (or /var/tmp) can be written.";
    default:
      return fmt::format("there was a database error: {} ({}).", message, code);
  }
}

}  // namespace offcirc
