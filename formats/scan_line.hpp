// The pieces of a line of a scanned list, and how such lists are told from other files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "formats/ids.hpp"
#include "formats/line_reader.hpp"
#include "formats/log_format.hpp"

namespace offcirc {

// One line of a scanned list, cut into its pieces: what each of them may be, and whether the line is a pair of card and
// item as a spreadsheet has them side by side.

/// A word that says what was done with the items after it.
struct ModeWord {
  std::string_view text;
  Kind mode;
  bool is_of_destiny;  ///< a command of a Destiny scan file, not typed by anybody
};

/// Upper or lower case. Null where it is none.
const ModeWord* find_mode_word(std::string_view text);

/// What is between two separators.
struct ScanPiece {
  std::string_view text;     ///< without blanks and quotes around it, not decoded
  std::string_view id;       ///< the same, decoded
  std::uint32_t column = 1;  ///< in bytes, from 1
  const ModeWord* word = nullptr;
  bool may_be_user = false;
  bool may_be_item = false;
};

struct ScanLine {
  std::vector<ScanPiece> pieces;  ///< at least one
  std::size_t filled = 0;         ///< pieces that are not empty
  std::uint32_t number = 0;       ///< from 1
  char separator = '\0';          ///< the first; NUL: there is none
  bool is_behind_zeros = false;
  bool is_cut_by_zeros = false;

  [[nodiscard]] bool is_blank() const { return filled == 0; }
  /// Words without a digit over the columns of a table.
  [[nodiscard]] bool is_heading() const;
  /// Two pieces, side by side.
  [[nodiscard]] bool has_two() const { return filled == 2; }
  /// Of has_two().
  [[nodiscard]] const ScanPiece& left() const;
  [[nodiscard]] const ScanPiece& right() const;
};

/// What tells users from items. Where the config does not say: 14 digits of Codabar, as most libraries of North America
/// have them.
struct ScanShapes {
  explicit ScanShapes(const IdPatterns& ids);
  void look_at(ScanPiece& piece) const;

  IdPattern user, item;
  std::string strip;
};

/// Cuts each line at its commas, tabs and semicolons. A line that is too long is one piece.
class ScanLineReader {
 public:
  ScanLineReader(std::string_view text, Decoder& decoder, ScanShapes shapes)
      : m_lines(text), m_decoder(decoder), m_shapes(std::move(shapes)) {}

  /// The next line, or false at the end.
  bool next(ScanLine& line);

 private:
  void add_piece(std::string_view text, const char* line_start, ScanLine& to);

  LineReader m_lines;
  Decoder& m_decoder;
  ScanShapes m_shapes;
};

// Tells scanned lists from other files: they hold barcodes and nothing else.

/// Of `head`, with any form of the library's IDs.
bool looks_like_list(std::string_view head);

/// By the shapes of the library's IDs: numbers of a few digits, and pairs of card and item under a heading.
bool looks_like_list_of(std::string_view head, const IdPatterns& ids);

}  // namespace offcirc
