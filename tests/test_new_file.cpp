// A file appears complete or not at all, and a killed run leaves nothing behind permanently.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

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

std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename().string());
  return names;
}

// Runs in a process that ends without cleaning up, like one that is killed.
template <typename Work>
void killed_after(Work work) {
  const pid_t process = ::fork();
  REQUIRE(process >= 0);
  if (process == 0) {
    work();
    ::_exit(0);
  }
  int status = 0;
  REQUIRE(::waitpid(process, &status, 0) == process);
  REQUIRE(status == 0);
}

}  // namespace

TEST_CASE("a file appears under its name, and replaces another only if allowed") {
  const CurrentFolder folder;
  NewFile first("report.txt", NewFile::Replace::yes);
  first.write("one");
  CHECK(text_of("report.txt") == "(nothing)");
  first.keep();
  CHECK(text_of("report.txt") == "one");
  fs::permissions("report.txt", fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
  NewFile second("report.txt", NewFile::Replace::yes);
  second.write("two");
  second.keep();
  CHECK(text_of("report.txt") == "two");
  CHECK((fs::status("report.txt").permissions() & fs::perms::group_read) == fs::perms::group_read);
  NewFile third("report.txt", NewFile::Replace::no);
  CHECK_THROWS_AS(third.keep(), RunError);
  CHECK(names_in(".") == std::set<std::string>{"report.txt"});
}

TEST_CASE("a killed run leaves no unnamed file behind") {
  const CurrentFolder folder;
  write("report.txt", "old");
  killed_after([] {
    NewFile file("report.txt", NewFile::Replace::yes);
    file.write("half");
    NewFile other("other.txt", NewFile::Replace::no);
    other.write("half");
    ::_exit(0);
  });
  CHECK(names_in(".") == std::set<std::string>{"report.txt"});
  CHECK(text_of("report.txt") == "old");
}

TEST_CASE("temporary files of a killed run are removed by the next run") {
  const CurrentFolder folder;
  fs::create_directory("out");
  killed_after([] {
    const TemporaryFile file = make_temporary("out");
    if (file.descriptor < 0 || ::write(file.descriptor, "half", 4) != 4) ::_exit(1);
  });
  CHECK(names_in("out").size() == 1);
  { const NewFile next("out/users.csv", NewFile::Replace::yes); }
  CHECK(names_in("out").empty());
}

TEST_CASE("files of a run in progress, or of someone else, are kept") {
  const CurrentFolder folder;
  fs::create_directory("out");
  const TemporaryFile held = make_temporary("out");
  REQUIRE(held.descriptor >= 0);
  write("out/.offcirc-notes.txt", "of the office");
  write("out/.users.csv.AbCdEf", "of another program");
  fs::create_directory("out/.offcirc-aaaaaa");
  fs::create_symlink("nothing", "out/.offcirc-bbbbbb");
  const std::set<std::string> before = names_in("out");
  remove_leftovers("out");
  CHECK(names_in("out") == before);
  ::close(held.descriptor);
}

TEST_CASE("an unnamed file can be given a name, but not one in use") {
  const CurrentFolder folder;
  const int descriptor = open_unnamed("");
  REQUIRE(descriptor >= 0);
  REQUIRE(::write(descriptor, "one", 3) == 3);
  write("taken", "two");
  CHECK_FALSE(link_unnamed(descriptor, "taken"));
  CHECK(text_of("taken") == "two");
  const std::string temporary = link_unnamed_temporarily(descriptor, "");
  CHECK(text_of(temporary) == "one");
  CHECK(link_unnamed(descriptor, "free"));
  CHECK(text_of("free") == "one");
  ::close(descriptor);
}
