#include "formats/text_arena.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <functional>

namespace offcirc {
namespace {

template <typename Bytes>
bool is_same_at(const char* a, const char* b) {
  Bytes of_a, of_b;
  std::memcpy(&of_a, a, sizeof of_a);
  std::memcpy(&of_b, b, sizeof of_b);
  return of_a == of_b;
}

// Desk names are short: a call to memcmp() would take longer than comparing them. The second load may overlap the
// first.
inline bool is_same(std::string_view one, std::string_view other) {
  const std::size_t size = one.size();
  if (size != other.size()) return false;
  const char* a = one.data();
  const char* b = other.data();
  if (size > 8) return std::memcmp(a, b, size) == 0;
  if (size >= 4) return is_same_at<std::uint32_t>(a, b) && is_same_at<std::uint32_t>(a + size - 4, b + size - 4);
  if (size >= 2) return is_same_at<std::uint16_t>(a, b) && is_same_at<std::uint16_t>(a + size - 2, b + size - 2);
  return size == 0 || *a == *b;
}

bool is_same(const Desk& a, const Desk& b) {
  return is_same(a.library, b.library) && is_same(a.station, b.station) && is_same(a.user_access, b.user_access) &&
         is_same(a.temporary_library, b.temporary_library) && is_same(a.library_mismatch, b.library_mismatch) &&
         a.is_settled == b.is_settled;
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
  Desk& kept = m_desks.emplace_back();
  kept = {keep(desk.library),     keep(desk.temporary_library), keep(desk.station),
          keep(desk.user_access), keep(desk.library_mismatch),  desk.is_settled};
  m_known_desks.insert(&kept);
  return m_last_desk = &kept;
}

const Registration* TextArena::keep(const Registration& registration) {
  Registration& kept = m_registrations.emplace_back(registration);
  for (std::string_view* text : {&kept.last_name, &kept.first_name, &kept.middle_name, &kept.alternate_name,
                                 &kept.email, &kept.phone, &kept.language, &kept.address, &kept.categories,
                                 &kept.department, &kept.profile, &kept.library, &kept.left_out})
    *text = keep(*text);
  return &kept;
}

std::size_t TextArena::HashDesk::operator()(const Desk* desk) const {
  std::size_t hash = 0;
  for (const std::string_view part :
       {desk->library, desk->temporary_library, desk->station, desk->user_access, desk->library_mismatch}) {
    hash = hash * 31 + std::hash<std::string_view>{}(part);
  }
  return hash;
}

}  // namespace offcirc
