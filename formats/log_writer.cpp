#include "formats/log_writer.hpp"

#include "formats/checked_writer.hpp"
#include "formats/registry.hpp"

namespace offcirc {
namespace {

struct WrittenFormat {
  std::string_view name;
  std::unique_ptr<LogWriter> (*make)(const WriterContext& context);
};

constexpr WrittenFormat k_written_formats[] = {{"symphony", make_symphony_writer},
                                               {"koc", make_koc_writer},
                                               {"evergreen", make_evergreen_writer},
                                               {"aleph", make_aleph_writer},
                                               {"sierra", make_sierra_writer}};

}  // namespace

std::unique_ptr<LogWriter> make_log_writer(std::string_view format, const WriterContext& context) {
  for (const WrittenFormat& written : k_written_formats)
    if (written.name == format) return written.make(context);
  return nullptr;
}

std::vector<std::string_view> written_formats() {
  std::vector<std::string_view> names;
  for (const LogFormat* format : all_formats())
    for (const WrittenFormat& written : k_written_formats)
      if (written.name == format->name) names.push_back(written.name);
  return names;
}

}  // namespace offcirc
