// For the tests of log formats: reads a text as a log, and describes each of its records in one line.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/registry.hpp"
#include "formats/stamp.hpp"

namespace offcirc {

inline std::string read_sample(const LogFormat& format) {
  const std::string path = fmt::format("{}/samples/{}.{}", OFFCIRC_SOURCE_DIR, format.name, format.extension);
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("The sample is missing: " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// `checkout user=1 item=2 at=2026-06-12T10:12:31 due=2026-07-03 from=transaction desk=OSH/NEE/0201/OSHCIRC`; absent
/// values are omitted.
inline std::string describe(const Transaction& t) {
  std::string text(name_of(t.kind));
  const auto add = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) text += fmt::format(" {}={}", name, value);
  };
  add("what", t.what);
  add("user", t.user_id);
  add("item", t.item_id);
  add("at", iso_stamp_text(t.recorded));
  add("occurred", iso_stamp_text(t.occurred));
  add("due", iso_stamp_text(t.due));
  add("from", name_of(t.due_from));
  add("discharged", iso_stamp_text(t.discharged_on));
  if (t.amount_cents != 0) add("cents", std::to_string(t.amount_cents));
  if (t.count != 1) add("count", std::to_string(t.count));
  const Desk& desk = *t.desk;
  if (!desk.library.empty() || !desk.temporary_library.empty() || !desk.station.empty() || !desk.user_access.empty()) {
    add("desk", fmt::format("{}/{}/{}/{}", desk.library, desk.temporary_library, desk.station, desk.user_access));
  }
  if (t.override_used) text += " override";
  return text;
}

inline std::string describe(const Registration& r) {
  std::string text;
  const auto add = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) text += fmt::format("{}{}={}", text.empty() ? "" : " | ", name, value);
  };
  add("last", r.last_name);
  add("first", r.first_name);
  add("middle", r.middle_name);
  add("alternate", r.alternate_name);
  add("born", iso_stamp_text(r.birth_date));
  add("email", r.email);
  add("phone", r.phone);
  add("language", r.language);
  add("address", r.address);
  add("categories", r.categories);
  add("department", r.department);
  add("profile", r.profile);
  add("library", r.library);
  add("expires", iso_stamp_text(r.expires_on));
  return text;
}

/// Owns the text and everything that its records point to.
class ParsedLog {
 public:
  ParsedLog(const LogFormat& format, std::string_view text, DateOrder order = DateOrder::mdy,
            const IdPatterns& ids = {}, std::optional<Kind> list_kind = {})
      : m_text(std::make_unique<char[]>(text.size())) {
    std::copy(text.begin(), text.end(), m_text.get());
    OpenedLog opened = format.open({m_text.get(), text.size()}, {*m_arena, m_decoder, order, ids, list_kind});
    if (auto* diagnostic = std::get_if<Diagnostic>(&opened)) {
      refused = std::move(*diagnostic);
      return;
    }
    const auto parser = std::get<std::unique_ptr<LogParser>>(std::move(opened));
    for (Record record; parser->next(record);) records.push_back(record);
    notes = parser->notes();
  }

  [[nodiscard]] std::vector<Transaction> transactions() const {
    std::vector<Transaction> found;
    for (const Record& record : records) {
      if (const auto* transaction = std::get_if<Transaction>(&record.content)) found.push_back(*transaction);
    }
    return found;
  }

  /// `3: blank`, `4: checkout ...`, `5:12: The item ID (NQ) is missing.`; a registration is followed by its user.
  [[nodiscard]] std::vector<std::string> described() const {
    std::vector<std::string> lines;
    for (const Record& record : records) lines.push_back(described(record));
    return lines;
  }

  std::optional<Diagnostic> refused;
  std::vector<Record> records;
  std::vector<LogNote> notes;

 private:
  static std::string described(const Record& record) {
    if (const auto* t = std::get_if<Transaction>(&record.content)) {
      const std::string user = t->registration == nullptr ? "" : " | " + describe(*t->registration);
      return fmt::format("{}: {}{}", t->line, describe(*t), user);
    }
    if (const auto* d = std::get_if<Diagnostic>(&record.content)) {
      return fmt::format("{}:{}: {}", d->line, d->column, d->message);
    }
    return fmt::format("{}: blank", record.line);
  }

  std::unique_ptr<char[]> m_text;  // exactly as long as the log, so that a sanitizer detects a read past its end
  std::unique_ptr<TextArena> m_arena = std::make_unique<TextArena>();
  Decoder m_decoder{"windows-1252", *m_arena};
};

/// Describes the only record of `text`.
inline std::string only_record(const LogFormat& format, const std::string& text, DateOrder order = DateOrder::mdy) {
  const ParsedLog log(format, text, order);
  if (log.refused) return "refused: " + log.refused->message;
  return log.records.size() == 1 ? log.described().front() : fmt::format("{} records", log.records.size());
}

}  // namespace offcirc
