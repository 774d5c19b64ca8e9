// Writes transactions in the plain log format, so that the csv format reads back what was written.
#pragma once

#include <string>
#include <string_view>

#include "formats/transaction.hpp"

namespace offcirc {

/// The header row with all columns.
void append_csv_log_header(std::string& csv);

/// What the loader has found out about a transaction; all as text, empty where it is not known.
struct CsvLogPlace {
  std::string_view occurred_at;  ///< ISO 8601 with an offset
  std::string_view recorded_at;
  std::string_view library;  ///< of the station
  std::string_view station;
  std::string_view origin;             ///< to_text() of the identity
  std::string_view temporary_library;  ///< whose policy applies, where that is not `library`
  std::string_view library_mismatch;   ///< the sentence that says what disagrees with the library
};

/// One row. The value of an override is not written. A transaction of an unsupported kind is read back as such, without
/// its name.
void append_csv_log_row(std::string& csv, const Transaction& transaction, const CsvLogPlace& place);

}  // namespace offcirc
