// What stands in the files of a load: the text of each log, whether it lies there as it is, compressed, in an archive,
// or in UTF-16, and whether it is still being written.
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
  std::string path;                    ///< of the file; of a log in an archive, with the path below that behind it
  bool named = false;                  ///< on the command line: then trouble with it stops the run
  LogBytes bytes;                      ///< UTF-8, or in the encoding of the config; in UTF-16 never
  std::optional<std::string> trouble;  ///< a sentence, where there is nothing to read
  std::vector<LogNote> notes;
  bool left_alone = false;       ///< not read: `settled_before`
  bool is_growing = false;       ///< something wrote to it while it was read: `bytes` are its complete lines
  std::optional<FileMark> mark;  ///< what the file was, where it has been read to its end
};

struct TextOptions {
  /// UTC: a file that was written to after this is left alone.
  std::optional<Seconds> settled_before;
  std::uint64_t max_archive_bytes = 0;  ///< expanded
  /// Of what begins otherwise in an archive, only the beginning is read.
  std::function<bool(std::string_view head)> may_be_log;
  std::string encoding;  ///< of names in archives that are not UTF-8
};

/// The log of a file, or all the logs of an archive: those have troubles of their own, which stop no run.
/// None where a file that was found in a folder is not there any more.
std::vector<LogText> read_texts(const FoundLog& found, const TextOptions& options, const Zone& zone);

/// Drops what stands behind the last line end of a log that is still being written, and notes it.
void keep_complete_lines(LogText& text);

}  // namespace offcirc
