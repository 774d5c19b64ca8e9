#include "loader/runs/used_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "formats/csv_text.hpp"
#include "formats/fields.hpp"
#include "formats/line_reader.hpp"
#include "loader/config/map_file.hpp"
#include "loader/output/characters.hpp"
#include "loader/progress.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

namespace {

/// Reads one list, in either format.
class ListReader {
 public:
  ListReader(const std::filesystem::path& file, const Zone& zone) : m_name(visible(file.string())), m_zone(zone) {}

  UsedList read(std::string_view text) && {
    if (LineReader(text).next(m_line) && m_line.starts_with("user_id,"))
      read_table(text);
    else
      read_plain(text);
    if (m_list.made_at == k_no_time && !m_list.codes.empty())
      throw RunError(
          fmt::format("{}: the list does not say when it was made: expected a line such as '# Made "
                      "2026-06-11T02:30:00-05:00'. Use the list as 'offcirc delinquents' wrote it.",
                      m_name));
    return std::move(m_list);
  }

 private:
  void read_plain(std::string_view text) {
    constexpr std::string_view k_made = "# Made ";
    LineReader lines(text);
    while (lines.next(m_line)) {
      if (m_line.starts_with(k_made)) set_made_at(m_line.substr(k_made.size()), lines.line_number());
      const std::string_view line = trimmed(m_line);
      if (line.empty() || line.front() == '#') continue;
      const std::size_t blank = line.find(' ');
      if (blank == std::string_view::npos || line.find(' ', blank + 1) != std::string_view::npos)
        fail(lines.line_number(), "expected an ID and a code, as in '21221000000015 blocked'");
      add(line.substr(0, blank), line.substr(blank + 1));
    }
  }

  void read_table(std::string_view text) {
    constexpr std::array<std::string_view, 5> k_columns = {"user_id", "code", "library", "detail", "made_at"};
    CsvReader reader(text);
    CsvReader::Row row;
    for (bool is_head = true; reader.next(row); is_head = false) {
      if (row.error) fail(row.line, *row.error);
      if (row.fields.size() != k_columns.size()) fail(row.line, "expected 5 columns");
      const auto is_column = [](const CsvReader::Field& field, std::string_view name) { return field.text == name; };
      if (is_head) {
        if (!std::equal(row.fields.begin(), row.fields.end(), k_columns.begin(), is_column))
          fail(row.line, "expected the columns user_id,code,library,detail,made_at");
        continue;
      }
      set_made_at(row.fields[4].text, row.line);
      add(row.fields[0].text, row.fields[1].text);
    }
  }

  void add(std::string_view id, std::string_view code) {
    std::string& codes = m_list.codes[std::string(id)];
    codes += (codes.empty() ? "" : " ") + std::string(code);
  }

  void set_made_at(std::string_view text, std::uint32_t line) {
    const std::optional<Stamp> stamp = parse_iso(trimmed(text));
    if (!stamp || stamp->is(StampForm::never)) fail(line, "the time at which the list was made can't be read");
    m_list.made_at = utc_of(*stamp, m_zone);
  }

  [[noreturn]] void fail(std::uint32_t line, std::string_view why) const {
    if (why.ends_with('.')) why.remove_suffix(1);
    throw RunError(fmt::format("{}:{}: {}. Use the list as 'offcirc delinquents' wrote it.", m_name, line, why));
  }

  std::string m_name;
  const Zone& m_zone;
  std::string_view m_line;
  UsedList m_list;
};

/// Lines of one log with checkouts to listed users.
struct ListedLines {
  std::vector<std::uint32_t> valid, too_old;
};

std::string lines_text(std::vector<std::uint32_t> lines) {
  constexpr std::size_t k_named = 20;
  std::sort(lines.begin(), lines.end());
  std::string text = lines.size() == 1 ? "line " : "lines ";
  for (std::size_t i = 0; i < std::min(lines.size(), k_named); ++i)
    text += fmt::format("{}{}", i == 0 ? "" : ", ", lines[i]);
  if (lines.size() > k_named) text += fmt::format(" and {} more", lines.size() - k_named);
  return text;
}

void add_note(Log& log, std::string_view code, const std::vector<std::uint32_t>& lines, const UsedList& list,
              std::string_view why, std::string_view action, const Zone& zone) {
  if (lines.empty()) return;
  log.notes.push_back(
      {std::string(code),
       fmt::format("{} checkout{} to patrons on the delinquent list of {}, {}: {}", lines.size(),
                   lines.size() == 1 ? " was" : "s were", iso_time(list.made_at, zone), why, lines_text(lines)),
       std::string(action)});
}

}  // namespace

UsedList read_used_list(const std::filesystem::path& file, const Zone& zone) {
  const auto text = read_file_text(file);
  if (const auto* unreadable = std::get_if<Unreadable>(&text))
    throw RunError(
        fmt::format("{}: the delinquent list can't be read: {}.", visible(file.string()), unreadable->reason));
  return ListReader(file, zone).read(std::get<std::string>(text));
}

void note_listed_checkouts(Batch& batch, const Results& results, const UsedList& list, const Zone& zone) {
  std::map<std::uint32_t, ListedLines> listed;  // by log
  for (auto result = results.begin(); const Entry& entry : batch.entries) {
    const Disposition disposition = (*result++).disposition;
    const bool is_new_checkout = disposition != Disposition::already_loaded && disposition != Disposition::not_done &&
                                 entry.kind == Kind::checkout;
    if (!is_new_checkout || entry.occurred_at < list.made_at || !list.codes.contains(entry.user_id)) continue;
    ListedLines& lines = listed[batch.desks[entry.desk].log];
    const bool was_asked = entry.occurred_at - list.made_at <= k_list_valid_seconds;
    (was_asked ? lines.valid : lines.too_old).push_back(entry.transaction->line);
  }
  for (const auto& [log, lines] : listed) {
    add_note(batch.logs[log], "listed-user-served", lines.valid, list, "which should have stopped them",
             "Ask the desk why the items were checked out anyway.", zone);
    add_note(batch.logs[log], "list-too-old", lines.too_old, list,
             "which was more than 5 days old and no longer in use", "Find out why the workstation has no newer list.",
             zone);
  }
}

}  // namespace offcirc
