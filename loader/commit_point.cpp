#include "loader/commit_point.hpp"

#include <utility>

namespace offcirc {

namespace {

struct Point {
  bool is_passed = false;
  std::string nothing = "Nothing was changed.";
  std::string nothing_left;
  std::string done = "What was done so far is in the database.";
  std::string left;  // begins with a blank unless it is empty
};

Point& point() noexcept {
  static Point the_point;
  return the_point;
}

}  // namespace

void CommitPoint::begin() noexcept {
  point().is_passed = false;
}

void CommitPoint::prepare(std::string done, std::string left) {
  point().done = std::move(done);
  point().left = left.empty() ? std::move(left) : " " + left;
}

void CommitPoint::pass() noexcept {
  point().is_passed = true;
}

bool CommitPoint::is_passed() noexcept {
  return point().is_passed;
}

const std::string& CommitPoint::done() noexcept {
  return is_passed() ? point().done : point().nothing;
}

const std::string& CommitPoint::left() noexcept {
  return is_passed() ? point().left : point().nothing_left;
}

}  // namespace offcirc
