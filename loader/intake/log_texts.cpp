#include "loader/intake/log_texts.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <utility>
#include <variant>

#include "loader/intake/expand.hpp"
#include "loader/intake/log_bytes.hpp"
#include "loader/intake/log_file.hpp"
#include "loader/intake/packed_end.hpp"
#include "loader/intake/packing.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {
namespace {

void leave_alone(LogText& text, Seconds written_at, const Zone& zone) {
  text.left_alone = true;
  text.notes.push_back(
      {"not-settled",
       fmt::format("Skipped: it was written to at {}, more recently than --settle allows.", iso_time(written_at, zone)),
       "The next load reads it if it is unchanged by then."});
}

void make_utf8(LogText& text) {
  const std::string_view bytes = text.bytes.view();
  if (is_utf16(bytes)) {
    LogBytes utf8 = utf8_of_utf16(bytes);
    if (bytes.size() > 2 && utf8.view().empty()) text.trouble = reading_trouble(ENOMEM);
    utf8.set_written_at(text.bytes.written_at());
    text.bytes = std::move(utf8);
  } else if (looks_like_utf16(bytes)) {
    text.bytes = {};
    text.trouble = "is in UTF-16 without a byte order mark. Save it as UTF-8 (in Notepad: Save as, Encoding).";
  }
}

std::vector<LogText> unpack(LogText whole, const TextOptions& options) {
  std::vector<LogText> texts;
  const ExpandLimits limits{
      .max_bytes = options.max_archive_bytes,
      .may_be_log = [&](std::string_view head) { return is_utf16(head) || options.may_be_log(head); },
      .encoding = options.encoding};
  auto expanded = expand(whole.bytes.view(), limits);
  const std::optional<Seconds> written_at = whole.bytes.written_at();
  whole.bytes = {};
  if (auto* sentence = std::get_if<std::string>(&expanded)) {
    whole.trouble = std::move(*sentence);
    texts.push_back(std::move(whole));
    return texts;
  }
  auto& members = std::get<std::vector<Member>>(expanded);
  const bool is_one = members.size() == 1 && members.front().path.empty();
  for (Member& member : members) {
    LogText& text = texts.emplace_back();
    text.path = member.path.empty() ? whole.path : whole.path + "/" + member.path;
    text.named = is_one && whole.named;
    text.bytes = std::move(member.bytes);
    if (!text.bytes.written_at()) text.bytes.set_written_at(written_at);
    text.trouble = std::move(member.trouble);
    text.mark = whole.mark;
  }
  // An empty archive is a log without records, as an empty file is.
  if (members.empty()) texts.push_back(std::move(whole));
  return texts;
}

// Cuts off packed data that follows the text of a log. It is returned as a text of its own, with a trouble and no
// records.
std::optional<LogText> cut_packed_tail(LogText& text, const TextOptions& options) {
  std::optional<PackedTail> tail = packed_tail_of(text.bytes.view(), options.max_archive_bytes);
  if (!tail) return std::nullopt;
  const std::optional<Seconds> written_at = text.bytes.written_at();
  text.bytes = LogBytes::resized(std::move(text.bytes), tail->begin);
  text.bytes.set_written_at(written_at);
  LogText named;
  named.path = text.path;
  named.trouble = std::move(tail->trouble);
  named.mark = text.mark;
  return named;
}

// Since the folder was listed, another load may have moved the file, or a program that uploads may have renamed it.
bool is_gone(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) != 0 && errno == ENOENT;
}

// Returns whether something wrote to the file while it was read.
bool read_file(LogText& text, const TextOptions& options, const Zone& zone) {
  auto opened = LogFile::open(text.path, text.named);
  if (auto* sentence = std::get_if<std::string>(&opened)) {
    text.trouble = std::move(*sentence);
    return false;
  }
  auto& file = std::get<LogFile>(opened);
  const std::optional<Seconds> written_at = file.written_at();
  if (options.settled_before && written_at && *written_at > *options.settled_before) {
    leave_alone(text, *written_at, zone);
    return false;
  }
  BytesOrTrouble bytes = file.read();
  if (auto* sentence = std::get_if<std::string>(&bytes)) {
    text.trouble = std::move(*sentence);
  } else {
    text.bytes = std::move(std::get<LogBytes>(bytes));
    text.trouble = foreign_file_trouble(text.bytes.view());
  }
  if (file.has_changed()) return true;
  text.mark = file.mark();
  return false;
}

}  // namespace

std::vector<LogText> read_texts(const FoundLog& found, const TextOptions& options, const Zone& zone) {
  std::vector<LogText> texts(1);
  LogText& text = texts.front();
  text.path = found.path;
  text.named = found.named;
  text.trouble = found.trouble;
  if (text.trouble) return texts;
  const bool is_growing = read_file(text, options, zone);
  if (text.trouble && !text.named && is_gone(text.path)) return {};
  if (text.trouble || text.left_alone) return texts;
  if (packing_of_file(text.bytes.view()) == Packing::none) {
    std::optional<LogText> tail = is_growing ? std::nullopt : cut_packed_tail(text, options);
    make_utf8(text);
    text.is_growing = is_growing;
    if (is_growing && !text.trouble) keep_complete_lines(text);
    if (tail) texts.push_back(std::move(*tail));
  } else if (is_growing) {
    text.bytes = {};
    text.trouble = "is packed, and it was written to while it was read. Load it again when it is complete.";
  } else {
    texts = unpack(std::move(text), options);
    for (LogText& unpacked : texts) make_utf8(unpacked);
  }
  return texts;
}

void keep_complete_lines(LogText& text) {
  const std::size_t size = text.bytes.view().rfind('\n') + 1;  // 0 if there is none
  text.bytes = LogBytes::resized(std::move(text.bytes), size);
  text.notes.push_back(
      {"still-growing", "The log was written to while it was read. Its complete lines were read.",
       "Load it again when the workstation has finished. Records that are already loaded are not loaded twice."});
}

}  // namespace offcirc
