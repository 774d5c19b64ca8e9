// What is kept of damaged, truncated, or joined SIP2 messages, and that none of it is a password.
#include <doctest/doctest.h>

#include "formats/sip2_fields.hpp"
#include "tests/parsed_log.hpp"

using namespace offcirc;

namespace {

const std::string k_at = "20261117    101231";
const std::string k_due = "20261208    235900";
const std::string k_fields = "AORID|AA27714000000001|AB37714000000002|AC|";

std::string checked(std::string message) {
  message += "AY1AZ";
  unsigned sum = 0;
  for (const char c : message) sum += static_cast<unsigned char>(c);
  return message + fmt::format("{:04X}", -sum & 0xFFFFU);
}

Diagnostic unreadable(const std::string& line) {
  const ParsedLog log(*find_format("sip2"), line + "\n");
  REQUIRE(log.records.size() == 1);
  REQUIRE(std::holds_alternative<Diagnostic>(log.records[0].content));
  Diagnostic diagnostic = std::get<Diagnostic>(log.records[0].content);
  diagnostic.user_id = diagnostic.item_id = {};  // they point into the log
  return diagnostic;
}

/// The readable parts of the only record: `2026-11-17T10:12:31 27714000000001 37714000000002 doubtful`.
std::string kept_of(const std::string& text) {
  const ParsedLog log(*find_format("sip2"), text);
  REQUIRE(log.records.size() == 1);
  const auto* d = std::get_if<Diagnostic>(&log.records[0].content);
  if (d == nullptr) return "read";
  return fmt::format("{} {} {}{}", iso_stamp_text(d->recorded), d->user_id, d->item_id,
                     d->is_doubtful ? " doubtful" : "");
}

std::vector<std::string> described(const std::string& text) {
  return ParsedLog(*find_format("sip2"), text).described();
}

}  // namespace

TEST_CASE("the time, user, and item of an unreadable record are kept if they are complete") {
  const std::string both = "2026-11-17T10:12:31 27714000000001 37714000000002";
  CHECK(kept_of("11YN" + k_at + k_due + k_fields + "AY1AZ0000\n") == both + " doubtful");
  CHECK(kept_of("11YN" + k_at + k_due + "AA27714000000001|AB37714000000002|\n") == both);
  CHECK(kept_of("11YN" + k_at + k_due + "AORID|AA27714000000001|AB377140\n") ==
        "2026-11-17T10:12:31 27714000000001  doubtful");
  CHECK(kept_of("N" + k_at + k_due + k_fields + "AY1AZ0000\n") == both + " doubtful");
  CHECK(kept_of("1117    101231" + k_due + k_fields + "\n") == " 27714000000001 37714000000002 doubtful");
  CHECK(kept_of("11YN" + k_at + k_due + "AORID|AA2771\x01|AB37714000000002|\n") ==
        "2026-11-17T10:12:31  37714000000002 doubtful");
  CHECK(kept_of("server is away\n") == "   doubtful");
}

TEST_CASE("a last line without a line end may be cut short, unless its checksum is correct") {
  const std::string message = "11YN" + k_at + k_due + k_fields;
  CHECK(kept_of(message) == "2026-11-17T10:12:31 27714000000001 37714000000002 doubtful");
  CHECK(kept_of(message + "\n") == "read");
  CHECK(kept_of(checked(message)) == "read");
  CHECK(kept_of(checked(message) + "|") == "read");
  CHECK(described(message).at(0).ends_with("The last line may be cut short: it has no line end. Load the whole log."));
  // A cut could not change the meaning of noise.
  CHECK(described("97") == std::vector<std::string>{"1: blank"});
}

TEST_CASE("an answer begins at the start of its line or after a log's prefix, not within a date") {
  for (const std::string hour : {"10", "12", "16", "17", "18", "20", "23", "09"}) {
    CAPTURE(hour);
    const std::string line = "11YN20261117    " + hour + "0415" + k_due + k_fields + "AY1AZ0000";
    for (std::size_t lost = 1; lost < line.size() - 1; ++lost) {
      if (described(line.substr(lost) + "\n").at(0).find("blank") != std::string::npos) FAIL_CHECK("lost ", lost);
    }
  }
  // A second that looks like a request.
  CHECK(
      described("1720261208    235900" + k_fields + "\n").at(0).find("a field that messages of its kind never have") !=
      std::string::npos);
  CHECK(described("2026-11-17 10:12:31 recv: 101YNN" + k_at + "AORID|AB31|\n") == std::vector<std::string>{"1: blank"});
}

