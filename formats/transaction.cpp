#include "formats/transaction.hpp"

#include <array>

namespace offcirc {

std::string_view name_of(Kind kind) {
  static constexpr std::array<std::string_view, k_kind_count> k_names = {
      "checkout", "checkin", "renewal", "registration", "payment", "in-house-use", "unsupported"};
  return k_names.at(static_cast<std::size_t>(kind));
}

std::string_view name_of(DueFrom due_from) {
  static constexpr std::array<std::string_view, 4> k_names = {"", "transaction", "session", "policy"};
  return k_names.at(static_cast<std::size_t>(due_from));
}

}  // namespace offcirc
