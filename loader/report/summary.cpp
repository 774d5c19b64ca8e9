#include "loader/report/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "loader/output/characters.hpp"
#include "loader/report/page.hpp"
#include "loader/report/result_words.hpp"

namespace offcirc {

namespace {

// More names would push the totals off the screen. The report has them all.
constexpr std::size_t k_max_listed = 5;

std::string list_of(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), k_max_listed); ++i)
    text += fmt::format("{}{}", i == 0 ? "" : ", ", names[i]);
  if (names.size() > k_max_listed) text += fmt::format(" and {} more", names.size() - k_max_listed);
  return visible(text);
}

std::vector<SummaryPhrase> line_of_totals(const Report& report, Tone verdict) {
  const ReportTotals& totals = report.totals;
  std::vector<SummaryPhrase> line{
      {report.dry_run ? "Check only, nothing was written" : fmt::format("Load {}", report.load), verdict},
      {fmt::format(": {} line{}: ", totals.lines, totals.lines == 1 ? "" : "s")}};
  const auto add = [&](std::uint64_t count, std::string_view what, Tone tone, std::string_view behind = ", ") {
    line.push_back({fmt::format("{} {}", count, what), count > 0 ? tone : Tone::plain});
    line.push_back({std::string(behind)});
  };
  add(totals.loaded, "loaded", Tone::good);
  add(totals.follow_up, "to follow up", Tone::attention);
  add(totals.rejected, "not loaded", Tone::bad);
  add(totals.unreadable, "unreadable", Tone::bad);
  add(totals.already_loaded, "already loaded", Tone::plain);
  if (totals.not_done > 0) add(totals.not_done, k_not_done_words, Tone::plain);
  add(totals.blank, "blank", Tone::plain, ".");
  return line;
}

// Nobody notices in the lines of a log that it may be of another library, so the summary says it. Other notes are only
// in the report.
bool is_follow_up(const LogNote& note) {
  return note.code == facts_of(Outcome::library_mismatch).code;
}

}  // namespace

Summary summary_of(const Report& report) {
  std::vector<std::string> not_read;
  for (const ReportLog& log : report.logs)
    if (log.error) not_read.push_back(log.path);
  std::vector<std::string> to_look_at;
  for (const ReportLog& log : report.logs)
    if (!log.error && std::any_of(log.notes.begin(), log.notes.end(), is_follow_up)) to_look_at.push_back(log.path);
  std::vector<std::string> stations;
  for (const LibraryStation& missing : report.missing_stations)
    stations.push_back(fmt::format("{} {}", missing.library, missing.station));

  const ReportTotals& totals = report.totals;
  Tone verdict = Tone::good;
  if (totals.follow_up > 0 || !stations.empty() || !to_look_at.empty()) verdict = Tone::attention;
  if (totals.rejected + totals.unreadable > 0 || !not_read.empty()) verdict = Tone::bad;

  Summary summary;
  summary.lines.push_back(line_of_totals(report, verdict));
  if (!not_read.empty())
    summary.lines.push_back({{fmt::format("Logs that could not be read: {}.", list_of(not_read)), Tone::bad}});
  if (!to_look_at.empty())
    summary.lines.push_back({{fmt::format("Logs to check: {}.", list_of(to_look_at)), Tone::attention}});
  if (!stations.empty())
    summary.lines.push_back(
        {{fmt::format("Workstations that have not uploaded: {}.", list_of(stations)), Tone::attention}});
  if (std::string ahead = ahead_words(report); !ahead.empty()) summary.lines.push_back({{std::move(ahead), Tone::bad}});
  return summary;
}

namespace {

constexpr std::size_t k_hang = 2;

std::string_view color_of(Tone tone) {
  switch (tone) {
    case Tone::plain:
      return "";
    case Tone::good:
      return "\x1b[32m";
    case Tone::attention:
      return "\x1b[33m";
    case Tone::bad:
      return "\x1b[31m";
  }
  return "";
}

/// Text without blanks. It may be made of several phrases.
using Word = std::vector<SummaryPhrase>;

std::vector<Word> words_of(const std::vector<SummaryPhrase>& line) {
  std::vector<Word> words(1);
  for (const SummaryPhrase& phrase : line) {
    std::string_view rest = phrase.text;
    while (true) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      if (end > 0) words.back().push_back({std::string(rest.substr(0, end)), phrase.tone});
      if (end == rest.size()) break;
      words.emplace_back();
      rest.remove_prefix(end + 1);
    }
  }
  return words;
}

/// Wraps and colors one line of the summary.
class Lines {
 public:
  Lines(std::size_t columns, bool colors) : m_columns(columns), m_colors(colors) {}

  void add(const Word& word) {
    std::size_t width = 0;
    for (const SummaryPhrase& phrase : word) width += width_of(phrase.text);
    if (m_column > k_hang && m_columns > 0 && m_column + 1 + width > m_columns) {
      break_line();
    } else if (m_column > 0) {
      m_text += ' ';
      ++m_column;
    }
    for (const SummaryPhrase& phrase : word) add_letters(phrase);
  }

  std::string finish() && {
    become(Tone::plain);
    return std::move(m_text += '\n');
  }

 private:
  // Breaks a word that is longer than a line, such as a path.
  void add_letters(const SummaryPhrase& phrase) {
    std::string_view rest = phrase.text;
    while (!rest.empty()) {
      const std::size_t bytes = m_columns <= k_hang ? rest.size() : bytes_of_columns(rest, m_columns - m_column);
      if (bytes > 0) {
        become(phrase.tone);
        m_text += rest.substr(0, bytes);
        m_column += width_of(rest.substr(0, bytes));
        rest.remove_prefix(bytes);
      }
      if (!rest.empty()) break_line();
    }
  }

  void break_line() {
    become(Tone::plain);
    m_text += "\n" + std::string(k_hang, ' ');
    m_column = k_hang;
  }

  void become(Tone tone) {
    if (tone == m_tone || !m_colors) return;
    if (m_tone != Tone::plain) m_text += "\x1b[0m";
    m_text += color_of(tone);
    m_tone = tone;
  }

  std::size_t m_columns;
  bool m_colors;
  std::string m_text;
  std::size_t m_column = 0;
  Tone m_tone = Tone::plain;
};

}  // namespace

std::string summary_text(const Summary& summary, std::size_t columns, bool colors) {
  std::string text;
  for (const auto& line : summary.lines) {
    Lines lines(columns, colors);
    for (const Word& word : words_of(line)) lines.add(word);
    text += std::move(lines).finish();
  }
  return text;
}

}  // namespace offcirc
