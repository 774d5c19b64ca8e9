// The folder in which a send hands out its files. It appears under its name only when all files are whole and on the
// disk.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace offcirc {

struct OutboxFile {
  std::string path;  ///< below the folder; may name a folder of its own
  std::string text;
};

/// `outbox`/send-<number>
std::filesystem::path folder_of_send(const std::filesystem::path& outbox, std::int64_t send);

/// Writes the files into a new folder. Only the owner may read it, since the files name users. Throws RunError, and
/// leaves nothing behind, if something of that name exists or if a file can't be written.
void write_outbox_folder(const std::filesystem::path& folder, const std::vector<OutboxFile>& files);

}  // namespace offcirc
