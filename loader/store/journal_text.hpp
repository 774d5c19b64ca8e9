// How the journal writes down what has no column of its own: dates as the log had them, registrations, findings, notes.
#pragma once

#include <string>
#include <vector>

#include "loader/intake/batch.hpp"
#include "loader/intake/missing_stations.hpp"
#include "loader/rules/result.hpp"
#include "loader/store/key_table.hpp"

namespace offcirc {

/// ISO 8601, so that parse_iso gives the same stamp again; null where the log says nothing that can be read. `cells`
/// keeps the text, likewise below.
Cell stamp_cell(Stamp stamp, RowCells& cells);
/// Null for none.
Cell due_from_cell(DueFrom due_from);
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
