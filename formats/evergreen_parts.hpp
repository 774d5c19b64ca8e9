// What can still be told of an Evergreen line that is no JSON any more, and what of it is surely no password.
#pragma once

#include <string>
#include <string_view>

namespace offcirc {

/// Trimmed, and without quotes; empty where there is none, or where it has escapes. An ID that is the last of the line
/// may be cut short.
struct EvergreenRemains {
  std::string_view type, timestamp, patron_barcode, barcode;
  std::string_view card_barcode;  ///< of a registration
};

/// Parts of `line`, a damaged one.
EvergreenRemains remains_of_evergreen_line(std::string_view line);

/// What may be kept of a line that can't be read: each name that is whole, with as much of its value as is surely its
/// own. The password is dropped up to the next name, or with all that follows it where it is damaged itself; so is
/// what belongs to no name, since it may belong to a torn one.
std::string without_evergreen_password(std::string_view line);

}  // namespace offcirc
