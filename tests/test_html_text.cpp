#include <doctest/doctest.h>

#include "loader/output/characters.hpp"

using namespace offcirc;

namespace {

std::string escaped(std::string_view value) {
  std::string text = "before ";
  append_html_text(text, value);
  return text.substr(7);
}

}  // namespace

TEST_CASE("characters that would begin or end an element, an attribute, or a comment are escaped") {
  CHECK(escaped("<script>alert(1)</script>") == "&lt;script&gt;alert(1)&lt;/script&gt;");
  CHECK(escaped(R"(" onload="x)") == "&quot; onload=&quot;x");
  CHECK(escaped("' onload='x") == "&#39; onload=&#39;x");
  CHECK(escaped("]]>") == "]]&gt;");
  CHECK(escaped("<!-- -->") == "&lt;!-- --&gt;");
  CHECK(escaped("AT&T &amp; &lt;") == "AT&amp;T &amp;amp; &amp;lt;");
  CHECK(escaped("").empty());
}

TEST_CASE("characters that control a display are shown byte by byte; others are unchanged") {
  CHECK(escaped("Zo\u00eb \U0001F4DA `$` \\") == "Zo\u00eb \U0001F4DA `$` \\");
  CHECK(escaped("a\u202eb") == R"(a\xe2\x80\xaeb)");
  CHECK(escaped(std::string_view("a\0b", 3)) == R"(a\x00b)");
  CHECK(escaped("a\xff\xc3(") == R"(a\xff\xc3()");
  CHECK(escaped("\x1b[31m\n\t\u0085") == R"(\x1b[31m\x0a\x09\xc2\x85)");
}

TEST_CASE("every value has a name, and different values have different names") {
  CHECK(html_name("OSH-2_b") == "OSH-2_b");
  CHECK(html_name("A B") == "A.20B");
  CHECK(html_name("A.20B") == "A.2e20B");
  CHECK(html_name("\"'<>&#\u00e9") == ".22.27.3c.3e.26.23.c3.a9");
}
