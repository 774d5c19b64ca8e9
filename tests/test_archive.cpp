#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "loader/intake/expand.hpp"
#include "loader/intake/packing.hpp"
#include "tests/expanded.hpp"
#include "tests/packed.hpp"

using namespace offcirc;

namespace {

constexpr int k_filters[] = {ARCHIVE_FILTER_GZIP, ARCHIVE_FILTER_ZSTD, ARCHIVE_FILTER_COMPRESS, ARCHIVE_FILTER_BZIP2,
                             ARCHIVE_FILTER_XZ};

const std::vector<PackedFile> k_logs = {{"OSH/standlog.0201", "one\n"}, {"APP/standlog.0401", "two\n"}};

}  // namespace

TEST_CASE("an archive's logs come in its order, whatever it is packed with") {
  const std::string expected = "OSH/standlog.0201: one\n\nAPP/standlog.0401: two\n\n";
  CHECK(members_of(pack(PackFormat::zip, k_logs)) == expected);
  CHECK(members_of(pack(PackFormat::zip, k_logs, ARCHIVE_FILTER_NONE, "zip:compression=store")) == expected);
  CHECK(members_of(pack(PackFormat::tar, k_logs)) == expected);
  for (const int filter : k_filters) CHECK(members_of(pack(PackFormat::tar, k_logs, filter)) == expected);
}

TEST_CASE("a compressed file is one log without a name of its own") {
  for (const int filter : k_filters) {
    CHECK(packing_of(compress("one\n", filter)) == Packing::compressed);
    CHECK(members_of(compress("one\n", filter)) == ": one\n\n");
  }
  CHECK(members_of(compress("one\n", ARCHIVE_FILTER_GZIP) + compress("two\n", ARCHIVE_FILTER_GZIP)) ==
        ": one\ntwo\n\n");
  CHECK(members_of(compress("", ARCHIVE_FILTER_GZIP)) == "");
}

TEST_CASE("the first bytes tell whether a file is packed") {
  CHECK(packing_of("") == Packing::none);
  CHECK(packing_of("PK") == Packing::none);
  CHECK(packing_of("BZh9, said the user") == Packing::none);
  CHECK(packing_of(std::string(600, '\0')) == Packing::none);
  CHECK(packing_of(std::string("PK\x05\x06").append(18, '\0')) == Packing::zip);
  CHECK(packing_of(pack(PackFormat::tar, k_logs)) == Packing::tar);
  CHECK(foreign_file_trouble("E20260612") == std::nullopt);
  CHECK(foreign_file_trouble("Rar!\x1A\x07\x01") ==
        "is an unsupported kind of archive. Pack the logs as zip, or name the folder that they are in.");
  CHECK(foreign_file_trouble("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") ==
        "is a spreadsheet or another document. Save it as CSV (UTF-8) and load that.");
}

TEST_CASE("folders and hidden files are skipped") {
  const std::vector<PackedFile> files = {{"OSH/", "", AE_IFDIR},
                                         {"OSH/.hidden", "x"},
                                         {".git/config", "x"},
                                         {"__MACOSX/OSH/a", "x"},
                                         {"./OSH//log", "one"}};
  CHECK(members_of(pack(PackFormat::zip, files)) == "OSH/log: one\n");
  CHECK(members_of(pack(PackFormat::tar, files)) == "OSH/log: one\n");
  CHECK(members_of(pack(PackFormat::zip, {{"OSH/", "", AE_IFDIR}})) == "");
}

TEST_CASE("names that lead out of the archive and members that are not files are refused") {
  CHECK(
      members_of(pack(PackFormat::tar, {{"../../etc/passwd", "x"},
                                        {"/etc/passwd", "x"},
                                        {"OSH/NUL.log", "x"},
                                        {"link", "", AE_IFLNK, "/etc/passwd"},
                                        {"hard", "", AE_IFREG, "/etc/passwd"},
                                        {"device", "", AE_IFCHR},
                                        {"pipe", "", AE_IFIFO},
                                        {"log", "one"}})) ==
      "../../etc/passwd! has a name that leads out of the archive, so it is skipped. Find out who packed it, and why.\n"
      "etc/passwd! has a name that leads out of the archive, so it is skipped. Find out who packed it, and why.\n"
      "OSH/NUL.log! has the name of a device, so it is skipped.\n"
      "link! is a link, so it is skipped. Put the log itself into the archive.\n"
      "hard! is a link, so it is skipped. Put the log itself into the archive.\n"
      "device! is a device, not a file, so it is skipped.\n"
      "pipe! is a device, not a file, so it is skipped.\n"
      "log: one\n");
}

