#include "loader/config/config.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include "formats/line_reader.hpp"
#include "loader/config/config_draft.hpp"
#include "loader/config/map_file.hpp"
#include "loader/progress.hpp"

namespace offcirc {
namespace {

// Adds what is wrong with the rows of the map to `map_troubles`, which names the map's file.
void read_map(ConfigDraft& draft, TroubleList& map_troubles) {
  const auto text = read_file_text(draft.config.circulation_map);
  if (const auto* unreadable = std::get_if<Unreadable>(&text))
    draft.troubles.add(draft.circulation_map_place,
                       fmt::format("the circulation map {} can't be read: {}.", draft.config.circulation_map.string(),
                                   unreadable->reason));
  else
    draft.config.policy.circulation_map =
        parse_circulation_map(std::get<std::string>(text), draft.config.policy, map_troubles);
}

void throw_if_any(const TroubleList& troubles, const TroubleList& map_troubles) {
  if (troubles.empty() && map_troubles.empty()) return;
  const bool both = !troubles.empty() && !map_troubles.empty();
  throw RunError(troubles.text() + (both ? "\n" : "") + map_troubles.text());
}

}  // namespace

std::filesystem::path beside(const std::filesystem::path& config_file, const std::string& path) {
  return config_file.parent_path() / path;  // an absolute path replaces the folder
}

Config read_config(const std::filesystem::path& file) {
  ConfigDraft draft(file);
  auto text = read_file_text(file);
  if (const auto* unreadable = std::get_if<Unreadable>(&text))
    throw RunError(fmt::format("The configuration {} can't be read: {}.", file.string(), unreadable->reason));
  draft.config.text = std::move(std::get<std::string>(text));

  const auto tree = parse_toml(draft.config.text, draft.troubles);
  if (!tree) throw RunError(draft.troubles.text());
  TomlReader sections(*tree, "", draft.troubles);
  read_system(sections, draft);
  read_ids(sections, draft);
  read_locations(sections, draft);
  read_default_offline(sections, draft);
  read_libraries(sections, draft);
  read_profiles(sections, draft);
  read_mail(sections, draft);
  read_send(sections, draft);
  sections.report_unknown_keys();

  TroubleList map_troubles(draft.config.circulation_map.string());
  if (!draft.config.circulation_map.empty()) read_map(draft, map_troubles);
  throw_if_any(draft.troubles, map_troubles);
  return std::move(draft.config);
}

std::string read_password_file(const std::string& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) == 0 && (status.st_mode & S_IROTH) != 0)
    throw RunError(
        fmt::format("The password file {0} is readable by everyone, so its password is not used. Run 'chmod o= {0}', "
                    "and change the password if others have had access to this machine.",
                    file));
  const auto text = read_file_text(file);
  if (const auto* unreadable = std::get_if<Unreadable>(&text))
    throw RunError(fmt::format("The password file {} can't be read: {}.", file, unreadable->reason));
  std::string_view line;
  LineReader(std::get<std::string>(text)).next(line);
  if (line.empty()) throw RunError(fmt::format("The first line of the password file {} is empty.", file));
  return std::string(line);
}

}  // namespace offcirc