TEST_CASE("several messages on one line are read one by one") {
  const std::string checkin = "09N" + k_at + k_at + "AORID|AB";
  const auto told = [](const std::string& item) {
    return "1: checkin item=" + item + " at=2026-11-17T10:12:31 desk=RID///";
  };
  const std::vector<std::string> both = {told("31"), told("32")};
  for (const std::string between : {"", " ", "2026-11-17 10:12:32 [3] SC->ACS: "}) {
    CAPTURE(between);
    CHECK(described(checkin + "31|" + between + checkin + "32|\n") == both);
    CHECK(described(checked(checkin + "31|") + between + checkin + "32|\n") == both);
    CHECK(described(checked(checkin + "31|") + "|" + between + checkin + "32|\n") == both);
  }
  CHECK(described(checkin + "31|BIN" + checkin + "32|\n") == both);
  CHECK(described("121NNY" + k_at + "AORID|AA27|AB30|AH" + k_due + "|" + checkin + "32|\n").back() == told("32"));
  // The first was torn.
  const std::vector<std::string> torn = described(checkin + "3" + checkin + "32|\n");
  REQUIRE(torn.size() == 2);
  CHECK(torn[0].find("The message is cut short") != std::string::npos);
  CHECK(torn[1] == told("32"));
}

TEST_CASE("a log without any line ends is read in one pass") {
  std::string text, hostile;
  for (int i = 0; i < 40'000; ++i) text += checked(fmt::format("09N{}{}AP|AORID|AB{}|AC|", k_at, k_at, i));
  CHECK(ParsedLog(*find_format("sip2"), text).transactions().size() == 40'000);
  for (int i = 0; i < 40'000; ++i) hostile += "|11NN" + k_at + "|AY1AZ0000 09N" + k_at + k_at + "AO|AB1";
  CHECK(ParsedLog(*find_format("sip2"), hostile).records.size() == 40'001);
}

TEST_CASE("records with nothing in common have different identities") {
  const std::string start = "11YN" + k_at + k_due;
  CHECK(unreadable(start + "AORID|AAP0017|ABB30011|AC|AY0AZ0000").content !=
        unreadable(start + "AORID|AAP0998|ABB60042|AC|AY0AZ0000").content);
  CHECK(unreadable(start + "AORID|AA27714000000001|AB3771400").content !=
        unreadable("11YN20261118    101231" + k_due + "AORID|AA27714000000001|AB3771400").content);
  CHECK(unreadable("hello").content != unreadable("world").content);
}

TEST_CASE("what is kept of a record contains no password") {
  const auto kept = [](const std::string& text) { return without_sip2_secrets(text, text.starts_with("11") ? 40 : 0); };
  const std::string start = "11YN" + k_at + k_due;
  CHECK(kept(start + "AORID|AA21|AB31|ACquartz|AD4711|BON|AY1AZ0000") == start + "AORID|AA21|AB31|AC|AD|BON|AY1AZ0000");
  CHECK(kept(start + "AORID|AA21}AD4711|AB31|") == start + "AORID|AA21}");
  CHECK(kept(start + "AORID|AA21AD4711|AB31|") == start + "AORID|AA21");
  CHECK(kept(start + "AORID|AA21|AB31|}D4711|BON|") == start + "AORID|AA21|AB31||BON|");
  CHECK(kept(start + "AORID|AA21|AD47|11|BON|") == start + "AORID|AA21|AD||BON|");
  CHECK(kept("711|AB31|AY1AZ0000") == "|AB31|AY1AZ0000");
  CHECK(kept("9300CNdesk|COquartz|CPFoyer|") == "|CO|CPFoyer|");
}

TEST_CASE("if the delimiter before a password is lost, no ID continues into it") {
  const std::string fields = "AORID|AA27714000000001|AB37714000000002|ACquartz|AD4711|BON|";
  const std::string line = "11YN" + k_at + k_due + fields;
  for (const std::string instead : {"", "}", "~", " ", "x", "7", "\xC3"}) {
    for (const std::string secret : {"|AC", "|AD"}) {
      CAPTURE(instead);
      CAPTURE(secret);
      std::string damaged = line;
      damaged.replace(damaged.find(secret), 1, instead);
      for (const Record& record : ParsedLog(*find_format("sip2"), damaged + "\n").records) {
        std::string said;
        if (const auto* t = std::get_if<Transaction>(&record.content)) said = describe(*t);
        if (const auto* d = std::get_if<Diagnostic>(&record.content)) said = d->message + " " + std::string(d->item_id);
        CHECK(said.find("quartz") == std::string::npos);
        CHECK(said.find("4711") == std::string::npos);
      }
    }
  }
  const std::string renewal = "29NN" + k_at + k_due + "AORID|AA";
  for (const std::string damaged : {"27714000000001AD4711|AB31|AC|", "AD4711|AB31|AC|", "277xAD4711|AB31|AC|"}) {
    CHECK(described(renewal + damaged + "\n").at(0).find("4711") == std::string::npos);
  }
}

TEST_CASE("names and IDs that only look like a password's code are read") {
  CHECK(kept_of("11YN" + k_at + k_due + "AOTACOMA|AA27|ABCAD0042|AC|\n") == "read");
  CHECK(kept_of("11YN" + k_at + k_due + "AOPOLK CO|AA27|AB31|\n") == "read");
  CHECK(kept_of("11YN" + k_at + k_due + "AORID|AA27|AB31AC0042|AC|\n") == "read");
  CHECK(kept_of(checked("11YN" + k_at + k_due + "AORID|AA27|AB31AD0042|") + "\n") == "read");
}
