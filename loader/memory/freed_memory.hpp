// What becomes of memory that is freed.
#pragma once

namespace offcirc {

/// From now on the process keeps some of what it frees for what it allocates next: for those who soon fill again what
/// they have emptied.
void keep_freed_memory();

}  // namespace offcirc
