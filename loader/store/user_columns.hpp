// The columns of a user's row, as a load writes them and as an undo compares them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace offcirc {

/// All but the number of the row.
inline constexpr std::string_view k_user_columns =
    "user_id, profile, library, last_name, first_name, middle_name, alternate_name, folded_last_name, birth_date, "
    "email, phone, language, address, categories, department, barred, expires_on, claims_returned, registered_on";

/// SQL for them as one text, to see whether a row has changed. Of the table `users` under its own name.
inline std::string content_of_user() {
  return "json_array(" + std::string(k_user_columns) + ")";
}

/// The statement that notes in the journal whom a load has added: all above the number that was the last before. ?1 is
/// the load.
inline std::string sql_to_keep_users(std::int64_t last_before) {
  return "INSERT INTO added_users(load, user, content) SELECT ?1, user, " + content_of_user() +
         " FROM users WHERE user > " + std::to_string(last_before);
}

}  // namespace offcirc
