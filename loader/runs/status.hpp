// Sums up the state of all loads, for the people and programs that monitor them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loader/config/config.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/journal/status_rows.hpp"

namespace offcirc {

/// The roster of one library, and which of its stations have uploaded since the newest outage began.
struct LibraryUploads {
  std::string library, name;
  std::vector<std::string> uploaded, missing;  ///< stations, in roster order
};

/// Something that needs attention.
struct Problem {
  std::string code;  ///< `last-load-too-old`, `mail-unsent`, `rejected-waiting`, `unreadable-waiting`, `send-unsent`,
                     ///< `send-open`, `send-to-settle`: stable
  std::string sentence;  ///< what is wrong, and what to do
};

struct Status {
  Seconds now = 0;  ///< UTC
  std::string system_name;
  std::string database;
  StatusRows rows;
  std::vector<LibraryUploads> libraries;  ///< those that have a roster; empty if nothing has been loaded
  std::vector<Problem> problems;
};

/// A last load older than `max_age_hours` is a problem; nullopt: it may be of any age.
Status read_status(Database& database, const std::filesystem::path& file, const Config& config, Seconds now,
                   std::optional<int> max_age_hours);

/// 80 columns of UTF-8 text. Times are local to `zone`.
std::string status_text(const Status& status, const Zone& zone);
/// A sentence for each problem, or one that says that there is none.
std::string problems_text(const Status& status, const Zone& zone);
std::string status_json(const Status& status, const Zone& zone);

}  // namespace offcirc
