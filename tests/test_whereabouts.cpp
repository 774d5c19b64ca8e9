#include <doctest/doctest.h>

#include "loader/intake/clock.hpp"
#include "loader/model/policy.hpp"

using namespace offcirc;

namespace {

Library library(std::string code, std::vector<std::string> stations, std::vector<std::string> user_access) {
  Library entry;
  entry.code = std::move(code);
  entry.stations = std::move(stations);
  entry.user_access = std::move(user_access);
  return entry;
}

// OSH has both lists, APP only its stations, NEE none.
Policy sample_policy() {
  Policy policy;
  policy.libraries = {library("OSH", {"0201", "0202"}, {"OFFLINE", "OSHCIRC"}), library("APP", {"0301"}, {}),
                      library("NEE", {}, {})};
  return policy;
}

struct Found {
  std::string library, station_library, station, mismatch;
  LibraryIndex index;
};

Found locate_in(const Desk& desk, const std::string& path, const GivenPlace& given = {}) {
  const Policy policy = sample_policy();
  TextArena arena;
  const DeskContext at = locate(desk, read_path(full_path_of(path), policy), given, policy, arena);
  return {std::string(at.library_code), std::string(at.station_library), std::string(at.station),
          std::string(at.library_mismatch), at.library};
}

std::string mismatch(const Desk& desk, const std::string& path = "/logs/x.log") {
  return locate_in(desk, path).mismatch;
}

}  // namespace

TEST_CASE("the path of a log gives its library and station") {
  const Policy policy = sample_policy();
  const auto facts = [&](const std::string& path) {
    const PathFacts f = read_path(full_path_of(path), policy);
    return f.folder_library + "|" + f.name_library + "|" + f.station;
  };
  CHECK(facts("/logs/OSH/standlog.0201") == "OSH||0201");
  CHECK(facts("/logs/OSH/standlog.201") == "OSH||0201");
  CHECK(facts("/logs/OSH/standlog.0201.old") == "OSH||0201");
  CHECK(facts("/logs/OSH/standlog.old") == "OSH||");
  CHECK(facts("/logs/OSH/offline.koc") == "OSH||");
  CHECK(facts("/logs/OSH") == "|OSH|");
  CHECK(facts("/logs/OSH.log") == "|OSH|");
  CHECK(facts("/logs/OSH.log.1") == "|OSH|");
  CHECK(facts("/logs/OSHKOSH.log") == "||");
  CHECK(facts("/logs/osh.log") == "|OSH|");
  CHECK(facts("/logs/MAIN/standlog.0201") == "||0201");
  CHECK(facts("/OSH/logs/standlog.0201") == "||0201");
  CHECK(facts("/logs/OSH/../APP/./standlog.0201") == "APP||0201");
  CHECK(facts("/logs/OSH/APP.log") == "OSH|APP|");
  CHECK(facts("-") == "||");
}

TEST_CASE("an archive counts as a folder, and a compressed log as the log") {
  const Policy policy = sample_policy();
  const auto facts = [&](const std::string& path) {
    const PathFacts f = read_path(full_path_of(path), policy);
    return f.folder_library + "|" + f.name_library + "|" + f.station;
  };
  CHECK(facts("/logs/upload.zip/OSH/standlog.0201") == "OSH||0201");
  CHECK(facts("/logs/OSH.zip/standlog.0201") == "OSH||0201");
  CHECK(facts("/logs/OSH.tar.gz/standlog.0201") == "OSH||0201");
  CHECK(facts("/logs/OSH/upload.ZIP/standlog.0201") == "OSH||0201");
  CHECK(facts("/logs/OSH/APP.tgz/standlog.0301") == "APP||0301");
  CHECK(facts("/logs/OSH/inner/standlog.0201") == "||0201");
  CHECK(facts("/logs/OSH/standlog.0201.gz") == "OSH||0201");
  CHECK(facts("/logs/OSH.gz") == "|OSH|");
}

TEST_CASE("library: the given one, the temporary one, the station's, the path's") {
  const Desk all{"APP", "NEE", "0301", ""};
  CHECK(locate_in(all, "/logs/OSH/x", {"OSH", ""}).library == "OSH");
  CHECK(locate_in(all, "/logs/OSH/x", {"OSH", ""}).station_library == "OSH");
  CHECK(locate_in(all, "/logs/OSH/x").library == "NEE");
  CHECK(locate_in(all, "/logs/OSH/x").station_library == "APP");
  CHECK(locate_in({"APP", "", "", ""}, "/logs/OSH/x").library == "APP");
  CHECK(locate_in({"", "", "", ""}, "/logs/OSH/x").library == "OSH");
  CHECK(locate_in({"", "", "", ""}, "/logs/OSH/APP.log").library == "APP");
  CHECK(locate_in({"", "", "", ""}, "/logs/x").library == "");
}

