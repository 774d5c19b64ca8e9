// What a disk that has not been synced really holds: the old bytes, the new ones, or some of each.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace offcirc::crash {

/// Which unsynced data survives a power failure.
enum class Survives : std::uint8_t { all, nothing, any_sectors };

/// Tracks files that are written in place, and restores the state that a power failure would leave.
class DiskModel {
 public:
  /// Call this before the first write; the file may exist already.
  void opened(const std::string& path);
  void wrote(const std::string& path, std::int64_t offset, const char* bytes, std::size_t size);
  void truncated(const std::string& path, std::int64_t size);
  void synced(const std::string& path);
  void deleted(const std::string& path, bool folder_synced);

  /// Rewrites all files.
  void cut_power(Survives survives, std::uint64_t seed);

 private:
  struct Change {
    std::int64_t offset;  // of the bytes, or the new size if there are none
    std::optional<std::string> bytes;
  };
  struct File {
    std::optional<std::string> durable;  // none: the file would not exist
    std::vector<Change> pending;
    bool name_is_gone = false;  // deleted, but the folder is not synced yet
  };

  static void apply(const Change& change, Survives survives, std::mt19937_64& dice, std::string& bytes);

  std::map<std::string, File> m_files;
};

}  // namespace offcirc::crash
