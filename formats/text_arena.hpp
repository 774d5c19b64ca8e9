// Holds the text that is not in the log itself (decoded names, joined fields), and the desks of its lines.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <memory_resource>
#include <string_view>
#include <unordered_set>

#include "formats/transaction.hpp"

namespace offcirc {

/// Everything it returns stays valid, at the same address, as long as the arena lives, even if the arena is moved.
class TextArena {
 public:
  /// Returns a copy of `text`.
  std::string_view keep(std::string_view text);
  /// Returns the one Desk that equals `desk`, whose text is copied. Fast if it is the same as in the last call.
  const Desk* desk(const Desk& desk);
  /// Returns a copy, including its texts, which end up close together in memory: they are read again and again.
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
