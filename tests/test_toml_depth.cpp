// A deeply nested configuration is refused before anything recurses into it, for each way of nesting.
#include <doctest/doctest.h>

#include <string>

#include "loader/config/toml_tree.hpp"
#include "tests/config_folder.hpp"

using namespace offcirc;

namespace {

constexpr int k_deep = 100'000;

std::string repeated(const std::string& text, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

// `line:column`; empty if nothing is too deep.
std::string deep_at(const std::string& text) {
  const auto place = find_deep_nesting(text);
  return place ? std::to_string(place->line) + ":" + std::to_string(place->column) : std::string();
}

}  // namespace

TEST_CASE("each way of nesting too deep is an error at its place") {
  const std::string dots = repeated("a.", k_deep) + "a";
  for (const std::string& text :
       {dots + " = 1\n", "[" + dots + "]\n", "[[" + dots + "]]\n", "x = {" + dots + " = 1}\n",
        repeated("\"a b\".", k_deep) + "a = 1\n", repeated("'a' . ", k_deep) + "a = 1\n",
        "x = " + repeated("[", k_deep) + repeated("]", k_deep) + "\n", "x = " + repeated("[", k_deep),
        "x = " + repeated("{a = ", k_deep) + "1" + repeated("}", k_deep) + "\n", "x = " + repeated("[\n", k_deep),
        "x = " + repeated("[{a.b = ", k_deep)}) {
    CAPTURE(text.substr(0, 60));
    const std::string error = ConfigFolder("# first\n" + text).error();
    CHECK_MESSAGE(error.ends_with("this is nested more than 32 levels deep, the limit for a configuration."), error);
  }
}

TEST_CASE("the place where nesting is too deep") {
  CHECK(deep_at("x = 1\n[" + repeated("a.", 40) + "a]\n") == "2:65");
  CHECK(deep_at("x = " + repeated("[", 40)) == "1:37");
}

TEST_CASE("strings and comments do not count as nesting, and neither do many keys") {
  const std::string dots = repeated("a.", 100), brackets = repeated("[", 100);
  for (const std::string& text :
       {"x = \"" + dots + brackets + "\"\n", "x = '" + dots + brackets + "'\n", "# " + dots + brackets + "\nx = 1\n",
        "x = \"\"\"\n" + dots + "\"\n" + brackets + "\"\"\"\ny = 1\n", "x = '''\n'" + dots + brackets + "'''\n",
        "x = \"\\\"" + dots + brackets + "\"\n", repeated("a.b = 1\n", 100), repeated("[a]\n", 100),
        "x = [" + repeated("1.5, ", 100) + "]\n", repeated("a.", 31) + "a = 1\n",
        "x = " + repeated("[", 32) + repeated("]", 32) + "\n", std::string()}) {
    CAPTURE(text);
    CHECK(deep_at(text).empty());
  }
  CHECK(deep_at("x = \"" + brackets + "\"\ny = " + brackets) == "2:37");
  CHECK(deep_at("x = '''" + brackets + "'''\ny = " + brackets) == "2:37");
}
