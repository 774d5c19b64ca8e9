// A moved file is complete under one of its two names and never overwrites another.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "loader/output/move_file.hpp"
#include "loader/output/new_file.hpp"
#include "loader/progress.hpp"
#include "tests/current_folder.hpp"

using namespace offcirc;
namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return in ? std::string(std::istreambuf_iterator<char>(in), {}) : "(nothing)";
}

bool any(const struct stat&) {
  return true;
}

}  // namespace

TEST_CASE("a file is moved to a free name") {
  const CurrentFolder folder;
  write("log", "one");
  fs::create_directory("to");
  CHECK(move_file("log", "to/log", any) == Moved::yes);
  CHECK(text_of("to/log") == "one");
  CHECK_FALSE(fs::exists("log"));
  write("log", "two");
  CHECK(move_file("log", "to/log", any) == Moved::name_is_taken);
  fs::create_symlink("nowhere", "to/link");
  CHECK(move_file("log", "to/link", any) == Moved::name_is_taken);
  CHECK(text_of("to/log") == "one");
  CHECK(text_of("log") == "two");
  CHECK(move_file("gone", "to/gone", any) == Moved::is_gone);
}

TEST_CASE("a changed file is not moved, even if it changes during the move") {
  const CurrentFolder folder;
  write("log", "one");
  CHECK(move_file("log", "moved", [](const struct stat&) { return false; }) == Moved::has_changed);
  CHECK(text_of("log") == "one");
  int looks = 0;
  const auto changes = [&looks](const struct stat&) { return ++looks == 1; };
  CHECK(move_file("log", "moved", changes) == Moved::has_changed);
  CHECK(looks == 2);
  CHECK(text_of("log") == "one");
  CHECK_FALSE(fs::exists("moved"));
}

TEST_CASE("if a file changes during the move and its name is taken again, the error says where it is") {
  const CurrentFolder folder;
  write("log", "one");
  int looks = 0;
  const auto changes = [&looks](const struct stat&) {
    if (++looks == 1) return true;
    write("log", "two");
    return false;
  };
  std::string message;
  try {
    move_file("log", "moved", changes);
  } catch (const RunError& error) {
    message = error.what();
  }
  CHECK(message == "log was written to while it was moved to moved, and can't be moved back: File exists.");
  CHECK(text_of("moved") == "one");
  CHECK(text_of("log") == "two");
}

TEST_CASE("if a file can't be moved, the error has both names") {
  const CurrentFolder folder;
  write("log", "one");
  std::string message;
  try {
    move_file("log", "missing/log", any);
  } catch (const RunError& error) {
    message = error.what();
  }
  CHECK(message == "log can't be moved to missing/log: No such file or directory.");
  CHECK(text_of("log") == "one");
}

TEST_CASE("a new file is readable only by its owner; one that replaces another has the other's permissions") {
  const CurrentFolder folder;
  const auto make = [] {
    NewFile file("list", NewFile::Replace::yes);
    file.write("new");
    file.keep();
    return fs::status("list").permissions();
  };
  CHECK(make() == fs::perms(0600));
  fs::permissions("list", fs::perms(0644));
  CHECK(make() == fs::perms(0644));
  CHECK(text_of("list") == "new");
}

// /dev/shm is a separate file system on Debian; where it is not, this test covers only the renaming.
TEST_CASE("to another disk, a file is copied with its time and permissions") {
  const CurrentFolder folder;
  const TempFolder other("/dev/shm");
  const fs::path to = other.path() / "log";
  write("log", std::string(200'000, 'x'));
  fs::permissions("log", fs::perms(0640));
  const auto written = fs::last_write_time("log") - std::chrono::hours(30);
  fs::last_write_time("log", written);
  CHECK(move_file("log", to, any) == Moved::yes);
  CHECK(text_of(to) == std::string(200'000, 'x'));
  CHECK(fs::last_write_time(to) == written);
  CHECK((fs::status(to).permissions() == fs::perms(0640)));
  CHECK_FALSE(fs::exists("log"));
  write("log", "two");
  CHECK(move_file("log", to, any) == Moved::name_is_taken);
  CHECK(text_of("log") == "two");
  int looks = 0;
  const auto changes = [&looks](const struct stat&) { return ++looks < 2; };
  CHECK(move_file("log", other.path() / "changed", changes) == Moved::has_changed);
  CHECK(text_of("log") == "two");
  CHECK_FALSE(fs::exists(other.path() / "changed"));
}
