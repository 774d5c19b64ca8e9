// The single transactions that bring a result into the live system, as a format's writer takes them.
#pragma once

#include <deque>
#include <optional>
#include <string_view>
#include <vector>

#include "formats/log_writer.hpp"
#include "loader/config/config.hpp"
#include "loader/journal/sendable.hpp"

namespace offcirc {

/// One transaction to be written. A result is one, or two if it first ends the loan of another patron.
struct UploadStep {
  const SendableResult* result = nullptr;
  int number = 0;
  OutgoingTransaction says;
};

/// The steps of results for one system, in order, with what they point to.
class UploadSteps {
 public:
  /// The references must outlive the steps.
  UploadSteps(const std::vector<SendableResult>& results, std::string_view system, const Config& config);

  std::vector<UploadStep> all;

  /// For a system whose lines have no date of return: moves each return to the time at which the item came back. The
  /// results of those that would then pass another transaction of the item are taken out and returned.
  std::vector<const SendableResult*> move_returns();

 private:
  void add(const SendableResult& result);
  OutgoingTransaction outgoing(const SendableResult& result);
  void place(const SendableResult& result, OutgoingTransaction& to) const;

  std::string_view m_system;
  const Config& m_config;
  std::deque<Registration> m_registrations;
};

/// When an item came back, for a system whose lines have no date of return, so that a return counts from the time of
/// its line: at the date of discharge, or at the end of that day, but not after `occurred_at` (UTC), the time of the
/// check-in. nullopt if there is no date of discharge, or one after the check-in, which can't be right.
std::optional<Seconds> came_back_at(Stamp discharged_on, Seconds occurred_at, const Zone& zone);

/// What the writer of an upload file needs to know of the configuration.
WriterContext writer_context_of(const Config& config);

/// [library.send] of that library; empty if there is none.
const LibrarySendSettings& send_settings_of(std::string_view library, const Config& config);

}  // namespace offcirc
