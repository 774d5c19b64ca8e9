// The thin layer over SQLite: opening the file, running statements, and saying in plain words what went wrong.
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

// One value on its way into the database.

/// Null, a number, or text, which has to live until the statement has run, or its row of a KeyTable has been read.
class Cell {
 public:
  enum class Type : std::uint8_t { null, integer, text };

  Cell() = default;
  Cell(std::int64_t number) : m_number(number), m_type(Type::integer) {}
  template <typename Text>
  requires std::convertible_to<const Text&, std::string_view> Cell(const Text& text)
      : Cell(std::string_view(text), Type::text) {}
  Cell(std::string&&) = delete;  // would be gone: see RowCells::keep()

  [[nodiscard]] Type type() const { return m_type; }
  [[nodiscard]] bool is_null() const { return m_type == Type::null; }
  /// 0 where it is none.
  [[nodiscard]] std::int64_t number() const { return m_type == Type::integer ? m_number : 0; }
  /// Empty where it is none; never a null pointer where it is text.
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

/// Null for no value.
inline Cell cell_of(std::optional<std::int64_t> value) {
  return value ? Cell(*value) : Cell();
}

/// An open database file. Every failure is a RunError that names the file and the way out.
class Database {
 public:
  enum class Mode {
    read,    ///< not one byte is written
    write,   ///< the file has to be there
    create,  ///< the file is made where there is none
  };

  /// RunError where the file can't be used in this mode.
  Database(const std::filesystem::path& file, Mode mode);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  /// Runs statements that give no rows.
  void run(const std::string& sql);
  /// From now on zeros are written over all that is removed, whatever it costs. Not in the middle of a transaction.
  void overwrite_removed();
  /// How long a lock of another process is waited for. Once that was in vain, none is until it is called again.
  void wait_for_locks(int seconds);
  /// How long a commit waits for those who read, at least. Never less than some seconds.
  void wait_at_commit(int seconds) { m_commit_patience_seconds = seconds; }
  [[nodiscard]] int commit_patience_seconds() const { return m_commit_patience_seconds; }
  /// Tells `progress` of waiting, and of the rows that statements read from memory. It outlives the database.
  void show(Progress& progress) { m_lines = LineCount(progress); }
  [[nodiscard]] LineCount& lines() { return m_lines; }
  /// Rows that the last INSERT, UPDATE or DELETE changed.
  [[nodiscard]] std::int64_t changes() const;
  [[nodiscard]] std::int64_t last_row() const;
  [[nodiscard]] bool in_transaction() const;
  [[nodiscard]] bool is_writable() const { return m_mode != Mode::read; }
  [[nodiscard]] const std::string& name() const { return m_name; }
  [[nodiscard]] sqlite3* handle() const { return m_handle; }
  /// The file that was opened is no longer the one of its name: it was removed or renamed, or another has replaced it.
  [[nodiscard]] bool was_replaced() const;
  /// What the file counts its transactions by; none of an empty one.
  [[nodiscard]] std::optional<std::uint32_t> change_counter() const;
  /// No journal is left that would put the file back.
  [[nodiscard]] bool is_settled() const;
  /// Brings the names in the folder of the file to the disk; false where it can't.
  [[nodiscard]] bool sync_folder_of_file() const;

  /// Throws RunError: the file, then `sentence`.
  [[noreturn]] void fail(std::string_view sentence) const;
  /// Throws RunError: the database is damaged, and `what` says how that shows.
  [[noreturn]] void fail_as_damaged(std::string_view what) const;
  /// Throws RunError with what SQLite's last error means to the operator.
  [[noreturn]] void fail_with(int code) const;

 private:
  static int wait_a_little(void* database, int times_before);
  void configure();
  void check_access(const std::filesystem::path& file) const;

  std::string m_name;  // the file as given
  Mode m_mode;
  sqlite3* m_handle = nullptr;
  LineCount m_lines{Progress::nobody()};
  std::chrono::milliseconds m_patience{0};  // that is left
  std::chrono::steady_clock::time_point m_waits_since;
  int m_commit_patience_seconds = 0;
};

/// One prepared statement.
class Statement {
 public:
  Statement(const Database& database, std::string_view sql);

  /// Starts anew with these values for ?1, ?2 and so on. A std::string is copied, so that it may be made for the call.
  template <typename... Values>
  Statement& with(const Values&... values) {
    reset();
    int index = 0;
    (bind_value(++index, values), ...);
    return *this;
  }
  /// Forgets rows and values.
  void reset();
  /// `index` from 1.
  void bind(int index, const Cell& value);
  void bind_copy(int index, std::string_view text);
  /// The next row, or false at the end.
  bool next();
  /// Runs it to its end. Returns the number of rows that it changed.
  std::int64_t run();

  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::int64_t integer_or(int column, std::int64_t if_null) const;
  /// Empty where null. Valid until the next row.
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

/// Rolls back what is not committed.
class DbTransaction {
 public:
  /// In a writable database no other process can begin one until this ends; else it sees one state throughout.
  explicit DbTransaction(Database& database);
  DbTransaction(const DbTransaction&) = delete;
  DbTransaction& operator=(const DbTransaction&) = delete;
  ~DbTransaction();

  /// Durable when it returns. DoneWithTrouble where all is written and the disk would not say that it is for good.
  void commit();

 private:
  Database* m_database;
  std::optional<std::uint32_t> m_before;  // the change counter
};

/// 3040001: of SQLite 3.40.1, as it runs.
int sqlite_version_number();

// What an error of SQLite means to the one who runs offcirc, and the way out.

/// `code` is an extended result code of SQLite, `message` its own words.
std::string meaning_of(int code, const char* message);

/// Of a database that holds what no offcirc writes.
std::string damage_sentence(std::string_view what);

}  // namespace offcirc
