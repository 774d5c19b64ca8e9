// An array in blocks that never move, and a sort for more elements than fit into one block.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

#include "loader/memory/pages.hpp"

namespace offcirc {

// An array for data kept per log line. It grows in blocks, so elements never move and no copy is made while it grows.

/// Grows at its end. Elements keep their addresses as long as the array lives, even if it is moved.
template <typename T>
class BlockArray {
 public:
  /// Number of elements that are contiguous in memory.
  static constexpr std::size_t k_in_block = k_large_page_bytes / sizeof(T);

 private:
  template <typename Array, typename Element>
  class Place {
   public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = Element*;
    using reference = Element&;

    Place() = default;
    Place(Array* array, std::size_t index) : m_array(array), m_index(index) {}

    reference operator*() const { return (*m_array)[m_index]; }
    pointer operator->() const { return &(*m_array)[m_index]; }
    reference operator[](difference_type by) const { return *(*this + by); }
    Place& operator++() {
      ++m_index;
      return *this;
    }
    Place& operator--() { return *this -= 1; }
    Place operator++(int) {
      const Place before = *this;
      ++*this;
      return before;
    }
    Place operator--(int) { return std::exchange(*this, *this - 1); }
    Place& operator+=(difference_type by) {
      m_index += static_cast<std::size_t>(by);
      return *this;
    }
    Place& operator-=(difference_type by) { return *this += -by; }
    friend Place operator+(Place place, difference_type by) { return place += by; }
    friend Place operator+(difference_type by, Place place) { return place += by; }
    friend Place operator-(Place place, difference_type by) { return place -= by; }
    friend difference_type operator-(Place a, Place b) {
      return static_cast<difference_type>(a.m_index) - static_cast<difference_type>(b.m_index);
    }
    friend bool operator==(Place a, Place b) { return a.m_index == b.m_index; }
    friend auto operator<=>(Place a, Place b) { return a.m_index <=> b.m_index; }

   private:
    Array* m_array = nullptr;
    std::size_t m_index = 0;
  };

 public:
  using value_type = T;
  using iterator = Place<BlockArray, T>;
  using const_iterator = Place<const BlockArray, const T>;

  BlockArray() = default;
  explicit BlockArray(std::size_t size) {
    while (m_size < size) emplace_back();
  }
  BlockArray(std::initializer_list<T> elements) {
    for (const T& element : elements) push_back(element);
  }
  BlockArray(const BlockArray& other) {
    for (const T& element : other) push_back(element);
  }
  BlockArray(BlockArray&& other) noexcept
      : m_blocks(std::move(other.m_blocks)), m_size(std::exchange(other.m_size, 0)) {
    other.m_blocks.clear();
  }
  BlockArray& operator=(BlockArray other) noexcept {
    std::swap(m_blocks, other.m_blocks);
    std::swap(m_size, other.m_size);
    std::swap(m_fills_first, other.m_fills_first);
    return *this;
  }
  ~BlockArray() { clear(); }

  [[nodiscard]] std::size_t size() const { return m_size; }
  [[nodiscard]] bool empty() const { return m_size == 0; }

  T& operator[](std::size_t index) { return m_blocks[index / k_in_block][index % k_in_block]; }
  const T& operator[](std::size_t index) const { return m_blocks[index / k_in_block][index % k_in_block]; }
  T& front() { return (*this)[0]; }
  const T& front() const { return (*this)[0]; }
  T& back() { return (*this)[m_size - 1]; }
  const T& back() const { return (*this)[m_size - 1]; }

  template <typename... Arguments>
  T& emplace_back(Arguments&&... arguments) {
    if (m_size == m_blocks.size() * k_in_block) add_block();
    T* const element = std::construct_at(&(*this)[m_size], std::forward<Arguments>(arguments)...);
    ++m_size;
    return *element;
  }
  void push_back(const T& element) { emplace_back(element); }
  void push_back(T&& element) { emplace_back(std::move(element)); }
  void pop_back() { std::destroy_at(&(*this)[--m_size]); }

  /// Estimates how many will be added, which decides how the first block gets its memory.
  void expect(std::size_t count) { m_fills_first = count >= k_in_block / 2; }

  /// Gives the unused end of the last block back to the system. \pre Nothing is added any more.
  void close() {
    if (!m_blocks.empty())
      give_back_end(m_blocks.back(), k_large_page_bytes, (m_size - (m_blocks.size() - 1) * k_in_block) * sizeof(T));
  }

  void clear() {
    if constexpr (!std::is_trivially_destructible_v<T>)
      for (T& element : *this) std::destroy_at(&element);
    for (T* block : m_blocks) unmap_pages(block, k_large_page_bytes);
    m_blocks.clear();
    m_size = 0;
  }

  iterator begin() { return {this, 0}; }
  iterator end() { return {this, m_size}; }
  [[nodiscard]] const_iterator begin() const { return {this, 0}; }
  [[nodiscard]] const_iterator end() const { return {this, m_size}; }

 private:
  void add_block() {
    // Most arrays do not fill their first block, so it is mapped in small pages that take memory only when used.
    const bool fills_block = m_fills_first || !m_blocks.empty();
    m_blocks.reserve(m_blocks.size() + 1);  // reserved first, so that no block is lost if this throws
    void* const block = fills_block ? map_large_pages(k_large_page_bytes) : map_pages(k_large_page_bytes);
    m_blocks.push_back(static_cast<T*>(block));
  }

  std::vector<T*> m_blocks;
  std::size_t m_size = 0;
  bool m_fills_first = false;
};

// Sorts more data than should be in memory at once: each block is sorted by itself, and the blocks are merged as they
// are read.

/// All elements are added first, then sorted, then read once. Equal elements come in any order.
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
  /// The least element that has not been taken. \pre sort() was called, and there is an element left.
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

  // Called as soon as a block is full, while it is still in memory.
  void sort_last_run() {
    T* const begin = &m_elements[m_sorted];
    std::sort(begin, begin + (m_elements.size() - m_sorted));
    m_sorted = m_elements.size();
  }

  BlockArray<T> m_elements;
  std::size_t m_sorted = 0;
  std::vector<Head> m_heads;  // a heap with the least element in front
};

}  // namespace offcirc
