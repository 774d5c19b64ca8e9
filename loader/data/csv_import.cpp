#include "loader/data/csv_import.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "formats/csv_text.hpp"
#include "formats/decoder.hpp"
#include "formats/fields.hpp"
#include "loader/circulation/row_index.hpp"
#include "loader/data/row_reader.hpp"
#include "loader/data/row_writer.hpp"
#include "loader/data/standing_results.hpp"
#include "loader/progress.hpp"

namespace offcirc {

namespace {

std::string names_of(const CsvTable& table) {
  std::string names;
  for (const CsvColumn& column : table.columns) names += fmt::format("{}{}", names.empty() ? "" : ",", column.name);
  return names;
}

}  // namespace

std::vector<int> read_header(const CsvReader::Row& header, const CsvTable& table, std::uint32_t file,
                             ImportErrors& errors) {
  std::vector<int> positions(table.columns.size(), -1);
  bool faulty = false;
  for (std::size_t i = 0; i < header.fields.size(); ++i) {
    const std::string_view name = trimmed(header.fields[i].text);
    const CsvPlace place{file, header.line, header.fields[i].column};
    const auto column = std::find_if(table.columns.begin(), table.columns.end(),
                                     [&](const CsvColumn& known) { return known.name == name; });
    if (column == table.columns.end()) {
      errors.add(place, fmt::format("{} has no column '{}'. Its columns are {}.", table.file, name, names_of(table)));
      faulty = true;
      continue;
    }
    int& position = positions[static_cast<std::size_t>(column - table.columns.begin())];
    if (position >= 0) {
      errors.add(place, fmt::format("the column {} appears twice.", name));
      faulty = true;
    }
    position = static_cast<int>(i);
  }
  for (std::size_t i = 0; i < positions.size(); ++i) {
    if (positions[i] >= 0 || !table.columns[i].required) continue;
    errors.add({file, header.line, 0}, fmt::format("the column {} is missing.", table.columns[i].name));
    faulty = true;
  }
  return faulty ? std::vector<int>() : positions;
}

namespace fs = std::filesystem;

namespace {

struct DataFile {
  CsvTableIndex table;
  std::string path;
};

CsvTableIndex table_of_file(const fs::path& path) {
  const auto tables = csv_tables();
  const auto found = std::find_if(tables.begin(), tables.end(),
                                  [&](const CsvTable& table) { return path.filename().string() == table.file; });
  if (found == tables.end()) {
    throw RunError(fmt::format(
        "{}: a data file must be named users.csv, items.csv, charges.csv, holds.csv or bills.csv. Rename it.",
        path.string()));
  }
  return static_cast<CsvTableIndex>(found - tables.begin());
}

/// Sorts the files by table, so that a row is imported after the rows that it refers to.
std::vector<DataFile> in_order_of_tables(const std::vector<fs::path>& paths) {
  std::vector<DataFile> files;
  for (const fs::path& path : paths) files.push_back({table_of_file(path), path.string()});
  std::stable_sort(files.begin(), files.end(), [](const DataFile& a, const DataFile& b) { return a.table < b.table; });
  return files;
}

std::string read_whole(const std::string& path) {
  std::error_code not_there;
  if (fs::is_directory(path, not_there)) throw RunError(fmt::format("{}: this is a folder, not a data file.", path));
  std::ifstream in(path, std::ios::binary);
  std::string text;
  if (const auto bytes = fs::file_size(path, not_there); !not_there) text.reserve(bytes);  // a pipe has no size
  std::vector<char> block(std::size_t{1} << 16);
  while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0)
    text.append(block.data(), static_cast<std::size_t>(in.gcount()));
  if (!in.is_open() || in.bad())
    throw RunError(fmt::format("{}: the file can't be read: {}.", path, std::strerror(errno)));
  return text;
}

// Reads each file an extra time, which is cheap because it is then in the system's cache.
std::uint64_t lines_of(const std::vector<DataFile>& files) {
  std::uint64_t lines = 0;
  for (const DataFile& file : files) {
    const std::string text = read_whole(file.path);
    lines += static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
  }
  return lines;
}

std::vector<std::string> paths_of(const std::vector<DataFile>& files) {
  std::vector<std::string> paths;
  for (const DataFile& file : files) paths.push_back(file.path);
  return paths;
}

/// One run over the files.
class CsvImport {
 public:
  CsvImport(Database& database, std::vector<DataFile> files, const Policy& policy, const ImportOptions& options);
  ImportOutcome run();

 private:
  void import_file(std::uint32_t file);
  void import_rows(CsvReader& csv, std::uint32_t file, std::vector<int> positions);
  void import_row(const ImportedRow& row, RowWriter& writer, ImportedTable& table, ImportCount& count);
  [[nodiscard]] bool contradicts_load(const ImportedRow& row);
  void keep_standing_rows();
  [[nodiscard]] bool is_row(const CsvReader::Row& fields, std::size_t expected, std::uint32_t file);
  [[nodiscard]] bool is_text(const std::string& text, std::uint32_t file);
  void write_aliases();
  void remove_rows();

