#include <doctest/doctest.h>

#include "loader/rules/namesakes.hpp"

using namespace offcirc;

TEST_CASE("case, hyphens, apostrophes, periods, and spaces make no difference") {
  CHECK(folded_name("O'Brien-Núñez") == "obriennunez");
  CHECK(folded_name("O’BRIEN NUÑEZ") == "obriennunez");
  CHECK(folded_name("  van der Berg Jr. ") == "vanderbergjr");
  CHECK(folded_name("Smith\u2010Jones") == "smithjones");
  CHECK(folded_name("Smith\u00A0Jones") == "smithjones");
  CHECK(folded_name("") == "");
  CHECK(folded_name("-'. ") == "");
}

TEST_CASE("a name with other letters is a different name") {
  CHECK(folded_name("Meyer") != folded_name("Meier"));
  CHECK(folded_name("Smith 2") == "smith2");
}

TEST_CASE("Latin letters lose their accents, whether precomposed or combining") {
  CHECK(folded_name("Åström") == "astrom");
  CHECK(folded_name("A\u030Astro\u0308m") == "astrom");
  CHECK(folded_name("ŽIŽEK Čapek Łukasz Đorđe") == "zizekcapeklukaszdorde");
  CHECK(folded_name("Șerban Țepeș") == "serbantepes");
  CHECK(folded_name("Nguyễn") == "nguyen");
  CHECK(folded_name("NGUYỄN") == "nguyen");
  CHECK(folded_name("Ğül İpek ışık") == "gulipekisik");
}

TEST_CASE("letters that represent two letters become two") {
  CHECK(folded_name("Groß") == "gross");
  CHECK(folded_name("GROẞ") == "gross");
  CHECK(folded_name("Ælfrīc") == "aelfric");
  CHECK(folded_name("Þór") == "thor");
  CHECK(folded_name("Œuvre") == "oeuvre");
  CHECK(folded_name("Søren") == "soren");
  CHECK(folded_name("ǅ ĳ") == "dzij");
}

TEST_CASE("other scripts are kept; Greek and Cyrillic become lower case") {
  CHECK(folded_name("ΣΊΣΥΦΟΣ") == folded_name("Σίσυφος"));
  CHECK(folded_name("ИВАНОВ Ёлкин") == "ивановёлкин");
  CHECK(folded_name("王小明") == "王小明");
  CHECK(folded_name("×÷") == "×÷");
}

TEST_CASE("invalid UTF-8 bytes are unchanged") {
  CHECK(folded_name("N\xFA\xF1"
                    "ez") ==
        "n\xFA\xF1"
        "ez");
  CHECK(folded_name("abc\xC3") == "abc\xC3");
  CHECK(folded_name("\xE2\x80") == "\xE2\x80");
}
