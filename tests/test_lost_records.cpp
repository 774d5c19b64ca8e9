// No record vanishes: after any single damage to a log, each of its records is read or is unreadable, or the log has a
// note. The damage is random, with a fixed seed.
#include <doctest/doctest.h>

#include <array>
#include <random>

#include "tests/parsed_log.hpp"

using namespace offcirc;

namespace {

/// A format and the log to damage: its sample, or lines that are weak points of the format.
struct DamagedFormat {
  std::string_view format;
  std::string text = {};  ///< the sample if empty
  int damages = 100'000;
};

const std::array k_formats = {
    DamagedFormat{"koc"},
    // A short header, and empty columns.
    DamagedFormat{"koc",
                  "Version=1.0 Generator=kolt\n2026-06-12 10:15:30\treturn\t\t21\t\n2026-06-12 10:15:31\treturn\t22\t\n"
                  "2026-06-12 10:15:32\tissue\t11\t23\n\n2026-06-12 10:15:33\tpayment\t11\t2\n"
                  "Version=1.0\tGenerator=koct-firefox\n2026-06-12 10:15:34\treturn\t24\t\n"},
    DamagedFormat{"aleph"},
    DamagedFormat{"sierra"},
    // Empty fields, and items that look like codes.
    DamagedFormat{"sierra",
                  "o:2606121001:bo:bi::\ni:2606121002:bn:::\nn:31\no:2606121003:bn1:bn::9\n\ni:2606121004:b1:::\n"
                  "o:2606121005:b2:b3:2607032359:\n"},
    DamagedFormat{"evergreen"},
};

struct Found {
  std::vector<std::size_t> records;  ///< the lines that contain them, from 0, except blank ones
  bool has_trouble = false;          ///< an unreadable record, or a note on the log
};

// Reads many logs with one arena and one decoder.
class Reader {
 public:
  explicit Reader(std::string_view format) : m_format(*find_format(format)) {}

  Found read(std::string_view text) {
    Found found;
    OpenedLog opened = m_format.open(text, {m_arena, m_decoder});
    auto* parser = std::get_if<std::unique_ptr<LogParser>>(&opened);
    found.has_trouble = parser == nullptr;
    if (found.has_trouble) return found;
    for (Record record; (*parser)->next(record);) {
      if (std::holds_alternative<Diagnostic>(record.content)) found.has_trouble = true;
      if (!std::holds_alternative<Blank>(record.content)) found.records.push_back(record.line - 1);
    }
    found.has_trouble = found.has_trouble || !(*parser)->notes().empty();
    return found;
  }

 private:
  const LogFormat& m_format;
  TextArena m_arena;
  Decoder m_decoder{"windows-1252", m_arena};
};

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (; !text.empty(); text.remove_prefix(text.find('\n') + 1)) lines.emplace_back(text.substr(0, text.find('\n')));
  return lines;
}

/// Damages a log at random places. It never removes a whole line, because nothing could reveal that.
class Damager {
 public:
  explicit Damager(std::string_view text) : m_lines(lines_of(text)) {}

  static constexpr int k_kinds = 11;

  /// Damages a line that is not empty; `kind` is less than k_kinds.
  std::string damaged(int kind) {
    m_ends = up_to(2) == 0 ? "\n" : "\r\n";
    do m_line = up_to(m_lines.size());
    while (m_lines[m_line].size() < 2);
    std::string text;
    m_begin = m_end = 0;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
      if (i == m_line) m_begin = text.size();
      text += m_lines[i];
      if (i == m_line) m_end = text.size();
      text += m_ends;
    }
    strike(kind, text);
    return text;
  }

  /// The line that was damaged.
  [[nodiscard]] std::size_t line() const { return m_line; }

 private:
  std::size_t up_to(std::size_t count) { return m_random() % count; }
  char byte() { return static_cast<char>(up_to(256)); }
  // A place in the line or its end.
  std::size_t place() { return m_begin + up_to(m_end - m_begin + m_ends.size()); }
  // A length that leaves some of the line and removes some.
  std::size_t part() { return 1 + up_to(m_end - m_begin - 1); }

  void strike(int kind, std::string& text) {
    const std::size_t at = place();
    const std::size_t left = part();
    switch (kind) {
      case 0:
        text[at] = byte();
        break;
      case 1:
        text[at] = static_cast<char>(text[at] ^ (1 << up_to(8)));
        break;
      case 2:
        text.erase(at, 1);
        break;
      case 3:
        text.insert(at, 1, byte());
        break;
      case 4:
        std::swap(text[at], text[at + 1 < text.size() ? at + 1 : 0]);
        break;
      case 5:
        text.erase(m_begin, left);
        break;
      case 6:
        text.erase(m_begin + left);
        break;
      case 7:
        text.erase(m_begin + left, m_end - m_begin - left);
        break;
      case 8:
        text.erase(m_end, m_ends.size());
        break;
      case 9:
        write_zeros(text, at);
        break;
      // The next line was written before this one was complete.
      default:
        text.erase(m_begin + left, m_end - m_begin - left + m_ends.size());
        break;
    }
  }

  void write_zeros(std::string& text, std::size_t at) {
    const std::size_t count = std::min(1 + up_to(64), text.size() - at);
    text.replace(at, count, std::string(count, '\0'));
  }

  std::vector<std::string> m_lines;
  std::mt19937 m_random{18};
  std::string m_ends;
  std::size_t m_line = 0;
  std::size_t m_begin = 0, m_end = 0;  // of the line in the text
};

// Shows every byte, so that the log can be tried again.
std::string shown(std::string_view text) {
  std::string shown;
  for (const char c : text) {
    shown += c >= ' ' && c <= '~' ? std::string(1, c) : fmt::format("\\x{:02X}", static_cast<unsigned char>(c));
    if (c == '\n') shown += c;
  }
  return shown;
}

}  // namespace

TEST_CASE("no damage makes a record vanish") {
  constexpr int k_cut = 6;
  for (const DamagedFormat& tried : k_formats) {
    CAPTURE(tried.format);
    const std::string text = tried.text.empty() ? read_sample(*find_format(tried.format)) : tried.text;
    Reader reader(tried.format);
    const Found whole = reader.read(text);
    REQUIRE(!whole.has_trouble);
    REQUIRE(whole.records.size() >= 5);
    Damager damager(text);
    int lost = 0;
    for (int i = 0; i < tried.damages; ++i) {
      const int kind = i % Damager::k_kinds;
      const std::string damaged = damager.damaged(kind);
      // What comes after a cut is gone, and nothing can reveal it.
      const auto is_there = [&](std::size_t line) { return kind != k_cut || line <= damager.line(); };
      const auto records = std::count_if(whole.records.begin(), whole.records.end(), is_there);
      const Found found = reader.read(damaged);
      if (found.has_trouble || found.records.size() >= static_cast<std::size_t>(records)) continue;
      if (++lost <= 3) FAIL_CHECK("damage of kind ", kind, " in line ", damager.line() + 1, ":\n", shown(damaged));
    }
    CHECK(lost == 0);
  }
}
