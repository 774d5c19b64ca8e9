// Sends what was loaded over SIP2 into the running live system.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "loader/config/config.hpp"
#include "loader/database/process_lock.hpp"
#include "loader/journal/sendable.hpp"
#include "loader/send/sip2_sender.hpp"

namespace offcirc {

struct LiveSendOptions {
  std::filesystem::path database;
  std::int64_t load = 0;  ///< 0: everything that is unsent
  bool again = false;     ///< --resend
  bool dry_run = false;   ///< asks, and sends nothing
  bool mail = false;      ///< queue mails for the libraries that have something to settle
  int wait_seconds = 0;
  Invocation invocation;
  Sip2Hooks hooks;
};

/// What became of one result. A result that needs two messages has the state of the last one that was sent.
struct LiveResult {
  const SendableResult* result = nullptr;
  SendState state = SendState::unsent;
  std::string text;
};

struct LiveSendOutcome {
  std::int64_t send = 0;                ///< 0: a dry run, or there was nothing to send
  std::vector<SendableResult> results;  ///< in replay order; `states` points to them
  std::vector<LiveResult> states;
  std::vector<SendableResult> held;  ///< not sent, because an earlier transaction of the item is not settled
  Sip2Summary summary;
  std::uint64_t queued_mails = 0;

  /// Whether the live system has everything, as it happened.
  [[nodiscard]] bool is_complete() const;
  /// Whether the server could be asked about everything.
  [[nodiscard]] bool is_answered() const {
    return summary.stopped.empty() && summary.notes.empty() && !summary.interrupted;
  }
};

/// Sends what is unsent. No other run changes the database meanwhile. What became of each message is durable before
/// the next one is sent. RunError if nothing was sent.
LiveSendOutcome run_live_send(const LiveSendOptions& options, const Config& config);

/// Logs in with each account and asks about one item and one user, by default those of an open charge; sends nothing.
/// RunError if the settings can't be used.
Sip2ProbeReport run_probe(const std::filesystem::path& database, const Config& config, std::string item_id,
                          std::string user_id, const Sip2Hooks& hooks);

/// `{"send": 3, ...}`, with a line for each result.
std::string live_send_json(const LiveSendOutcome& outcome, bool dry_run);

}  // namespace offcirc
