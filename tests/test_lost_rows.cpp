// No damage makes a record of a list or a sheet vanish silently: if fewer are left, something is unreadable, the log
// has a note, or it is refused.
#include <doctest/doctest.h>

#include <functional>
#include <random>

#include "tests/parsed_log.hpp"

using namespace offcirc;

namespace {

constexpr int k_damages = 100'000;

struct Found {
  std::size_t records = 0;  // except blank ones
  bool is_said = false;     // that something is wrong
};

Found find(const LogFormat& format, std::string_view text) {
  const ParsedLog log(format, text);
  Found found;
  found.is_said = log.refused.has_value() || !log.notes.empty();
  // The intake notes an unterminated last line.
  if (!text.empty() && text.back() != '\n') found.is_said = true;
  for (const Record& record : log.records) {
    if (!std::holds_alternative<Blank>(record.content)) ++found.records;
    if (std::holds_alternative<Diagnostic>(record.content)) found.is_said = true;
  }
  return found;
}

class Damage {
 public:
  // Changes one place of the text. Removing whole lines does not count as damage, because it can't be detected.
  std::string of(std::string text) {
    const std::size_t at = below(text.size());
    switch (below(6)) {
      case 0:
        text[at] = static_cast<char>(below(256));
        break;
      case 1:
        text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
        break;
      case 2:
        text.erase(at, 1);
        break;
      case 3:
        text.insert(at, 1, k_usual[below(k_usual.size())]);
        break;
      case 4:
        if (at > 0 && text[at - 1] != '\n') text.resize(at);
        break;
      default:
        std::fill(text.begin() + static_cast<std::ptrdiff_t>(at),
                  text.begin() + static_cast<std::ptrdiff_t>(std::min(at + 8 + below(100), text.size())), '\0');
        break;
    }
    return text;
  }

 private:
  static constexpr std::string_view k_usual = "\n\r\t,;\" 0123456789%HLabc\xA0\xFF";

  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(m_random() % limit); }

  std::mt19937_64 m_random{20260612};
};

// The first damaged texts that silently lose a record.
std::vector<std::string> losses(const LogFormat& format, const std::string& text) {
  const Found whole = find(format, text);
  REQUIRE(whole.records > 0);
  REQUIRE_FALSE(whole.is_said);
  std::vector<std::string> lost;
  Damage damage;
  for (int i = 0; i < k_damages && lost.size() < 3; ++i) {
    std::string damaged = damage.of(text);
    const Found left = find(format, damaged);
    if (left.records < whole.records && !left.is_said) lost.push_back(std::move(damaged));
  }
  return lost;
}

}  // namespace

TEST_CASE("no damage to a list silently loses a record") {
  for (const char* text :
       {"21220001000073\n31220005000135\n31220005000267\n\n21220001000149\n31220005000390\n\ncheckin\n"
        "31220005000655\n31220005000788\n",
        "Card\tItem\n21220001000073\t31220005000135\n21220001000149\t31220005000267\n",
        "%C123H,21220001000289,31220005001174,%C127L,31220005001307\n"}) {
    CAPTURE(std::string(text));
    CHECK(losses(k_scan_format, text) == std::vector<std::string>{});
  }
}

TEST_CASE("no damage to a sheet silently loses a record") {
  CHECK(losses(k_csv_format,
               "recorded_at,library,kind,user_id,item_id,address\n"
               "2026-06-12T10:01,NEE,checkout,21220001000073,31220005000135,\n"
               "2026-06-12T10:02,NEE,registration,21220001000289,,\"4 Ferry Street\nNeenah, WI\"\n"
               "2026-06-12T10:03,NEE,checkin,,31220005000655,\n"
               "2026-06-12T10:04,NEE,registration,21220001000354,,\"5 Ferry Street\"\n") == std::vector<std::string>{});
  CHECK(losses(k_csv_format,
               "occurred_at,kind,user_id,item_id,origin\n"
               "2026-06-12T10:01:00-05:00,checkout,21220001000073,31220005000135,1781276460-00c0ffee00c0ffee-0\n"
               "2026-06-12T10:02:00-05:00,checkin,,31220005000267,1781276520-00c0ffee00c0ffee-0\n") ==
        std::vector<std::string>{});
}
