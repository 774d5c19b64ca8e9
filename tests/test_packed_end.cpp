// Bytes before or after a compressed file or an archive are read or reported, never ignored.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <utility>

#include "loader/intake/expand.hpp"
#include "loader/intake/packed_end.hpp"
#include "tests/expanded.hpp"
#include "tests/packed.hpp"

using namespace offcirc;

namespace {

constexpr int k_filters[] = {ARCHIVE_FILTER_GZIP, ARCHIVE_FILTER_ZSTD, ARCHIVE_FILTER_COMPRESS, ARCHIVE_FILTER_BZIP2,
                             ARCHIVE_FILTER_XZ};
constexpr std::size_t k_block = 512;

const std::string k_appended = "three\nfour\n";
const std::string k_behind = "after the end of the {}, which are not read. Load them separately.\n";
const std::string k_after_mark = "after the end mark of the tar, which are not read. Load them separately.\n";
const std::string k_no_member = "! is damaged: part of it is not a readable member. Upload it again.\n";
const std::string k_cut = "! is cut short: the tar has no end mark, so members may be missing. Upload it again.\n";

std::string tar_of(const std::string& name, const std::string& text, int filter = ARCHIVE_FILTER_NONE) {
  return pack(PackFormat::tar, {{name, text}}, filter);
}

// A member takes two blocks: its header and its text.
std::string without_end_mark(const std::string& tar, std::size_t members) {
  return tar.substr(0, members * 2 * k_block);
}

// `bytes`, compressed with the filter, if any.
std::string squeezed(const std::string& bytes, int filter) {
  return filter == ARCHIVE_FILTER_NONE ? bytes : compress(bytes, filter);
}

}  // namespace

TEST_CASE("lines appended to a compressed file are reported") {
  for (const auto& [filter, name] : {std::pair{ARCHIVE_FILTER_XZ, "xz file"}, {ARCHIVE_FILTER_ZSTD, "zstd file"}}) {
    CAPTURE(name);
    const std::string twice = compress("one\n", filter) + compress("two\n", filter);
    CHECK(members_of(compress("one\n", filter) + k_appended) ==
          ": one\n\n! has 2 lines (11 bytes) " + fmt::format(fmt::runtime(k_behind), name));
    CHECK(members_of(twice + k_appended) ==
          ": one\ntwo\n\n! has 2 lines (11 bytes) " + fmt::format(fmt::runtime(k_behind), name));
    CHECK(members_of(tar_of("a", "one\n", filter) + k_appended) ==
          "a: one\n\n! has 2 lines (11 bytes) " + fmt::format(fmt::runtime(k_behind), name));
    CHECK(members_of(compress("one\n", filter) + std::string(3 * k_block, '\0')) == ": one\n\n");
  }
  CHECK(members_of(compress("one\n", ARCHIVE_FILTER_GZIP) + k_appended) ==
        ": one\n\n! has 2 lines (11 bytes) " + fmt::format(fmt::runtime(k_behind), "gzip file"));
  CHECK(members_of(compress("one\n", ARCHIVE_FILTER_BZIP2) + "without an end") ==
        ": one\n\n! has 1 line (14 bytes) " + fmt::format(fmt::runtime(k_behind), "bzip2 file"));
  CHECK(members_of(compress("one\n", ARCHIVE_FILTER_GZIP) + '\1') ==
        ": one\n\n! has 1 byte " + fmt::format(fmt::runtime(k_behind), "gzip file"));
  CHECK(members_of(tar_of("a", "one\n", ARCHIVE_FILTER_GZIP) + k_appended) ==
        "a: one\n\n! has 2 lines (11 bytes) " + fmt::format(fmt::runtime(k_behind), "gzip file"));
}

TEST_CASE("whatever the compression, appended bytes are never ignored") {
  for (const int filter : k_filters) {
    CAPTURE(filter);
    CHECK(members_of(compress("one\n", filter) + k_appended) != ": one\n\n");
    CHECK(members_of(tar_of("a", "one\n", filter) + k_appended) != "a: one\n\n");
  }
}

