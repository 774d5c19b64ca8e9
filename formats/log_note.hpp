// Something about a log as a whole that staff should know, said once and not on each of its lines.
#pragma once

#include <string>

namespace offcirc {

/// `code` is an outcome's or, of what is none, its own: `cut-short`. Message and action are sentences.
struct LogNote {
  std::string code;
  std::string message;
  std::string action;
};

}  // namespace offcirc
