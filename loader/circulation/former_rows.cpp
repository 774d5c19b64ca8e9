#include "loader/circulation/former_rows.hpp"

#include <fmt/format.h>

namespace offcirc {

namespace {

std::int64_t last_load(const Database& database) {
  Statement row(database, "SELECT coalesce(max(load), 0) FROM loads");
  row.next();
  return row.integer(0);
}

}  // namespace

void keep_former_users(Database& database, std::string_view condition) {
  if (last_load(database) == 0) return;
  Statement(database, fmt::format("INSERT INTO former_users(user_no, user_id) SELECT user_no, user_id FROM users "
                                  "WHERE {0} AND user_no IN (SELECT r.user_no FROM result_rows r "
                                  "WHERE r.user_no IN (SELECT user_no FROM users WHERE {0}))",
                                  condition))
      .run();
}

void keep_former_items(Database& database, std::string_view condition) {
  if (last_load(database) == 0) return;
  Statement(database, fmt::format("INSERT INTO former_items(item_no, item_id, title) "
                                  "SELECT item_no, item_id, title_text FROM items "
                                  "WHERE {0} AND item_no IN (SELECT r.item_no FROM result_rows r "
                                  "WHERE r.item_no IN (SELECT item_no FROM items WHERE {0}))",
                                  condition))
      .run();
}

FormerTitles::FormerTitles(const Database& database)
    : m_last_load(last_load(database)),
      m_keep(database,
             "INSERT INTO former_titles(item_no, last_load, title) SELECT item_no, ?2, title_text FROM items "
             "WHERE item_no = ?1 AND title_text <> ?3 ON CONFLICT DO NOTHING") {}

void FormerTitles::keep(Row item, std::string_view new_title) {
  if (m_last_load != 0) m_keep.with(item, m_last_load, new_title).run();
}

void forget_former_users(Database& database) {
  Statement(database,
            "DELETE FROM former_users WHERE user_no NOT IN (SELECT r.user_no FROM result_rows r "
            "WHERE r.user_no IN (SELECT user_no FROM former_users))")
      .run();
}

}  // namespace offcirc
