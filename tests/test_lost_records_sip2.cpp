// No damage makes a SIP2 record vanish: after one byte was changed, removed, or inserted, or the beginning or end of a
// line was cut off, each of 100,000 logs has as many nonblank records as before, or an unreadable one, or a note.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "tests/parsed_log.hpp"

using namespace offcirc;

namespace {

std::string with_checksum(std::string message, int sequence) {
  message += fmt::format("AY{}AZ", sequence);
  unsigned sum = 0;
  for (const char c : message) sum += static_cast<unsigned char>(c);
  return message + fmt::format("{:04X}", -sum & 0xFFFFU);
}

/// The form in which a log is written.
struct Style {
  std::string name;
  bool has_checksums = false;
  std::string prefix;  // of each line, with the seconds at {}
  bool has_answers = false;
  std::string line_end = "\n";
};

class LogWriter {
 public:
  LogWriter(const Style& style, std::mt19937_64& random) : m_style(style), m_random(random) {}

  std::vector<std::string> lines() {
    add("9300CNdesk7|COnightjar|CPFoyer|", false);
    for (int i = 0; i < 6; ++i) add_request(static_cast<int>(below(5)));
    return std::move(m_lines);
  }

 private:
  std::uint64_t below(std::uint64_t end) { return m_random() % end; }
  std::string time() {
    m_seconds += 1 + static_cast<int>(below(900));
    return fmt::format("20261117    {:02}{:02}{:02}", 8 + m_seconds / 3600, m_seconds / 60 % 60, m_seconds % 60);
  }

  void add_request(int kind) {
    const std::string at = time();
    const std::string item = fmt::format("3771400{:07}", below(10'000'000));
    const std::string user = fmt::format("2771400{:07}", below(10'000'000));
    const std::string ids = fmt::format("AORID|AA{}|AB{}|AC", user, item);
    const std::string blanks(18, ' ');
    if (kind == 0) add("11YN" + at + "20261208    235900" + ids + "quartz|AD4711|BON|BIN|", true);
    if (kind == 1) add("11NY" + at + blanks + ids + "|", true);
    if (kind == 2) add("09N" + at + at + fmt::format("APFoyer|AORID|AB{}|AC|BIN|", item), true);
    if (kind == 3) add("29NN" + at + "20261208    235900" + ids + "|BON|", true);
    if (kind == 4) add("19" + at + fmt::format("AORID|AB{}|ACquartz|CHx|", item), true);
    if (!m_style.has_answers || kind == 4) return;
    const std::string_view code = kind == 2 ? "10" : kind == 3 ? "30" : "12";
    add(fmt::format("{}1NNY{}AORID|AA{}|AB{}|AJA Field of Barley|AH20261208    235900|", code, at, user, item), false);
  }

  void add(const std::string& message, bool is_next) {
    if (is_next) m_sequence = (m_sequence + 1) % 10;
    std::string prefix = m_style.prefix;
    if (!prefix.empty()) prefix = fmt::format(fmt::runtime(prefix), m_seconds % 60);
    m_lines.push_back(prefix + (m_style.has_checksums ? with_checksum(message, m_sequence) : message) +
                      m_style.line_end);
  }

  const Style& m_style;
  std::mt19937_64& m_random;
  std::vector<std::string> m_lines;
  int m_seconds = 0;
  int m_sequence = 0;
};

struct Seen {
  std::size_t records = 0;  // except blank ones
  bool has_unreadable = false;
  std::vector<std::string> notes;
};

Seen look_at(const std::string& text) {
  Seen seen;
  const ParsedLog log(*find_format("sip2"), text);
  for (const Record& record : log.records) {
    if (!std::holds_alternative<Blank>(record.content)) ++seen.records;
    if (std::holds_alternative<Diagnostic>(record.content)) seen.has_unreadable = true;
  }
  for (const LogNote& note : log.notes) seen.notes.push_back(note.message);
  return seen;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

/// The damaged text. `lines` excludes whole lines that were cut off, whose loss can't be detected.
struct Damaged {
  std::string text;
  std::size_t lines = 0;
};

Damaged damage(const std::vector<std::string>& lines, std::size_t end_bytes, std::mt19937_64& random) {
  const std::string text = joined(lines);
  const std::size_t at = random() % text.size();
  const std::size_t line = random() % lines.size();
  const std::size_t within = 1 + random() % (lines[line].size() - end_bytes - 1);
  std::vector<std::string> others = lines;
  switch (random() % 7) {
    case 0:
      return {text.substr(0, at) + static_cast<char>(random()) + text.substr(at + 1), lines.size()};
    case 1:  // a printable byte, which resembles the original most
      return {text.substr(0, at) + static_cast<char>(' ' + random() % 95) + text.substr(at + 1), lines.size()};
    case 2:
      return {text.substr(0, at) + text.substr(at + 1), lines.size()};
    case 3:
      return {text.substr(0, at) + static_cast<char>(random()) + text.substr(at), lines.size()};
    case 4:
      others[line].erase(0, within);
      return {joined(others), lines.size()};
    case 5:
      others[line].erase(within, lines[line].size() - end_bytes - within);
      return {joined(others), lines.size()};
    default:
      others.resize(line + 1);
      others[line].resize(within);
      return {joined(others), line + 1};
  }
}

bool is_lost(const Seen& whole, const Seen& damaged) {
  if (damaged.records >= whole.records || damaged.has_unreadable) return false;
  return std::all_of(damaged.notes.begin(), damaged.notes.end(), [&](const std::string& note) {
    return std::find(whole.notes.begin(), whole.notes.end(), note) != whole.notes.end();
  });
}

}  // namespace

TEST_CASE("none of 100,000 single damages makes a transaction vanish") {
  const std::vector<Style> styles = {
      {"checked", true, "", false, "\r"},
      {"bare", false, "", false, "\n"},
      {"answered", true, "", true, "\r\n"},
      {"bare and answered", false, "2026-11-17 10:12:{:02} ", true, "\n"},
      {"in a gateway's log", true, "2026-11-17 10:12:{:02}.114 [3] SC->ACS: ", true, "\n"}};
  constexpr int k_damages = 20'000, k_damages_a_log = 50;
  std::mt19937_64 random(18);
  for (const Style& style : styles) {
    CAPTURE(style.name);
    int lost = 0;
    for (int i = 0; i < k_damages; i += k_damages_a_log) {
      const std::vector<std::string> lines = LogWriter(style, random).lines();
      const Seen all = look_at(joined(lines));
      REQUIRE_FALSE(all.has_unreadable);
      for (int n = 0; n < k_damages_a_log; ++n) {
        const Damaged damaged = damage(lines, style.line_end.size(), random);
        const bool is_cut = damaged.lines < lines.size();
        const Seen whole =
            is_cut ? look_at(joined({lines.begin(), lines.begin() + std::ptrdiff_t(damaged.lines)})) : all;
        if (!is_lost(whole, look_at(damaged.text))) continue;
        if (++lost <= 3) MESSAGE("lost in:\n", damaged.text);
      }
    }
    CHECK(lost == 0);
  }
}
