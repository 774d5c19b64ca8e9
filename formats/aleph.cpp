// Ex Libris Aleph and Alma: OffCirc.dat of the offline circulation program, in fixed columns.
#include <fmt/format.h>

#include "formats/compact_stamp.hpp"
#include "formats/line_parser.hpp"
#include "formats/registry.hpp"

namespace offcirc {
namespace {

// Columns 1-12, 13, 14-93, and 94 to the end.
constexpr std::size_t k_time_digits = 12;
constexpr std::size_t k_item_at = 13;
constexpr std::size_t k_item_bytes = 80;
constexpr std::size_t k_user_at = k_item_at + k_item_bytes;

constexpr char k_loan = 'L';
constexpr char k_return = 'R';

bool looks_like_record(std::string_view line) {
  const char letter = line.size() < k_user_at ? '\0' : line[k_time_digits];
  return (letter == k_loan || letter == k_return) && line[k_item_at] != ' ' &&
         parse_compact_stamp(line.substr(0, k_time_digits)).is(StampForm::civil) && !find_byte_trouble(line);
}

class AlephParser : public LineParser {
 public:
  AlephParser(std::string_view text, const LogContext& context) : LineParser(LineReader(text), context) {}

 private:
  std::optional<LineTrouble> read_line(std::string_view line, Transaction& transaction, Says& says) override {
    if (auto trouble = read_start(line, transaction)) return trouble;
    if (auto trouble = read_ids(line, transaction)) return trouble;
    if (find_next_record(line) < line.size()) {
      return trouble_at(find_next_record(line), "Damaged: another record begins within the line.");
    }
    if (is_cut_by_zeros()) return cut_by_zeros(line);
    transaction.desk = context().arena.desk({});
    says = Says::transaction;
    return std::nullopt;
  }

  // Behind the columns of a record: no user ID looks like one.
  [[nodiscard]] std::size_t find_next_record(std::string_view line) const override {
    for (std::size_t at = k_user_at; at + k_user_at <= line.size(); ++at) {
      if (looks_like_record(line.substr(at))) return at;
    }
    return std::string_view::npos;
  }

  static std::optional<LineTrouble> read_start(std::string_view line, Transaction& transaction) {
    const std::string_view digits = line.substr(0, k_time_digits);
    transaction.recorded = parse_compact_stamp(digits);
    if (!transaction.recorded.is(StampForm::civil)) {
      return trouble_at(0, fmt::format("The time (columns 1 to 12) is no date and time: expected 12 digits such as "
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

  [[nodiscard]] std::optional<LineTrouble> read_ids(std::string_view line, Transaction& transaction) const {
    if (line.size() < k_user_at) {
      return trouble_at(line.size(),
                        fmt::format("The line is cut short: expected {} columns, for the item ID is filled "
                                    "up with blanks to column {}, got {}.",
                                    k_user_at, k_user_at, line.size()));
    }
    const std::string_view field = line.substr(k_item_at, k_item_bytes);
    const std::string_view item_id = trimmed(field);
    const std::string_view user_id = trimmed(line.substr(k_user_at));
    if (item_id.empty()) return trouble_at(k_item_at, "The item ID (columns 14 to 93) is missing.");
    // Where padding was lost, the user ID has come to stand in the item's field.
    if (item_id.size() == k_item_bytes && item_id.find(' ') != std::string_view::npos) {
      return trouble_at(
          k_item_at + field.rfind(' ') + 1,
          "The columns have shifted: text behind blanks reaches up to column 93, where the field of the item "
          "ID ends.");
    }
    if (transaction.kind == Kind::checkout && user_id.empty()) {
      return trouble_at(k_user_at, "The user ID (from column 94 on) is missing.");
    }
    transaction.item_id = context().decoder.decode(item_id);
    transaction.user_id = context().decoder.decode(user_id);
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

const LogFormat k_aleph_format = {"aleph", "Ex Libris Aleph and Alma: OffCirc.dat", "dat", false, claims, open, false, true};

}  // namespace offcirc
