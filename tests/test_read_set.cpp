#include <doctest/doctest.h>

#include <deque>

#include "loader/intake/merge.hpp"
#include "loader/rules/read_set.hpp"

using namespace offcirc;

namespace {

// A batch made from user and item IDs.
class TestBatch {
 public:
  void add(std::string_view user, std::string_view item) {
    Entry entry;
    entry.transaction = &m_transactions.emplace_back();
    entry.user_id = user;
    entry.item_id = item;
    batch.entries.push_back(entry);
  }
  void add_registration(std::string_view user, std::string_view last_name) {
    add(user, "");
    m_registrations.emplace_back().last_name = last_name;
    m_transactions.back().registration = &m_registrations.back();
    batch.registrations.push_back(static_cast<std::uint32_t>(batch.entries.size()) - 1);
  }

  ReadSet collect() {
    IdNumbering numbering(batch.ids, batch.entries.size());
    for (Entry& entry : batch.entries) numbering.add(entry);
    numbering.finish();
    return collect_read_set(batch);
  }

  Batch batch;

 private:
  std::deque<Transaction> m_transactions;
  std::deque<Registration> m_registrations;
};

using Ids = LargeVector<std::string_view>;

}  // namespace

TEST_CASE("each ID occurs once in the set, in order of first use, and entries refer to its number") {
  TestBatch test;
  test.add("u2", "i1");
  test.add("u1", "i2");
  test.add("u2", "i2");
  test.add("", "i1");
  test.add("u3", "");
  const ReadSet set = test.collect();
  CHECK(set.user_ids == Ids{"u2", "u1", "u3"});
  CHECK(set.item_ids == Ids{"i1", "i2"});
  const auto& entries = test.batch.entries;
  CHECK(entries[0].user_key == 0);
  CHECK(entries[1].user_key == 1);
  CHECK(entries[2].user_key == 0);
  CHECK(entries[3].user_key == k_none);
  CHECK(entries[4].user_key == 2);
  CHECK(entries[2].item_key == 1);
  CHECK(entries[3].item_key == 0);
  CHECK(entries[4].item_key == k_none);
  CHECK(set.folded_last_names.empty());
  CHECK(set.registered_keys.empty());
}

TEST_CASE("a user and an item may have the same ID") {
  TestBatch test;
  test.add("1", "1");
  const ReadSet set = test.collect();
  CHECK(set.user_ids == Ids{"1"});
  CHECK(set.item_ids == Ids{"1"});
}

TEST_CASE("registrations add their users and folded last names, each once") {
  TestBatch test;
  test.add("u1", "i1");
  test.add_registration("u2", "Núñez");
  test.add_registration("u1", "NUNEZ");
  test.add_registration("u2", "");
  test.add_registration("", "Smith");
  const ReadSet set = test.collect();
  CHECK(set.user_ids == Ids{"u1", "u2"});
  CHECK(set.registered_keys == std::vector<std::uint32_t>{1, 0});
  CHECK(set.folded_last_names == std::vector<std::string>{"nunez", "smith"});
}

TEST_CASE("an empty batch gives an empty set") {
  Batch batch;
  const ReadSet set = collect_read_set(batch);
  CHECK(set.user_ids.empty());
  CHECK(set.item_ids.empty());
}

TEST_CASE("entries with equal IDs share one text") {
  TestBatch test;
  const std::string once = "21000000000001", again = once;
  test.add(once, "");
  test.add(again, "");
  const ReadSet set = test.collect();
  CHECK(test.batch.entries[0].user_id.data() == set.user_ids[0].data());
  CHECK(test.batch.entries[1].user_id.data() == set.user_ids[0].data());
}

TEST_CASE("many IDs in many blocks are numbered correctly") {
  std::deque<std::string> ids;
  TestBatch test;
  for (int i = 0; i < 5000; ++i)
    test.add(ids.emplace_back(std::to_string(i * 7 % 1000)), ids.emplace_back(std::to_string(i)));
  const ReadSet set = test.collect();
  CHECK(set.user_ids.size() == 1000);
  CHECK(set.item_ids.size() == 5000);
  for (const Entry& entry : test.batch.entries) {
    REQUIRE(set.user_ids[entry.user_key] == entry.user_id);
    REQUIRE(set.item_ids[entry.item_key] == entry.item_id);
  }
}
