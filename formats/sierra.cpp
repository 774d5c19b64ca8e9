// Reads the rdy files of Innovative's Sierra and Millennium: checkouts and check-ins, with colons between the fields.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "formats/line_parser.hpp"
#include "formats/line_reader.hpp"
#include "formats/registry.hpp"
#include "formats/stamp.hpp"

namespace offcirc {
namespace {

constexpr std::size_t k_time_digits = 10;
constexpr std::string_view k_inventory = "n";  // code of inventory lines, as in an rdi file that was mixed in

// The fields of a line, from left to right.
enum class SierraField : std::uint8_t { code, time, item, user, due, group };
constexpr std::size_t k_field_count = 6;

/// A line split into its fields. It may have fewer fields than it should, or more; the extra ones are not kept.
struct SierraLine {
  explicit SierraLine(std::string_view line) : text(line) {
    for (std::string_view rest = line;; rest.remove_prefix(rest.find(':') + 1)) {
      if (count < k_field_count) fields.at(count) = trimmed(rest.substr(0, rest.find(':')));
      ++count;
      if (rest.find(':') == std::string_view::npos) break;
    }
  }

  std::string_view operator[](SierraField field) const { return fields.at(static_cast<std::size_t>(field)); }
  [[nodiscard]] std::size_t place_of(SierraField field) const {
    return static_cast<std::size_t>((*this)[field].data() - text.data());
  }

  std::string_view text;
  std::array<std::string_view, k_field_count> fields;
  std::size_t count = 0;
};

// Parses `2606121012`. Years 00 to 79 belong to this century.
Stamp parse_short_time(std::string_view digits) {
  constexpr char k_first_decade_of_1900s = '8';
  if (digits.size() != k_time_digits) return {StampForm::unreadable, 0};
  return parse_compact_stamp((digits[0] < k_first_decade_of_1900s ? "20" : "19") + std::string(digits));
}

// Accepts only `n:` and a barcode: a record whose `o` was damaged into an `n` has more fields.
bool is_inventory(const SierraLine& line) {
  constexpr std::size_t k_inventory_fields = 2;
  return line.count == k_inventory_fields && line[SierraField::code] == k_inventory;
}

bool begins_record(std::string_view text) {
  constexpr std::size_t k_time_at = 2, k_item_at = k_time_at + k_time_digits + 1;
  return text.size() > k_item_at && (text[0] == 'o' || text[0] == 'i') && text[1] == ':' && text[k_item_at] == 'b' &&
         parse_short_time(text.substr(k_time_at, k_time_digits)).is(StampForm::civil);
}

class SierraParser : public LineParser {
 public:
  SierraParser(std::string_view text, const LogContext& context) : LineParser(LineReader(text), context) {}

 private:
  std::optional<LineTrouble> read_line(std::string_view text, Transaction& transaction, Says& says) override {
    SierraLine line(text);
    for (std::string_view& field : line.fields) field = context().decoder.trim(field);
    if (is_inventory(line)) return std::nullopt;
    read_fields(line, transaction);
    if (auto trouble = check_start(line, transaction)) return trouble;
    if (auto trouble = check_id(line, SierraField::item, "item ID")) return trouble;
    if (auto trouble = check_id(line, SierraField::user, "user ID")) return trouble;
    if (auto trouble = check_ids(line, transaction)) return trouble;
    if (auto trouble = read_due(line, transaction)) return trouble;
    if (is_cut_by_zeros()) return cut_by_zeros(text);
    transaction.desk = context().arena.desk({});
    says = Says::transaction;
    return std::nullopt;
  }

  // Searches for `o:` or `i:`, a time, and an item: no field holds anything like it.
  [[nodiscard]] std::size_t find_next_record(std::string_view line) const override {
    std::size_t at = line.find(':');
    while (at != std::string_view::npos && (at < 2 || !begins_record(line.substr(at - 1)))) at = line.find(':', at + 1);
    WorkCount::add(std::min(at, line.size()));
    return at == std::string_view::npos ? at : at - 1;
  }

