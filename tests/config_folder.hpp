// A configuration in its own temporary folder, for tests.
#pragma once

#include <fstream>
#include <string>
#include <string_view>

#include "loader/config/config.hpp"
#include "loader/progress.hpp"
#include "tests/temp_folder.hpp"

namespace offcirc {

inline constexpr std::string_view k_map_header = "library,user_profile,item_type,rule\n";
inline constexpr std::string_view k_system = "[system]\ntimezone = \"America/Chicago\"\n";

// A folder with offcirc.toml and circmap.csv.
class ConfigFolder {
 public:
  explicit ConfigFolder(std::string_view config, std::string_view map = k_map_header) {
    write("offcirc.toml", config);
    write("circmap.csv", map);
  }
  void write(const char* name, std::string_view text) const { std::ofstream(path() / name, std::ios::binary) << text; }
  [[nodiscard]] const std::filesystem::path& path() const { return m_folder.path(); }
  Config read() const { return read_config(path() / "offcirc.toml"); }

  // The whole error text without the folder; empty if reading succeeds.
  [[nodiscard]] std::string error() const {
    try {
      read();
      return {};
    } catch (const RunError& error) {
      std::string text = error.what();
      const std::string folder = path().string() + "/";
      for (auto at = text.find(folder); at != std::string::npos; at = text.find(folder)) text.erase(at, folder.size());
      return text;
    }
  }

 private:
  TempFolder m_folder;
};

}  // namespace offcirc
