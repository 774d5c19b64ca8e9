// Records what was handed out to the live system or sent to it, and what became of it.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "loader/database/process_lock.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/model/result.hpp"
#include "loader/model/send_state.hpp"

namespace offcirc {

/// SQL: the state of the result `r` as a number. One of its messages that holds the item back decides, or else one that
/// is not sent or has no answer yet, or else one that staff have to know of, or else the last one.
inline constexpr std::string_view k_send_state = R"sql(
coalesce((SELECT m.state FROM send_messages m WHERE m.result = r.result AND m.state IN (9, 10, 11) LIMIT 1),
  (SELECT max(m.state) FROM send_messages m WHERE m.result = r.result AND m.state IN (0, 1)),
  (SELECT max(m.state) FROM send_messages m WHERE m.result = r.result AND m.state IN (6, 7, 8, 13)),
  (SELECT m.state FROM send_messages m WHERE m.result = r.result ORDER BY m.step DESC LIMIT 1), 0)
)sql";

/// How far a result has come on its way; see k_send_state.
struct StoredSend {
  SendState state = SendState::unsent;
  Seconds at = 0;         ///< UTC
  std::int64_t send = 0;  ///< number of the run that had it last; 0: none
  std::string file;       ///< path of its upload file; empty: none
  std::string text;       ///< why it is to be entered by hand, or what the live system answered; may be empty
  bool is_released = false;
};

/// A message, or a record in an upload file.
struct SendMessage {
  std::int64_t result = 0;  ///< row number
  int step = 0;             ///< from 0: its place among the messages of the result
  SendState state = SendState::unsent;
  std::string file;
  std::string text;
};

struct SendFile {
  std::string path;  ///< below the folder
  std::string digest;
  std::uint64_t records = 0;
};

struct NewSend {
  std::int64_t send = 0;
  std::string via;     ///< the system whose files are written, or `sip2`
  std::string folder;  ///< absolute; empty for SIP2
  std::vector<SendFile> files;
  std::vector<SendMessage> messages;
  std::set<std::int64_t> loads;  ///< that the results are of
};

/// A send whose files may not have been written, because the run ended before that.
struct UnwrittenSend {
  std::int64_t send = 0;
  std::string via, folder;
  bool is_per_station = false;  ///< Symphony: its files are those of single stations
};

/// The number that the next send gets.
std::int64_t next_send(const Database& database);

// The caller holds the lock for writing, and each of these is called within its database transaction.

void write_send(const Database& database, const NewSend& send, const Invocation& invocation);
void mark_written(const Database& database, std::int64_t send, Seconds at);
std::vector<UnwrittenSend> find_unwritten(const Database& database);

/// What became of the files of a send.
enum class SendSettlement : std::uint8_t { confirmed, withdrawn };

/// Settles a send of upload files: its messages are confirmed, or unsent again. Returns how many results there are.
/// RunError if there is no such send, if it was sent over SIP2, or if it is settled already.
std::int64_t settle_send(const Database& database, std::int64_t send, SendSettlement as, const Invocation& invocation);

/// Takes the results as settled by staff, so that later transactions of their items are sent again. RunError, with the
/// reason, if one of them is not unsent, refused, overtaken, unconfirmed or to be entered by hand.
void release_results(const Database& database, const std::vector<ResultName>& results, const Invocation& invocation);

/// Withdraws what a load has in the queue. Call when the load is undone.
void withdraw_sends(const Database& database, std::int64_t load);
/// Why the load can't be undone, as a sentence: some of it is in the live system, or in a file that may be uploaded.
/// Empty if nothing is.
std::string why_sent(const Database& database, std::int64_t load);

/// The key of a message: the row of its result, and its step.
using MessageKey = std::pair<std::int64_t, int>;

/// What is recorded about the messages that are not done with: unsent, sending, or refused, overtaken and unconfirmed.
/// With `send`, also all others of that send.
std::map<MessageKey, StoredSend> find_open_messages(const Database& database, std::int64_t send);
/// The newest send over SIP2 that ended before it had asked about all items again; 0 if there is none.
std::int64_t find_unfinished_live_send(const Database& database);
/// Records the state of a message that is sent one by one.
void record_message(const Database& database, const MessageKey& key, std::int64_t send, SendState state, Seconds at,
                    std::string_view text);

/// The results in rows `first` to `last` that are not unsent, by row.
std::map<std::int64_t, StoredSend> find_sends(const Database& database, std::int64_t first, std::int64_t last);

/// The send that wrote a file with that digest; 0 if none did.
std::int64_t find_send_of_file(const Database& database, std::string_view digest);

/// A send whose files were handed out and are neither confirmed nor withdrawn.
struct OpenSend {
  std::int64_t send = 0;
  Seconds begun_at = 0;  ///< UTC
  std::string via, folder;
  std::int64_t results = 0;
};
/// Oldest first.
std::vector<OpenSend> find_open_sends(const Database& database);

}  // namespace offcirc
