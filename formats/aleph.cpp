// Reads OffCirc.dat, the fixed-column file that the offline circulation program of Ex Libris Aleph and Alma writes.
#include <fmt/format.h>

#include <algorithm>

#include "formats/line_parser.hpp"
#include "formats/line_reader.hpp"
#include "formats/registry.hpp"
#include "formats/stamp.hpp"

namespace offcirc {
namespace {

// Time in columns 1 to 12, letter in 13, item ID in 14 to 93, user ID from 94 to the end.
constexpr std::size_t k_time_digits = 12;
constexpr std::size_t k_item_at = 13;
constexpr std::size_t k_item_bytes = 80;
constexpr std::size_t k_user_at = k_item_at + k_item_bytes;

constexpr char k_loan = 'L';
constexpr char k_return = 'R';

// Returns whether the item field ends in text after a space: padding was lost, so the user ID is in this field now.
bool has_shifted(std::string_view item_field) {
  const std::string_view text = trimmed(item_field);
  return text.size() == k_item_bytes && text.find(' ') != std::string_view::npos;
}

bool begins_record(std::string_view text) {
  const char letter = text.size() < k_user_at ? '\0' : text[k_time_digits];
  if ((letter != k_loan && letter != k_return) || text[k_item_at] == ' ') return false;
  return parse_compact_stamp(text.substr(0, k_time_digits)).is(StampForm::civil) &&
         !has_shifted(text.substr(k_item_at, k_item_bytes)) && !find_byte_trouble(text.substr(0, k_user_at));
}

bool looks_like_record(std::string_view line) {
  return begins_record(line) && !find_byte_trouble(line);
}

class AlephParser : public LineParser {
 public:
  AlephParser(std::string_view text, const LogContext& context) : LineParser(LineReader(text), context) {}

 private:
  std::optional<LineTrouble> read_line(std::string_view line, Transaction& transaction, Says& says) override {
    read_fields(line, transaction);
    if (auto trouble = check_start(line, transaction)) return trouble;
    if (auto trouble = check_ids(line, transaction)) return trouble;
    if (const std::size_t next = find_next_record(line); next < line.size()) {
      return damage_at(next, "Damaged: another record begins within the line.");
    }
    if (is_cut_by_zeros()) return cut_by_zeros(line);
    transaction.desk = context().arena.desk({});
    says = Says::transaction;
    return std::nullopt;
  }

  // Finds a record even inside a torn one: no ID looks like the time, the letter and the padded item ID of a record.
  [[nodiscard]] std::size_t find_next_record(std::string_view line) const override {
    std::size_t at = 1;
    while (at + k_user_at <= line.size() && !begins_record(line.substr(at))) ++at;
    WorkCount::add(at);
    return at + k_user_at <= line.size() ? at : std::string_view::npos;
  }

  [[nodiscard]] bool needs_line_end() const override { return true; }
  [[nodiscard]] char padding() const override { return ' '; }

  // Reads the fields as far as possible, even if the line is damaged. If it begins with neither a time nor a letter,
  // the columns of the IDs may hold anything, so they are not read.
  void read_fields(std::string_view line, Transaction& transaction) const {
    transaction.recorded = parse_compact_stamp(line.substr(0, k_time_digits));
    if (line.size() <= k_item_at) return;
    const char letter = line[k_time_digits];
    if (!transaction.recorded.is(StampForm::civil) && letter != k_loan && letter != k_return) return;
    std::string_view item_field = line.substr(k_item_at, k_item_bytes);
    std::string_view user_field = line.substr(std::min(k_user_at, line.size()));
    if (has_shifted(item_field)) {
      user_field = line.substr(k_item_at + item_field.rfind(' ') + 1);
      item_field = item_field.substr(0, item_field.rfind(' '));
    }
    transaction.item_id = context().decoder.decode(context().decoder.trim(item_field));
    transaction.user_id = context().decoder.decode(context().decoder.trim(user_field));
  }

  static std::optional<LineTrouble> check_start(std::string_view line, Transaction& transaction) {
    const std::string_view digits = line.substr(0, k_time_digits);
    if (!transaction.recorded.is(StampForm::civil)) {
      return trouble_at(0, fmt::format("The time (columns 1 to 12) is not a date and time: expected 12 digits such as "
                                       "202606121012, got {}.",
                                       quoted(digits)));
    }
    const std::string_view letter = line.substr(k_time_digits, 1);
    if (letter != "L" && letter != "R") {
      return trouble_at(
          k_time_digits,
          fmt::format("Column 13 says what was done: expected L (loan) or R (return), got {}.", quoted(letter)));
    }
    transaction.kind = letter[0] == k_loan ? Kind::checkout : Kind::checkin;
    return std::nullopt;
  }

  static std::optional<LineTrouble> check_ids(std::string_view line, const Transaction& transaction) {
    if (line.size() < k_user_at) {
      return damage_at(line.size(), fmt::format("The line is cut short: expected {} columns, because the item ID is "
                                                "padded with blanks to column {}, got {}.",
                                                k_user_at, k_user_at, line.size()));
    }
    const std::string_view field = line.substr(k_item_at, k_item_bytes);
    if (transaction.item_id.empty()) return trouble_at(k_item_at, "The item ID (columns 14 to 93) is missing.");
    if (has_shifted(field)) {
      return damage_at(
          k_item_at + field.rfind(' ') + 1,
          "The columns have shifted: text after blanks reaches up to column 93, where the field of the item "
          "ID ends.");
    }
    if (transaction.kind == Kind::checkout && transaction.user_id.empty()) {
      return trouble_at(k_user_at, "The user ID (from column 94 on) is missing.");
    }
    return std::nullopt;
  }
};

bool claims(std::string_view head) {
  return some_line_is(LineReader(head), looks_like_record);
}

OpenedLog open(std::string_view text, const LogContext& context) {
  return std::make_unique<AlephParser>(text, context);
}

}  // namespace

const LogFormat k_aleph_format = {"aleph", "Ex Libris Aleph and Alma: OffCirc.dat", "dat", false, claims, open, false,
                                  true};

}  // namespace offcirc
