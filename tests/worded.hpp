// Sentences of any words, for tests that care for the words and not for what they are made from.
#pragma once

#include <deque>
#include <string_view>

#include "loader/model/finding.hpp"

namespace offcirc {

/// Stays until the tests end.
inline Sentence worded(std::string_view text) {
  static std::deque<NewSentence> all;
  return all.emplace_back(say<Form::worded>(text));
}

}  // namespace offcirc
