#include <doctest/doctest.h>

#include <stdexcept>
#include <string>
#include <utility>

#include "formats/decoder.hpp"

using namespace offcirc;

TEST_CASE("strict UTF-8") {
  CHECK(is_utf8(""));
  CHECK(is_utf8("plain text that is longer than eight bytes"));
  CHECK(is_utf8("Zo\xC3\xAB"));
  CHECK(is_utf8("\xE2\x82\xAC \xF0\x9F\x93\x9A"));
  CHECK(is_utf8("\xF4\x8F\xBF\xBF"));
  CHECK_FALSE(is_utf8("Zo\xEB"));
  CHECK_FALSE(is_utf8("\xC3"));
  CHECK_FALSE(is_utf8("\xE2\x82"));
  CHECK_FALSE(is_utf8("\x80"));
  CHECK_FALSE(is_utf8("\xC0\xAF"));  // overlong
  CHECK_FALSE(is_utf8("\xE0\x80\xAF"));
  CHECK_FALSE(is_utf8("\xF0\x80\x80\xAF"));
  CHECK_FALSE(is_utf8("\xED\xA0\x80"));      // surrogate
  CHECK_FALSE(is_utf8("\xF4\x90\x80\x80"));  // above U+10FFFF
}

TEST_CASE("UTF-8 is returned unchanged, without a copy") {
  TextArena arena;
  Decoder decoder("windows-1252", arena);
  const std::string_view text = "Zo\xC3\xAB";
  CHECK(decoder.decode(text).data() == text.data());
}

TEST_CASE("other text is decoded with the encoding of the config") {
  TextArena arena;
  Decoder western("windows-1252", arena);
  CHECK(western.decode("M\xFCller \x80") == "M\xC3\xBCller \xE2\x82\xAC");
  CHECK(western.decode("a\x81"
                       "b\xFC") ==
        "a\xEF\xBF\xBD"
        "b\xC3\xBC");
  CHECK(western.decode(std::string(300, '\xFC')).size() == 600);
  Decoder cyrillic("ISO-8859-5", arena);
  CHECK(cyrillic.decode("\xC2") == "\xD0\xA2");
  Decoder shift_jis("SHIFT_JIS", arena);
  CHECK(shift_jis.decode("\x83") == "\xEF\xBF\xBD");
}

TEST_CASE("a final character that the next one could have changed is not lost") {
  TextArena arena;
  Decoder hebrew("windows-1255", arena);
  CHECK(hebrew.decode("\xF9\xEC\xE5\xED") == "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D");
  CHECK(hebrew.decode("\xF9") == "\xD7\xA9");
  CHECK(hebrew.decode("\xF9\xFF\xF9") == "\xD7\xA9\xEF\xBF\xBD\xD7\xA9");
  CHECK(Decoder("windows-1258", arena).decode("\xC2") == "\xC3\x82");
}

TEST_CASE("a field loses its no-break spaces in any encoding, but no part of a character") {
  TextArena arena;
  Decoder western("windows-1252", arena);
  CHECK(western.trim(" \u00A0OSH\u202F ") == "OSH");
  CHECK(western.trim("\xA0 OSH \xA0") == "OSH");
  CHECK(western.trim("\xA0") == "");
  CHECK(western.trim("\u00A0").empty());
  CHECK(western.trim("\u00E0").size() == 2);  // ends in A0
  CHECK(western.trim("M\xFC\xA0") == "M\xFC");
  Decoder cyrillic("cp866", arena);
  CHECK(cyrillic.trim("\xA0\xFF") == "\xA0");  // A0 is a letter in this encoding, and FF is the space
  CHECK(western.trim("").empty());
}

TEST_CASE("invalid bytes are replaced if the encoding is UTF-8") {
  TextArena arena;
  Decoder decoder("UTF-8", arena);
  CHECK(decoder.decode("Zo\xEB") == "Zo\xEF\xBF\xBD");
  CHECK(is_utf8(decoder.decode("\xF4\x90\x80\x80")));  // above U+10FFFF
  CHECK(is_utf8(decoder.decode("\xED\xA0\x80")));      // surrogate
}

TEST_CASE("an encoding that iconv does not know") {
  TextArena arena;
  CHECK_THROWS_WITH_AS(Decoder("windows-9999", arena), "No such text encoding: \"windows-9999\".",
                       std::invalid_argument);
}

TEST_CASE("the arena's texts and desks keep their addresses when it moves") {
  TextArena arena;
  const std::string_view kept = arena.keep(std::string("kept"));
  const Desk* first = arena.desk({"OSH", "", "0201", "OSHCIRC"});
  const Desk* second = arena.desk({"OSH", "NEE", "0201", "OSHCIRC"});
  CHECK(first != second);
  TextArena moved = std::move(arena);
  CHECK(kept == "kept");
  CHECK(first->station == "0201");
  CHECK(moved.desk({"OSH", "", "0201", "OSHCIRC"}) == first);
  CHECK(moved.desk({"OSH", "NEE", "0201", "OSHCIRC"}) == second);
}
