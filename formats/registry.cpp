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

std::vector<const LogFormat*> formats_that_claim(std::string_view head, const IdPatterns& ids,
                                                 std::optional<Kind> list_kind) {
  std::vector<const LogFormat*> claiming;
  for (const LogFormat* format : all_formats()) {
    if (format->claims(head)) claiming.push_back(format);
  }
  if (!claiming.empty()) return claiming;
  for (const LogFormat* format : all_formats()) {
    if (format->claims_by_ids != nullptr && format->claims_by_ids(head, ids, list_kind)) claiming.push_back(format);
  }
  return claiming;
}

std::string near_miss_of(std::string_view head, const IdPatterns& ids) {
  for (const LogFormat* format : all_formats()) {
    if (format->near_miss == nullptr) continue;
    if (std::string sentence = format->near_miss(head, ids); !sentence.empty()) return sentence;
  }
  return {};
}

}  // namespace offcirc
