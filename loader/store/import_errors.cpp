#include "loader/store/import_errors.hpp"

#include <fmt/format.h>

#include <utility>

#include "loader/run_error.hpp"

namespace offcirc {

namespace {

constexpr std::size_t k_listed = 100;

}  // namespace

ImportErrors::ImportErrors(std::vector<std::string> paths) : m_paths(std::move(paths)) {}

void ImportErrors::add(const CsvPlace& place, std::string_view sentence) {
  const std::string column = place.column == 0 ? "" : fmt::format(":{}", place.column);
  add_line(fmt::format("{}:{}{}: {}", m_paths[place.file], place.line, column, sentence));
}

void ImportErrors::add(std::uint32_t file, std::string_view sentence) {
  add_line(fmt::format("{}: {}", m_paths[file], sentence));
}

void ImportErrors::add_line(std::string line) {
  if (++m_count <= k_listed) m_lines.push_back(std::move(line));
}

void ImportErrors::throw_if_any() const {
  if (m_count == 0) return;
  std::string text;
  for (const std::string& line : m_lines) text += line + "\n";
  if (m_count > k_listed) text += fmt::format("There are {} more errors.\n", m_count - k_listed);
  throw RunError(text + "Nothing was imported.");
}

}  // namespace offcirc
