#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "loader/intake/log_file.hpp"
#include "loader/progress.hpp"
#include "tests/current_folder.hpp"

using namespace offcirc;
namespace fs = std::filesystem;

namespace {

// `path`, `path (named)`, or `path: trouble` for each log, one per line.
std::string found(const std::vector<std::string>& paths) {
  std::string text;
  for (const FoundLog& log : find_logs(paths)) {
    text += log.path + (log.named ? " (named)" : "") + (log.trouble ? ": " + *log.trouble : "") + "\n";
  }
  return text;
}

std::string bytes_of(const BytesOrTrouble& bytes) {
  if (const auto* trouble = std::get_if<std::string>(&bytes)) return "trouble: " + *trouble;
  return std::string(std::get<LogBytes>(bytes).view());
}

BytesOrTrouble read_bytes(const std::string& path, bool may_stream, std::size_t max_bytes = k_max_file_bytes) {
  auto file = LogFile::open(path, may_stream);
  if (auto* trouble = std::get_if<std::string>(&file)) return *trouble;
  return std::get<LogFile>(file).read(max_bytes);
}

}  // namespace

TEST_CASE("files in a folder are found in bytewise order, except hidden ones") {
  const CurrentFolder folder;
  for (const char* path : {"in/b", "in/B", "in/a/z", "in/a/y/1", "in/a.log", "in/.hidden", "in/.git/x"})
    write(path, "x");
  CHECK(found({"in"}) == "in/B\nin/a.log\nin/a/y/1\nin/a/z\nin/b\n");
  CHECK(found({"in/"}) == "in/B\nin/a.log\nin/a/y/1\nin/a/z\nin/b\n");
  CHECK(found({"in/.hidden"}) == "in/.hidden (named)\n");
  CHECK(found({"in/.git"}) == "in/.git/x\n");
}

TEST_CASE("a folder may be excluded, and too many files are refused") {
  const CurrentFolder folder;
  for (const char* path : {"in/a/1", "in/done/a/1", "in/b", "other"}) write(path, "x");
  std::string below;
  for (const FoundLog& log : find_logs({"in", "other", "./in/a/1"}, "in/done"))
    below += log.path + " " + log.below + "\n";
  CHECK(below == "./in/a/1 1\nin/b b\nother other\n");
  CHECK(find_logs({"in"}, {}, 3).size() == 3);
  std::string message;
  try {
    find_logs({"in"}, {}, 2);
  } catch (const RunError& error) {
    message = error.what();
  }
  CHECK(message ==
        "There are more than 2 files below the named paths. Name the folder of the logs, or load them in parts.");
}

TEST_CASE("the order and repetition of arguments make no difference") {
  const CurrentFolder folder;
  write("a/1", "x");
  write("b/2", "x");
  CHECK(found({"b", "a", "-", "a/1", "b", "-"}) == "- (named)\na/1 (named)\nb/2\n");
  CHECK(found({"a/1", "-", "b", "a"}) == "- (named)\na/1 (named)\nb/2\n");
  CHECK(found({}) == "");
}

TEST_CASE("a file is found once, under its own path even if a link leads to it") {
  const CurrentFolder folder;
  write("in/log", "x");
  fs::create_symlink("log", "in/another");
  fs::create_hard_link("in/log", "in/hard");
  fs::create_directory_symlink("in", "by-link");
  CHECK(found({"in"}) == "in/hard\n");
  CHECK(found({"by-link", "in"}) == "in/hard\n");
  CHECK(found({"in", "by-link"}) == "in/hard\n");
  CHECK(found({"by-link"}) == "by-link/hard\n");
  CHECK(found({"in/another", "in"}) == "in/hard (named)\n");
}

TEST_CASE("circular links end") {
  const CurrentFolder folder;
  write("in/a/log", "x");
  fs::create_directory_symlink("..", "in/a/up");
  fs::create_directory_symlink("a", "in/b");
  fs::create_symlink("self", "in/self");
  CHECK(found({"in"}) == "in/a/log\nin/self: can't be read: Too many levels of symbolic links.\n");
}

