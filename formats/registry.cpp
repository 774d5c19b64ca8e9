#include "formats/registry.hpp"

namespace offcirc {

std::span<const LogFormat* const> all_formats() {
  static constexpr const LogFormat* k_formats[] = {
#define FORMAT(name) &k_##name##_format,
#include "formats/formats.def"
#undef FORMAT
  };
  return k_formats;
}

const LogFormat* find_format(std::string_view name) {
  for (const LogFormat* format : all_formats()) {
    if (format->name == name) return format;
  }
  return nullptr;
}

bool names_libraries_freely(std::string_view format) {
  return format == k_sip2_format.name;
}

std::vector<const LogFormat*> formats_that_claim(std::string_view head) {
  std::vector<const LogFormat*> claiming;
  for (const LogFormat* format : all_formats()) {
    if (format->claims(head)) claiming.push_back(format);
  }
  return claiming;
}

}  // namespace offcirc
