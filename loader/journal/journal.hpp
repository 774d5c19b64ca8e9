// Writes a load into the journal: its head, its logs, its results and their identities, and its shelf lists.
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

/// What the journal records about a load as a whole.
struct LoadHead {
  Seconds started_at = 0;     ///< UTC
  Seconds finished_at = 0;    ///< UTC
  std::string operator_name;  ///< who ran it
  std::string command;        ///< with which arguments
  std::string config_text;
  std::string program_version;
  std::string system_name;
  std::vector<LibraryStation> missing_stations;
  ShelfLists shelf_lists;
  MailsToQueue mails;
  std::optional<Seconds> accepted_since = std::nullopt;  ///< --since
  bool is_to_send = false;                               ///< what it loaded is to be sent to the live system
  std::vector<std::int64_t> closed = {};  ///< rows of pending unreadable records that this load supplied whole
};

/// Writes the load. Call within its database transaction. Returns the numbers by which its changes and mails refer to
/// it.
JournalPlace write_journal(Database& database, const Replayed& replayed, const LoadHead& head);

// The shelf lists are stored, so that the report can be printed again.

void write_shelf_lists(Database& database, const ShelfLists& lists, std::int64_t load);

/// RunError if a hold has an unknown event: the database is damaged.
ShelfLists read_shelf_lists(const Database& database, std::int64_t load);

}  // namespace offcirc
