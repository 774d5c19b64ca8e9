// How many different codes of one kind there may be: they are numbered in 16 bits.
#pragma once

#include <cstddef>

namespace offcirc {

/// Libraries, profiles, item types, locations or circulation rules, each. Leaves room below 65,535, which stands for
/// none, for the codes that the program itself adds.
inline constexpr std::size_t k_max_codes = 65'000;

}  // namespace offcirc
