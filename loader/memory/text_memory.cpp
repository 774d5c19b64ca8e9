#include "loader/memory/text_memory.hpp"

#include "loader/memory/large_vector.hpp"

namespace offcirc {
namespace {

class LargePageResource : public std::pmr::memory_resource {
  void* do_allocate(std::size_t bytes, std::size_t) override { return allocate_large(bytes); }
  void do_deallocate(void* memory, std::size_t bytes, std::size_t) override { free_large(memory, bytes); }
  [[nodiscard]] bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override {
    return this == &other;
  }
};

}  // namespace

TextMemory make_text_memory() {
  static LargePageResource& large_pages = *new LargePageResource;  // whatever text is freed last
  return std::make_unique<std::pmr::monotonic_buffer_resource>(&large_pages);
}

}  // namespace offcirc
