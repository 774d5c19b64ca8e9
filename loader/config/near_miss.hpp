// What somebody probably meant who wrote a name that nothing has.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace offcirc {

/// `; did you mean 'timezone'?` where exactly one of `known` is nearest to `wrong`, and near: a letter or two wrong,
/// missing, too many, or two neighbours swapped. Else a full stop. To be put behind a sentence.
std::string hint_of(std::string_view wrong, const std::vector<std::string_view>& known);

}  // namespace offcirc
