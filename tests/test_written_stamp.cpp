#include <doctest/doctest.h>

#include "formats/stamp.hpp"
#include "formats/written_stamp.hpp"

using namespace offcirc;

namespace {

std::string read(std::string_view text, DateOrder order = DateOrder::mdy) {
  return iso_stamp_text(parse_written_stamp(text, order));
}

}  // namespace

TEST_CASE("dates and times as people write them") {
  CHECK(read("8/6/2021,13:49") == "2021-08-06T13:49:00");
  CHECK(read("01/13/2023 5:33 PM") == "2023-01-13T17:33:00");
  CHECK(read("01/13/2023 12:33 am") == "2023-01-13T00:33:00");
  CHECK(read("08-01-2008") == "2008-08-01");
  CHECK(read("12.06.2026 10:12:31", DateOrder::dmy) == "2026-06-12T10:12:31");
  CHECK(read("2026/06/12 1012", DateOrder::ymd) == "2026-06-12T10:12:00");
  CHECK(read("2026/06/12", DateOrder::dmy) == "2026-06-12");
}

TEST_CASE("invalid dates and times") {
  for (const char* text : {"", "8/6", "8/6/21", "13/6/2021", "8/6/2021 25:00", "8/6/2021 13:49 PM",
                           "8/6/2021 10:12:", "8/6/2021 later", "a/b/2021", "20260612", "8/6/2021 10:12 Uhr"})
    CHECK(read(text) == "unreadable");
  CHECK(read("12/06/2026", DateOrder::ymd) == "unreadable");
}