TEST_CASE("zeros after the end are padding") {
  const std::string zeros(3 * k_block, '\0');
  CHECK(members_of(compress("one\n", ARCHIVE_FILTER_GZIP) + zeros) == ": one\n\n");
  CHECK(members_of(compress("one\n", ARCHIVE_FILTER_BZIP2) + zeros) == ": one\n\n");
  CHECK(members_of(tar_of("a", "one\n") + zeros) == "a: one\n\n");
  CHECK(members_of(pack(PackFormat::zip, {{"a", "one\n"}}) + zeros) == "a: one\n\n");
}

TEST_CASE("all members of joined tars are read") {
  const std::string joined = tar_of("a", "one\n") + tar_of("b", "two\n");
  CHECK(members_of(joined) == "a: one\n\nb: two\n\n");
  for (const int filter : k_filters) CHECK(members_of(compress(joined, filter)) == "a: one\n\nb: two\n\n");
  CHECK(members_of(tar_of("a", "one\n", ARCHIVE_FILTER_GZIP) + tar_of("b", "two\n", ARCHIVE_FILTER_GZIP)) ==
        "a: one\n\nb: two\n\n");
}

TEST_CASE("bytes after the end mark of a tar are reported, and its members are complete") {
  const std::string joined = tar_of("a", "one\n") + tar_of("b", "two\n");
  for (const int filter : {ARCHIVE_FILTER_NONE, ARCHIVE_FILTER_GZIP, ARCHIVE_FILTER_BZIP2, ARCHIVE_FILTER_XZ,
                           ARCHIVE_FILTER_ZSTD, ARCHIVE_FILTER_COMPRESS}) {
    CAPTURE(filter);
    CHECK(members_of(squeezed(tar_of("a", "one\n") + k_appended, filter)) ==
          "a: one\n\n! has 2 lines (11 bytes) " + k_after_mark);
    CHECK(members_of(squeezed(tar_of("a", "one\n") + std::string(3 * k_block, 'x'), filter)) ==
          "a: one\n\n! has 1 line (1536 bytes) " + k_after_mark);
    CHECK(members_of(squeezed(joined + k_appended, filter)) ==
          "a: one\n\nb: two\n\n! has 2 lines (11 bytes) " + k_after_mark);
  }
}

TEST_CASE("a damaged header after the end mark of a tar is damage if another member follows") {
  std::string more = pack(PackFormat::tar, {{"b", "two\n"}, {"c", "three\n"}});
  more[0] = 'B';
  CHECK(members_of(tar_of("a", "one\n") + more) == "a: one\n\nc: three\n\n" + k_no_member);
}

TEST_CASE("appended lines are not an end mark: a tar that lacks its own is still cut short") {
  CHECK(members_of(without_end_mark(tar_of("a", "one\n"), 1) + k_appended) ==
        "a: one\n\n! is damaged: Truncated tar archive. Everything after a is not loaded. Upload it again.\n");
}

TEST_CASE("a tar member with a damaged header is reported") {
  std::string packed = pack(PackFormat::tar, {{"a", "one\n"}, {"b", "two\n"}, {"c", "three\n"}});
  packed[2 * k_block] = 'B';
  CHECK(members_of(packed) == "a: one\n\nc: three\n\n" + k_no_member);
  for (const int filter : k_filters)
    CHECK(members_of(compress(packed, filter)) == "a: one\n\nc: three\n\n" + k_no_member);
}

TEST_CASE("a tar without its end mark is cut short") {
  const std::string whole = pack(PackFormat::tar, {{"a", "one\n"}, {"b", "two\n"}});
  for (const int filter : {ARCHIVE_FILTER_NONE, ARCHIVE_FILTER_GZIP, ARCHIVE_FILTER_BZIP2, ARCHIVE_FILTER_XZ,
                           ARCHIVE_FILTER_ZSTD, ARCHIVE_FILTER_COMPRESS}) {
    CAPTURE(filter);
    CHECK(members_of(squeezed(whole, filter)) == "a: one\n\nb: two\n\n");
    CHECK(members_of(squeezed(without_end_mark(whole, 1), filter)) == "a: one\n\n" + k_cut);
    CHECK(members_of(squeezed(without_end_mark(whole, 2), filter)) == "a: one\n\nb: two\n\n" + k_cut);
    // Some programs write one block of zeros instead of two.
    CHECK(members_of(squeezed(without_end_mark(whole, 2) + std::string(k_block, '\0'), filter)) ==
          "a: one\n\nb: two\n\n");
  }
}

