#include "formats/scan_detection.hpp"

#include <algorithm>

#include "formats/scan_line.hpp"

namespace offcirc {
namespace {

constexpr std::string_view k_digits = "0123456789";

// Letters, 5 to 20 digits, letters: few of them, as prefixes and scanners' start and stop characters are.
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

// No other format has a barcode and nothing else between two separators or line ends. What comes first has to be one
// or to set a mode, so that a header row speaks against it; a quarter of the others may be anything.
template <typename IsBarcode>
bool is_list(std::string_view head, IsBarcode is_barcode) {
  constexpr int k_pieces_looked_at = 20;
  TextArena arena;
  Decoder decoder("UTF-8", arena);
  ScanLineReader lines(head, decoder, ScanShapes({}));
  int barcodes = 0, modes = 0, others = 0;
  for (ScanLine line; barcodes + modes + others < k_pieces_looked_at && lines.next(line);) {
    for (const ScanPiece& piece : line.pieces) {
      if (piece.text.empty()) continue;
      if (piece.word != nullptr && piece.word->is_of_destiny) return true;
      if (piece.word == nullptr && !is_barcode(piece.text)) {
        if (barcodes + modes == 0) return false;
        ++others;
      } else {
        ++(piece.word != nullptr ? modes : barcodes);
      }
    }
  }
  return barcodes > 0 && others * 3 <= barcodes;
}

// Under a heading, cards with an item beside each.
bool is_table_of_pairs(std::string_view head, const IdPatterns& ids) {
  constexpr int k_rows_looked_at = 10;
  TextArena arena;
  Decoder decoder("UTF-8", arena);
  ScanLineReader lines(head, decoder, ScanShapes(ids));
  ScanLine line;
  do {
    if (!lines.next(line)) return false;
  } while (line.is_blank());
  if (!line.is_heading() || !line.has_two()) return false;
  int rows = 0;
  while (rows < k_rows_looked_at && lines.next(line)) {
    if (line.is_blank()) continue;
    if (!line.has_two() || !line.left().may_be_user || !line.right().may_be_item) return false;
    ++rows;
  }
  return rows > 0;
}

}  // namespace

bool looks_like_list(std::string_view head) {
  return is_list(head, looks_like_barcode);
}

// With the shapes of the library's own IDs, numbers of three digits are barcodes too.
bool looks_like_list_of(std::string_view head, const IdPatterns& ids) {
  if (is_table_of_pairs(head, ids)) return true;
  if (!ids.user.is_given() && !ids.item.is_given()) return false;
  const ScanShapes shapes(ids);
  return is_list(head, [&](std::string_view text) {
    const std::string_view bare = strip_id(text, shapes.strip);
    const bool may_be_id =
        bare.find_first_of(k_digits) != std::string_view::npos && bare.find(' ') == std::string_view::npos;
    return may_be_id && (shapes.user.fits(bare) || shapes.item.fits(bare));
  });
}

}  // namespace offcirc
