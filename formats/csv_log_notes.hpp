// The column `log_notes` of the plain log format: what the log that a row came from says beyond the other columns.
#pragma once

#include <string>
#include <string_view>

#include "formats/transaction.hpp"

namespace offcirc {

/// `clock-jumped;fine-waived`: those that hold, with a semicolon between them; empty where none does.
std::string log_notes_text(const Transaction& transaction);

/// Sets what `text` names. False where it names something else.
bool read_log_notes(std::string_view text, Transaction& transaction);

/// All words with a comma and a blank between them.
std::string log_note_list();

}  // namespace offcirc
