#include "formats/scan_detection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "formats/csv_columns.hpp"
#include "formats/csv_transaction.hpp"
#include "formats/fields.hpp"
#include "formats/scan_line.hpp"

namespace offcirc {
namespace {

constexpr std::string_view k_digits = "0123456789";

// Accepts up to 4 letters, 5 to 20 digits, and up to 1 letter: prefixes and scanner start and stop characters are
// short.
bool looks_like_barcode(std::string_view text) {
  constexpr std::size_t k_max_prefix = 4, k_max_suffix = 1;
  const std::size_t first = text.find_first_of(k_digits);
  if (first == std::string_view::npos || first > k_max_prefix) return false;
  const std::size_t behind = std::min(text.find_first_not_of(k_digits, first), text.size());
  const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  return behind - first >= 5 && behind - first <= 20 && text.size() - behind <= k_max_suffix &&
         std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(first), is_letter) &&
         std::all_of(text.begin() + static_cast<std::ptrdiff_t>(behind), text.end(), is_letter);
}

/// The lines of a file that may be a list, with everything needed to split them.
struct Lines {
  Lines(std::string_view head, const IdPatterns& ids)
      : decoder("UTF-8", arena), shapes(ids), reader(head, decoder, shapes) {}

  // Reads the next line that is not empty. Returns false at the end.
  bool next_filled() {
    while (reader.next(line)) {
      if (!line.is_blank()) return true;
    }
    return false;
  }

  // Reads up to the first line that is not empty and does more than say what was done. Returns false at the end.
  bool next_behind_modes() {
    while (next_filled()) {
      if (line.filled > 1 || line.left().word == nullptr) return true;
      says_mode = true;
    }
    return false;
  }

  TextArena arena;
  Decoder decoder;
  ScanShapes shapes;
  ScanLineReader reader;
  ScanLine line;
  bool says_mode = false;  ///< a line that was skipped says what was done
};

/// How many pieces are barcodes, words that say what was done, or anything else.
struct PieceCounts {
  [[nodiscard]] int all() const { return barcodes + modes + others; }
  // Mode words aside, up to a quarter of the pieces may be something other than barcodes.
  [[nodiscard]] bool are_of_list() const { return barcodes > 0 && others * 3 <= barcodes; }

  int barcodes = 0, modes = 0, others = 0;
};

// Checks the current line and those after it. Unless `may_begin_with_others`, the first piece must be a barcode or a
// mode word.
template <typename IsBarcode>
bool is_list_from_here(Lines& lines, bool may_begin_with_others, IsBarcode is_barcode) {
  constexpr int k_pieces_looked_at = 20;
  PieceCounts counts;
  do {
    for (const ScanPiece& piece : lines.line.pieces) {
      if (piece.text.empty()) continue;
      if (piece.word != nullptr && piece.word->is_of_destiny) return true;
      const bool is_other = piece.word == nullptr && !is_barcode(piece);
      if (is_other && counts.all() == 0 && !may_begin_with_others) return false;
      ++(is_other ? counts.others : piece.word != nullptr ? counts.modes : counts.barcodes);
    }
  } while (counts.all() < k_pieces_looked_at && lines.next_filled());
  return counts.are_of_list();
}

// No other format has just a barcode between two separators or line ends.
template <typename IsBarcode>
bool is_list(Lines& lines, IsBarcode is_barcode) {
  return lines.next_filled() && is_list_from_here(lines, false, is_barcode);
}

bool is_id(const ScanPiece& piece) {
  return piece.may_be_user || piece.may_be_item;
}

bool is_card_and_item(const ScanPair& pair) {
  return (pair.left->may_be_user && pair.right->may_be_item) || (pair.left->may_be_item && pair.right->may_be_user);
}

// Accepts cards with an item next to each, beginning with the line after the heading.
bool is_table_of_pairs(Lines& lines) {
  constexpr int k_rows_looked_at = 10;
  PieceCounts counts;
  int pairs = 0;
  for (int rows = 0; rows < k_rows_looked_at && lines.next_filled(); ++rows) {
    const ScanPair pair = find_pair(lines.line);
    if (pair && is_card_and_item(pair)) ++pairs;
    for (const ScanPiece& piece : lines.line.pieces) {
      if (!piece.text.empty() && piece.word == nullptr) ++(is_id(piece) ? counts.barcodes : counts.others);
    }
  }
  return pairs > 0 && counts.are_of_list();
}

bool is_headed_list(std::string_view head, const IdPatterns& ids, std::optional<Kind> list_kind) {
  Lines lines(head, ids);
  if (!lines.next_behind_modes() || !lines.line.is_heading()) return false;
  if (lines.line.has_two()) return is_table_of_pairs(lines);
  const bool says_mode = list_kind || lines.says_mode || lines.line.mode_of_heading();
  return lines.line.filled == 1 && says_mode && lines.next_filled() && is_list_from_here(lines, true, is_id);
}

}  // namespace