TEST_CASE("names of members") {
  CHECK(member_path("OSH\\standlog.0201", true, "CP437") == "OSH/standlog.0201");
  CHECK(member_path("OSH\\standlog.0201", false, "CP437") == "OSH\\standlog.0201");
  CHECK(member_path("B\x81"
                    "cher/log",
                    true, "CP437") == "Bücher/log");
  CHECK(member_path("B\xFC"
                    "cher/log",
                    false, "windows-1252") == "Bücher/log");
  CHECK(member_path("Bücher/log", true, "CP437") == "Bücher/log");
  const std::string outside =
      "has a name that leads out of the archive, so it is skipped. Find out who packed it, and why.";
  const std::string device = "has the name of a device, so it is skipped.";
  for (const char* name : {"..", "a/../b", "a\\..\\b", "/a", "\\\\server\\a", "C:\\a", "c:a"})
    CHECK(name_trouble(name) == outside);
  for (const char* name : {"con", "a/Aux.txt", "COM1", "lpt9.log", "prn .x"}) CHECK(name_trouble(name) == device);
  for (const char* name : {"OSH/standlog.0201", "..a", "a..", "console", "COM0", "COM12", "1:2"})
    CHECK(name_trouble(name) == std::nullopt);
  CHECK(name_trouble("") == "has no name, so it is skipped.");
  CHECK(is_called_like_archive("OSH.tar.gz"));
  CHECK(is_called_like_archive("upload.ZIP"));
  CHECK_FALSE(is_called_like_archive("standlog.0201.gz"));
  CHECK(without_compression_ending("OSH/standlog.0201.Z") == "OSH/standlog.0201");
  CHECK(without_compression_ending(".gz") == ".gz");
}

TEST_CASE("UTF-8 names are kept even in a locale without UTF-8") {
  CHECK(members_of(pack(PackFormat::tar, {{"Bücher/log", "one"}})) == "Bücher/log: one\n");
  CHECK(members_of(pack(PackFormat::zip, {{"Bücher/log", "one"}})) == "Bücher/log: one\n");
}

TEST_CASE("data packed more than once is refused") {
  const std::string again = "is an archive within an archive. Unpack it and load its contents.";
  const std::string inner = pack(PackFormat::zip, k_logs);
  CHECK(members_of(pack(PackFormat::zip, {{"in.zip", inner}, {"log", "one"}})) == "in.zip! " + again + "\nlog: one\n");
  CHECK(members_of(pack(PackFormat::tar, {{"log.gz", compress("one\n", ARCHIVE_FILTER_GZIP)}})) ==
        "log.gz! " + again + "\n");
  CHECK(members_of(compress(inner, ARCHIVE_FILTER_GZIP)) == again);
  CHECK(members_of(compress(compress("one\n", ARCHIVE_FILTER_GZIP), ARCHIVE_FILTER_ZSTD)) == again);
}

TEST_CASE("a spreadsheet is not an archive") {
  const std::string document = "is a spreadsheet or another document. Save it as CSV (UTF-8) and load that.";
  CHECK(members_of(pack(PackFormat::zip, {{"[Content_Types].xml", "<Types/>"}, {"xl/workbook.xml", "x"}})) == document);
  CHECK(members_of(pack(PackFormat::zip, {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}})) ==
        document);
}

