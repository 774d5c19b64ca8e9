#include "loader/mail/mime_message.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace offcirc;

namespace {

const Zone k_zone("Test/Central", {{INT64_MIN / 4, -5 * 3600}});
constexpr Seconds k_morning = 1781277151;  // 2026-06-12T10:12:31-05:00

MailMessage small_message() {
  MailMessage message;
  message.from_name = "Example Library System";
  message.from_address = "offcirc@example.org";
  message.to = {"circ@example.org", "head@example.org"};
  message.subject = "Load 42: 3 not loaded";
  message.message_id = "offcirc-42-0a@example.org";
  message.date = k_morning;
  message.texts = {{"plain", "One line\n"}};
  return message;
}

std::string subject(const std::string& text) {
  return text_header("Subject", text);
}

// The longest line; requires all lines to end in CR LF.
std::size_t longest_line(const std::string& text) {
  REQUIRE(text.ends_with("\r\n"));
  std::size_t longest = 0, begin = 0;
  for (std::size_t end; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) {
    REQUIRE(text[end - 1] == '\r');
    longest = std::max(longest, end - 1 - begin);
  }
  return longest;
}

}  // namespace

TEST_CASE("a complete mail with one text") {
  CHECK(mime_text(small_message(), k_zone) ==
        "Date: Fri, 12 Jun 2026 10:12:31 -0500\r\n"
        "From: \"Example Library System\" <offcirc@example.org>\r\n"
        "To: circ@example.org, head@example.org\r\n"
        "Subject: Load 42: 3 not loaded\r\n"
        "Message-ID: <offcirc-42-0a@example.org>\r\n"
        "Auto-Submitted: auto-generated\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n"
        "\r\n"
        "One line\r\n");
}

TEST_CASE("a complete mail with two forms of the text and an attachment") {
  MailMessage message = small_message();
  message.texts.push_back({"html", "<p>One line"});
  message.attachments.push_back({"text/csv; charset=utf-8", "load-42.csv", "n,log\r\n1,a\r\n"});
  const std::string text = mime_text(message, k_zone);
  CHECK(text.substr(text.find("MIME-Version")) ==
        "MIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed;\r\n"
        " boundary=\"=_mixed\"\r\n"
        "\r\n"
        "--=_mixed\r\n"
        "Content-Type: multipart/alternative;\r\n"
        " boundary=\"=_alternative\"\r\n"
        "\r\n"
        "--=_alternative\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n"
        "\r\n"
        "One line\r\n"
        "\r\n"
        "--=_alternative\r\n"
        "Content-Type: text/html; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n"
        "\r\n"
        "<p>One line\r\n"
        "--=_alternative--\r\n"
        "\r\n"
        "--=_mixed\r\n"
        "Content-Type: text/csv; charset=utf-8\r\n"
        "Content-Disposition: attachment;\r\n"
        " filename=\"load-42.csv\"\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        "\r\n"
        "bixsb2cNCjEsYQ0K\r\n"
        "\r\n"
        "--=_mixed--\r\n");
}

TEST_CASE("no name adds a header line") {
  CHECK(subject("Load 42\r\nBcc: everybody@example.org") == "Subject: Load 42\\x0d\\x0aBcc: everybody@example.org\r\n");
  CHECK(subject("a\nb\tc\x1b") == "Subject: a\\x0ab\\x09c\\x1b\r\n");
  CHECK(sender_header("From", "X\" <a@b>\r\nBcc: c@d", "e@f") ==
        "From: \"X\\\" <a@b>\\\\x0d\\\\x0aBcc: c@d\" <e@f>\r\n");
  CHECK(sender_header("From", "", "e@f") == "From: e@f\r\n");
  CHECK(file_name_parameters("filename", "a\"\r\nb/c") ==
        std::vector<std::string>{"filename=\"a___b_c\"", "filename*=UTF-8''a%22%0D%0Ab%2Fc"});

  MailMessage message = small_message();
  message.from_name = message.subject = "Harbor\r\nBcc: x@example.org\r\n\r\nbody";
  const std::string text = mime_text(message, k_zone);
  CHECK(text.find("\nBcc") == std::string::npos);
  CHECK(text.find("\r\n\r\n") == text.rfind("\r\n\r\n"));
}

TEST_CASE("names that are not ASCII") {
  CHECK(subject("Bücherei Köln") == "Subject: =?UTF-8?Q?B=C3=BCcherei_K=C3=B6ln?=\r\n");
  CHECK(sender_header("From", "Bücherei", "a@b") == "From: =?UTF-8?Q?B=C3=BCcherei?= <a@b>\r\n");
  CHECK(file_name_parameters("filename", "Köln.csv") ==
        std::vector<std::string>{"filename=\"K__ln.csv\"", "filename*=UTF-8''K%C3%B6ln.csv"});
  CHECK(file_name_parameters("filename", "a.csv") == std::vector<std::string>{"filename=\"a.csv\""});
  // Invalid UTF-8 is shown byte by byte; text that looks like an encoded word is not taken for one.
  CHECK(subject("K\xf6ln") == "Subject: K\\xf6ln\r\n");
  CHECK(subject("=?UTF-8?Q?a?=") == "Subject: =?UTF-8?Q?=3D=3FUTF=2D8=3FQ=3Fa=3F=3D?=\r\n");
  CHECK(subject("two  blanks") == "Subject: =?UTF-8?Q?two__blanks?=\r\n");
}

