// The base class of all writers. A record is appended only if the format's own parser reads it back as the transaction
// that it was made from, so that no text from a log, however strange, turns into something else on its way.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/encoder.hpp"
#include "formats/log_writer.hpp"

namespace offcirc {

/// A transaction on its way into a record. `said` and `recorded` are what the parser must read back.
class Draft {
 public:
  /// Clears the members that do not belong to the kind of the transaction.
  explicit Draft(const OutgoingTransaction& transaction);
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  /// The record is written without this.
  void leave_out(std::string_view what);
  /// The transaction is not written, because of this.
  void refuse(std::string_view what) { m_unsaid.push_back({what, true}); }
  [[nodiscard]] bool is_refused() const;
  /// The reasons of a refusal or, if there is none, what is left out.
  [[nodiscard]] std::vector<Unsaid> unsaid() const;

  /// Leaves out the due date that the desk set, and drops one that offcirc decided.
  void leave_out_due_date();
  /// Drops a due date that offcirc decided.
  void drop_policy_due_date();
  /// For a check-in: leaves out when the item came back.
  void leave_out_discharge();
  void leave_out_waived_fine();
  /// For a format whose records do not say where they were made.
  void drop_desk();
  /// For a format without renewals: makes a checkout of one that names a user.
  void renew_by_checkout();

  OutgoingTransaction said;
  Stamp recorded;             ///< the time of the record: civil or absolute
  Registration registration;  ///< what `said.registration` points to, unless that is null

 private:
  std::vector<Unsaid> m_unsaid;
};

class CheckedWriter : public LogWriter {
 public:
  std::vector<Unsaid> append(const OutgoingTransaction& transaction, std::string& text) final;

 protected:
  CheckedWriter(const LogFormat& format, const WriterContext& context);

  /// Sets `draft.recorded`, and removes from `draft.said` what the format can't say.
  virtual void shape(Draft& draft) = 0;
  /// The record with its line end, in the encoding of the file; nullopt if that lacks a character. May still refuse.
  virtual std::optional<std::string> record_of(Draft& draft) = 0;
  /// The record has been appended.
  virtual void accept(const Draft& /*draft*/) {}

  /// Sets the time in the local time of the system; `has_seconds`: otherwise the record only has minutes.
  void set_local_time(Draft& draft, bool has_seconds) const;
  /// nullopt if the encoding of the file lacks a character.
  std::optional<std::string> encoded(std::string_view utf8) { return m_encoder.encode(utf8); }
  [[nodiscard]] const WriterContext& context() const { return m_context; }

 private:
  [[nodiscard]] bool reads_back(const std::string& record, const Draft& draft) const;

  const LogFormat& m_format;
  WriterContext m_context;
  Encoder m_encoder;
};

// Parts of times, for records that are written.

struct CivilTime {
  int year, month, day, hour, minute, second;
};
CivilTime civil_time_of(Seconds civil);

// The writers, each in the file of its format.

std::unique_ptr<LogWriter> make_symphony_writer(const WriterContext& context);
std::unique_ptr<LogWriter> make_koc_writer(const WriterContext& context);
std::unique_ptr<LogWriter> make_evergreen_writer(const WriterContext& context);
std::unique_ptr<LogWriter> make_aleph_writer(const WriterContext& context);
std::unique_ptr<LogWriter> make_sierra_writer(const WriterContext& context);

}  // namespace offcirc
