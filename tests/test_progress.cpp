// What the operator sees of a long run.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "cli/progress/progress_line.hpp"

using namespace offcirc;
using namespace std::chrono_literals;

namespace {

ProgressState halfway() {
  return {Stage::deciding, 0.5, 1234567, 12s, {}};
}

constexpr StageShares k_shares = {0, 1, 1, 2, 2, 3, 1};
constexpr StageShares k_without_writing = {0, 1, 1, 2, 2, 0, 1};

/// A terminal with a clock that only the test advances.
struct Terminal {
  std::vector<std::string> written;
  std::size_t columns = 80;
  std::chrono::milliseconds now{5000};

  ProgressScreen screen() {
    return {[this](std::string_view text) { written.emplace_back(text); }, [this] { written.emplace_back("wiped"); },
            [this] { return columns; }, [this] { return now; }};
  }
  /// What was drawn since the last call, without the control characters around a line.
  std::string take() {
    std::string lines;
    for (const std::string& text : written) {
      if (text == "wiped") {
        lines += "wiped\n";
        continue;
      }
      CHECK(text.starts_with("\r"));
      CHECK(text.ends_with("\x1b[K"));
      lines += text.substr(1, text.size() - 4) + "\n";
    }
    written.clear();
    return lines;
  }
};

}  // namespace

TEST_CASE("the line, wide and narrow") {
  CHECK(progress_line(halfway(), 79) ==
        "Deciding    [==============>             ]   50 %  1,230,000 lines/s  12 s left");
  CHECK(progress_line(halfway(), 200) ==
        "Deciding    [===================>                  ]   50 %  1,230,000 lines/s  12 s left");
  CHECK(progress_line(halfway(), 55) == "Deciding    [===========>           ]   50 %  12 s left");
  CHECK(progress_line(halfway(), 39) == "Deciding    [===>   ]   50 %  12 s left");
  CHECK(progress_line(halfway(), 30) == "Deciding     50 %  12 s left");
  CHECK(progress_line(halfway(), 20) == "Deciding     50 %");
  CHECK(progress_line(halfway(), 5) == "Decid");
  for (std::size_t columns = 0; columns < 200; ++columns) CHECK(progress_line(halfway(), columns).size() <= columns);
}

TEST_CASE("unknown values are left out") {
  ProgressState state;
  CHECK(progress_line(state, 79) == "Reading   ");
  state.part = 0;
  CHECK(progress_line(state, 79) == "Reading     [>                           ]    0 %                              ");
  state.part = 1;
  CHECK(progress_line(state, 40) == "Reading     [========]  100 %           ");
  state = {};
  state.stage = Stage::waiting;
  state.waited = 7s;
  CHECK(progress_line(state, 79) == "Waiting for another offcirc to end  7 s");
  CHECK(progress_line(state, 20) == "Waiting for another ");
}

TEST_CASE("rates and times have a sensible precision") {
  ProgressState state{Stage::writing, 0.5, 7, 89s, {}};
  CHECK(progress_line(state, 79).ends_with("   50 %          7 lines/s  89 s left"));
  state.lines_a_second = 999.6;
  state.left = 90s;
  CHECK(progress_line(state, 79).ends_with("   50 %      1,000 lines/s  2 min left"));
  state.lines_a_second = 123456;
  state.left = 5400s;
  CHECK(progress_line(state, 79).ends_with("   50 %    123,000 lines/s   2 h left"));
}

TEST_CASE("a short run shows nothing") {
  Terminal terminal;
  ProgressBar bar(terminal.screen(), k_shares);
  bar.begin(Stage::reading, 100);
  terminal.now += ProgressBar::k_patience - 1ms;
  bar.done(50);
  bar.wipe();
  bar.finish();
  CHECK(terminal.take().empty());
}

TEST_CASE("a long run") {
  Terminal terminal;
  ProgressBar bar(terminal.screen(), k_shares);
  bar.begin(Stage::reading, 1000);
  terminal.now += 1000ms;
  bar.done(500);
  CHECK(terminal.take() == "Reading     [=>                          ]    5 %        500 lines/s  19 s left\n");
  bar.done(600);
  terminal.now += ProgressBar::k_between_drawings - 1ms;
  bar.done(700);
  CHECK(terminal.take().empty());
  terminal.now += 1ms;
  bar.done(800);
  CHECK(!terminal.take().empty());

  // The bar is wiped so that a message can be printed, and a narrow terminal shows a shorter one or none.
  bar.wipe();
  bar.wipe();
  CHECK(terminal.take() == "wiped\n");
  terminal.columns = 0;
  terminal.now += 1000ms;
  bar.begin(Stage::deciding, 1000);
  CHECK(terminal.take().empty());
  terminal.columns = 40;
  terminal.now += 1000ms;
  bar.begin(Stage::reporting, 0);
  CHECK(terminal.take() == "Reporting   [======>]   90 %   1 s left\n");
  bar.finish();
  terminal.now += 1000ms;
  bar.done(1);
  CHECK(terminal.take() == "wiped\n");
}

TEST_CASE("a check does not write, so its stages have other shares") {
  Terminal terminal;
  ProgressBar bar(terminal.screen(), k_without_writing);
  terminal.now += 1000ms;
  bar.begin(Stage::deciding, 100);
  CHECK(terminal.take() == "Deciding    [================>           ]   57 %                      1 s left\n");
}

TEST_CASE("waiting does not count as work") {
  Terminal terminal;
  ProgressBar bar(terminal.screen(), k_shares);
  bar.begin(Stage::waiting, 0);
  for (int i = 0; i < 4; ++i) {
    terminal.now += 1000ms;
    bar.begin(Stage::waiting, 0);
  }
  CHECK(terminal.take() ==
        "Waiting for another offcirc to end  1 s\n"
        "Waiting for another offcirc to end  2 s\n"
        "Waiting for another offcirc to end  3 s\n"
        "Waiting for another offcirc to end  4 s\n");
  bar.begin(Stage::reading, 100);
  terminal.now += 1000ms;
  bar.done(50);
  CHECK(terminal.take() == "Reading     [=>                          ]    5 %         50 lines/s  19 s left\n");
}

TEST_CASE("writing takes several rows per line") {
  Terminal terminal;
  ProgressBar bar(terminal.screen(), k_shares);
  bar.begin(Stage::deciding, 1000);
  bar.begin(Stage::writing, 4000);
  terminal.now += 1000ms;
  bar.done(2000);
  CHECK(terminal.take() == "Writing     [=====================>      ]   75 %        500 lines/s   1 s left\n");
  // If there are more rows than expected, the progress does not exceed the stage's share.
  terminal.now += 1000ms;
  bar.done(9000);
  CHECK(terminal.take() == "Writing     [=========================>  ]   90 %        500 lines/s   1 s left\n");
}
