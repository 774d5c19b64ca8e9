// Reads the text of each log from the files of a load, whether it is plain, compressed, in an archive or in UTF-16, and
// whether or not it is still being written.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loader/intake/log_bytes.hpp"
#include "loader/intake/log_file.hpp"
#include "loader/model/batch.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

struct LogText {
  std::string path;                    ///< of the file; for a log in an archive, the path below that is appended
  bool named = false;                  ///< on the command line, so that trouble with it stops the run
  LogBytes bytes;                      ///< in UTF-8 or the config's encoding, never in UTF-16
  std::optional<std::string> trouble;  ///< a sentence, if there is nothing to read
  std::vector<LogNote> notes;
  bool left_alone = false;       ///< not read because it was modified after `settled_before`
  bool is_growing = false;       ///< something wrote to it while it was read: `bytes` are its complete lines
  std::optional<FileMark> mark;  ///< what the file was; nullopt if it was not read or changed meanwhile
};

struct TextOptions {
  /// UTC: a file that was modified after this is left alone.
  std::optional<Seconds> settled_before;
  std::uint64_t max_archive_bytes = 0;  ///< expanded
  /// If this returns false for the beginning of an archive member, only that beginning is read.
  std::function<bool(std::string_view head)> may_be_log;
  std::string encoding;  ///< of member names that are not UTF-8
};

/// Returns the log of a file, or all logs of an archive. Trouble with a single log of an archive does not stop the run.
/// Returns nothing if a file that was found in a folder no longer exists.
std::vector<LogText> read_texts(const FoundLog& found, const TextOptions& options, const Zone& zone);

/// Drops what follows the last line end of a log that is still being written, and notes it.
void keep_complete_lines(LogText& text);

}  // namespace offcirc
