// How the tables of the circulation database came to be, version by version. A step that was released never changes.
#pragma once

#include <span>

namespace offcirc {

/// SQL; the step at index v brings a database of version v to v + 1.
std::span<const char* const> schema_steps();

}  // namespace offcirc