  Database& m_database;
  const ImportOptions& m_options;
  std::vector<DataFile> m_files;
  bool m_has_users;
  CodeTables m_codes;
  Statement m_find_title, m_add_title;
  ImportedTables m_tables;
  ImportErrors m_errors;
  AliasImport m_aliases;
  std::unordered_set<Row> m_unchanged_users;
  std::vector<ImportCount> m_counts;  // by file
  StandingResults m_standing;
  ImportContext m_context;
};

CsvImport::CsvImport(Database& database, std::vector<DataFile> files, const Policy& policy,
                     const ImportOptions& options)
    : m_database(database),
      m_options(options),
      m_files(std::move(files)),
      m_has_users(!m_files.empty() && m_files.front().table == CsvTableIndex::users),
      m_codes(database),
      m_find_title(database, "SELECT title_no FROM titles WHERE title_id = ?1"),
      m_add_title(database, "INSERT INTO titles(title_id) VALUES (?1)"),
      m_errors(paths_of(m_files)),
      m_aliases(database),
      m_standing(database, options.invocation.at - policy.max_age_days * k_day_seconds),
      m_context{policy, m_codes, m_find_title, m_add_title, database, m_tables, m_errors} {
  for (const CsvTable& table : csv_tables()) m_tables.emplace_back(database, table);
  for (const DataFile& file : m_files) {
    m_counts.push_back({file.path});
    if (options.replace) table_of(m_tables, file.table).replace();
  }
}

ImportOutcome CsvImport::run() {
  LineCount& lines = m_database.lines();
  lines.begin(Stage::reading, lines.progress().is_shown() ? lines_of(m_files) : 0);
  for (std::uint32_t file = 0; file < m_files.size(); ++file) import_file(file);
  lines.begin(Stage::writing, 0);
  if (m_has_users) write_aliases();
  keep_standing_rows();
  if (m_errors.empty()) remove_rows();
  if (m_has_users) m_aliases.check_user_ids(table_of(m_tables, CsvTableIndex::users), m_errors);
  m_errors.throw_if_any();
  const std::int64_t confirmed = m_standing.confirm(m_options.invocation.at);
  return {m_counts, m_standing.sentences(), confirmed};
}

void CsvImport::import_file(std::uint32_t file) {
  const std::string text = read_whole(m_files[file].path);
  if (!is_text(text, file)) return;
  CsvReader csv(text);
  CsvReader::Row header;
  if (!csv.next(header)) {
    m_errors.add(file, "the header row with the column names is missing.");
    return;
  }
  if (header.error) {
    m_errors.add({file, header.line, header.error_column}, *header.error);
    return;
  }
  const CsvTable& table = csv_tables()[static_cast<std::size_t>(m_files[file].table)];
  std::vector<int> positions = read_header(header, table, file, m_errors);
  if (!positions.empty()) import_rows(csv, file, std::move(positions));
}

void CsvImport::import_rows(CsvReader& csv, std::uint32_t file, std::vector<int> positions) {
  const CsvTable& table = csv_tables()[static_cast<std::size_t>(m_files[file].table)];
  const auto in_file = std::count_if(positions.begin(), positions.end(), [](int position) { return position >= 0; });
  RowReader reader(m_context, table, std::move(positions), file);
  RowWriter writer(m_database, table);
  CsvReader::Row fields;
  ImportedRow row;
  for (; csv.next(fields); m_database.lines().add_one()) {
    if (!is_row(fields, static_cast<std::size_t>(in_file), file)) continue;
    reader.read(fields, row);
    import_row(row, writer, table_of(m_tables, m_files[file].table), m_counts[file]);
  }
}

/// False for an empty line, and for a malformed row, for which it adds an error.
bool CsvImport::is_row(const CsvReader::Row& fields, std::size_t expected, std::uint32_t file) {
  if (fields.error) {
    m_errors.add({file, fields.line, fields.error_column}, *fields.error);
    return false;
  }
  if (fields.fields.size() == 1 && fields.fields[0].text.empty()) return false;
  if (fields.fields.size() == expected) return true;
  m_errors.add({file, fields.line, 0},
               fmt::format("expected {} fields, as in the header row, got {}.", expected, fields.fields.size()));
  return false;
}

bool CsvImport::is_text(const std::string& text, std::uint32_t file) {
  std::uint32_t line = 1;
  for (std::size_t start = 0; start < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    const std::string_view bytes = std::string_view(text).substr(start, end - start);
    if (!is_utf8(bytes) || bytes.find('\0') != std::string_view::npos) {
      m_errors.add({file, line, 0}, "this is not UTF-8 text. Save the file as CSV with UTF-8.");
      return false;
    }
    start = end + 1;
  }
  return true;
}

void CsvImport::import_row(const ImportedRow& row, RowWriter& writer, ImportedTable& table, ImportCount& count) {
  const bool users = &table == &table_of(m_tables, CsvTableIndex::users);
  const std::optional<Row> known = table.find(row.values[0]);
  if (const auto before = table.seen_at(known, row.key); before && !row.key.empty()) {
    m_errors.add(row.place, fmt::format("{} is already in {}:{}.", row.key, m_errors.path(before->file), before->line));
    return;
  }
  if (row.faulty) {
    table.add_faulty(row.key, row.place);
    return;
  }
  if (&table == &table_of(m_tables, CsvTableIndex::charges) && contradicts_load(row)) {
    table.add_seen(row.values[0].number(), row.place);
    ++count.kept;
    return;
  }
  Row number = 0;
  if (known) {
    number = *known;
    const bool changed = writer.update(number, row.values);
    ++(changed ? count.updated : count.unchanged);
    if (users && !changed) m_unchanged_users.insert(number);
  } else {
    number = writer.insert(row.values);
    ++count.inserted;
  }
  table.add_seen(number, row.place);
  if (users) m_aliases.add(number, row.aliases);
}

// Compares the row with what a recent load decided about the item. True if that is to be kept.
bool CsvImport::contradicts_load(const ImportedRow& row) {
  constexpr std::size_t k_item = 0, k_user = 1, k_due_at = 4;
  const Row item = row.values[k_item].number(), user = row.values[k_user].number();
  const StandingResult* standing = m_standing.of(item);
  if (standing == nullptr) return false;
  // The live system may count the days of a loan in another way, but not by a whole day.
  const bool is_renewed =
      !standing->renewed_to || row.values[k_due_at].number() > *standing->renewed_to - k_day_seconds;
  if (standing->user == user && is_renewed) {
    m_standing.agree(item);
    return false;
  }
  m_standing.disagree(item, user, m_options.force);
  return !m_options.force;
}

// --replace removes rows that the files do not have. Rows that the live system may not know yet are kept: charges and
// bills of recent loads, and the users whom they registered. If a file has all charges, an item that is not in it is
// with nobody.
void CsvImport::keep_standing_rows() {
  const auto keep = [&](CsvTableIndex index, const std::vector<Row>& rows) {
    ImportedTable& table = table_of(m_tables, index);
    const auto file = std::find_if(m_files.begin(), m_files.end(), [&](const DataFile& f) { return f.table == index; });
    if (file == m_files.end() || !table.is_replaced()) return;
    const auto number = static_cast<std::uint32_t>(file - m_files.begin());
    for (const Row row : rows) {
      if (table.seen_at(row, "")) continue;
      table.add_seen(row, {number, 0, 0});
      ++m_counts[number].kept;
    }
  };
  if (!m_options.force) keep(CsvTableIndex::users, m_standing.registered_users());
  ImportedTable& charges = table_of(m_tables, CsvTableIndex::charges);
  const auto stays = [&](Row item, Row user) {
    return table_of(m_tables, CsvTableIndex::items).stays(item) && table_of(m_tables, CsvTableIndex::users).stays(user);
  };
  if (charges.is_replaced())
    keep(CsvTableIndex::charges, m_standing.compare_absent(charges.seen_rows(), m_options.force, stays));
  if (!m_options.force) keep(CsvTableIndex::bills, m_standing.bills_made());
}

void CsvImport::write_aliases() {
  const ImportedTable& users = table_of(m_tables, CsvTableIndex::users);
  for (const Row user : m_aliases.write(users, m_errors)) {
    if (m_unchanged_users.count(user) == 0) continue;
    ImportCount& count = m_counts[users.seen_at(user, "")->file];
    --count.unchanged;
    ++count.updated;
  }
}

/// Goes through the tables backward, so that rows are removed before the rows that they refer to. The removed rows of a
/// table count for its last file.
void CsvImport::remove_rows() {
  for (auto file = static_cast<std::uint32_t>(m_files.size()); file-- > 0;) {
    const CsvTableIndex table = m_files[file].table;
    const bool last_of_table = file + 1 == m_files.size() || m_files[file + 1].table != table;
    if (!last_of_table || !table_of(m_tables, table).is_replaced()) continue;
    remember_numbers(m_database);
    m_counts[file].removed = remove_unseen(m_database, table, m_tables, file, m_errors);
  }
}

}  // namespace

ImportOutcome import_files(Database& database, const std::vector<fs::path>& files, const Policy& policy,
                           const ImportOptions& options) {
  return CsvImport(database, in_order_of_tables(files), policy, options).run();
}

bool ImportOutcome::is_complete() const {
  return std::all_of(counts.begin(), counts.end(), [](const ImportCount& count) { return count.kept == 0; });
}

std::string sentence_of(const ImportCount& count) {
  return fmt::format("{}: {} new, {} changed, {} removed, {} unchanged{}", count.path, count.inserted, count.updated,
                     count.removed, count.unchanged,
                     count.kept == 0 ? "" : fmt::format(", {} kept as a load left them", count.kept));
}

}  // namespace offcirc
