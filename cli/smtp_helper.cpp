#include "cli/smtp_helper.hpp"

#include <cstdlib>

namespace offcirc {

namespace fs = std::filesystem;

fs::path find_smtp_helper() {
  constexpr const char* k_name = "offcirc-smtp";
  const char* folder = std::getenv("OFFCIRC_LIBEXEC");
  if (folder != nullptr && *folder != '\0') return fs::path(folder) / k_name;
  std::error_code unreachable;
  const fs::path here = fs::read_symlink("/proc/self/exe", unreachable).parent_path();
  if (fs::exists(here / k_name, unreachable)) return here / k_name;
  return (here / OFFCIRC_INSTALLED_HELPERS / k_name).lexically_normal();
}

}  // namespace offcirc
