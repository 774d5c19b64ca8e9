// Keeps the little text that a log does not hold itself: decoded names, joined fields, the desks of its lines.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <memory_resource>
#include <string_view>
#include <unordered_set>

#include "formats/transaction.hpp"

namespace offcirc {

/// What it gives out stays valid, at its place, as long as the arena lives (moving the arena included).
class TextArena {
 public:
  /// A copy of `text`.
  std::string_view keep(std::string_view text);
  /// The one Desk that equals `desk`; its text is copied. Fast when it is the same as last time.
  const Desk* desk(const Desk& desk);
  /// A copy, and of its texts too, so that they are close together: they are read again and again.
  const Registration* keep(const Registration& registration);

 private:
  struct HashDesk {
    std::size_t operator()(const Desk* desk) const;
  };
  struct EqualDesks {
    bool operator()(const Desk* a, const Desk* b) const { return *a == *b; }
  };

  std::unique_ptr<std::pmr::monotonic_buffer_resource> m_text = std::make_unique<std::pmr::monotonic_buffer_resource>();
  std::deque<Desk> m_desks;
  std::unordered_set<const Desk*, HashDesk, EqualDesks> m_known_desks;
  std::deque<Registration> m_registrations;
  const Desk* m_last_desk = nullptr;
};

}  // namespace offcirc
