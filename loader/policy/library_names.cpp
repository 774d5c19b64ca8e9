#include "loader/policy/library_names.hpp"

#include <algorithm>

#include "formats/fields.hpp"

namespace offcirc {
namespace {

bool has_alias(const Library& library, std::string_view name) {
  return std::any_of(library.aliases.begin(), library.aliases.end(),
                     [&](const std::string& alias) { return equal_ignoring_case(alias, name); });
}

}  // namespace

LibraryIndex find_library_called(std::string_view name, const Policy& policy) {
  if (name.empty()) return k_no_library;
  if (const LibraryIndex index = policy.find_library(name); index != k_no_library) return index;
  LibraryIndex found = k_no_library;
  for (std::size_t i = 0; i < policy.libraries.size(); ++i) {
    const Library& library = policy.libraries[i];
    const bool is_called = equal_ignoring_case(library.code, name) || equal_ignoring_case(library.name, name);
    if (!is_called && !has_alias(library, name)) continue;
    if (found != k_no_library) return k_no_library;
    found = static_cast<LibraryIndex>(i);
  }
  return found;
}

std::string_view code_of_library_called(std::string_view name, const Policy& policy) {
  const LibraryIndex index = find_library_called(name, policy);
  return index == k_no_library ? std::string_view() : policy.libraries[index].code;
}

std::string folded_library_name(std::string_view name) {
  std::string folded(name);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

}  // namespace offcirc
