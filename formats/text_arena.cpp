#include "formats/text_arena.hpp"

#include <cstring>
#include <functional>

namespace offcirc {

std::string_view TextArena::keep(std::string_view text) {
  if (text.empty()) return {};
  auto* kept = static_cast<char*>(m_text->allocate(text.size(), 1));
  std::memcpy(kept, text.data(), text.size());
  return {kept, text.size()};
}

const Desk* TextArena::desk(const Desk& desk) {
  if (m_last_desk != nullptr && *m_last_desk == desk) return m_last_desk;
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
