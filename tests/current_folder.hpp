// A temporary folder that is the current one while a test runs, so that paths in messages are always the same.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/temp_folder.hpp"

class CurrentFolder {
 public:
  CurrentFolder() { std::filesystem::current_path(m_folder.path()); }
  CurrentFolder(const CurrentFolder&) = delete;
  CurrentFolder& operator=(const CurrentFolder&) = delete;
  ~CurrentFolder() {
    std::error_code ignored;
    std::filesystem::current_path(m_before, ignored);
  }

 private:
  std::filesystem::path m_before = std::filesystem::current_path();
  TempFolder m_folder;
};

/// Creates missing parent folders.
inline void write(const std::filesystem::path& path, const std::string& text) {
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}
