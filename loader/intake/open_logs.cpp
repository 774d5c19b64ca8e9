#include "loader/intake/open_logs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>
#include <stdexcept>
#include <utility>

#include "formats/registry.hpp"
#include "loader/intake/expand.hpp"
#include "loader/intake/identity.hpp"
#include "loader/intake/log_file.hpp"
#include "loader/intake/log_texts.hpp"
#include "loader/progress.hpp"

namespace offcirc {

namespace {

/// Why a log can't be used. Line and column count from 1; 0: not known.
struct Trouble {
  std::string sentence;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

// In the form of compiler messages, since some terminals can jump to such places.
std::string with_path(const Trouble& trouble, const std::string& path) {
  std::string place = path;
  if (trouble.line != 0) place += fmt::format(":{}", trouble.line);
  if (trouble.column != 0) place += fmt::format(":{}", trouble.column);
  return fmt::format("{}: {}", place, trouble.sentence);
}

// For reports, which name the log themselves.
std::string without_path(const Trouble& trouble) {
  if (trouble.line == 0) return trouble.sentence;
  if (trouble.column == 0) return fmt::format("line {}: {}", trouble.line, trouble.sentence);
  return fmt::format("line {}, column {}: {}", trouble.line, trouble.column, trouble.sentence);
}

std::string names_of(std::span<const LogFormat* const> formats) {
  std::string names;
  for (const LogFormat* format : formats) names.append(names.empty() ? "" : ", ").append(format->name);
  return names;
}

const LogFormat* forced_format(const std::string& name) {
  if (name.empty()) return nullptr;
  if (const LogFormat* format = find_format(name)) return format;
  throw RunError(
      fmt::format("--format: there is no log format {}. The formats are {}.", name, names_of(all_formats())));
}

// A few empty lines are a log without records in any format, so there is nothing to ask the operator.
bool says_nothing(std::string_view text) {
  return text.size() <= k_head_bytes && text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// A log is the same with and without a byte order mark.
std::string_view without_byte_order_mark(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text;
}

std::shared_ptr<LogStorage> make_storage(LogBytes bytes, const std::string& encoding) {
  try {
    return std::make_shared<LogStorage>(std::move(bytes), encoding);
  } catch (const std::invalid_argument&) {
    throw RunError(
        fmt::format("The configured encoding of logs, {}, is not supported on this machine. `iconv --list` lists the "
                    "supported ones.",
                    encoding));
  }
}

std::optional<Trouble> open_parser(OpenLog& open, const Config& config, std::optional<Kind> list_kind) {
  const LogContext context{open.storage->arena, open.storage->decoder, config.date_order, config.ids, list_kind};
  OpenedLog opened = open.format->open(open.storage->bytes.view(), context);
  if (auto* parser = std::get_if<std::unique_ptr<LogParser>>(&opened)) {
    open.log.format = open.format->name;
    open.parser = std::move(*parser);
    return {};
  }
  const Diagnostic& diagnostic = std::get<Diagnostic>(opened);
  return Trouble{diagnostic.message, diagnostic.line, diagnostic.column};
}

std::optional<Trouble> open_log(OpenLog& open, LogText read, const LogFormat* forced, std::optional<Kind> list_kind,
                                const Config& config) {
  open.log.path = std::move(read.path);
  open.log.notes = std::move(read.notes);
  if (read.trouble) return Trouble{std::move(*read.trouble)};
  if (read.left_alone) return {};
  open.storage = make_storage(std::move(read.bytes), config.encoding);
  const std::string_view text = open.storage->bytes.view();
  open.log.digest = digest_of(without_byte_order_mark(text));
  open.storage->bytes.set_read();
  open.format = forced;
  if (text.empty() || (forced == nullptr && says_nothing(text))) {
    if (forced != nullptr) open.log.format = forced->name;
    return {};
  }
  if (forced == nullptr) {
    auto choice = choose_format(text, config.ids, list_kind);
    if (auto* sentence = std::get_if<std::string>(&choice)) return Trouble{std::move(*sentence)};
    open.format = std::get<const LogFormat*>(choice);
  }
  // Once such a list has grown, nobody could tell that its beginning is already loaded.
  if (read.is_growing && open.format->has_no_times) {
    return Trouble{
        "was written to while it was read, and its records have no times. Load it again when it is complete."};
  }
  return open_parser(open, config, list_kind);
}

}  // namespace

std::variant<const LogFormat*, std::string> choose_format(std::string_view text, const IdPatterns& ids,
                                                          std::optional<Kind> list_kind) {
  const std::string_view head = text.substr(0, k_head_bytes);
  const std::vector<const LogFormat*> claiming = formats_that_claim(head, ids, list_kind);
  if (claiming.size() == 1) return claiming.front();
  if (claiming.empty()) {
    if (std::string sentence = near_miss_of(head, ids); !sentence.empty()) return sentence;
    return fmt::format(
        "is not in a known log format ({}). If it is a log, name its format with --format; otherwise, omit the file.",
        names_of(all_formats()));
  }
  return fmt::format("may be in several log formats ({}). Name the right one with --format.", names_of(claiming));
}

OpenLogs open_logs(const IntakeOptions& options, const Config& config, std::uint64_t max_bytes) {
  const LogFormat* forced = forced_format(options.format);
  const TextOptions text_options{options.settled_before, config.max_archive_bytes,
                                 [&](std::string_view head) {
                                   return forced != nullptr ||
                                          !formats_that_claim(head, config.ids, options.kind).empty();
                                 },
                                 config.encoding};
  OpenLogs opened;
  auto& [files, logs] = opened;
  std::string troubles;
  std::uint64_t bytes = 0;
  for (const FoundLog& found : find_logs(options.paths, options.leave_out)) {
    std::vector<LogText> texts = read_texts(found, text_options, config.policy.zone);
    if (texts.empty()) continue;
    files.push_back({found.path, found.below, texts.front().mark});
    for (LogText& text : texts) {
      const bool named = text.named;
      bytes += text.bytes.view().size();
      if (bytes > max_bytes) {
        bytes -= text.bytes.view().size();
        text.bytes = {};
        text.trouble = fmt::format(
            "was skipped: the logs of one load can have at most {} bytes in all. Load it separately.", max_bytes);
      }
      OpenLog& open = logs.emplace_back();
      open.log.file = static_cast<std::uint32_t>(files.size() - 1);
      const std::optional<Trouble> trouble = open_log(open, std::move(text), forced, options.kind, config);
      if (!trouble) continue;
      open.log.error = without_path(*trouble);
      if (named) troubles += (troubles.empty() ? "" : "\n") + with_path(*trouble, open.log.path);
    }
  }
  if (!troubles.empty()) throw RunError(troubles);
  std::stable_sort(logs.begin(), logs.end(),
                   [](const OpenLog& a, const OpenLog& b) { return a.log.path < b.log.path; });
  return opened;
}

}  // namespace offcirc
