#include "loader/rules/freed_copy.hpp"

namespace offcirc {
namespace {

constexpr std::string_view k_before = "; no hold waits for item ", k_after = " any more";

}  // namespace

std::string freed_copy_words(std::string_view item_id) {
  return std::string(k_before).append(item_id).append(k_after);
}

std::string_view freed_copy_in(std::string_view sentence) {
  const std::size_t before = sentence.rfind(k_before);
  if (before == std::string_view::npos || !sentence.ends_with(k_after)) return {};
  sentence.remove_prefix(before + k_before.size());
  sentence.remove_suffix(k_after.size());
  return sentence;
}

}  // namespace offcirc