TEST_CASE("a gzip file with a wrong checksum is refused, whatever else it contains") {
  std::string packed = pack(PackFormat::tar, {{"a", "one\n"}, {"link", "", AE_IFLNK, "a"}}, ARCHIVE_FILTER_GZIP);
  packed[packed.size() - 6] ^= 1;
  CHECK(members_of(packed) == "is damaged: its checksum is wrong. Upload it again.");
}

TEST_CASE("bytes before or after a zip are reported") {
  const std::string first = pack(PackFormat::zip, {{"a", "one\n"}}), second = pack(PackFormat::zip, {{"b", "two\n"}});
  CHECK(members_of(first + second) == fmt::format("b: two\n\n! has {} bytes before the zip, which are not read; "
                                                  "archives may have been joined. Pack the logs again, into one zip.\n",
                                                  first.size()));
  CHECK(members_of(first + k_appended) ==
        "a: one\n\n! has 2 lines (11 bytes) " + fmt::format(fmt::runtime(k_behind), "zip"));
  // Too far from the end of the file to be found: libarchive reads the zip from its beginning.
  CHECK(members_of(first + std::string(70'000, 'x')) ==
        "a: one\n\n! is damaged: the end of the zip is missing. Upload it again.\n");
}

TEST_CASE("a zip may have a comment") {
  std::string zip = pack(PackFormat::zip, {{"a", "one\n"}});
  zip[zip.size() - 2] = static_cast<char>(k_appended.size());
  CHECK(members_of(zip + k_appended) == "a: one\n\n");
  CHECK(members_of(zip + k_appended + "more\n") ==
        "a: one\n\n! has 1 line (5 bytes) " + fmt::format(fmt::runtime(k_behind), "zip"));
}

TEST_CASE("a log before a zip is reported, and so is the program in a self-extracting one") {
  const std::string zip = pack(PackFormat::zip, {{"a", "one\n"}});
  CHECK(packing_of_file(k_appended + zip) == Packing::zip);
  CHECK(members_of(k_appended + zip) ==
        "a: one\n\n! has 2 lines (11 bytes) before the zip, which are not read. Load them separately.\n");
  CHECK(members_of("MZ" + std::string(998, '\1') + zip) ==
        "a: one\n\n! has a program of 1000 bytes before the zip, which is not read. Pack the logs again, into a plain "
        "zip.\n");
  CHECK(packing_of_file(k_appended + "PK\x05\x06" + std::string(18, '\0')) == Packing::none);
  CHECK(packing_of_file(k_appended + zip.substr(10)) == Packing::none);
}

TEST_CASE("packed data after a log is reported and not read as records") {
  const auto tail_of = [](const std::string& bytes) {
    const auto tail = packed_tail_of(bytes, 1 << 20);
    return tail ? fmt::format("{}: {}", tail->begin, tail->trouble) : std::string("none");
  };
  const std::string text = "one\ntwo\n", gzip = compress(text, ARCHIVE_FILTER_GZIP);
  CHECK(tail_of(text) == "none");
  CHECK(tail_of(text + gzip) ==
        fmt::format("8: has a gzip file after its text, which is not read ({} bytes). Load that separately.",
                    gzip.size()));
  for (const int filter : {ARCHIVE_FILTER_ZSTD, ARCHIVE_FILTER_BZIP2, ARCHIVE_FILTER_XZ, ARCHIVE_FILTER_NONE}) {
    CAPTURE(filter);
    CHECK(tail_of(text + tar_of("a", "one\n", filter)).substr(0, 3) == "8: ");
  }
  // Damage may resemble the beginning of packed data; the lines after it belong to the log.
  CHECK(tail_of(text + gzip.substr(0, 15) + text) == "none");
  CHECK(tail_of(text + "\x28\xB5\x2F\xFD" + text) == "none");
  CHECK(tail_of(text + std::string(300, 'x') + "ustar" + std::string(300, 'x')) == "none");
}