  // The statistics group at the end has no fixed length.
  [[nodiscard]] bool needs_line_end() const override { return true; }

  // Reads the fields as far as possible, even if the line is damaged.
  void read_fields(const SierraLine& line, Transaction& transaction) const {
    transaction.recorded = parse_short_time(line[SierraField::time]);
    const auto id_of = [&](SierraField field) {
      const std::string_view text = line[field];
      return text.starts_with('b') ? context().decoder.decode(context().decoder.trim(text.substr(1)))
                                   : std::string_view();
    };
    transaction.item_id = id_of(SierraField::item);
    transaction.user_id = id_of(SierraField::user);
  }

  static std::optional<LineTrouble> check_start(const SierraLine& line, Transaction& transaction) {
    const std::string_view code = line[SierraField::code];
    const std::string_view time = line[SierraField::time];
    if (code != "o" && code != "i") {
      return trouble_at(0,
                        fmt::format("Expected o (checkout or renewal) or i (check-in) before the first colon, got {}.",
                                    quoted(code)));
    }
    transaction.kind = code == "o" ? Kind::checkout : Kind::checkin;
    if (transaction.recorded.is(StampForm::unreadable) && line.count > 1) {
      return trouble_at(
          line.place_of(SierraField::time),
          fmt::format("The time is not a date and time: expected 10 digits such as 2606121012, got {}.", quoted(time)));
    }
    if (line.count == k_field_count) return std::nullopt;
    return damage_at(line.text.size(),
                     fmt::format("Expected {} fields separated by colons, got {}{}.", k_field_count, line.count,
                                 line.count < k_field_count ? "; the line is cut short" : ""));
  }

  // Each ID is preceded by a type letter: b for a barcode.
  static std::optional<LineTrouble> check_id(const SierraLine& line, SierraField field, std::string_view name) {
    const std::string_view text = line[field];
    if (text.empty() || text[0] == 'b') return std::nullopt;
    return trouble_at(line.place_of(field),
                      fmt::format("The {} can't be read: expected b and the barcode, got {}.", name, quoted(text)));
  }

  static std::optional<LineTrouble> check_ids(const SierraLine& line, const Transaction& transaction) {
    if (transaction.item_id.empty()) return trouble_at(line.place_of(SierraField::item), "The item ID is missing.");
    if (transaction.kind == Kind::checkin || !transaction.user_id.empty()) return std::nullopt;
    return trouble_at(line.place_of(SierraField::user), "The user ID is missing.");
  }

  static std::optional<LineTrouble> read_due(const SierraLine& line, Transaction& transaction) {
    const std::string_view text = line[SierraField::due];
    const bool says_nothing = text.find_first_not_of('0') == std::string_view::npos;
    if (transaction.kind != Kind::checkout || says_nothing) return std::nullopt;
    transaction.due = parse_short_time(text);
    transaction.due_from = DueFrom::transaction;
    if (transaction.due.is(StampForm::civil)) return std::nullopt;
    return trouble_at(line.place_of(SierraField::due),
                      fmt::format("The due date is not a date and time: expected 10 digits such as 2607032359, got {}.",
                                  quoted(text)));
  }
};

bool looks_like_record(std::string_view text) {
  const SierraLine line(text);
  const std::string_view code = line[SierraField::code];
  return line.count == k_field_count && (code == "o" || code == "i") && !find_byte_trouble(text) &&
         parse_short_time(line[SierraField::time]).is(StampForm::civil) && line[SierraField::item].starts_with('b');
}

bool claims(std::string_view head) {
  return some_line_is(LineReader(head), looks_like_record);
}

OpenedLog open(std::string_view text, const LogContext& context) {
  return std::make_unique<SierraParser>(text, context);
}

}  // namespace

const LogFormat k_sierra_format = {
    "sierra", "Innovative Sierra and Millennium: rdy files", "rdy", false, claims, open, false, true};

}  // namespace offcirc
