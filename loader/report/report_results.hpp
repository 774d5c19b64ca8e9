// The results of a report. Those of a load of a million lines are not all there at once: each is made when it is looked
// at, from what the load left behind.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "loader/memory/block_array.hpp"
#include "loader/report/report_result.hpp"

namespace offcirc {

/// By index of the result.
using Settlements = std::unordered_map<std::uint32_t, Settlement>;

/// In the order of their numbers. Whoever wants to change one has all of them made first.
class ReportResults {
  template <typename Results>
  class Place {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = ReportResult;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = decltype(std::declval<Results&>()[0]);

    Place(Results& results, std::size_t index) : m_results(&results), m_index(index) {}
    reference operator*() const { return (*m_results)[m_index]; }
    Place& operator++() {
      ++m_index;
      return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(Place a, Place b) { return a.m_index == b.m_index; }

   private:
    Results* m_results;
    std::size_t m_index;
  };

 public:
  using Maker = std::function<ReportResult(std::size_t index)>;
  using Glancer = std::function<ResultGlance(std::size_t index)>;

  ReportResults() = default;
  ReportResults(std::initializer_list<ReportResult> results) : m_made(results) {}
  /// `make` and `glance` are asked for each index below `count`, as often as somebody looks; they answer the same each
  /// time, and `glance` what glance_at() says of the result.
  ReportResults(std::size_t count, Maker make, Glancer glance)
      : m_make(std::move(make)), m_glance(std::move(glance)), m_count(count) {}

  [[nodiscard]] std::size_t size() const { return m_make ? m_count : m_made.size(); }
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] ReportResult operator[](std::size_t index) const;
  ReportResult& operator[](std::size_t index);
  [[nodiscard]] ResultGlance glance(std::size_t index) const;
  ReportResult& back() { return (*this)[size() - 1]; }
  void push_back(ReportResult result);
  void pop_back();

  /// Sets ReportResult::item_is_out of these, and of no others.
  void set_items_out(const std::vector<std::uint32_t>& indices);
  /// Settles these.
  void set_settled(Settlements settlements);
  /// Those at `indices`, whatever becomes of these.
  [[nodiscard]] ReportResults part(std::vector<std::uint32_t> indices) const;

  [[nodiscard]] auto begin() const { return Place<const ReportResults>(*this, 0); }
  [[nodiscard]] auto end() const { return Place<const ReportResults>(*this, size()); }
  auto begin() { return Place<ReportResults>(*this, 0); }
  auto end() { return Place<ReportResults>(*this, size()); }

 private:
  void make_all();

  BlockArray<ReportResult> m_made;
  Maker m_make;
  Glancer m_glance;
  std::size_t m_count = 0;
  std::vector<bool> m_items_out;                 // of those that are not made yet; by index, empty where no item is out
  std::shared_ptr<const Settlements> m_settled;  // null where none is, too
};

/// Some of the results of a report, made once, next to each other in the order in which they are written.
using ResultList = BlockArray<ReportResult>;

}  // namespace offcirc
