// The scenes of all rule tables, as they stand in the folder of this file.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/rules/scene.hpp"

namespace offcirc::tables {

/// The zone that the tables are in: America/Chicago.
const Zone& table_zone();
/// `source_folder` is the project's; in bytewise order of name.
std::vector<std::filesystem::path> table_files(const std::filesystem::path& source_folder);
std::vector<Scene> scenes_in(const std::filesystem::path& file);
/// Of a text instead of a file. Throws TableError, which calls it `name`.
std::vector<Scene> scenes_of(const std::string& name, const std::string& text);

}  // namespace offcirc::tables
