#include <fmt/format.h>

#include <regex>

#include "loader/config/config_draft.hpp"

namespace offcirc {
namespace {

std::string_view reason_of(const std::regex_error& error) {
  namespace regex = std::regex_constants;
  const auto code = error.code();
  if (code == regex::error_brack) return "a [ is not closed, or a ] not opened";
  if (code == regex::error_paren) return "a ( or ) has no other half, or there is nothing before *, + or ? to repeat";
  if (code == regex::error_brace || code == regex::error_badbrace)
    return "a { is not closed, or what it holds is no number of times";
  if (code == regex::error_range) return "a range in [ ] is backwards";
  if (code == regex::error_escape) return "a \\ comes before something that has no special meaning";
  if (code == regex::error_badrepeat) return "there is nothing before *, + or ? to repeat";
  return "it is wrong in itself";
}

void read_pattern(TomlReader& ids, std::string_view key, IdPattern& into) {
  const TomlValue* pattern = ids.text(key);
  if (pattern == nullptr) return;
  try {
    if (!pattern->text.empty()) into = IdPattern(pattern->text);
  } catch (const std::regex_error& error) {
    ids.report(pattern->place, fmt::format("'{}' in [ids] must be a regular expression, not '{}': {}.", key,
                                           pattern->text, reason_of(error)));
  }
}

}  // namespace

void read_ids(TomlReader& file, ConfigDraft& draft) {
  IdPatterns& patterns = draft.config.ids;
  TomlReader ids = file.table("ids");
  read_pattern(ids, "user", patterns.user);
  read_pattern(ids, "item", patterns.item);
  ids.read("strip", patterns.strip);
  ids.read("check_digit", patterns.check_digit);
  ids.report_unknown_keys();
}

}  // namespace offcirc
