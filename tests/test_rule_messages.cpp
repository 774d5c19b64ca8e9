// Compares every sentence that the rules give for the rule tables with tests/rules/messages.said, word for word.
// UPDATE=1 rewrites that file: review the differences before you keep them.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "loader/report/words.hpp"
#include "loader/rules/replay.hpp"
#include "tests/model/bridge.hpp"
#include "tests/rules/scene_files.hpp"

using namespace offcirc;
using namespace offcirc::tables;

namespace {

Results results_of(const Scene& scene) {
  model::Loaded loaded = model::load_outage(scene.outage, 1);
  return replay(loaded.batch, loaded.already_recorded, loaded.read_set, scene.outage.policy, scene.outage.options,
                loaded.state);
}

/// The scene's sentences: each transaction's row, followed by a line for each finding.
std::string said_of(const Scene& scene) {
  std::string said = "\n== " + scene.title + "\n";
  const Results results = results_of(scene);
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (results[i].findings.empty()) continue;
    said += scene.rows[i].source + "\n";
    for (const Finding& finding : results[i].findings)
      said += "    " + std::string(facts_of(finding.outcome).code) + ": " +
              words_of(finding, scene.outage.policy.zone) + "\n";
  }
  return said;
}

std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("the rules give the expected sentences for every row of the tables") {
  std::string said;
  for (const auto& file : table_files(OFFCIRC_SOURCE_DIR)) {
    said += (said.empty() ? "" : "\n") + std::string("# ") + file.filename().string() + "\n";
    for (const Scene& scene : scenes_in(file)) said += said_of(scene);
  }
  const auto file = std::filesystem::path(OFFCIRC_SOURCE_DIR) / "tests" / "rules" / "messages.said";
  if (std::getenv("UPDATE") != nullptr) std::ofstream(file) << said;
  CHECK(said == content_of(file));
}

TEST_CASE("each message begins with a capital letter and has no period at its end") {
  std::set<Outcome> seen;
  for (const auto& file : table_files(OFFCIRC_SOURCE_DIR))
    for (const Scene& scene : scenes_in(file))
      for (const Result& result : results_of(scene))
        for (const Finding& finding : result.findings) {
          seen.insert(finding.outcome);
          if (finding.outcome == Outcome::library_mismatch) continue;  // the intake's sentence
          const std::string message = words_of(finding, scene.outage.policy.zone);
          CAPTURE(message);
          CHECK(message.front() >= 'A');
          CHECK(message.front() <= 'Z');
          CHECK(message.back() != '.');
        }
  CHECK(seen.size() == k_outcome_count - 2);  // all except ok and unreadable
}