TEST_CASE("a library is found by its code; unknown codes are kept") {
  CHECK(locate_in({"APP", "", "", ""}, "/logs/x").index == 1);
  CHECK(locate_in({"ZZZ", "", "", ""}, "/logs/x").index == k_no_library);
  CHECK(locate_in({"ZZZ", "", "", ""}, "/logs/x").library == "ZZZ");
  CHECK(locate_in({"", "", "", ""}, "/logs/x").index == k_no_library);
}

TEST_CASE("a line may name its library in upper or lower case") {
  CHECK(locate_in({"app", "", "", ""}, "/logs/x").library == "APP");
  CHECK(locate_in({"App", "nee", "", ""}, "/logs/x").library == "NEE");
  CHECK(locate_in({"osh", "", "0201", ""}, "/logs/OSH/x").mismatch == "");
}

TEST_CASE("station: the given one, the line's, the path's, with four digits") {
  CHECK(locate_in({"OSH", "", "201", ""}, "/logs/standlog.202", {"", "7"}).station == "0007");
  CHECK(locate_in({"OSH", "", "201", ""}, "/logs/standlog.202").station == "0201");
  CHECK(locate_in({"OSH", "", "", ""}, "/logs/standlog.202").station == "0202");
  CHECK(locate_in({"OSH", "", "", ""}, "/logs/x").station == "");
}

TEST_CASE("if everything agrees or nothing is known, there is no mismatch") {
  CHECK(mismatch({"OSH", "", "0201", "OFFLINE"}, "/logs/OSH/standlog.0201") == "");
  CHECK(mismatch({"NEE", "", "0999", "ANY"}) == "");
  CHECK(mismatch({"APP", "", "0301", "ANY"}) == "");
  CHECK(mismatch({"OSH", "", "", ""}) == "");
  CHECK(mismatch({"", "", "0201", "ANY"}) == "");
  CHECK(mismatch({"ZZZ", "", "0999", "ANY"}) == "");
}

TEST_CASE("the sentence names everything that disagrees") {
  CHECK(mismatch({"APP", "", "", ""}, "/logs/OSH/x.log") == "Recorded under APP, but the folder says OSH.");
  CHECK(mismatch({"APP", "", "", ""}, "/logs/OSH.log") == "Recorded under APP, but the name of the file says OSH.");
  CHECK(mismatch({"", "", "", ""}, "/logs/OSH/APP.log") == "Recorded under APP, but the folder says OSH.");
  CHECK(mismatch({"APP", "", "0201", ""}) == "Recorded under APP, but workstation 0201 is on the roster of OSH.");
  CHECK(mismatch({"NEE", "", "0201", ""}) == "Recorded under NEE, but workstation 0201 is on the roster of OSH.");
  CHECK(mismatch({"ZZZ", "", "0201", ""}) == "Recorded under ZZZ, but workstation 0201 is on the roster of OSH.");
  CHECK(mismatch({"OSH", "", "999", ""}) == "Recorded under OSH, but workstation 0999 is not on any library's roster.");
  CHECK(mismatch({"OSH", "", "0201", "APPCIRC"}) ==
        "Recorded under OSH, but the user access APPCIRC does not belong to OSH.");
  CHECK(mismatch({"APP", "", "0201", ""}, "/logs/OSH/standlog.0201") ==
        "Recorded under APP, but the folder says OSH and workstation 0201 is on the roster of OSH.");
  CHECK(mismatch({"OSH", "", "0301", "APPCIRC"}, "/logs/APP/standlog.0301") ==
        "Recorded under OSH, but the folder says APP, workstation 0301 is on the roster of APP and the user access "
        "APPCIRC does not belong to OSH.");
}

TEST_CASE("a temporary library is no mismatch by itself") {
  CHECK(mismatch({"OSH", "APP", "0201", "OSHCIRC"}, "/logs/OSH/standlog.0201") == "");
  CHECK(mismatch({"APP", "OSH", "0201", ""}) == "Recorded under APP, but workstation 0201 is on the roster of OSH.");
}

