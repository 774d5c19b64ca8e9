// A thin layer over SQLite: opens the file, runs statements, and says in plain words what went wrong.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "loader/progress.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace offcirc {

/// One value to write: null, a number, or text. The text must live until the statement has run, or until its row of a
/// ArrayTable has been read.
class Cell {
 public:
  enum class Type : std::uint8_t { null, integer, text };

  Cell() = default;
  Cell(std::int64_t number) : m_number(number), m_type(Type::integer) {}
  template <typename Text>
  requires std::convertible_to<const Text&, std::string_view> Cell(const Text& text)
      : Cell(std::string_view(text), Type::text) {}
  Cell(std::string&&) = delete;  // the text would not live long enough; see RowCells::keep()

  [[nodiscard]] Type type() const { return m_type; }
  [[nodiscard]] bool is_null() const { return m_type == Type::null; }
  /// 0 if it is not a number.
  [[nodiscard]] std::int64_t number() const { return m_type == Type::integer ? m_number : 0; }
  /// Empty if it is not text. The data of text is never a null pointer.
  [[nodiscard]] std::string_view text() const {
    return m_type == Type::text ? std::string_view(m_text, m_size) : std::string_view();
  }

 private:
  Cell(std::string_view text, Type type) : m_text(text.empty() ? "" : text.data()), m_size(text.size()), m_type(type) {}

  union {
    std::int64_t m_number = 0;
    const char* m_text;
  };
  std::size_t m_size = 0;
  Type m_type = Type::null;
};

/// Null if there is no value.
inline Cell cell_of(std::optional<std::int64_t> value) {
  return value ? Cell(*value) : Cell();
}

/// An open database file. Every failure is a RunError that names the file and the way out.
class Database {
 public:
  enum class Mode {
    read,    ///< nothing is written
    write,   ///< the file must exist
    create,  ///< the file is created if there is none
  };

  /// RunError if the file can't be used in this mode.
  Database(const std::filesystem::path& file, Mode mode);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  /// Runs one or more statements that return no rows.
  void run(const std::string& sql);
  /// From now on, zeros overwrite everything that is removed, although that costs time. Not to be called within a
  /// transaction.
  void overwrite_removed();
  /// Sets how long to wait for a lock of another process. After a wait in vain, no lock is waited for until this is
  /// called again.
  void wait_for_locks(int seconds);
  /// Sets how long a commit waits for readers, which is never less than 10 seconds.
  void wait_at_commit(int seconds) { m_commit_patience_seconds = seconds; }
  [[nodiscard]] int commit_patience_seconds() const { return m_commit_patience_seconds; }
  /// Reports waiting, and rows that statements read from memory, to `progress`, which outlives the database.
  void show(Progress& progress) { m_lines = LineCount(progress); }
  [[nodiscard]] LineCount& lines() { return m_lines; }
  /// How many rows the last INSERT, UPDATE or DELETE changed.
  [[nodiscard]] std::int64_t changes() const;
  [[nodiscard]] std::int64_t last_row() const;
  [[nodiscard]] bool in_transaction() const;
  [[nodiscard]] bool is_writable() const { return m_mode != Mode::read; }
  [[nodiscard]] const std::string& name() const { return m_name; }
  [[nodiscard]] sqlite3* handle() const { return m_handle; }
  /// Whether the opened file no longer has its name: it was removed, renamed or replaced.
  [[nodiscard]] bool was_replaced() const;
  /// The counter in the file's header that each transaction increments; nullopt if it can't be read, as in an empty
  /// file.
  [[nodiscard]] std::optional<std::uint32_t> change_counter() const;
  /// Whether no journal is left from which SQLite would roll the file back.
  [[nodiscard]] bool is_settled() const;
  /// Syncs the folder of the file to disk; false if that fails.
  [[nodiscard]] bool sync_folder_of_file() const;

  /// Throws RunError with the file's name, then `sentence`.
  [[noreturn]] void fail(std::string_view sentence) const;
  /// Throws RunError: the database is damaged. `what` is the symptom.
  [[noreturn]] void fail_as_damaged(std::string_view what) const;
  /// Throws RunError that says what `code`, SQLite's last error, means to the operator; std::bad_alloc if memory ran
  /// out.
  [[noreturn]] void fail_with(int code) const;

 private:
  static int wait_a_little(void* database, int times_before);
  void configure();
  void check_access(const std::filesystem::path& file) const;

  std::string m_name;  // the file as given
  Mode m_mode;
  sqlite3* m_handle = nullptr;
  LineCount m_lines{Progress::nobody()};
  std::chrono::milliseconds m_patience{0};  // how long to wait for a lock
  std::chrono::steady_clock::time_point m_waits_since;
  int m_commit_patience_seconds = 0;
};

/// One prepared statement.
class Statement {
 public:
  Statement(const Database& database, std::string_view sql);

  /// Starts over with these values for ?1, ?2 and so on. A std::string is copied, so it may be a temporary.
  template <typename... Values>
  Statement& with(const Values&... values) {
    reset();
    int index = 0;
    (bind_value(++index, values), ...);
    return *this;
  }
  /// Starts over without values.
  void reset();
  /// `index` is from 1.
  void bind(int index, const Cell& value);
  void bind_copy(int index, std::string_view text);
  /// Goes to the next row; false at the end.
  bool next();
  /// Runs the statement to its end. Returns how many rows it changed.
  std::int64_t run();

  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::int64_t integer_or(int column, std::int64_t if_null) const;
  /// Empty if null. Valid until the next row.
  [[nodiscard]] std::string_view text(int column) const;

 private:
  template <typename Value>
  void bind_value(int index, const Value& value) {
    if constexpr (std::is_same_v<Value, std::string>)
      bind_copy(index, value);
    else
      bind(index, value);
  }

  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  const Database* m_database;
  std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
};

/// A database transaction. Its destructor rolls back what is not committed.
class DbTransaction {
 public:
  /// In a writable database, no other process can begin to write until this ends. Otherwise this sees one state of the
  /// database throughout.
  explicit DbTransaction(Database& database);
  DbTransaction(const DbTransaction&) = delete;
  DbTransaction& operator=(const DbTransaction&) = delete;
  ~DbTransaction();

  /// Durable when it returns. DoneWithTrouble if everything is written but the disk does not confirm that it is
  /// durable, or if the file was replaced meanwhile. RunError if nothing was changed.
  void commit();

 private:
  Database* m_database;
  std::optional<std::uint32_t> m_before;  // the change counter at the beginning
};

/// The version of SQLite that runs: 3040001 for 3.40.1.
int sqlite_version_number();

// What an error of SQLite means to the operator, and the way out.

/// `code` is an extended result code of SQLite, `message` its own text.
std::string meaning_of(int code, const char* message);

/// For a database that holds what no offcirc writes; `what` is the symptom.
std::string damage_sentence(std::string_view what);

}  // namespace offcirc
