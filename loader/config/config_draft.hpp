// A config while its sections are being read, and the functions that read them, in order.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "loader/config/config.hpp"
#include "loader/config/toml_reader.hpp"

namespace offcirc {

struct ConfigDraft {
  explicit ConfigDraft(const std::filesystem::path& file) : troubles(file.string()) { config.file = file; }

  Config config;
  TroubleList troubles;
  std::vector<Day> closed_days;  ///< of the whole system
  Place circulation_map_place;   ///< where the config names the map
};

/// Each takes the whole file, asks for its own tables and reports what is wrong with them. read_libraries() must come
/// after read_system() and read_default_offline(), since it starts from what they have read.
void read_system(TomlReader& file, ConfigDraft& draft);
void read_ids(TomlReader& file, ConfigDraft& draft);
void read_locations(TomlReader& file, ConfigDraft& draft);
void read_default_offline(TomlReader& file, ConfigDraft& draft);
void read_libraries(TomlReader& file, ConfigDraft& draft);
void read_profiles(TomlReader& file, ConfigDraft& draft);
void read_mail(TomlReader& file, ConfigDraft& draft);
void read_send(TomlReader& file, ConfigDraft& draft);

/// Reads the table [library.send] of one library.
void read_library_send(TomlReader& library, const ConfigDraft& draft, LibrarySendSettings& settings);

/// Reads an [offline] table, including [offline.rules], into `rules`. What the table does not give stays as it is.
void read_offline(TomlReader& offline, OfflineRules& rules);

/// A path given in the config: relative to the config's folder unless it is absolute.
std::filesystem::path beside(const std::filesystem::path& config_file, const std::string& path);

}  // namespace offcirc
