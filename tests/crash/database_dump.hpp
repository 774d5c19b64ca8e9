// The contents of a database as text, to tell whether two databases are equal.
#pragma once

#include <filesystem>
#include <functional>
#include <initializer_list>
#include <string>

namespace offcirc::crash {

/// A database after an interrupted transaction has been rolled back.
struct Look {
  std::string bytes;        ///< of its file
  std::string all;          ///< every row of every table, except random message IDs
  std::string circulation;  ///< the part of it that is circulation data, without the journal
  /// What `PRAGMA integrity_check` and `PRAGMA foreign_key_check` report, and inconsistencies of the journal; empty if
  /// there are none.
  std::string wrong;
};

/// If the file's bytes equal those of one of `known`, returns that one without examining the database again.
Look look_at(const std::filesystem::path& database,
             std::initializer_list<std::reference_wrapper<const Look>> known = {});

}  // namespace offcirc::crash
