// The pieces of a line of a scanned list: cards, items, and the words that say what was done.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
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
  bool is_of_destiny = false;   ///< a command of a Destiny scan file, not typed by anybody
  bool needs_own_line = false;  ///< beside a barcode it is a remark
};

/// Letter case, hyphens and blanks do not matter: `checkin`, `Check-in`, `check in`. Null where it is none.
const ModeWord* find_mode_word(std::string_view text);

/// What the words of a heading say was done, as in `Returned books`; none where they don't say, or say two things.
std::optional<Kind> find_mode_in_words(std::string_view words);

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
  bool says_separator = false;    ///< `sep=;` as the first line, for spreadsheets; one empty piece
  bool is_behind_zeros = false;
  bool is_cut_by_zeros = false;

  [[nodiscard]] bool is_blank() const { return filled == 0; }
  /// Words without a digit: over the columns of a table where there are several.
  [[nodiscard]] bool is_heading() const;
  /// What the words of a heading say was done, taken together.
  [[nodiscard]] std::optional<Kind> mode_of_heading() const;
  /// A heading that puts the items into the column before the cards, as `Book;Patron` does.
  [[nodiscard]] bool says_items_first() const;
  /// Two pieces, side by side.
  [[nodiscard]] bool has_two() const { return filled == 2; }
  /// The first and the last that are not empty. \pre not blank.
  [[nodiscard]] const ScanPiece& left() const;
  [[nodiscard]] const ScanPiece& right() const;
};

/// A card and an item side by side.
struct ScanPair {
  const ScanPiece* left = nullptr;
  const ScanPiece* right = nullptr;

  /// The line has the two, and nothing else that may be an ID or says what was done.
  [[nodiscard]] explicit operator bool() const { return left != nullptr; }
};
ScanPair find_pair(const ScanLine& line);

/// What tells users from items. Where the config does not say: 14 digits of Codabar, as most libraries of North America
/// have them.
struct ScanShapes {
  explicit ScanShapes(const IdPatterns& ids);
  void look_at(ScanPiece& piece) const;
  /// Why a piece that is neither a user's ID nor an item's can't be read.
  [[nodiscard]] std::string sentence_on_unknown(const ScanPiece& piece) const;

  IdPattern user, item;
  std::string strip;
};

/// Cuts each line at its commas, tabs and semicolons, or where the first line says what separates. A line that is too
/// long is one piece.
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
  char m_separator = '\0';  // that the first line says; NUL: it doesn't
};

}  // namespace offcirc
