// Reads again what the journal keeps as JSON: findings, notes of logs, missing stations. See journal_text.hpp.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loader/intake/batch.hpp"
#include "loader/intake/missing_stations.hpp"
#include "loader/rules/result.hpp"

namespace offcirc {

/// What a desk wrote down about a new user; see Registration.
struct StoredRegistration {
  std::string last_name, first_name, middle_name, alternate_name, email, phone, language, address, categories,
      department, profile, library, left_out;
  Stamp birth_date, expires_on;
};

/// Each function gives nullopt where the text is not what the journal writes, or names an outcome that there is not.
class JournalJson {
 public:
  JournalJson();
  JournalJson(const JournalJson&) = delete;
  JournalJson& operator=(const JournalJson&) = delete;
  ~JournalJson();

  std::optional<FindingList> findings(std::string_view text);
  /// Of the same text: whether one of the findings is marked as doubtful.
  bool is_doubtful(std::string_view findings);
  std::optional<std::vector<LogNote>> notes(std::string_view text);
  std::optional<std::vector<LibraryStation>> stations(std::string_view text);
  std::optional<StoredRegistration> registration(std::string_view text);

 private:
  struct Parser;
  std::unique_ptr<Parser> m_parser;
};

}  // namespace offcirc
