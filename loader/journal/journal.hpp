// Writes a load into the journal: its head, its logs, its results and their identities.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "loader/circulation/change_writer.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/journal/mail_queue.hpp"
#include "loader/model/missing_stations.hpp"
#include "loader/model/shelf_lists.hpp"

namespace offcirc {

/// The head of a load in the journal.
struct LoadHead {
  Seconds started_at = 0;  ///< UTC, likewise below
  Seconds finished_at = 0;
  std::string operator_name;  ///< who ran it
  std::string command;        ///< with which arguments
  std::string config_text;
  std::string program_version;
  std::string system_name;
  std::vector<LibraryStation> missing_stations;
  ShelfLists shelf_lists;
  MailsToQueue mails;
  std::optional<Seconds> accepted_since = std::nullopt;  ///< --since
  std::vector<std::int64_t> closed = {};  ///< rows of unreadable records whose whole records the load brought
};

/// Writes the load, its logs, its results and their identities.
JournalPlace write_journal(Database& database, const Replayed& replayed, const LoadHead& head);

// The lists for the shelves are kept, so that the report can be made again.

void write_shelf_lists(Database& database, const ShelfLists& lists, std::int64_t load);

/// RunError where a hold has an event that no version of offcirc has written.
ShelfLists read_shelf_lists(const Database& database, std::int64_t load);

}  // namespace offcirc
