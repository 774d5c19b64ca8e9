// The contract of a format's writer: transactions in the form that a library system's own offline loader takes.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "formats/log_format.hpp"
#include "formats/stamp.hpp"
#include "formats/transaction.hpp"

namespace offcirc {

/// A transaction to be written. Texts are UTF-8 and must outlive the call. IDs have no scanner characters.
struct OutgoingTransaction {
  Kind kind = Kind::checkout;               ///< any but unsupported
  Seconds occurred_at = 0;                  ///< UTC, corrected
  std::string_view library;                 ///< code of the station's library; empty: unknown
  std::string_view temporary_library = {};  ///< set at the desk for this transaction; empty: none
  std::string_view station;                 ///< empty: unknown
  std::string_view user_access = {};        ///< empty: unknown
  std::string_view user_id;                 ///< empty: none
  std::string_view item_id;                 ///< empty: none
  Stamp due = {};                           ///< form: date or civil in local time, never, or none
  /// Where `due` comes from. `policy`: offcirc decided it, and nobody at the desk set it.
  DueFrom due_from = DueFrom::none;
  Stamp discharged_on = {};  ///< of a check-in: when the item came back; form: date or civil in local time, or none
  bool fine_waived = false;
  Cents amount_cents = 0;                      ///< of a payment
  std::uint32_t count = 1;                     ///< of an in-house use
  std::string_view what = {};                  ///< of an in-house use without an item: the type of the items
  const Registration* registration = nullptr;  ///< of a registration
  bool edits_registration = false;             ///< changes the user that an earlier record registered
};

/// Something that a format can't say of a transaction.
struct Unsaid {
  std::string_view what;  ///< a constant such as "due date", so that equal ones can be counted
  bool is_whole = false;  ///< the transaction is not written at all; otherwise it is written without this
};

/// What a writer needs to know besides the transactions.
struct WriterContext {
  std::function<Seconds(Seconds utc)> to_civil;  ///< to the local time of the system
  std::function<Seconds(Seconds civil)> to_utc;
  DateOrder date_order = DateOrder::mdy;
  std::string encoding = "UTF-8";        ///< of the file, as iconv names it; used by symphony, aleph, sierra and koc
  bool writes_policy_due_dates = false;  ///< write `due` even if due_from is policy
  std::string_view group = {};           ///< sierra: the statistical group
  IdPatterns ids = {};                   ///< of the library's IDs, as the parser that reads the file back has them
};

/// Writes one file. The records that it appends are read back by the format's own parser.
class LogWriter {
 public:
  LogWriter() = default;
  LogWriter(const LogWriter&) = delete;
  LogWriter& operator=(const LogWriter&) = delete;
  virtual ~LogWriter() = default;

  /// What the file begins with, before the first record. Often empty.
  [[nodiscard]] virtual std::string header() const { return {}; }
  /// Appends the record to `text` and returns what the format can't say of it. Nothing is appended if one of that is
  /// whole. A PIN, password or override is never written.
  virtual std::vector<Unsaid> append(const OutgoingTransaction& transaction, std::string& text) = 0;
};

/// Returns a writer for the format of that name, or null if that format is only read: symphony, koc, evergreen, aleph
/// and sierra have one.
std::unique_ptr<LogWriter> make_log_writer(std::string_view format, const WriterContext& context);

/// The names of the formats that can be written, in the order of formats.def.
std::vector<std::string_view> written_formats();

}  // namespace offcirc
