#include "formats/text_arena.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <functional>

namespace offcirc {
namespace {

template <typename Bytes>
bool take_same(const char*& a, const char*& b) {
  Bytes of_a, of_b;
  std::memcpy(&of_a, a, sizeof of_a);
  std::memcpy(&of_b, b, sizeof of_b);
  a += sizeof of_a;
  b += sizeof of_b;
  return of_a == of_b;
}

// Names of desks are short: a call of memcmp() would cost more than the comparison.
inline bool is_same(std::string_view one, std::string_view other) {
  if (one.size() != other.size()) return false;
  const char* a = one.data();
  const char* b = other.data();
  for (std::size_t left = one.size(); left >= 8; left -= 8) {
    if (!take_same<std::uint64_t>(a, b)) return false;
  }
  if ((one.size() & 4U) != 0 && !take_same<std::uint32_t>(a, b)) return false;
  if ((one.size() & 2U) != 0 && !take_same<std::uint16_t>(a, b)) return false;
  return (one.size() & 1U) == 0 || *a == *b;
}

bool is_same(const Desk& a, const Desk& b) {
  return is_same(a.library, b.library) && is_same(a.station, b.station) && is_same(a.user_access, b.user_access) &&
         is_same(a.temporary_library, b.temporary_library);
}

}  // namespace

std::string_view TextArena::keep(std::string_view text) {
  if (text.empty()) return {};
  auto* kept = static_cast<char*>(m_text->allocate(text.size(), 1));
  std::memcpy(kept, text.data(), text.size());
  return {kept, text.size()};
}

const Desk* TextArena::desk(const Desk& desk) {
  if (m_last_desk != nullptr && is_same(*m_last_desk, desk)) return m_last_desk;
  const auto known = m_known_desks.find(&desk);
  if (known != m_known_desks.end()) return m_last_desk = *known;
  m_last_desk = &m_desks.emplace_back(
      Desk{keep(desk.library), keep(desk.temporary_library), keep(desk.station), keep(desk.user_access)});
  m_known_desks.insert(m_last_desk);
  return m_last_desk;
}

std::size_t TextArena::HashDesk::operator()(const Desk* desk) const {
  std::size_t hash = 0;
  for (const std::string_view part : {desk->library, desk->temporary_library, desk->station, desk->user_access}) {
    hash = hash * 31 + std::hash<std::string_view>{}(part);
  }
  return hash;
}

}  // namespace offcirc
