// What a Symphony log says of a user that offcirc does not keep: it is named, so that staff can enter it by hand.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace offcirc {

/// A field of the user's record; false of what each line of a session says. Not asked of fields that are kept.
bool is_left_out_of_registration(std::uint16_t code);

/// `title (UR), circulation rule (P7)`, never a value.
std::string names_of_left_out(const std::vector<std::uint16_t>& codes);

}  // namespace offcirc
