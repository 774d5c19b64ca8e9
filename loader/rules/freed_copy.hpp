// How the sentence about a filled hold says that a copy which came back for it is not needed any more. The report looks
// for it: nobody has to scan that copy again.
#pragma once

#include <string>
#include <string_view>

namespace offcirc {

/// To follow the sentence.
std::string freed_copy_words(std::string_view item_id);
/// The item that the sentence says is free; empty where it says no such thing.
std::string_view freed_copy_in(std::string_view sentence);

}  // namespace offcirc
