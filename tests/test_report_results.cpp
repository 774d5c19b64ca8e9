#include <doctest/doctest.h>

#include <string>

#include "loader/report/report_results.hpp"
#include "tests/report_sample.hpp"

using namespace offcirc;

namespace {

// Makes checkouts 1 to `count`, and counts how often one was made.
struct Source {
  std::size_t made = 0;

  ReportResults results(std::size_t count) {
    const auto make = [this](std::size_t i) {
      ++made;
      return checkout(i + 1);
    };
    return {count, make, [numbers = std::make_shared<ItemNumbers>()](std::size_t i) {
              return glance_at(checkout(i + 1), *numbers);
            }};
  }
};

std::string numbers_of(const ReportResults& results) {
  std::string numbers;
  for (const ReportResult& result : results) numbers += std::to_string(result.n) + (result.item_is_out ? "! " : " ");
  return numbers;
}

}  // namespace

TEST_CASE("results are made only when they are accessed") {
  Source source;
  const ReportResults results = source.results(3);
  CHECK(results.size() == 3);
  CHECK(source.made == 0);
  CHECK(results[1].n == 2);
  CHECK(source.made == 1);
  CHECK(numbers_of(results) == "1 2 3 ");
  CHECK(source.made == 4);
}

TEST_CASE("a glance makes no result, and reflects changes to one that is made") {
  Source source;
  ReportResults results = source.results(3);
  CHECK(results.glance(1).item_id == checkout(2).item_id);
  CHECK(results.glance(1).is_plain());
  CHECK(results.part({2}).glance(0).kind == Kind::checkout);
  CHECK(source.made == 0);
  results[1].disposition = Disposition::rejected;
  results[1].outcome = facts_of(Outcome::item_not_found).code;
  CHECK_FALSE(results.glance(1).is_plain());
  CHECK_FALSE(results.glance(1).found_nothing);
  CHECK(results.glance(2).is_plain());
}

TEST_CASE("a changed result and the others are kept") {
  Source source;
  ReportResults results = source.results(3);
  results.set_items_out({2});
  results[1].n = 20;
  CHECK(source.made == 3);
  CHECK(numbers_of(results) == "1 20 3! ");
  results.push_back(checkout(4));
  CHECK(numbers_of(results) == "1 20 3! 4 ");
  CHECK_MESSAGE(source.made == 3, "they are not made again");
}

TEST_CASE("the last call to set_items_out counts") {
  Source source;
  ReportResults made{checkout(1), checkout(2), checkout(3)}, not_made = source.results(3);
  for (ReportResults* results : {&made, &not_made}) {
    results->set_items_out({0, 2});
    CHECK(numbers_of(*results) == "1! 2 3! ");
    results->set_items_out({1});
    CHECK(numbers_of(*results) == "1 2! 3 ");
    results->set_items_out({});
    CHECK(numbers_of(*results) == "1 2 3 ");
  }
}

TEST_CASE("a part is unaffected by changes to the whole") {
  Source source;
  ReportResults made{checkout(1), checkout(2), checkout(3)}, not_made = source.results(3);
  for (ReportResults* results : {&made, &not_made}) {
    results->set_items_out({2});
    const ReportResults part = results->part({0, 2});
    *results = {};
    CHECK(numbers_of(part) == "1 3! ");
    CHECK(part.glance(1).is_plain());
  }
}
