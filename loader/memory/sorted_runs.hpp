// Sorts what is more than should be in memory: each block of it by itself, and the blocks are merged while they are
// read.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <vector>

#include "loader/memory/block_array.hpp"

namespace offcirc {

/// First all elements are added, then they are read, once. Equal ones come in any order.
template <typename T>
class SortedRuns {
 public:
  void add(const T& element) {
    if (m_elements.size() == m_sorted + BlockArray<T>::k_in_block) sort_last_run();
    m_elements.push_back(element);
  }
  [[nodiscard]] std::size_t size() const { return m_elements.size(); }

  /// \pre Nothing has been taken, and nothing is added any more.
  void sort() {
    if (m_sorted < m_elements.size()) sort_last_run();
    for (std::size_t begin = 0; begin < m_elements.size(); begin += BlockArray<T>::k_in_block)
      m_heads.push_back({m_elements[begin], begin});
    std::make_heap(m_heads.begin(), m_heads.end(), std::greater<>());
  }
  /// The least that has not been taken. \pre It has been sorted, and some are left.
  [[nodiscard]] const T& front() const { return m_heads.front().element; }
  void pop() {
    std::pop_heap(m_heads.begin(), m_heads.end(), std::greater<>());
    Head& head = m_heads.back();
    if (++head.at == m_elements.size() || head.at % BlockArray<T>::k_in_block == 0) {
      m_heads.pop_back();
      return;
    }
    head.element = m_elements[head.at];
    std::push_heap(m_heads.begin(), m_heads.end(), std::greater<>());
  }

 private:
  struct Head {
    T element;
    std::size_t at;
    friend bool operator>(const Head& a, const Head& b) { return a.element > b.element; }
  };

  // While it is still in memory.
  void sort_last_run() {
    T* const begin = &m_elements[m_sorted];
    std::sort(begin, begin + (m_elements.size() - m_sorted));
    m_sorted = m_elements.size();
  }

  BlockArray<T> m_elements;
  std::size_t m_sorted = 0;
  std::vector<Head> m_heads;  // a heap: the least in front
};

}  // namespace offcirc
