// Hands out what was loaded and not yet sent, as upload files of the library's live system.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "loader/config/config.hpp"
#include "loader/database/process_lock.hpp"
#include "loader/journal/send_queue.hpp"
#include "loader/journal/sendable.hpp"
#include "loader/send/upload_plan.hpp"

namespace offcirc {

struct SendOptions {
  std::filesystem::path database;
  std::filesystem::path outbox;
  UploadOptions upload;
  std::int64_t load = 0;  ///< 0: everything that is unsent
  bool again = false;     ///< --resend
  bool dry_run = false;
  int wait_seconds = 0;
  Invocation invocation;
};

struct SendOutcome {
  std::int64_t send = 0;  ///< 0: a dry run, or there was nothing to send
  std::filesystem::path folder;
  std::vector<SendableResult> results;  ///< in replay order; `plan` points to them
  UploadPlan plan;
  std::vector<SendableResult> held;      ///< not sent, because an earlier transaction of the item is not settled
  std::vector<UnwrittenSend> rewritten;  ///< earlier sends whose files were written only now

  /// Whether everything that is to be sent is in a file.
  [[nodiscard]] bool is_complete() const { return plan.by_hand.empty() && plan.not_ready.empty() && held.empty(); }
};

/// Records the send, then writes its files. When this returns, both are durable. RunError if nothing was recorded; if
/// the files can't be written after that, DoneWithTrouble, and the next send writes them.
SendOutcome run_send(const SendOptions& options, const Config& config);

// What all ways of sending have in common.

/// Loads that are not marked as to be sent are sent all the same if they began at this time (UTC) or later.
Seconds earliest_load_to_send(Seconds now, const Config& config);
/// RunError, which names the loads, if earlier loads than the one chosen have unsent transactions of the same items.
void require_earlier_sent(const SendChoice& choice, const std::vector<SendableResult>& results,
                          const Database& database);
/// Takes the results out whose item is among `items`, and returns them.
std::vector<SendableResult> take_held(std::vector<SendableResult>& results, const std::set<std::int64_t>& items);
/// Appends a JSON object on a line of its own.
void append_send_result(std::string& text, const SendableResult& result, SendState state, std::string_view file,
                        std::string_view message);

/// `{"send": 3, ...}`, with a line for each result.
std::string send_json(const SendOutcome& outcome, const std::string& system, bool dry_run);

}  // namespace offcirc
