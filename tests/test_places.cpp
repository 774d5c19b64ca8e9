// How a load looks up the index of an ID and the slot of a row.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "loader/circulation/row_index.hpp"
#include "loader/model/batch.hpp"

using namespace offcirc;

namespace {

constexpr int k_texts = 6000;

// IDs of equal length; every third one is wanted.
std::string id(int number) {
  return std::to_string(31'221'000'000'000 + number);
}

struct Wanted {
  std::vector<std::string> texts;
  std::vector<std::string_view> views;

  Wanted() {
    for (int number = 0; number < k_texts; number += 3) texts.push_back(id(number));
    views.assign(texts.begin(), texts.end());
  }
};

int count_wrong(IdLookup& places, const std::vector<int>& asked) {
  int wrong = 0;
  for (const int number : asked) {
    const std::uint32_t expected =
        number >= 0 && number < k_texts && number % 3 == 0 ? static_cast<std::uint32_t>(number / 3) : k_none;
    if (places.find(id(number)) != expected) ++wrong;
  }
  return wrong;
}

std::vector<int> numbers(int begin, int end) {
  std::vector<int> all;
  for (int number = begin; number < end; ++number) all.push_back(number);
  return all;
}

}  // namespace

TEST_CASE("texts are found in order, and missing ones are not") {
  const Wanted wanted;
  IdLookup places(wanted.views);
  CHECK(count_wrong(places, numbers(-20, k_texts + 20)) == 0);
}

TEST_CASE("texts are found in any order, any number of times") {
  const Wanted wanted;
  std::vector<int> asked = numbers(-20, k_texts + 20);
  SUBCASE("from the end") {
    std::reverse(asked.begin(), asked.end());
  }
  SUBCASE("at random") {
    std::shuffle(asked.begin(), asked.end(), std::mt19937(7));
  }
  SUBCASE("in order, but in pieces") {
    for (std::size_t at = 0; at + 500 < asked.size(); at += 1000)
      std::swap_ranges(asked.begin() + static_cast<std::ptrdiff_t>(at),
                       asked.begin() + static_cast<std::ptrdiff_t>(at + 250),
                       asked.begin() + static_cast<std::ptrdiff_t>(at + 250));
  }
  IdLookup places(wanted.views);
  CHECK(count_wrong(places, asked) == 0);
  CHECK(count_wrong(places, asked) == 0);
}

TEST_CASE("lookups may skip far forward and back") {
  const Wanted wanted;
  IdLookup places(wanted.views);
  CHECK(count_wrong(places, {0, 5997, 3, 4500, 4503, 4504, 9, -1, 6001, 0, 0}) == 0);
}

TEST_CASE("nothing is found among no texts") {
  IdLookup places({});
  CHECK(places.find("") == k_none);
  CHECK(places.find("1") == k_none);
}

TEST_CASE("texts are sorted bytewise, whatever they begin with") {
  const std::vector<std::string_view> texts = {"b", "\xC3\xA4", "", "abc", "ab", "aB", "abcdefghij2", "abcdefghij1"};
  std::vector<std::string_view> sorted;
  for (const std::uint32_t index : in_order(texts)) sorted.push_back(texts[index]);
  CHECK(std::is_sorted(sorted.begin(), sorted.end()));
  CHECK(sorted.size() == texts.size());
}

TEST_CASE("a row keeps its first slot, whatever the row numbers are") {
  const auto check = [](RowIndex& slots, const std::vector<Row>& rows) {
    for (Slot slot = 0; slot < rows.size(); ++slot) CHECK(slots.find(rows[slot]) == k_none);
    for (Slot slot = 0; slot < rows.size(); ++slot) CHECK(slots.add(rows[slot], slot) == slot);
    for (Slot slot = 0; slot < rows.size(); ++slot) CHECK(slots.add(rows[slot], 99) == slot);
    for (Slot slot = 0; slot < rows.size(); ++slot) CHECK(slots.find(rows[slot]) == slot);
    for (const Row other : {Row{0}, Row{-1}, Row{8}, INT64_MAX, INT64_MIN}) CHECK(slots.find(other) == k_none);
  };
  const std::vector<Row> rows = {5, 1, 7, 4'000'000'000, 2, Row{1} << 62, -3};
  RowIndex unexpected, close, few, none;
  check(unexpected, rows);
  close.expect(rows.size(), 7);  // the others are beyond the highest expected row
  check(close, rows);
  few.expect(1, 4'000'000'000);
  check(few, rows);
  none.expect(0, 0);
  check(none, rows);
}
