// Sends transactions to a live system over SIP2, each exactly once: no server recognizes a repeated request, so the
// state of the item is asked before each message, and again when its answer is lost.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "loader/send/live_message.hpp"
#include "loader/send/sip2_session.hpp"

namespace offcirc {

/// What became of the messages of a run. What SendLog has recorded is not repeated here, only counted.
struct Sip2Summary {
  struct Unsent {
    std::int64_t message;
    std::string reason;  ///< a sentence
  };

  /// By SendState: the messages whose last record in this run is that state.
  std::array<std::uint64_t, k_send_state_count> counts{};
  /// No result was recorded about these: they stay unsent, or `sending`.
  std::vector<Unsent> unsent;
  /// Check-ins that captured a hold although a checkout of the item follows: the holds must be released by hand.
  std::vector<std::int64_t> captured_holds;
  /// Sent with a time that the server's clock showed twice, in the hour that is repeated in autumn.
  std::vector<std::int64_t> repeated_hour;
  std::vector<std::string> notes;  ///< sentences about libraries that could not send
  std::string stopped;             ///< why the run ended early, in sentences; empty if it did not
  bool interrupted = false;
  /// Each item was asked about once more at the end. If false, the next run should get what was sent, as `is_sent`.
  bool all_asked = false;

  [[nodiscard]] std::uint64_t count(SendState state) const { return counts.at(static_cast<std::size_t>(state)); }
};

/// Sends `messages`: all that is unsent of their items, in the total order of all loads, and none of an item that an
/// earlier run holds back.
/// `zone` is the server's. RunError, before anything is sent, if the settings can't be used or a password can't be
/// read; an exception of `log` ends the run as a crash would.
Sip2Summary send_over_sip2(const std::vector<LiveMessage>& messages, const SendSettings& settings, const Zone& zone,
                           SendLog& log, const Sip2Hooks& hooks);

/// Asks as send_over_sip2() does, and sends nothing. `log` gets what would become of the first message of each item:
/// `unsent` if it would be sent now. Later ones depend on the first. The log must not record it for good.
Sip2Summary ask_over_sip2(const std::vector<LiveMessage>& messages, const SendSettings& settings, const Zone& zone,
                          SendLog& log, const Sip2Hooks& hooks);

/// What a library's account can do, for `send --probe`.
struct Sip2LibraryProbe {
  std::string library;
  std::string trouble;  ///< why it can't be used, a sentence; empty if it can
  LiveServer server = {};
  std::optional<Seconds> clock_difference = {};  ///< the server's less ours; nullopt if the server does not say
};

struct Sip2ProbeReport {
  std::vector<Sip2LibraryProbe> libraries;  ///< those with an account, by code
  std::vector<std::string> answers;         ///< sentences about the item and the user
  std::vector<std::string> lacks;           ///< what the server can't do, and what follows; sentences
  [[nodiscard]] bool is_usable() const;     ///< whether all accounts can be used
};

/// Logs in with each account, and asks about one item and one user; sends nothing. Either ID may be empty. RunError as
/// for send_over_sip2().
Sip2ProbeReport probe_sip2(const SendSettings& settings, const Zone& zone, const std::string& item_id,
                           const std::string& user_id, const Sip2Hooks& hooks);

}  // namespace offcirc
