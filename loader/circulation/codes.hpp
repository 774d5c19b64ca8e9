// How values are written in the circulation tables: codes and their numbers, the columns of a user, the statuses of a
// hold.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "loader/database/sqlite.hpp"
#include "loader/model/state.hpp"

namespace offcirc {

// The tables that number codes: libraries, profiles, item types, locations and rules.

/// One of these tables. It is small, so the constructor reads all of it.
class CodeTable {
 public:
  /// `table` and the name of its key, such as "libraries" and "library".
  CodeTable(Database& database, std::string_view table, std::string_view key);

  [[nodiscard]] std::optional<Row> find(std::string_view code) const;
  /// The number of `code`, which is added to the table if it is new. RunError if the table would exceed k_max_codes.
  Row row_of(std::string_view code);
  /// RunError if `more` new codes would exceed k_max_codes.
  void require_room(std::size_t more) const;
  /// All codes and their numbers, in bytewise order of code.
  [[nodiscard]] const std::map<std::string, Row, std::less<>>& all() const { return m_rows; }

 private:
  Statement m_insert;
  std::string m_name;  // in words, for messages
  std::map<std::string, Row, std::less<>> m_rows;
  Database* m_database;
};

/// All five tables, as imports and commits need them.
struct CodeTables {
  explicit CodeTables(Database& database);

  CodeTable libraries, profiles, item_types, locations, rules;
};

// The columns of a user's row, as a load writes them and as an undo compares them.

/// All columns but `user_no`, the row number.
inline constexpr std::string_view k_user_columns =
    "user_id, profile, library, last_name, first_name, middle_name, alternate_name, folded_last_name, birth_date, "
    "email, phone, language, address, categories, department, barred, expires_on, claims_returned, registered_on";

inline constexpr int k_user_column_count = 19;

/// SQL for these columns as one text, to see whether a row was modified. The statement must name `users` without an
/// alias.
inline std::string content_of_user() {
  return "json_array(" + std::string(k_user_columns) + ")";
}

/// SQL that records in the journal whom a load registered: all users whose numbers are above `last_before`, the last
/// number before the load. ?1 is the load.
inline std::string sql_to_keep_users(std::int64_t last_before) {
  return "INSERT INTO added_users(load, user_no, content) SELECT ?1, user_no, " + content_of_user() +
         " FROM users WHERE user_no > " + std::to_string(last_before);
}

/// The columns that an edit of a registration can change.
inline constexpr std::string_view k_edited_columns =
    "profile, library, last_name, first_name, middle_name, alternate_name, folded_last_name, birth_date, email, phone, "
    "language, address, categories, department, expires_on";

// For a user whom a load edited, added_users.content is an object, {"before", "after"}, and each member a text as
// content_of_user() makes it.

/// SQL for the row of a registered or edited user as the load left it; `a` is added_users.
inline constexpr std::string_view k_user_as_left =
    "iif(json_type(a.content) = 'array', a.content, json_extract(a.content, '$.after'))";
/// SQL that records how the users in `changed` are before they are edited. ?1 is the load.
inline std::string sql_to_keep_edited_users() {
  return "INSERT INTO added_users(load, user_no, content) SELECT ?1, user_no, json_object('before', '' || " +
         content_of_user() + ") FROM users WHERE user_no IN (SELECT user_no FROM changed)";
}
inline constexpr std::string_view k_write_edited_users =
    "UPDATE users SET profile = c.profile, library = c.library, last_name = c.last_name, first_name = c.first_name, "
    "middle_name = c.middle_name, alternate_name = c.alternate_name, folded_last_name = c.folded_last_name, "
    "birth_date = c.birth_date, email = c.email, phone = c.phone, language = c.language, address = c.address, "
    "categories = c.categories, department = c.department, expires_on = c.expires_on "
    "FROM changed c WHERE users.user_no = c.user_no";
/// SQL that adds how these users are after the edit. ?1 is the load.
inline std::string sql_to_complete_edited_users() {
  return "UPDATE added_users SET content = json_set(content, '$.after', (SELECT '' || " + content_of_user() +
         " FROM users WHERE users.user_no = added_users.user_no)) "
         "WHERE load = ?1 AND user_no IN (SELECT user_no FROM changed)";
}
/// SQL condition on added_users: the load registered the user, rather than edited.
inline constexpr std::string_view k_is_registered = "json_type(content) = 'array'";

// The names of hold statuses in the database and in holds.csv.

/// In the order of HoldStatus.
inline constexpr std::array<std::string_view, 4> k_hold_status_names = {"waiting", "on-shelf", "in-transit", "filled"};

constexpr std::string_view name_of(HoldStatus status) {
  return k_hold_status_names[static_cast<std::size_t>(status)];
}

constexpr std::optional<HoldStatus> hold_status_called(std::string_view name) {
  for (std::size_t status = 0; status < k_hold_status_names.size(); ++status) {
    if (k_hold_status_names[status] == name) return static_cast<HoldStatus>(status);
  }
  return std::nullopt;
}

}  // namespace offcirc