TEST_CASE("long headers are folded between words and between characters") {
  CHECK(subject("Load 42, Osprey Harbor Public Library (OSH): 3 not loaded, 1 unreadable, 2 to follow up") ==
        "Subject: Load 42, Osprey Harbor Public Library (OSH): 3 not loaded, 1\r\n"
        " unreadable, 2 to follow up\r\n");
  CHECK(addresses_header("To", {"circulation.desk@osprey.example.org", "head.librarian@osprey.example.org"}) ==
        "To: circulation.desk@osprey.example.org, head.librarian@osprey.example.org\r\n");
  CHECK(addresses_header("To", {"circulation.desk@ospreyharbor.example.org", "head.librarian@osprey.example.org"}) ==
        "To: circulation.desk@ospreyharbor.example.org,\r\n head.librarian@osprey.example.org\r\n");
  const std::string umlauts = "öööööööööööööööööööööööööööööö";
  CHECK(subject(umlauts) ==
        "Subject: =?UTF-8?Q?=C3=B6=C3=B6=C3=B6=C3=B6=C3=B6=C3=B6=C3=B6=C3=B6?=\r\n"
        " =?UTF-8?Q?=C3=B6=C3=B6=C3=B6=C3=B6=C3=B6=C3=B6=C3=B6=C3=B6=C3=B6=C3=B6?=\r\n"
        " =?UTF-8?Q?=C3=B6=C3=B6=C3=B6=C3=B6=C3=B6=C3=B6=C3=B6=C3=B6=C3=B6=C3=B6?=\r\n"
        " =?UTF-8?Q?=C3=B6=C3=B6?=\r\n");
  CHECK(longest_line(subject(std::string(500, 'x'))) <= 76);
  CHECK(longest_line(sender_header("From", std::string(500, 'x'), "a@b")) <= 76);
}

TEST_CASE("quoted-printable") {
  CHECK(quoted_printable("") == "");
  CHECK(quoted_printable("a=b\n") == "a=3Db\r\n");
  CHECK(quoted_printable("a\r\nb") == "a\r\nb");
  CHECK(quoted_printable("ends in a blank \nand a tab\t") == "ends in a blank=20\r\nand a tab=09");
  CHECK(quoted_printable("Köln\x01\n") == "K=C3=B6ln=01\r\n");
  // A server would take the first for the end of the mail, a mailbox the last for the beginning of one.
  CHECK(quoted_printable(".\n..\n.a\nFrom here\nFromage") == "=2E\r\n=2E.\r\n=2Ea\r\n=46rom here\r\nFromage");
  CHECK(quoted_printable(std::string(76, 'x') + "\n") == std::string(76, 'x') + "\r\n");
  CHECK(quoted_printable(std::string(77, 'x')) == std::string(75, 'x') + "=\r\nxx");
  CHECK(quoted_printable(std::string(75, 'x') + ".") == std::string(75, 'x') + ".");
  CHECK(quoted_printable(std::string(75, 'x') + "..") == std::string(75, 'x') + "=\r\n=2E.");
  CHECK(quoted_printable(std::string(74, 'x') + "=") == std::string(74, 'x') + "=\r\n=3D");
}

TEST_CASE("base64") {
  CHECK(base64("") == "");
  CHECK(base64("f") == "Zg==");
  CHECK(base64("fo") == "Zm8=");
  CHECK(base64("foo") == "Zm9v");
  CHECK(base64("\xff\xfe\xfd") == "//79");
  CHECK(base64_lines("") == "");
  CHECK(base64_lines(std::string(57, '\0')) == std::string(76, 'A') + "\r\n");
  CHECK(base64_lines(std::string(58, '\0')) == std::string(76, 'A') + "\r\nAA==\r\n");
}

TEST_CASE("a text is encoded the shorter way") {
  CHECK(suits_quoted_printable("A page of English\n"));
  CHECK(suits_quoted_printable("Zurückgegeben in Köln am Freitag\n"));
  CHECK_FALSE(suits_quoted_printable("日本語の図書館\n"));
  MailMessage message = small_message();
  message.texts = {{"plain", "日本語の図書館\n"}};
  const std::string text = mime_text(message, k_zone);
  CHECK(text.ends_with("Content-Transfer-Encoding: base64\r\n\r\n5pel5pys6Kqe44Gu5Zuz5pu46aSoDQo=\r\n"));
}

TEST_CASE("dates have the offset of their day") {
  CHECK(date_header(0, Zone()) == "Date: Thu, 1 Jan 1970 00:00:00 +0000\r\n");
  CHECK(date_header(k_morning, Zone("X", {{INT64_MIN / 4, 5 * 3600 + 1800}})) ==
        "Date: Fri, 12 Jun 2026 20:42:31 +0530\r\n");
}
