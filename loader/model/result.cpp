#include "loader/model/result.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace offcirc {

FindingList::FindingList(std::initializer_list<Finding> findings)
    : FindingList(std::span(findings.begin(), findings.size())) {}

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
  const std::uint32_t begin = index == 0 ? begin_of_sentences(count()) : place(index - 1).end;
  const std::string_view packed(reinterpret_cast<const char*>(m_memory.get()) + begin, at.end - begin);
  return {at.outcome, Sentence(packed), at.overridden, at.is_note};
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

void FindingList::make_room(std::size_t count, std::size_t bytes) {
  m_memory = std::make_unique_for_overwrite<std::byte[]>(begin_of_sentences(count) + bytes);
  const auto stored = static_cast<std::uint32_t>(count);
  std::memcpy(m_memory.get(), &stored, sizeof(stored));
}

std::uint32_t FindingList::set(std::size_t index, const Finding& finding, std::uint32_t begin) {
  const std::string_view packed = finding.sentence.packed();
  packed.copy(reinterpret_cast<char*>(m_memory.get()) + begin, packed.size());
  const Place place{begin + static_cast<std::uint32_t>(packed.size()), finding.outcome, finding.overridden,
                    finding.is_note};
  std::memcpy(m_memory.get() + begin_of_sentences(index), &place, sizeof(place));
  return place.end;
}

std::string ResultName::text() const {
  return fmt::format("{}:{}", load, n);
}

std::size_t FindingList::bytes() const {
  return place(count() - 1).end;
}

}  // namespace offcirc
