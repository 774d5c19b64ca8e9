#include <fmt/format.h>

#include <algorithm>

#include "cli/command.hpp"
#include "cli/console.hpp"
#include "formats/registry.hpp"

namespace offcirc {
namespace {

class FormatsCommand : public Command {
 public:
  CommandSpec specify() override {
    return {"formats",
            "List the log formats: name, extension, summary",
            {},
            {},
            {{"formats", "The names that --format takes"}}};
  }

  ExitStatus run(const std::vector<std::string>&, const CommonOptions&, Console& console) override {
    std::size_t name_width = 0;
    std::size_t extension_width = 0;
    for (const LogFormat* format : all_formats()) {
      name_width = std::max(name_width, format->name.size());
      extension_width = std::max(extension_width, format->extension.size());
    }
    StandardOutput output;
    for (const LogFormat* format : all_formats()) {
      output.write(fmt::format("{:<{}}  {:<{}}  {}\n", format->name, name_width, format->extension, extension_width,
                               format->summary));
    }
    return output.finish(console);
  }
};

}  // namespace

std::unique_ptr<Command> make_formats_command() {
  return std::make_unique<FormatsCommand>();
}

}  // namespace offcirc
