#include "tests/rules/scene_files.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace offcirc::tables {

namespace fs = std::filesystem;

const Zone& table_zone() {
  static const Zone zone = load_zone("America/Chicago");
  return zone;
}

std::vector<fs::path> table_files(const fs::path& source_folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(source_folder / "tests" / "rules")) {
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<Scene> scenes_in(const fs::path& file) {
  std::ifstream stream(file);
  std::stringstream text;
  text << stream.rdbuf();
  return scenes_of("tests/rules/" + file.filename().string(), text.str());
}

std::vector<Scene> scenes_of(const std::string& name, const std::string& text) {
  TableText table = read_table(name, text);
  std::vector<Scene> scenes;
  for (const SceneText& scene : table.scenes) scenes.push_back(build_scene(table, scene, table_zone()));
  return scenes;
}

}  // namespace offcirc::tables
