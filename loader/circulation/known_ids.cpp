#include "loader/circulation/known_ids.hpp"

#include <fmt/format.h>

#include <set>
#include <unordered_map>
#include <utility>

#include "loader/circulation/row_index.hpp"
#include "loader/database/array_table.hpp"

namespace offcirc {

namespace {

// Sorts after any text that follows a prefix.
constexpr std::string_view k_last_character = "\U0010FFFF";

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

void mark_known(Database& database, std::string_view column, std::string_view table, std::vector<bool>& known) {
  Statement found(database,
                  fmt::format("SELECT given.place FROM given CROSS JOIN {0} t ON t.{1} = given.id", table, column));
  while (found.next()) known[static_cast<std::size_t>(found.integer(0))] = true;
}

}  // namespace

std::vector<bool> find_known_ids(Database& database, std::span<const std::string> ids, bool users) {
  const std::vector<std::string_view> texts(ids.begin(), ids.end());
  const std::vector<std::uint32_t> order = in_order(texts);
  const ArrayTable given(
      database, "given", "id TEXT, place INTEGER", order.size(),
      [&](std::size_t row, RowCells& cells) { cells.add(texts[order[row]], std::int64_t{order[row]}); });
  std::vector<bool> known(ids.size(), false);
  if (users) {
    mark_known(database, "user_id", "users", known);
    mark_known(database, "id", "user_aliases", known);
  } else {
    mark_known(database, "item_id", "items", known);
  }
  return known;
}

std::vector<std::vector<std::string>> find_ids_beginning_with(Database& database,
                                                              std::span<const std::string_view> prefixes, bool users,
                                                              std::size_t limit) {
  constexpr std::string_view k_of_users =
      "SELECT user_id AS id FROM users WHERE user_id > ?1 AND user_id < ?2 "
      "UNION SELECT id FROM user_aliases WHERE id > ?1 AND id < ?2 ORDER BY id LIMIT ?3";
  constexpr std::string_view k_of_items =
      "SELECT item_id FROM items WHERE item_id > ?1 AND item_id < ?2 ORDER BY item_id LIMIT ?3";
  Statement ids(database, users ? k_of_users : k_of_items);
  std::vector<std::vector<std::string>> found;
  for (const std::string_view prefix : prefixes) {
    std::vector<std::string> longer;
    const std::string end = std::string(prefix).append(k_last_character);
    ids.with(prefix, end, static_cast<std::int64_t>(limit));
    while (ids.next()) longer.emplace_back(ids.text(0));
    found.push_back(std::move(longer));
  }
  return found;
}

std::vector<std::vector<std::string>> find_ids_ending_with(Database& database, std::span<const std::string> endings,
                                                           bool users, std::size_t limit) {
  std::unordered_multimap<std::string, std::size_t> wanted;
  std::set<std::size_t> lengths;
  for (std::size_t i = 0; i < endings.size(); ++i) {
    wanted.emplace(lower_case(endings[i]), i);
    lengths.insert(endings[i].size());
  }
  std::vector<std::vector<std::string>> found(endings.size());
  if (endings.empty()) return found;
  Statement ids(database, users ? "SELECT user_id FROM users UNION ALL SELECT id FROM user_aliases"
                                : "SELECT item_id FROM items");
  while (ids.next()) {
    const std::string_view id = ids.text(0);
    const std::string folded = lower_case(id);
    for (const std::size_t length : lengths) {
      if (length > folded.size()) break;
      const auto [first, last] = wanted.equal_range(folded.substr(folded.size() - length));
      for (auto it = first; it != last; ++it)
        if (found[it->second].size() < limit) found[it->second].emplace_back(id);
    }
  }
  return found;
}

std::vector<std::string> find_names_of_users(Database& database, std::span<const std::string> ids) {
  const ArrayTable given(
      database, "given", "id TEXT, place INTEGER", ids.size(),
      [&](std::size_t row, RowCells& cells) { cells.add(ids[row], static_cast<std::int64_t>(row)); });
  Statement users(
      database, "SELECT given.place, u.last_name, u.first_name FROM given CROSS JOIN users u ON u.user_id = given.id");
  std::vector<std::string> names(ids.size());
  while (users.next()) {
    const std::string_view last = users.text(1), first = users.text(2);
    names[static_cast<std::size_t>(users.integer(0))] =
        fmt::format("{}{}{}", last, last.empty() || first.empty() ? "" : ", ", first);
  }
  return names;
}

std::vector<std::string> find_users_to_list(const Database& database, Seconds now, Day today) {
  // The inner query collects user numbers, because their small sorted sets are quick to merge.
  Statement users(database,
                  "SELECT user_id FROM users WHERE user_no IN ("
                  "SELECT user_no FROM users WHERE barred OR expires_on < ?2 OR claims_returned > 0 "
                  "UNION SELECT user_no FROM bills WHERE amount_cents > 0 "
                  "UNION SELECT user_no FROM charges WHERE due_at < ?1 "
                  "UNION SELECT user_no FROM user_aliases WHERE kind = 'inactive') ORDER BY user_id");
  users.with(now, std::int64_t{today});
  std::vector<std::string> ids;
  while (users.next()) ids.emplace_back(users.text(0));
  return ids;
}

std::vector<OtherCard> find_other_cards(const Database& database) {
  Statement cards(database,
                  "SELECT a.id, u.user_id, a.kind = 'inactive' FROM user_aliases a JOIN users u USING (user_no) "
                  "ORDER BY a.id");
  std::vector<OtherCard> found;
  while (cards.next()) found.push_back({std::string(cards.text(0)), std::string(cards.text(1)), cards.integer(2) != 0});
  return found;
}

}  // namespace offcirc
