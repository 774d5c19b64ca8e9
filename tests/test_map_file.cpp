#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "tests/config_folder.hpp"

using namespace offcirc;

namespace {

std::string error_of_map(std::string_view map) {
  return ConfigFolder(
             "[system]\ntimezone = \"America/Chicago\"\ncirculation_map = \"circmap.csv\"\n"
             "[[library]]\ncode = \"OSH\"\n[[profile]]\nname = \"PUBLIC\"\n",
             map)
      .error();
}

}  // namespace

TEST_CASE("the circulation map") {
  CHECK(error_of_map("") ==
        "circmap.csv:1:1: the circulation map is empty; its header is library,user_profile,item_type,rule.");
  CHECK(error_of_map("library,user_profile,item_type,rule\n*,*,*,21D-10D-5M\nOSH,PUBLIC,BOOK,4H-25H-10M\n") == "");
  CHECK(error_of_map("library,profile,item_type,rule\n") == "circmap.csv:1:9: unknown column 'profile'.");
  CHECK(error_of_map("library,user_profile,rule\n") ==
        "circmap.csv:1:1: the column 'item_type' is missing; the header of a circulation map is "
        "library,user_profile,item_type,rule.");
  CHECK(error_of_map("library,user_profile,item_type,rule,rule\n") ==
        "circmap.csv:1:37: the column 'rule' appears twice.");
  CHECK(error_of_map("library,user_profile,item_type,rule\nOSK,*,*,21D-10D-5M\n*,PUBLIK,*,21D-10D-5M\n") ==
        "circmap.csv:2:1: the configuration has no library \"OSK\"; did you mean 'OSH'?\n"
        "circmap.csv:3:3: the configuration has no profile \"PUBLIK\"; did you mean 'PUBLIC'?");
  CHECK(error_of_map("library,user_profile,item_type,rule\n*,*,BOOK,21 days\nOSH,,BOOK,\n*,*,*\n") ==
        "circmap.csv:2:10: 'rule' must be a circulation rule such as 21D-10D-5M, not \"21 days\".\n"
        "circmap.csv:3:5: 'user_profile' must be a code, or * for any.\n"
        "circmap.csv:3:11: 'rule' must be a circulation rule such as 21D-10D-5M, not \"\".\n"
        "circmap.csv:4:1: a row must have 4 fields, like the header, not 3.");
  CHECK(error_of_map("library,user_profile,item_type,rule\n\"*,*,*,21D-10D-5M\n") ==
        "circmap.csv:2:1: this is not CSV. The opening quotation mark of the field has no closing one.");
}

TEST_CASE("all errors are reported at once, in the order of the file, followed by the map's") {
  const ConfigFolder folder(
      "[[library]]\ncod = \"OSH\"\n[[profile]]\nname = 5\n[mail]\nwhen = \"never\"\n[system]\ntimezone = \"Mars\"\n"
      "circulation_map = \"circmap.csv\"\n",
      "library,user_profile,item_type,rule\nOSH,*,*,1D\n");
  CHECK(folder.error() ==
        "offcirc.toml:1:1: 'code' is missing in [[library]].\n"
        "offcirc.toml:2:1: unknown key 'cod' in [[library]]; did you mean 'code'?\n"
        "offcirc.toml:4:8: 'name' in [[profile]] must be a string in quotes, not a whole number.\n"
        "offcirc.toml:6:8: 'when' in [mail] must be \"errors\" or \"always\", not \"never\".\n"
        "offcirc.toml:8:12: there is no time zone \"Mars\"; use a name from the tz database, such as America/Chicago.\n"
        "circmap.csv:2:1: the configuration has no library \"OSH\".\n"
        "circmap.csv:2:9: 'rule' must be a circulation rule such as 21D-10D-5M, not \"1D\".");
}
