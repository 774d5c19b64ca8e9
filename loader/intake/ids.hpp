// Barcodes as people mean them, without what scanners and keyboards put around them.
#pragma once

#include <string_view>

namespace offcirc {

/// `id` without blanks at its ends, and without one start and one stop character where it has both: each is one of
/// `start_stop`, which the config names. So `A21221000000015B` loses both with `AB`, and `ABC-12` nothing.
std::string_view strip_id(std::string_view id, std::string_view start_stop);

}  // namespace offcirc