TEST_CASE("--library confirms") {
  CHECK(locate_in({"APP", "", "0201", ""}, "/logs/OSH/x", {"APP", ""}).mismatch == "");
  CHECK(locate_in({"APP", "", "0201", ""}, "/logs/OSH/x", {"", "0201"}).mismatch ==
        "Recorded under APP, but the folder says OSH and workstation 0201 is on the roster of OSH.");
}

namespace {

Policy policy_with_aliases() {
  Policy policy = sample_policy();
  policy.libraries[0].name = "Osprey Harbor";
  policy.libraries[0].aliases = {"main", "OSHKOSH"};
  policy.libraries[1].name = policy.libraries[2].name = "Branch";
  return policy;
}

Found locate_with_aliases(const Desk& desk, const std::string& path, const GivenPlace& given, LibraryNames names) {
  const Policy policy = policy_with_aliases();
  TextArena arena;
  const DeskContext at = locate(desk, read_path(full_path_of(path), policy), given, policy, arena, names);
  return {std::string(at.library_code), std::string(at.station_library), std::string(at.station),
          std::string(at.library_mismatch), at.library};
}

}  // namespace

TEST_CASE("names and aliases denote a library's code") {
  const Policy policy = policy_with_aliases();
  CHECK(code_of_library_called("OSH", policy) == "OSH");
  CHECK(code_of_library_called("osprey harbor", policy) == "OSH");
  CHECK(code_of_library_called("Main", policy) == "OSH");
  CHECK(code_of_library_called("", policy).empty());
  CHECK(code_of_library_called("Branch", policy).empty());  // two libraries have this name
  CHECK(code_of_library_called("elsewhere", policy).empty());
  const auto library_of = [&](const Desk& desk, const std::string& path) {
    return locate_with_aliases(desk, path, {}, LibraryNames::of_config);
  };
  CHECK(library_of({}, "/logs/oshkosh/x.log").library == "OSH");
  CHECK(library_of({}, "/logs/Main.log").library == "OSH");
  CHECK(library_of({}, "/logs/Osprey Harbor.zip/x.log").library == "OSH");
  CHECK(library_of({"main", "", "0201", "OSHCIRC"}, "/logs/OSH/x.log").station_library == "OSH");
  CHECK(library_of({"main", "", "0201", "OSHCIRC"}, "/logs/OSH/x.log").mismatch.empty());
  CHECK(library_of({"main", "", "0301", ""}, "/logs/x.log").mismatch ==
        "Recorded under OSH, but workstation 0301 is on the roster of APP.");
  CHECK(library_of({"NEE", "main", "", ""}, "/logs/x.log").library == "OSH");
}

TEST_CASE("an unknown name set up by a vendor does not count if something else gives the library") {
  const Desk desk{"SELFCHECK3", "", "", ""};
  const auto library_of = [&](const std::string& path, const std::string& given) {
    const Found found = locate_with_aliases(desk, path, {given, ""}, LibraryNames::free);
    return found.mismatch.empty() ? found.library : found.mismatch;
  };
  CHECK(library_of("/logs/APP/x.log", "") == "APP");
  CHECK(library_of("/logs/main.log", "") == "OSH");
  CHECK(library_of("/logs/x.log", "NEE") == "NEE");
  CHECK(library_of("/logs/x.log", "") == "SELFCHECK3");
  CHECK(locate_with_aliases({"main", "", "", ""}, "/logs/APP/x.log", {}, LibraryNames::free).library == "OSH");
  CHECK(locate_with_aliases(desk, "/logs/APP/x.log", {}, LibraryNames::of_config).library == "SELFCHECK3");
}

TEST_CASE("the place of a row of sorted output is fixed, wherever the output is stored") {
  Desk sorted{"APP", "", "0201", "ANY"};
  sorted.is_settled = true;
  CHECK(mismatch(sorted, "/logs/OSH/sorted.csv") == "");
  CHECK(locate_in(sorted, "/logs/OSH/standlog.0202").station == "0201");
  sorted.library_mismatch = "Recorded under APP, but the folder says NEE.";
  CHECK(mismatch(sorted, "/logs/OSH/sorted.csv") == "Recorded under APP, but the folder says NEE.");
  CHECK(locate_in(sorted, "/logs/sorted.csv", {"APP", ""}).mismatch == "");
  sorted.library = {};
  CHECK(locate_in(sorted, "/logs/OSH/sorted.csv").library == "");
}
