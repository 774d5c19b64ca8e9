#include "loader/rules/finding_list.hpp"

#include <utility>
#include <vector>

namespace offcirc {

FindingList::FindingList(std::initializer_list<Finding> findings)
    : FindingList(std::span(findings.begin(), findings.size())) {}

FindingList::FindingList(std::span<const Finding> findings) {
  if (findings.empty()) return;
  const auto count = static_cast<std::uint32_t>(findings.size());
  std::size_t end = sizeof(count) + count * sizeof(Place);
  std::size_t bytes = end;
  for (const Finding& finding : findings) bytes += finding.message.size();
  m_memory = std::make_unique_for_overwrite<std::byte[]>(bytes);
  std::memcpy(m_memory.get(), &count, sizeof(count));
  std::byte* to = m_memory.get() + sizeof(count);
  for (const Finding& finding : findings) {
    finding.message.copy(reinterpret_cast<char*>(m_memory.get()) + end, finding.message.size());
    end += finding.message.size();
    const Place place{static_cast<std::uint32_t>(end), finding.outcome, finding.overridden};
    std::memcpy(to, &place, sizeof(place));
    to += sizeof(place);
  }
}

FindingList::FindingList(const FindingList& other) {
  if (other.empty()) return;
  m_memory = std::make_unique_for_overwrite<std::byte[]>(other.bytes());
  std::memcpy(m_memory.get(), other.m_memory.get(), other.bytes());
}

FindingList& FindingList::operator=(FindingList other) noexcept {
  m_memory = std::move(other.m_memory);
  return *this;
}

Finding FindingList::operator[](std::size_t index) const {
  const Place at = place(index);
  const std::size_t begin = index == 0 ? sizeof(std::uint32_t) + count() * sizeof(Place) : place(index - 1).end;
  return {at.outcome, {reinterpret_cast<const char*>(m_memory.get()) + begin, at.end - begin}, at.overridden};
}

void FindingList::push_back(const Finding& finding) {
  std::vector<Finding> findings(begin(), end());
  findings.push_back(finding);
  *this = FindingList(std::span(std::as_const(findings)));
}

FindingList::Place FindingList::place(std::size_t index) const {
  Place place{};
  std::memcpy(&place, m_memory.get() + sizeof(std::uint32_t) + index * sizeof(Place), sizeof(place));
  return place;
}

std::size_t FindingList::bytes() const {
  return place(count() - 1).end;
}

}  // namespace offcirc
