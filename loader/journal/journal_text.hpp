// How the journal writes what has no column of its own: dates, registrations, findings, notes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loader/database/key_table.hpp"
#include "loader/model/batch.hpp"
#include "loader/model/missing_stations.hpp"
#include "loader/model/result.hpp"

namespace offcirc {

// Reads again what the journal keeps as JSON: findings, notes of logs, missing stations. See journal_text.hpp.

/// What a desk wrote down about a new user; see Registration.
struct StoredRegistration {
  std::string last_name, first_name, middle_name, alternate_name, email, phone, language, address, categories,
      department, profile, library, left_out;
  Stamp birth_date, expires_on;
};

/// Each function gives nullopt where the text is not what the journal writes, or names an outcome that there is not.
class JournalJson {
 public:
  JournalJson();
  JournalJson(const JournalJson&) = delete;
  JournalJson& operator=(const JournalJson&) = delete;
  ~JournalJson();

  std::optional<FindingList> findings(std::string_view text);
  /// Of the same text: whether one of the findings is marked as doubtful.
  bool is_doubtful(std::string_view findings);
  std::optional<std::vector<LogNote>> notes(std::string_view text);
  std::optional<std::vector<LibraryStation>> stations(std::string_view text);
  std::optional<StoredRegistration> registration(std::string_view text);

 private:
  struct Parser;
  std::unique_ptr<Parser> m_parser;
};

// How the journal writes down what has no column of its own: dates as the log had them, registrations, findings, notes.

/// ISO 8601, so that parse_iso gives the same stamp again; null where the log says nothing that can be read. `cells`
/// keeps the text, likewise below.
Cell stamp_cell(Stamp stamp, RowCells& cells);
/// A JSON object of what the desk wrote; null where there is no registration.
Cell registration_cell(const Registration* registration, RowCells& cells);
/// [{"code", "message", "overridden", "note", "doubtful"}], the last three only where they are so; null where there are
/// none. `is_doubtful`: of an unreadable record, what could be read of it.
Cell findings_cell(const FindingList& findings, RowCells& cells, bool is_doubtful = false);
/// [{"code", "message", "action"}]
std::string notes_text(const std::vector<LogNote>& notes);
/// [{"library", "station"}]
std::string stations_text(const std::vector<LibraryStation>& stations);

}  // namespace offcirc
