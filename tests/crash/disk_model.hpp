// What is really on a disk that has not been told to sync: the old bytes, the new ones, or some of each.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace offcirc::crash {

/// What of all that was not synced survives a power cut.
enum class Survives : std::uint8_t { all, nothing, any_sectors };

/// Follows files that are written in place, and puts them into the state that a power cut would leave.
class DiskModel {
 public:
  /// A file that is there before it is first written.
  void opened(const std::string& path);
  void wrote(const std::string& path, std::int64_t offset, const char* bytes, std::size_t size);
  void truncated(const std::string& path, std::int64_t size);
  void synced(const std::string& path);
  void deleted(const std::string& path, bool folder_synced);

  /// Rewrites all files.
  void cut_power(Survives survives, std::uint64_t seed);

 private:
  struct Change {
    std::int64_t offset;  // of bytes; the new size where there are none
    std::optional<std::string> bytes;
  };
  struct File {
    std::optional<std::string> durable;  // none: no file of that name would be found
    std::vector<Change> pending;
    bool name_is_gone = false;  // deleted, and the folder not yet synced
  };

  static void apply(const Change& change, Survives survives, std::mt19937_64& dice, std::string& bytes);

  std::map<std::string, File> m_files;
};

}  // namespace offcirc::crash
