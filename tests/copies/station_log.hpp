// Random logs of one station with known events, and what people do to logs: cut, join, extend, resave, damage.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace offcirc::copies {

using Random = std::mt19937;

/// A whole number from `least` to `most`.
int pick(Random& random, int least, int most);

enum class Doing : std::uint8_t { checkout, checkin, payment, tally };

/// One event at the desk. No two events of a log have the same content.
struct Event {
  int id = 0;
  Doing doing = Doing::checkout;
  int minute = 0;  ///< of the day
  int number = 0;  ///< of user and item, or the amount
};

struct FormatTraits {
  std::string_view name;
  bool has_header = false;
  bool has_tallies = false;  ///< records that name neither user nor item
  bool has_payments = false;
  bool payments_are_weak = false;
};
const std::vector<FormatTraits>& format_traits();

/// A line of a log: an event, intact or damaged.
struct Line {
  int event = 0;
  std::string text;  ///< without its line end
  bool is_damaged = false;
  bool is_weak = false;
};

/// The encoding and line ends of a file.
enum class Dress : std::uint8_t { lf, crlf, byte_order_mark, utf16 };

class StationLog {
 public:
  /// `first_event` is the number of its first event, so that no two logs share an event.
  StationLog(const FormatTraits& format, int first_event, Random& random);

  [[nodiscard]] const FormatTraits& format() const { return m_format; }
  [[nodiscard]] std::size_t size() const { return m_events.size(); }
  /// The lines from `from` up to but excluding `until`. `spelling` selects an equivalent notation, if the format has
  /// one.
  [[nodiscard]] std::vector<Line> lines(std::size_t from, std::size_t until, int spelling = 0) const;
  /// Whether the time steps back by more than an hour in a log that ends before `until` and continues at `from`.
  [[nodiscard]] bool steps_back(std::size_t until, std::size_t from) const;
  /// The line, altered so that the format's length, checksum, or grammar reveals the damage.
  [[nodiscard]] Line damaged(Line line) const;
  [[nodiscard]] std::string header(int spelling = 0) const;

 private:
  [[nodiscard]] std::string text_of(const Event& event, int spelling) const;
  [[nodiscard]] bool is_weak(const Event& event) const;

  const FormatTraits& m_format;
  std::vector<Event> m_events;
};

std::string dressed(std::string_view text, Dress dress);

}  // namespace offcirc::copies
