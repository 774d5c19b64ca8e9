// How the process gets memory from malloc().
#pragma once

namespace offcirc {

/// From now on in large pages, as far as it can, and what is freed is mostly kept for what is allocated next: for those
/// who soon need tens of megabytes, and fill again what they have emptied. Of no effect on what was allocated before.
void prepare_heap();

}  // namespace offcirc
