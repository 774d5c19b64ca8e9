// Keeps PINs and override passwords of a Symphony log out of everything else, where a damaged separator would make one
// a part of the value before it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/diagnostic.hpp"
#include "formats/ids.hpp"
#include "formats/symphony_line.hpp"

namespace offcirc {

/// What a value may hold: the more freely it is written, the more words are taken for just words.
enum class SymphonyText : std::uint8_t {
  id,       ///< of a user or an item
  code,     ///< of a library, a profile, a user access
  name,     ///< of a person
  passage,  ///< an address, a department
};

/// Where in `value` a PIN or an override may begin, the damaged separator before it included: `Moe~Uf2468` is 3. npos:
/// nowhere. `has_pin`: the record has its PIN elsewhere, so a word such as Ufer is no other.
std::size_t find_hidden_secret(const SymphonyLine& line, std::string_view value, SymphonyText form,
                               const IdPatterns& ids);

/// As find_hidden_secret(), but of text that need not be kept: any word that could be a secret is taken for one.
std::string_view surely_without_secret(std::string_view value);

/// What the line says where, in the fields that are kept of any record: the trouble is a column and no value.
std::optional<LineTrouble> find_swallowed_secret(const SymphonyLine& line, const IdPatterns& ids);

/// The same of the fields of a registration.
std::optional<LineTrouble> find_swallowed_in_registration(const SymphonyLine& line, const IdPatterns& ids);

/// What may be kept of a line that can't be read: its header, its command, and the fields that are known to hold no
/// secret, up to where one may begin.
std::string without_symphony_secrets(std::string_view line);

}  // namespace offcirc