TEST_CASE("missing files and files of other kinds are trouble") {
  const CurrentFolder folder;
  fs::create_directory("in");
  fs::create_symlink("nowhere", "in/broken");
  REQUIRE(::mkfifo("in/pipe", 0600) == 0);
  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strcpy(address.sun_path, "in/socket");
  REQUIRE(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  CHECK(found({"in", "gone"}) ==
        "gone (named): can't be read: No such file or directory. Check the spelling of the path.\n"
        "in/broken: can't be read: it is a link to a missing file.\n"
        "in/pipe: is a pipe, not a file, so it is skipped.\n"
        "in/socket: is a socket, not a file, so it is skipped.\n");
  CHECK(found({"in/pipe", "in/socket"}) ==
        "in/pipe (named)\nin/socket (named): is a socket, not a file, so it is skipped.\n");
  ::close(socket);
}

TEST_CASE("a whole file is read, even an empty one") {
  const CurrentFolder folder;
  const std::string text = std::string("one\ntwo\0three", 13).append(100'000, 'x');
  write("log", text);
  write("empty", "");
  CHECK(bytes_of(read_bytes("log", false)) == text);
  CHECK(bytes_of(read_bytes("empty", false)) == "");
  CHECK(bytes_of(read_bytes("gone", false)) ==
        "trouble: can't be read: No such file or directory. Check the spelling of the path.");
  CHECK(bytes_of(read_bytes(".", true)) == "trouble: is not a file that can be read.");
}

TEST_CASE("a pipe is read to its end if it was named, and skipped otherwise") {
  const CurrentFolder folder;
  REQUIRE(::mkfifo("pipe", 0600) == 0);
  CHECK(bytes_of(read_bytes("pipe", false)) == "trouble: is not a file that can be read.");
  const std::string text(300'000, 'y');
  std::thread writer([&] { std::ofstream("pipe", std::ios::binary) << text; });
  CHECK(bytes_of(read_bytes("pipe", true)) == text);
  writer.join();
  CHECK(bytes_of(read_bytes("/dev/null", true)) == "");
}

TEST_CASE("the sizes of files and streams are limited") {
  CHECK(bytes_of(read_bytes("/dev/zero", true, 100'000)) ==
        "trouble: has more than 100000 bytes, the limit for a log. Split it at the end of a line.");
  const CurrentFolder folder;
  write("log", std::string(1001, 'x'));
  CHECK(bytes_of(read_bytes("log", false, 1000)) ==
        "trouble: has more than 1000 bytes, the limit for a log. Split it at the end of a line.");
  CHECK(bytes_of(read_bytes("log", false, 1001)) == std::string(1001, 'x'));
  REQUIRE(::mkfifo("pipe", 0600) == 0);
  std::thread writer([] { std::ofstream("pipe", std::ios::binary) << std::string(1000, 'z'); });
  CHECK(bytes_of(read_bytes("pipe", true, 1000)) == std::string(1000, 'z'));
  writer.join();
}

TEST_CASE("moved bytes keep their address") {
  const CurrentFolder folder;
  write("log", "text");
  auto read = read_bytes("log", false);
  LogBytes first = std::move(std::get<LogBytes>(read));
  const char* place = first.view().data();
  LogBytes second;
  second = std::move(first);
  CHECK(second.view().data() == place);
  CHECK(second.view() == "text");
}

TEST_CASE("a file that was written to, truncated, or touched since it was opened has changed") {
  const CurrentFolder folder;
  write("log", "one\n");
  const auto changed_by = [](auto change) {
    auto file = LogFile::open("log", false);
    change();
    return std::get<LogFile>(file).has_changed();
  };
  CHECK_FALSE(changed_by([] {}));
  CHECK(changed_by([] { std::ofstream("log", std::ios::app) << "two\n"; }));
  CHECK(changed_by([] { fs::resize_file("log", 3); }));
  CHECK(changed_by([] { fs::last_write_time("log", fs::file_time_type()); }));
  auto stream = LogFile::open("/dev/null", true);
  CHECK_FALSE(std::get<LogFile>(stream).has_changed());
  CHECK(std::get<LogFile>(stream).written_at() == std::nullopt);
}

TEST_CASE("bytes written to a file after it was opened are read as well") {
  const CurrentFolder folder;
  write("log", "one\n");
  auto file = LogFile::open("log", false);
  std::ofstream("log", std::ios::app) << std::string(200'000, 'x');
  CHECK(bytes_of(std::get<LogFile>(file).read()) == "one\n" + std::string(200'000, 'x'));
}
