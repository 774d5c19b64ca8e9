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
  std::string_view library;  ///< whose policy applies
  std::string_view station;
  std::string_view origin;  ///< to_text() of the identity
};

/// One row. An override is not written: the format has no column for it. One of an unsupported kind is read back as
/// such, without its name.
void append_csv_log_row(std::string& csv, const Transaction& transaction, const CsvLogPlace& place);

}  // namespace offcirc