TEST_CASE("the expanded size is limited, including what is skipped") {
  const std::string too_much =
      "expands to more than 1 MiB. If it is right, raise max_archive_mib in [system] of the configuration.";
  const std::string fits(1 << 20, 'x'), big(fits + 'x'), half(1 << 19, 'x');
  CHECK(members_of(pack(PackFormat::zip, {{"log", fits}})) == "log: " + fits + "\n");
  CHECK(members_of(pack(PackFormat::zip, {{"log", big}})) == too_much);
  CHECK(members_of(pack(PackFormat::zip, {{"a", half}, {"b", half}, {"c", "x"}})) == too_much);
  CHECK(members_of(pack(PackFormat::tar, {{".hidden", big}}, ARCHIVE_FILTER_GZIP)) == too_much);
  for (const int filter : k_filters) CHECK(members_of(compress(big, filter)) == too_much);
  // What follows the end of a tar counts as well, since it must be scanned.
  const std::string padded = pack(PackFormat::tar, {{"log", "one"}}) + std::string(1 << 20, '\0');
  CHECK(members_of(compress(padded, ARCHIVE_FILTER_GZIP)) == too_much);
}

TEST_CASE("the number of members is limited") {
  ExpandLimits limits = k_limits;
  limits.max_members = 2;
  CHECK(members_of(pack(PackFormat::zip, k_logs), limits) == "OSH/standlog.0201: one\n\nAPP/standlog.0401: two\n\n");
  std::vector<PackedFile> more = k_logs;
  more.push_back({".hidden", ""});
  CHECK(members_of(pack(PackFormat::zip, more), limits) == "has more than 2 members. Unpack it and name the folder.");
}

TEST_CASE("only the beginning of a member that is not a log is expanded") {
  ExpandLimits limits = k_limits;
  limits.may_be_log = [](std::string_view head) { return head.starts_with("log"); };
  const std::string bomb(1 << 19, '\0'), log = "log" + bomb;
  CHECK(members_of(pack(PackFormat::zip, {{"bomb", bomb}, {"log", log}}), limits) ==
        fmt::format("bomb: {}\nlog: {}\n", bomb.substr(0, k_head_bytes + 1), log));
  CHECK(members_of(compress(std::string(8 << 20, '\0'), ARCHIVE_FILTER_GZIP), limits) ==
        fmt::format(": {}\n", bomb.substr(0, k_head_bytes + 1)));
}

TEST_CASE("each member of an encrypted zip is reported") {
  // `zip -P secret` of a file "log" that says "one"
  const std::string hex =
      "504b03040a000900000076595d55e5f1e9b10f00000003000000030000006c6f67"
      "000102030405060708090a0b0c0d0e"
      "504b0708e5f1e9b10f00000003000000"
      "504b01021e030a000900000076595d55e5f1e9b10f000000030000000300000000000000010000008081000000006c6f67"
      "504b0506000000000100010031000000400000000000";
  std::string packed;
  for (std::size_t i = 0; i < hex.size(); i += 2) packed += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  CHECK(members_of(packed) == "log! is encrypted. Pack it without a password, or unpack it and load its contents.\n");
}

TEST_CASE("a damaged gzip file is refused, because the location of the damage is unknown") {
  std::string packed = compress("one\n", ARCHIVE_FILTER_GZIP);
  packed[packed.size() - 6] ^= 1;
  CHECK(members_of(packed) == "is damaged: its checksum is wrong. Upload it again.");
  packed = pack(PackFormat::tar, k_logs, ARCHIVE_FILTER_GZIP);
  packed[packed.size() - 6] ^= 1;
  CHECK(members_of(packed) == "is damaged: its checksum is wrong. Upload it again.");
  packed = compress("one\n", ARCHIVE_FILTER_GZIP);
  CHECK(members_of(packed.substr(0, packed.size() - 1)) ==
        "can't be unpacked: it is cut short or damaged. Upload it again.");
}

TEST_CASE("a damaged zip member is an error, and the others are read") {
  std::string packed = pack(PackFormat::zip, k_logs, ARCHIVE_FILTER_NONE, "zip:compression=store");
  packed[packed.find("one\n")] = 'O';
  CHECK(members_of(packed) ==
        "OSH/standlog.0201! can't be unpacked completely: ZIP bad CRC: 0x582507a1 should be 0xf817a89f. Upload it "
        "again.\nAPP/standlog.0401: two\n\n");
}

