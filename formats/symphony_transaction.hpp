// From the fields of a Symphony line to a transaction: when, where, who, what, until when.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/content_hash.hpp"
#include "formats/log_format.hpp"
#include "formats/symphony_command.hpp"
#include "formats/symphony_date.hpp"
#include "formats/symphony_line.hpp"

namespace offcirc {

/// Fills all of `transaction` but its line, registration and identity. Trouble where it lacks an ID that its kind
/// needs, a time, or where one of its dates can't be read. No trouble repeats what may be a PIN or an override.
std::optional<LineTrouble> read_symphony_transaction(const SymphonyLine& line, const SymphonyCommand& command,
                                                     const LogContext& context, SymphonyDates& dates,
                                                     Transaction& transaction);

/// Transaction::more of an unsupported command: its fields by their text, without what may be a PIN or an override.
std::uint64_t content_of_symphony_fields(const SymphonyLine& line, Decoder& decoder);

/// The time of a line that can't be read; none where it says none.
Stamp symphony_time_of_unreadable(const SymphonyLine& line);

}  // namespace offcirc
