// What the terminal can do that the program talks to.
#pragma once

#include <cstddef>

namespace offcirc {

/// A terminal on which one can go back and write over what is there: TERM is not `dumb`.
bool is_able_terminal(int descriptor);

/// How wide it is; 80 where it does not say.
std::size_t columns_of_terminal(int descriptor);

/// False while a shell lets the program run in the background: the line is the shell's then.
bool is_in_foreground(int descriptor);

}  // namespace offcirc
