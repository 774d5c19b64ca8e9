// The journal refers to rows by number, so a number must denote the same row forever.
#include <doctest/doctest.h>

#include "loader/circulation/row_index.hpp"
#include "store_sample.hpp"

using namespace offcirc;

namespace {

Row number_of(const SampleDatabase& sample, const std::string& user_id) {
  const Database database(sample.file, Database::Mode::read);
  Statement user(database, "SELECT user_no FROM users WHERE user_id = ?1");
  user.with(user_id).next();
  return user.integer(0);
}

std::string users_csv(const std::string& ids) {
  std::string text = "user_id\n";
  for (const char id : ids) text += std::string(1, id) + '\n';
  return text;
}

}  // namespace

TEST_CASE("the number of a deleted row is never reused") {
  SampleDatabase sample;
  sample.import({{"users.csv", users_csv("ABC")}});
  REQUIRE(number_of(sample, "C") == 3);
  ImportOptions replace;
  replace.replace = true;
  sample.import({{"users.csv", users_csv("AB")}}, replace);
  sample.import({{"users.csv", users_csv("DE")}});
  CHECK(number_of(sample, "D") == 4);
  CHECK(number_of(sample, "E") == 5);
  // The same holds if all rows are deleted at once, or if the new ones are in the same file.
  sample.import({{"users.csv", users_csv("FG")}}, replace);
  CHECK(number_of(sample, "F") == 6);
  sample.import({{"users.csv", users_csv("")}}, replace);
  sample.import({{"users.csv", users_csv("A")}});
  CHECK(number_of(sample, "A") == 8);
}

TEST_CASE("the last number of a table is that of its last row, even if it was deleted") {
  SampleDatabase sample;
  Database database(sample.file, Database::Mode::write);
  CHECK(last_number(database, "users", "user_no") == 0);
  remember_numbers(database);
  CHECK(last_number(database, "users", "user_no") == 0);
  database.run(
      "INSERT INTO libraries(code) VALUES ('OSH'); INSERT INTO items(item_no, item_id, title_text, call_number, "
      "last_action) VALUES (7, 'I', '', '', '')");
  CHECK(last_number(database, "items", "item_no") == 7);
  remember_numbers(database);
  database.run("DELETE FROM items");
  remember_numbers(database);
  CHECK(last_number(database, "items", "item_no") == 7);
  CHECK(last_number(database, "users", "user_no") == 0);
}
