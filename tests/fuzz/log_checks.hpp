// What every log format keeps to whatever log it reads, hostile ones included.
#pragma once

#include <string_view>

#include "formats/log_format.hpp"

namespace offcirc {

/// Reads `text` as a log of `format`, and throws BrokenPromise with a sentence where
/// - lines of records do not ascend, or are not of the text, or there are more records than bytes and lines;
/// - what a record says is no UTF-8, or points where nothing is (a sanitizer sees that);
/// - a diagnostic is no sentence, has a byte that is none of a text, points beside its line, or repeats much of the
/// log;
/// - bytes are looked at so often that the work can't be linear in the length of the log;
/// - read again, or with a byte order mark or with CR LF, the log says something else;
/// - written as plain CSV and read back, a transaction is another.
void check_log(const LogFormat& format, std::string_view text);

}  // namespace offcirc
