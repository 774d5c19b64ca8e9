// The replay and the naive model of the same rules must agree on every invented outage.
#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <map>

#include "tests/model/compare.hpp"

using namespace offcirc;
using namespace offcirc::model;

namespace {

std::uint64_t seed_count() {
  const char* text = std::getenv("OFFCIRC_SEEDS");
  return text ? std::strtoull(text, nullptr, 10) : 4000;
}

/// Describes the problems with an outage; empty if there are none.
std::string trouble_with(const Outage& outage, Opinion* replayed = nullptr) {
  std::string broken;
  Opinion replay = replay_outage(outage, 1, &broken);
  Opinion model = judge_outage(outage);
  std::string trouble = difference(outage, model, replay) + broken;
  if (replayed) *replayed = std::move(replay);
  return trouble;
}

std::string report_on(std::uint64_t seed, const Outage& outage) {
  Outage small = shrunk(outage, [](const Outage& smaller) { return !trouble_with(smaller).empty(); });
  return "seed " + std::to_string(seed) + ":\n" + trouble_with(outage) + "shrunk:\n" + trouble_with(small) +
         text_of(small);
}

/// Counts how often each outcome occurs, as the outcome or as a note.
class Coverage {
 public:
  void count(const Opinion& opinion) {
    for (const Verdict& verdict : opinion.verdicts) {
      if (verdict.findings.empty()) ++m_times[Outcome::ok];
      for (Outcome finding : verdict.findings) ++m_times[finding];
    }
  }
  [[nodiscard]] std::uint64_t of(Outcome outcome) const {
    auto found = m_times.find(outcome);
    return found == m_times.end() ? 0 : found->second;
  }

 private:
  std::map<Outcome, std::uint64_t> m_times;
};

}  // namespace

TEST_CASE("the replay and the second opinion agree on every outage") {
  std::uint64_t seeds = seed_count();
  Coverage coverage;
  std::uint64_t replays = 0;
  int failures = 0;
  for (std::uint64_t seed = 1; seed <= seeds && failures < 3; ++seed, ++replays) {
    Outage outage = random_outage(seed);
    Opinion replayed;
    if (!trouble_with(outage, &replayed).empty()) {
      ++failures;
      FAIL_CHECK(report_on(seed, outage));
    }
    // With running sums for every user's charges and bills, which are otherwise kept only for users with many.
    outage.options.few = 0;
    Opinion shuffled = replay_outage(outage, seed + 1);
    CHECK_MESSAGE(difference(outage, replayed, shuffled).empty(), "seed ", seed,
                  ": the order of slots matters, or whether sums are kept");
    coverage.count(replayed);
  }
  for (int i = 0; i < k_outcome_count; ++i) {
    Outcome outcome = static_cast<Outcome>(i);
    if (outcome == Outcome::unreadable) continue;  // The intake reports these; no transaction is unreadable.
    std::printf("%-24s %llu\n", std::string(facts_of(outcome).code).c_str(),
                static_cast<unsigned long long>(coverage.of(outcome)));
    CHECK_MESSAGE(coverage.of(outcome) * 20 >= replays, "too few of ", facts_of(outcome).code);
  }
}

TEST_CASE("an outage depends only on its seed") {
  CHECK(text_of(random_outage(7)) == text_of(random_outage(7)));
  CHECK(text_of(random_outage(7)) != text_of(random_outage(8)));
}
