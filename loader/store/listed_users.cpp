#include "loader/store/listed_users.hpp"

namespace offcirc {

std::vector<std::string> find_users_to_list(const Database& database, Seconds now, Day today) {
  // Users are gathered by their number first: that is a merge of small sorted sets.
  Statement users(database,
                  "SELECT user_id FROM users WHERE user IN ("
                  "SELECT user FROM users WHERE barred OR expires_on < ?2 OR claims_returned > 0 "
                  "UNION SELECT user FROM bills WHERE amount_cents > 0 "
                  "UNION SELECT user FROM charges WHERE due_at < ?1 "
                  "UNION SELECT user FROM user_aliases WHERE kind = 'inactive') ORDER BY user_id");
  users.with(now, std::int64_t{today});
  std::vector<std::string> ids;
  while (users.next()) ids.emplace_back(users.text(0));
  return ids;
}

std::vector<OtherCard> find_other_cards(const Database& database) {
  Statement cards(database,
                  "SELECT a.id, u.user_id, a.kind = 'inactive' FROM user_aliases a JOIN users u USING (user) "
                  "ORDER BY a.id");
  std::vector<OtherCard> found;
  while (cards.next()) found.push_back({std::string(cards.text(0)), std::string(cards.text(1)), cards.integer(2) != 0});
  return found;
}

}  // namespace offcirc
