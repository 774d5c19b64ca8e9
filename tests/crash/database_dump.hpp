// All that a database holds as text, to tell whether two are the same.
#pragma once

#include <filesystem>
#include <functional>
#include <initializer_list>
#include <string>

namespace offcirc::crash {

/// A database as it is found, after what was interrupted is rolled back.
struct Look {
  std::string bytes;        ///< of its file
  std::string all;          ///< every row of every table, but for random message IDs
  std::string circulation;  ///< of these what users, items and so on are, without the journal
  /// What `PRAGMA integrity_check` and `PRAGMA foreign_key_check` find wrong, and what of the journal does not add up;
  /// empty where all is well.
  std::string wrong;
};

/// Bytes that one of `known` has are that database, and are not looked at again.
Look look_at(const std::filesystem::path& database,
             std::initializer_list<std::reference_wrapper<const Look>> known = {});

}  // namespace offcirc::crash
