// What every log format guarantees for any log, hostile ones included.
#pragma once

#include <string_view>

#include "formats/log_format.hpp"

namespace offcirc {

/// Reads `text` as a log of `format`, and throws BrokenPromise with a message if
/// - lines of records do not ascend or are not in the text, or there are more records than bytes and lines;
/// - a record contains invalid UTF-8 or a dangling pointer (which a sanitizer detects);
/// - a diagnostic is not a sentence, contains a non-text byte, points outside its line, or repeats much of the log;
/// - bytes are read so often that the work can't be linear in the length of the log;
/// - reading the log again, or with a byte order mark or CR LF, gives a different result;
/// - a transaction written as plain CSV and read back is different.
void check_log(const LogFormat& format, std::string_view text);

}  // namespace offcirc
