// Reads again what the journal keeps as JSON: findings, notes of logs, missing stations. See journal_text.hpp.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "loader/intake/batch.hpp"
#include "loader/intake/missing_stations.hpp"
#include "loader/rules/result.hpp"

namespace offcirc {

/// Each function gives nullopt where the text is not what the journal writes, or names an outcome that there is not.
class JournalJson {
 public:
  JournalJson();
  JournalJson(const JournalJson&) = delete;
  JournalJson& operator=(const JournalJson&) = delete;
  ~JournalJson();

  std::optional<std::vector<Finding>> findings(std::string_view text);
  std::optional<std::vector<LogNote>> notes(std::string_view text);
  std::optional<std::vector<MissingStation>> stations(std::string_view text);

 private:
  struct Parser;
  std::unique_ptr<Parser> m_parser;
};

}  // namespace offcirc
