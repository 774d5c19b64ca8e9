// A config while its sections are being read, and the sections in their order.
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
  std::vector<Day> closed_days;  ///< of the system
  Place circulation_map_place;   ///< of its name
};

/// Each takes the whole file, asks for its own tables and reports what is wrong with them. read_libraries() comes after
/// read_system() and read_default_offline(): it begins with what they have read.
void read_system(TomlReader& file, ConfigDraft& draft);
void read_ids(TomlReader& file, ConfigDraft& draft);
void read_locations(TomlReader& file, ConfigDraft& draft);
void read_default_offline(TomlReader& file, ConfigDraft& draft);
void read_libraries(TomlReader& file, ConfigDraft& draft);
void read_profiles(TomlReader& file, ConfigDraft& draft);
void read_mail(TomlReader& file, ConfigDraft& draft);

/// Reads an [offline] table, [offline.rules] included, into `rules`: what it does not say stays.
void read_offline(TomlReader& offline, OfflineRules& rules);

/// Relative to the folder of the config, unless it is absolute.
std::filesystem::path beside(const std::filesystem::path& config_file, const std::string& path);

}  // namespace offcirc
