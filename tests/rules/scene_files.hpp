// The scenes of all rule tables in this file's folder.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/rules/scene.hpp"

namespace offcirc::tables {

/// The time zone of the tables: America/Chicago.
const Zone& table_zone();
/// The paths in bytewise order of name. `source_folder` is the project's.
std::vector<std::filesystem::path> table_files(const std::filesystem::path& source_folder);
std::vector<Scene> scenes_in(const std::filesystem::path& file);
/// The scenes of a text instead of a file. Throws TableError, which names the text `name`.
std::vector<Scene> scenes_of(const std::string& name, const std::string& text);

}  // namespace offcirc::tables