bool looks_like_list(std::string_view head) {
  Lines lines(head, {});
  return is_list(lines, [](const ScanPiece& piece) { return looks_like_barcode(piece.text); });
}

bool looks_like_list_of(std::string_view head, const IdPatterns& ids, std::optional<Kind> list_kind) {
  if (is_headed_list(head, ids, list_kind)) return true;
  if (!ids.user.is_given() && !ids.item.is_given()) return false;
  // A pattern such as `^P` fits words too, so digits are required.
  Lines lines(head, ids);
  return is_list(lines, [](const ScanPiece& piece) {
    return is_id(piece) && piece.text.find_first_of(k_digits) != std::string_view::npos &&
           piece.text.find(' ') == std::string_view::npos;
  });
}

namespace {

/// What one column of a file holds.
struct ColumnCounts {
  int items = 0, ids = 0, barcodes = 0, shortened = 0, filled = 0;
  std::string name = {};  ///< from its heading

  [[nodiscard]] int others() const { return filled - ids - shortened; }
};

/// Counts the first rows of a file, column by column.
struct ColumnLook {
  explicit ColumnLook(Lines& lines) {
    constexpr int k_rows_looked_at = 20;
    if (!lines.next_behind_modes()) return;
    says_mode = lines.says_mode;
    has_heading = lines.line.is_heading();
    if (has_heading) {
      says_mode = says_mode || lines.line.mode_of_heading();
      for (const ScanPiece& piece : lines.line.pieces) {
        columns.emplace_back().name = piece.text;
        known_to_csv += find_csv_column(piece.text) ? 1 : 0;
      }
    }
    if (has_heading && !lines.next_filled()) return;
    do count_row(lines.line);
    while (rows < k_rows_looked_at && lines.next_filled());
  }

  void count_row(const ScanLine& line) {
    constexpr std::size_t k_most_columns = 20;
    ++rows;
    columns.resize(std::max(columns.size(), std::min(line.pieces.size(), k_most_columns)));
    for (std::size_t i = 0; i < std::min(line.pieces.size(), columns.size()); ++i) {
      const ScanPiece& piece = line.pieces[i];
      ColumnCounts& column = columns[i];
      column.filled += piece.text.empty() ? 0 : 1;
      column.ids += is_id(piece) ? 1 : 0;
      column.items += piece.may_be_item ? 1 : 0;
      column.barcodes += looks_like_barcode(piece.text) ? 1 : 0;
      column.shortened += is_shortened_number(piece.text) ? 1 : 0;
    }
  }

  // Returns whether at least half of the rows have it.
  [[nodiscard]] bool is_usual(int count) const { return rows > 0 && count * 2 >= rows; }
  template <typename Has>
  [[nodiscard]] std::size_t find(Has has) const {
    return static_cast<std::size_t>(std::find_if(columns.begin(), columns.end(), has) - columns.begin());
  }
  template <typename Has>
  [[nodiscard]] bool any(Has has) const {
    return find(has) < columns.size();
  }

  std::vector<ColumnCounts> columns;
  int rows = 0, known_to_csv = 0;
  bool has_heading = false, says_mode = false;
};

std::string sentence_on_column(std::size_t at, const ColumnCounts& column) {
  const std::string name = column.name.empty() ? "" : fmt::format(" ({})", quoted(column.name));
  return fmt::format(
      "looks like a list in the format scan, but its column {}{} has neither user IDs nor item IDs. Remove the column, "
      "or turn the file into a sheet in the format csv.",
      at + 1, name);
}

}  // namespace

std::string near_miss_of_list(std::string_view head, const IdPatterns& ids) {
  Lines lines(head, ids);
  const ColumnLook look(lines);
  if (look.known_to_csv >= 2) return {};
  if (look.any([&](const ColumnCounts& column) { return look.is_usual(column.shortened); })) {
    return "looks like a list in the format scan, but a spreadsheet has shortened its barcodes to numbers such as "
           "2.1221E+13. Format their columns as text, and enter the barcodes again.";
  }
  const std::size_t other = look.find([&](const ColumnCounts& column) { return look.is_usual(column.others()); });
  if (look.any([&](const ColumnCounts& column) { return look.is_usual(column.items); })) {
    if (other < look.columns.size()) return sentence_on_column(other, look.columns[other]);
    if (look.has_heading && !look.says_mode) {
      return "looks like a list in the format scan, but its heading does not say what was done with the items. Use "
             "--kind, or replace the heading with checkout, checkin or renew.";
    }
  }
  const auto is_of_barcodes = [&](const ColumnCounts& column) { return look.is_usual(column.barcodes); };
  if (look.has_heading && look.columns.size() == 2 &&
      std::all_of(look.columns.begin(), look.columns.end(), is_of_barcodes)) {
    return fmt::format(
        "looks like a list in the format scan, but its rows do not have a user ID like {} next to an item ID like {}. "
        "Set the patterns of IDs in [ids] of the configuration.",
        lines.shapes.user.text(), lines.shapes.item.text());
  }
  return {};
}

}  // namespace offcirc
