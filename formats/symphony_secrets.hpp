// Keeps the PINs and override passwords of a Symphony log out of everything else. A damaged separator would make one
// part of the preceding value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/diagnostic.hpp"
#include "formats/ids.hpp"
#include "formats/symphony_line.hpp"

namespace offcirc {

/// What a value may hold. The more free-form it is, the more words in it are taken for ordinary words.
enum class SymphonyText : std::uint8_t {
  id,       ///< of a user or an item
  code,     ///< of a library, a profile or a user access
  name,     ///< of a person
  passage,  ///< an address or a department
};

/// Returns the offset in `value` at which a PIN or an override may begin, including the damaged separator before it: 3
/// for `Moe~Uf2468`; npos if there is none. If the line has a PIN field of its own, a word such as Ufer is not taken
/// for one.
std::size_t find_hidden_secret(const SymphonyLine& line, std::string_view value, SymphonyText form,
                               const IdPatterns& ids);

/// Returns the part of `value` before anything that could be a secret. Stricter than find_hidden_secret(), for text
/// that need not be kept.
std::string_view surely_without_secret(std::string_view value);

/// Returns a problem if a secret may be hidden in one of the fields that are kept for every kind of record. Its message
/// gives the column and never a value.
std::optional<LineTrouble> find_swallowed_secret(const SymphonyLine& line, const IdPatterns& ids);

/// The same for the fields of a registration.
std::optional<LineTrouble> find_swallowed_in_registration(const SymphonyLine& line, const IdPatterns& ids);

/// The part of an unreadable line that may be kept: its header, its command, and the fields known to hold no secret,
/// each up to where a secret may begin.
std::string without_symphony_secrets(std::string_view line);

}  // namespace offcirc
