#include <doctest/doctest.h>

#include <vector>

#include "loader/intake/identity.hpp"

using namespace offcirc;

namespace {

constexpr std::uint32_t k_open = Identity::k_unnumbered;

std::vector<std::uint32_t> ordinals(std::vector<Identity> identities) {
  std::vector<Identity*> pointers;
  for (Identity& identity : identities) pointers.push_back(&identity);
  number_identities(pointers);
  std::vector<std::uint32_t> numbers;
  for (const Identity& identity : identities) numbers.push_back(identity.ordinal);
  return numbers;
}

using Numbers = std::vector<std::uint32_t>;

}  // namespace

TEST_CASE("different records each have the ordinal 0") {
  CHECK(ordinals({}).empty());
  CHECK(ordinals({{100, 1, k_open}, {100, 2, k_open}, {101, 1, k_open}}) == Numbers{0, 0, 0});
}

TEST_CASE("identical records are numbered in order") {
  CHECK(ordinals({{100, 7, k_open}, {100, 3, k_open}, {100, 7, k_open}, {100, 3, k_open}, {100, 7, k_open}}) ==
        Numbers{0, 0, 1, 1, 2});
}

TEST_CASE("identical records are found even if times do not ascend") {
  CHECK(ordinals(
            {{200, 1, k_open}, {100, 1, k_open}, {200, 1, k_open}, {100, 1, k_open}, {0, 1, k_open}, {0, 1, k_open}}) ==
        Numbers{0, 0, 1, 1, 0, 1});
  CHECK(ordinals({{0, 5, k_open}, {100, 1, k_open}, {0, 5, k_open}, {100, 1, k_open}}) == Numbers{0, 0, 1, 1});
}

TEST_CASE("an ordinal that a record brings along is kept and does not affect the others") {
  CHECK(ordinals({{100, 1, 4}, {100, 1, k_open}, {100, 1, 0}, {100, 1, k_open}}) == Numbers{4, 0, 0, 1});
}

TEST_CASE("a digest is 128 bits in hex and depends on every byte") {
  CHECK(digest_of("") == "99aa06d3014798d86001c324468d497f");
  CHECK(digest_of("31221000000013\n").size() == 32);
  CHECK(digest_of("31221000000013\n") != digest_of("31221000000014\n"));
}