TEST_CASE("a zip with a damaged table of contents is reported") {
  const std::string whole = pack(PackFormat::zip, k_logs);
  std::string packed = whole;
  packed[packed.rfind("PK\x01\x02")] = 'p';
  CHECK(members_of(packed) == "can't be unpacked: Invalid central directory signature. Upload it again.");
  packed = whole;
  CHECK(promised_members(packed) == 2);
  packed[packed.rfind("PK\x05\x06") + 10] = 3;
  CHECK(members_of(packed) ==
        "OSH/standlog.0201: one\n\nAPP/standlog.0401: two\n\n"
        "! is damaged: only 2 of its 3 members were found. Upload it again.\n");
  CHECK(promised_members(packed + "a comment") == 3);
  CHECK(promised_members(packed.substr(0, packed.size() - 1)) == 0);
}

TEST_CASE("a truncated tar yields the logs before the cut") {
  const std::string packed = pack(PackFormat::tar, {{"a", std::string(1000, 'a')}, {"b", std::string(1000, 'b')}});
  CHECK(members_of(packed.substr(0, 2000)) ==
        "a: " + std::string(1000, 'a') +
            "\n! is damaged: Truncated tar archive. Everything after a is not loaded. Upload it again.\n");
  CHECK(members_of(packed.substr(0, 2600)) ==
        "a: " + std::string(1000, 'a') +
            "\nb! can't be unpacked completely: Truncated tar archive. Upload it again.\n"
            "! is damaged: Truncated input file (needed 472 bytes, only 0 available). Everything after b is not "
            "loaded. Upload it again.\n");
}

namespace {

const std::vector<PackedFile> k_three_logs = {{"a", std::string(700, 'a')}, {"b", "E2026^^O00086\n"}, {"c", "three\n"}};

// Each log that is read is one of those packed; unless an error is reported, none is missing.
void expect_whole_logs(std::string_view packed, bool may_miss_some) {
  const auto expanded = expand(packed, k_limits);
  const auto* members = std::get_if<std::vector<Member>>(&expanded);
  if (members == nullptr) return;
  std::size_t whole = 0, troubles = 0;
  for (const Member& member : *members) {
    const auto same = [&](const PackedFile& file) { return file.text == member.bytes.view(); };
    ++(member.trouble ? troubles : whole);
    CHECK((member.trouble ? member.bytes.view().empty() : std::any_of(k_three_logs.begin(), k_three_logs.end(), same)));
  }
  CHECK((may_miss_some || troubles > 0 || whole == k_three_logs.size()));
}

}  // namespace

TEST_CASE("an archive cut anywhere or with one byte changed yields whole logs or an error") {
  for (const std::string& packed : {pack(PackFormat::zip, k_three_logs),
                                    pack(PackFormat::zip, k_three_logs, ARCHIVE_FILTER_NONE, "zip:compression=store"),
                                    pack(PackFormat::tar, k_three_logs, ARCHIVE_FILTER_GZIP),
                                    pack(PackFormat::tar, k_three_logs, ARCHIVE_FILTER_BZIP2),
                                    pack(PackFormat::tar, k_three_logs, ARCHIVE_FILTER_XZ)}) {
    CAPTURE(packed.substr(0, 4));
    for (std::size_t i = 1; i < packed.size(); ++i) {
      CAPTURE(i);
      // A prefix too short to be recognized as packed is not expanded.
      if (packing_of(packed.substr(0, i)) != Packing::none) expect_whole_logs(packed.substr(0, i), false);
      std::string changed = packed;
      changed[i] = static_cast<char>(changed[i] ^ 0x55);
      if (packing_of(changed) != Packing::none) expect_whole_logs(changed, true);
    }
  }
}

TEST_CASE("compress has no checksum: cut or changed data is expanded as far as possible") {
  const std::string packed = pack(PackFormat::tar, k_three_logs, ARCHIVE_FILTER_COMPRESS);
  const std::string log = compress(k_three_logs[1].text, ARCHIVE_FILTER_COMPRESS);
  for (std::size_t i = 2; i < packed.size(); ++i) {
    std::string changed = packed;
    changed[i] = static_cast<char>(changed[i] ^ 0x55);
    CHECK(members_of(changed) != "");
  }
  for (std::size_t i = 4; i < log.size(); ++i) {
    CHECK((": " + k_three_logs[1].text).starts_with(members_of(log.substr(0, i)).substr(0, 3)));
  }
}
