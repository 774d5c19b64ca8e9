#include "loader/runs/hints.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "loader/report/words.hpp"

using namespace offcirc;

namespace {

IdPatterns codabar() {
  return {IdPattern(R"(^2\d{13}$)"), IdPattern(R"(^3\d{13}$)"), "Aa", true};
}

std::string said_of(std::string_view id, IdKind kind, const IdPatterns& patterns) {
  const NewSentence odd = oddity(id, kind, patterns);
  return odd.empty() ? std::string() : words_of(Outcome::ok, odd, Zone());
}

}  // namespace

TEST_CASE("an ID of the other kind is recognized by its pattern") {
  const IdPatterns patterns = codabar();
  CHECK(said_of("31221000000013", IdKind::user, patterns) == "It looks like an item ID.");
  CHECK(said_of("21221000000015", IdKind::item, patterns) == "It looks like a patron ID.");
}

TEST_CASE("the check digit is checked only if the pattern fits and the config requests it") {
  const IdPatterns patterns = codabar();
  CHECK(has_right_check_digit("21221000000015") == said_of("21221000000015", IdKind::user, patterns).empty());
  CHECK(said_of("21221000000016", IdKind::user, patterns) == "The check digit is wrong.");
  IdPatterns without = codabar();
  without.check_digit = false;
  CHECK(said_of("21221000000016", IdKind::user, without) == "");
}

TEST_CASE("modulus 10 detects every single wrong digit") {
  REQUIRE(has_right_check_digit("79927398713"));
  CHECK_FALSE(has_right_check_digit("79927398710"));
  CHECK_FALSE(has_right_check_digit("7992739871x"));
  CHECK_FALSE(has_right_check_digit(""));
  for (const std::string& miss : near_misses("79927398713"))
    if (std::count(miss.begin(), miss.end(), '1') != 1) CHECK_FALSE(has_right_check_digit(miss));
}

TEST_CASE("an ID that more digits would complete is reported as cut short") {
  const IdPatterns patterns = codabar();
  CHECK(said_of("2122100000001", IdKind::user, patterns) == "It is 1 digit short.");
  CHECK(said_of("21221", IdKind::user, patterns) == "It is 9 digits short.");
  CHECK(said_of("212210000000155", IdKind::user, patterns) == "");
  CHECK(said_of("LARSEN", IdKind::user, patterns) == "");
}

TEST_CASE("without patterns there are no hints") {
  const IdPatterns patterns;
  CHECK(said_of("31221000000013", IdKind::user, patterns) == "");
  CHECK(said_of("1", IdKind::item, patterns) == "");
}

TEST_CASE("near misses are one digit off or have two neighbors swapped; each occurs once, the ID itself never") {
  CHECK(near_misses("7") == std::vector<std::string>{"0", "1", "2", "3", "4", "5", "6", "8", "9"});
  CHECK(near_misses("AB") == std::vector<std::string>{"BA"});
  const auto misses = near_misses("12");
  CHECK(misses.size() == 18 + 1);
  CHECK(std::find(misses.begin(), misses.end(), "21") != misses.end());
  CHECK(std::find(misses.begin(), misses.end(), "12") == misses.end());
  CHECK(near_misses("").empty());
}

TEST_CASE("a number without what people and spreadsheets add to it") {
  for (const char* typed : {"2 1221 00000001 5", "=\"21221000000015\"", "'21221000000015", "A21221000000015",
                            "21221000000015.0", "2-1221-00000001-5", "21221000000015,00", "2\u00A01221\u202F000000015",
                            "\u201C21221000000015\u201D", "b2-1221-00000001-5.0"})
    CHECK(bare_number(typed) == "21221000000015");
  CHECK(bare_number("LARSEN") == "LARSEN");
  CHECK(bare_number("12.50") == "12.50");
  CHECK(bare_number("").empty());
}

TEST_CASE("the ID that a typed text may stand for") {
  const auto holds = [](std::string_view typed, std::string_view meant) {
    const std::vector<std::string> forms = typed_forms(typed);
    return std::count(forms.begin(), forms.end(), meant) == 1;
  };
  CHECK(holds("2122100000001521221000000015", "21221000000015"));
  CHECK(holds("212221000000015", "21221000000015"));
  CHECK(holds("212210000000105", "21221000000015"));
  CHECK(holds("abc-12", "ABC-12") == false);
  CHECK(holds("abc12", "ABC12"));
  CHECK(holds("AB 12", "AB12"));
  CHECK_FALSE(holds("12", "12"));
  CHECK(typed_forms("").empty());
}
