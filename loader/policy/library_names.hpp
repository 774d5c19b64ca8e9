// Which library a name means that is not the one of the configuration: logs, folders and the systems of vendors call
// libraries by names of their own.
#pragma once

#include <string>
#include <string_view>

#include "loader/policy/policy.hpp"

namespace offcirc {

/// By its code, else by its name or one of its aliases, ignoring the case of their letters. A name that several
/// libraries have means none of them.
LibraryIndex find_library_called(std::string_view name, const Policy& policy);

/// Its code; empty where no library is called so.
std::string_view code_of_library_called(std::string_view name, const Policy& policy);

/// In ASCII's small letters, as names are compared.
std::string folded_library_name(std::string_view name);

}  // namespace offcirc
