#include <doctest/doctest.h>

#include <string>

#include "loader/intake/log_bytes.hpp"

using namespace offcirc;
using namespace std::string_literals;

namespace {

std::string utf8(const std::string& bytes) {
  return std::string(utf8_of_utf16(bytes).view());
}

}  // namespace

TEST_CASE("both byte orders become the same UTF-8, without a byte order mark") {
  // A, é, €, a musical clef (a surrogate pair), LF
  const std::string expected = "Aé€\U0001D11E\n";
  CHECK(utf8("\xFF\xFE"
             "A\0\xE9\0\xAC\x20\x34\xD8\x1E\xDD\n\0"s) == expected);
  CHECK(utf8("\xFE\xFF"
             "\0A\0\xE9\x20\xAC\xD8\x34\xDD\x1E\0\n"s) == expected);
  CHECK(utf8("\xFF\xFE"s) == "");
}

TEST_CASE("an incomplete character becomes a replacement character and consumes nothing else") {
  CHECK(utf8("\xFF\xFE"
             "A\0B"s) == "A\uFFFD");
  CHECK(utf8("\xFF\xFE"
             "\x34\xD8"
             "A\0"s) == "\uFFFDA");
  CHECK(utf8("\xFF\xFE"
             "\x1E\xDD"
             "A\0"s) == "\uFFFDA");
  CHECK(utf8("\xFF\xFE"
             "\x34\xD8"s) == "\uFFFD");
}

TEST_CASE("the longest characters fit") {
  std::string bytes = "\xFF\xFE";
  std::string expected;
  for (int i = 0; i < 1000; ++i) {
    bytes += "\xAC\x20";
    expected += "€";
  }
  CHECK(utf8(bytes + "A") == expected + "\uFFFD");
}

TEST_CASE("UTF-16 is recognized by its byte order mark, and without one by its NUL bytes") {
  CHECK(
      is_utf16("\xFF\xFE"
               "A\0"s));
  CHECK(
      is_utf16("\xFE\xFF"
               "\0A"s));
  CHECK_FALSE(is_utf16("A\0"s));
  CHECK(looks_like_utf16("E\0002\0000\0002\0"s));
  CHECK(looks_like_utf16("\0E\0002\0000\0002"s));
  CHECK_FALSE(looks_like_utf16("E202"));
  CHECK_FALSE(looks_like_utf16("E\0\0\0"s));
  CHECK_FALSE(looks_like_utf16(std::string(4096, '\0')));
  CHECK_FALSE(looks_like_utf16("one line\n\0another line that is longer\n"s));
  CHECK_FALSE(looks_like_utf16(""));
}
