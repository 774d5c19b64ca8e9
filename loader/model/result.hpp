// The result of one transaction: its outcome, its findings and the rules that applied.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <memory>
#include <span>
#include <string_view>

#include "formats/transaction.hpp"
#include "loader/memory/block_array.hpp"
#include "loader/memory/pages.hpp"
#include "loader/model/finding.hpp"
#include "loader/model/outcome.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

using CodeIndex = std::uint16_t;  ///< index into State::item_types, locations or rules
inline constexpr CodeIndex k_no_code = std::numeric_limits<CodeIndex>::max();
inline constexpr std::uint32_t k_no_map_row = std::numeric_limits<std::uint32_t>::max();

struct AppliedRules {
  CodeIndex loan = k_no_code;            ///< the rule of the loan or renewal; k_no_code: there is none
  std::uint32_t map_row = k_no_map_row;  ///< its row in the circulation map; k_no_map_row: the default loan
  CodeIndex fine = k_no_code;            ///< the rule of the bill that was made
};

/// The findings of one transaction. A load keeps those of all its lines to the end, so a list takes one small block of
/// memory, or none if it is empty. It owns the packed sentences: a Finding from it is valid until the list is changed
/// or destroyed.
class FindingList {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Finding;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = Finding;

    Iterator(const FindingList& list, std::size_t index) : m_list(&list), m_index(index) {}
    Finding operator*() const { return (*m_list)[m_index]; }
    Iterator& operator++() {
      ++m_index;
      return *this;
    }
    void operator++(int) { ++m_index; }
    friend bool operator==(Iterator a, Iterator b) { return a.m_index == b.m_index; }

   private:
    const FindingList* m_list;
    std::size_t m_index;
  };

  FindingList() = default;
  FindingList(std::initializer_list<Finding> findings);
  explicit FindingList(std::span<const Finding> findings) : FindingList(findings, [](const Finding& f) { return f; }) {}
  /// `finding_of` makes the Finding of each element of `all`; it is called more than once for each.
  template <typename Things, typename FindingOf>
  FindingList(const Things& all, FindingOf finding_of);
  FindingList(const FindingList& other);
  FindingList(FindingList&&) = default;
  FindingList& operator=(FindingList other) noexcept;
  ~FindingList() = default;

  [[nodiscard]] bool empty() const { return m_memory == nullptr; }
  [[nodiscard]] std::size_t size() const { return empty() ? 0 : count(); }
  /// \pre index < size()
  [[nodiscard]] Finding operator[](std::size_t index) const;
  [[nodiscard]] Finding front() const { return (*this)[0]; }
  [[nodiscard]] Iterator begin() const { return {*this, 0}; }
  [[nodiscard]] Iterator end() const { return {*this, size()}; }

  void push_back(const Finding& finding);
  /// Prefetches the list.
  void prefetch() const { offcirc::prefetch(m_memory.get()); }

 private:
  /// A finding. `end` is where its sentence ends; it begins where the one before ends.
  struct Place {
    std::uint32_t end;
    Outcome outcome;
    bool overridden;
    bool is_note;
  };

  [[nodiscard]] std::uint32_t count() const {
    std::uint32_t count = 0;
    std::memcpy(&count, m_memory.get(), sizeof(count));
    return count;
  }
  [[nodiscard]] Place place(std::size_t index) const;
  [[nodiscard]] std::size_t bytes() const;
  /// Allocates memory for `count` findings and `bytes` bytes of sentences.
  void make_room(std::size_t count, std::size_t bytes);
  /// Stores a finding, whose sentence begins at `begin`, and returns where it ends.
  /// \pre make_room() was called, and the findings before this one are set.
  std::uint32_t set(std::size_t index, const Finding& finding, std::uint32_t begin);
  static std::uint32_t begin_of_sentences(std::size_t count) {
    return static_cast<std::uint32_t>(sizeof(std::uint32_t) + count * sizeof(Place));
  }

  // The number of findings, their places, then their sentences.
  std::unique_ptr<std::byte[]> m_memory;
};

template <typename Things, typename FindingOf>
FindingList::FindingList(const Things& all, FindingOf finding_of) {
  if (all.empty()) return;
  std::size_t bytes = 0;
  for (const auto& one : all) bytes += finding_of(one).sentence.packed().size();
  make_room(all.size(), bytes);
  std::uint32_t end = begin_of_sentences(all.size());
  for (std::size_t index = 0; const auto& one : all) end = set(index++, finding_of(one), end);
}

/// A result as people refer to it: `3:12`, number 12 in the report of load 3.
struct ResultName {
  std::int64_t load = 0;
  std::uint64_t n = 0;

  [[nodiscard]] std::string text() const;
  friend auto operator<=>(const ResultName&, const ResultName&) = default;
};

/// The newest retry of a result, not counting loads that were undone.
struct LaterAttempt {
  ResultName name;
  bool loaded = false;
};

/// findings[0] has the outcome, and the others are notes, in order of precedence. There are none if the outcome is
/// `ok`.
struct Result {
  FindingList findings;
  Seconds due_at = k_no_time;  ///< UTC; k_never; or k_no_time if no item was charged or renewed
  Cents bill_cents = 0;        ///< of the bill that this transaction made
  bool made_bill = false;
  DueFrom due_from = DueFrom::none;
  Disposition disposition = Disposition::loaded;
  AppliedRules rules = {};      ///< none if it was rejected
  std::string_view title = {};  ///< of the item, kept by the state; empty if there is no item or its title is unknown

  [[nodiscard]] Outcome outcome() const { return findings.empty() ? Outcome::ok : findings.front().outcome; }
};

using Results = BlockArray<Result>;

}  // namespace offcirc
