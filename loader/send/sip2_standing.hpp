// Decides what a SIP2 server's answers mean for a message: whether the server is as before it, as after it, or has
// moved on, and what the answer to the message itself says. Pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "loader/send/live_message.hpp"
#include "loader/send/sip2_answer.hpp"

namespace offcirc {

/// What the server's lists of charged items (AU) have in them.
enum class Sip2Lists : std::uint8_t {
  unknown,
  items,   ///< item IDs
  titles,  ///< or anything else that is not an item ID
};

/// What was seen of a message's item, and of the user of the checkout or renewal, or the holder of the check-in.
struct Sip2Sight {
  std::optional<LiveItem> item;  ///< nullopt if the server answers about another item
  std::optional<LiveUser> user;  ///< nullopt if it answers about another user, or none was asked about
};

/// Which servers' words to believe.
struct Sip2Trust {
  Sip2Lists lists = Sip2Lists::unknown;
  bool status = false;  ///< [send] ask = "status": a charged item is charged to the user that is expected
};

enum class Standing : std::uint8_t {
  before,
  after,
  other,         ///< neither: the live system has moved on
  unclear,       ///< can't be seen
  unknown_item,  ///< the server has no such item
  unknown_user,  ///< before, but the server has no such user yet
};

/// The user to ask about: the user of a checkout, renewal or payment, the holder of a check-in.
const std::string& concerned_user(const LiveMessage& message);

/// `due_before` is the day on which the item was due before a renewal was sent; nullopt if it has not been sent.
Standing standing_of(const LiveMessage& message, const Sip2Sight& sight, const Sip2Trust& trust, const Zone& zone,
                     std::optional<Day> due_before);

/// Whether the server would show that the message has taken effect, so that Standing::before proves that it has not.
/// False for a payment, for a check-in that only clears a status, and for a renewal that may lead to the day on which
/// the item was due before. `now` is UTC.
bool shows_effect(const LiveMessage& message, std::optional<Day> due_before, Seconds now, const Zone& zone);

/// The sentence for a message that has taken effect although its answer was lost. Nobody can see whose loan a check-in
/// ended then.
std::string_view lost_but_done(const LiveMessage& message);

/// The sentence for a standing at which nothing is sent.
std::string why_not_sent(const LiveMessage& message, Standing standing, const Sip2Sight& sight);

/// What the answer to a message says.
struct Sip2Verdict {
  enum class Kind : std::uint8_t {
    done,
    refused,
    doubtful,    ///< an OK that contradicts the message: ask
    not_ours,    ///< not the answer to this message
    other_item,  ///< an OK for another item
  };
  Kind kind = Kind::not_ours;
  SendState state = SendState::sent;  ///< if it is done
  std::string text = {};              ///< more about it, in sentences; may be empty
  std::string other_item = {};        ///< as the server names it
  std::optional<Day> due_day = {};    ///< as the answer gives it
  bool captured_hold = false;         ///< a hold was captured, although a checkout follows
};

Sip2Verdict verdict_of(const LiveMessage& message, const Sip2Answer& answer, const Zone& zone,
                       std::optional<Day> due_before);

/// `due-differs` and its text if the server's due day is another than the message's; otherwise `sent`.
Sip2Verdict done_with_due_day(const LiveMessage& message, std::optional<Day> due_day, const Zone& zone);

// What later questions must show, so that an effect that came too late, or an OK without any, is noticed.

struct Sip2Expectation {
  enum class Kind : std::uint8_t { unknown, charged, free, refused };

  Kind kind = Kind::unknown;
  std::optional<Day> due_day = {};  ///< as the server gave it last; for a refused renewal, before it was sent

  [[nodiscard]] bool is_known() const { return kind != Kind::unknown; }
};

/// After the message has taken effect. Unknown for a payment, which changes no item.
Sip2Expectation expected_after(const LiveMessage& message, std::optional<Day> due_day);

/// Returns whether the item should be charged and is not, or the reverse. `message` is any message of the item.
bool contradicts(const Sip2Expectation& expected, const LiveMessage& message, const Sip2Sight& sight);

/// Returns whether what is seen fits. `message` is the one that the expectation comes from.
bool is_met(const Sip2Expectation& expected, const LiveMessage& message, const Sip2Sight& sight, const Sip2Trust& trust,
            const Zone& zone);

// The text that is recorded with `sending` for a renewal: a later run needs the day to see whether it took effect.

/// `Was due 2026-12-20.`; empty if there is no day.
std::string due_before_text(std::optional<Day> day);
/// The day in such a text; nullopt if it is another text.
std::optional<Day> due_before_of(std::string_view text);

}  // namespace offcirc
