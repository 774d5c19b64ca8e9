// Writes and reads the texts of the journal that hold what has no column of its own: dates as the log gives them,
// registrations, findings, notes and missing stations.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "loader/database/array_table.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/model/batch.hpp"
#include "loader/model/missing_stations.hpp"
#include "loader/model/result.hpp"

namespace offcirc {

/// What the desk entered about a new user; see Registration.
struct StoredRegistration {
  std::string last_name, first_name, middle_name, alternate_name, email, phone, language, address, categories,
      department, profile, library, left_out;
  Stamp birth_date, expires_on;
};

/// Its texts are those of `stored`, which must outlive it.
Registration view_of(const StoredRegistration& stored);

/// `value`, which was read for `load`. RunError that the database is damaged if there is none; `what` is its name.
template <typename Value>
Value understood(std::optional<Value> value, const Database& database, std::int64_t load, std::string_view what) {
  if (!value) database.fail_as_damaged(fmt::format("load {}: {} can't be understood", load, what));
  return std::move(*value);
}

/// Each function gives nullopt where the text is not what the journal writes, or names an outcome or a form that there
/// is not.
class JournalJson {
 public:
  JournalJson();
  JournalJson(const JournalJson&) = delete;
  JournalJson& operator=(const JournalJson&) = delete;
  ~JournalJson();

  std::optional<FindingList> findings(std::string_view text);
  /// Whether one of the findings in the text is marked as doubtful. False if the text can't be parsed.
  bool is_doubtful(std::string_view findings);
  std::optional<std::vector<LogNote>> notes(std::string_view text);
  std::optional<std::vector<LibraryStation>> stations(std::string_view text);
  std::optional<StoredRegistration> registration(std::string_view text);

 private:
  struct Parser;
  std::unique_ptr<Parser> m_parser;
};

/// ISO 8601, from which parse_iso() makes the same stamp again; null if the log gives none that can be read. `cells`
/// keeps the text, as in the functions below.
Cell stamp_cell(Stamp stamp, RowCells& cells);
/// A JSON object of what the desk entered; null if there is no registration.
Cell registration_cell(const Registration* registration, RowCells& cells);
/// [{"code", "form", "args", "and": [{"form", "args"}], "overridden", "note", "doubtful"}]: the forms of findings.def
/// with their arguments, and members only where there is something to say; null where there are no findings.
/// `is_doubtful`: of an unreadable record, what could be read of it.
Cell findings_cell(const FindingList& findings, RowCells& cells, bool is_doubtful = false);
/// [{"code", "message", "action"}]
std::string notes_text(const std::vector<LogNote>& notes);
/// [{"library", "station"}]
std::string stations_text(const std::vector<LibraryStation>& stations);

}  // namespace offcirc
