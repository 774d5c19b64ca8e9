#include "formats/transaction.hpp"

#include <algorithm>
#include <array>

namespace offcirc {

namespace {

constexpr std::array<std::string_view, k_kind_count> k_kinds = {
    "checkout", "checkin", "renewal", "registration", "payment", "in-house-use", "unsupported"};
constexpr std::array<std::string_view, 4> k_due_froms = {"", "transaction", "session", "policy"};

template <typename Value, typename Names>
std::optional<Value> find(const Names& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Value>(found - names.begin());
}

}  // namespace

std::string_view name_of(Kind kind) {
  return k_kinds.at(static_cast<std::size_t>(kind));
}

std::optional<Kind> find_kind(std::string_view name) {
  return find<Kind>(k_kinds, name);
}

std::string_view name_of(DueFrom due_from) {
  return k_due_froms.at(static_cast<std::size_t>(due_from));
}

std::optional<DueFrom> find_due_from(std::string_view name) {
  return find<DueFrom>(k_due_froms, name);
}

}  // namespace offcirc
