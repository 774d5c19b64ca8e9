// Memory for much text that stays at its place, in large pages where there is much of it.
#pragma once

#include <memory>
#include <memory_resource>

namespace offcirc {

/// Each piece lies behind the one before; all are given back together.
using TextMemory = std::unique_ptr<std::pmr::monotonic_buffer_resource>;

TextMemory make_text_memory();

}  // namespace offcirc
