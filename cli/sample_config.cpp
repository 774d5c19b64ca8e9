#include "cli/sample_config.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <vector>

#include "cli/sample_files.hpp"
#include "loader/output/new_file.hpp"
#include "loader/progress.hpp"

namespace offcirc {

void write_sample_config(const std::filesystem::path& folder) {
  make_folder(folder);
  const std::array<std::pair<const char*, std::string_view>, 2> files = {
      {{"offcirc.toml", k_sample_offcirc_toml}, {"circmap.csv", k_sample_circmap_csv}}};
  // Writes both files completely before either gets its name.
  std::vector<NewFile> begun;
  for (const auto& [name, text] : files) {
    if (std::filesystem::exists(folder / name)) {
      throw RunError(
          fmt::format("{} already exists; nothing was written. Choose another folder.", (folder / name).string()));
    }
    begun.emplace_back(folder / name, NewFile::Replace::no).write(text);
  }
  for (NewFile& file : begun) file.keep();
}

}  // namespace offcirc
