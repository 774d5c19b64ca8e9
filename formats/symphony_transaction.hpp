// From the fields of a Symphony line to a transaction: when, where, who, what, until when.
#pragma once

#include <optional>

#include "formats/content_hash.hpp"
#include "formats/log_format.hpp"
#include "formats/symphony_command.hpp"
#include "formats/symphony_date.hpp"
#include "formats/symphony_line.hpp"

namespace offcirc {

/// Fills all of `transaction` but its line, registration and identity. Trouble where it lacks an ID that its kind
/// needs, a time, or where one of its dates can't be read.
std::optional<LineTrouble> read_symphony_transaction(const SymphonyLine& line, const SymphonyCommand& command,
                                                     const LogContext& context, SymphonyDates& dates,
                                                     Transaction& transaction);

/// Adds what the line says but its sequence number, its length, PINs and the values of overrides.
void hash_symphony_line(const SymphonyLine& line, ContentHash& hash);

/// Of a line that can't be read: from its header, its command, its IDs and how long it is. Where such a line is damaged
/// nobody knows which of its bytes are a password.
Identity identity_of_unreadable(const SymphonyLine& line, std::size_t line_bytes, ContentHash& hash);

}  // namespace offcirc
