// Splits the lines of a scanned list into pieces: cards, items, and the words that say what was done.
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

/// A word that says what was done with the items after it.
struct ModeWord {
  std::string_view text;
  Kind mode;
  bool is_of_destiny = false;   ///< a command from a Destiny scan file, not typed by a person
  bool needs_own_line = false;  ///< next to a barcode it is a remark
};

/// Finds a mode word. Letter case, hyphens and spaces do not matter: `checkin`, `Check-in`, `check in`. Returns null if
/// `text` is not one.
const ModeWord* find_mode_word(std::string_view text);

/// Returns what the words of a heading say was done, as in `Returned books`; nullopt if they do not say, or say two
/// different things.
std::optional<Kind> find_mode_in_words(std::string_view words);

/// The text between two separators.
struct ScanPiece {
  std::string_view text;     ///< without surrounding spaces and quotes, not decoded
  std::string_view id;       ///< the same text, decoded
  std::uint32_t column = 1;  ///< in bytes, from 1
  const ModeWord* word = nullptr;
  bool may_be_user = false;
  bool may_be_item = false;
};

struct ScanLine {
  std::vector<ScanPiece> pieces;  ///< at least one
  std::size_t filled = 0;         ///< number of pieces that are not empty
  std::uint32_t number = 0;       ///< from 1
  char separator = '\0';          ///< the first separator; NUL if there is none
  bool says_separator = false;    ///< `sep=;` as the first line, for spreadsheets; it has one empty piece
  bool is_behind_zeros = false;
  bool is_cut_by_zeros = false;

  [[nodiscard]] bool is_blank() const { return filled == 0; }
  /// Returns whether the line is a heading: words without any digit, above the columns of a table if there are several.
  [[nodiscard]] bool is_heading() const;
  /// What the words of a heading, taken together, say was done.
  [[nodiscard]] std::optional<Kind> mode_of_heading() const;
  /// Returns whether the heading puts the item column before the card column, as `Book;Patron` does.
  [[nodiscard]] bool says_items_first() const;
  /// Returns whether exactly two pieces are not empty.
  [[nodiscard]] bool has_two() const { return filled == 2; }
  /// The first and the last piece that are not empty. \pre !is_blank()
  [[nodiscard]] const ScanPiece& left() const;
  [[nodiscard]] const ScanPiece& right() const;
};

/// Two possible IDs, side by side.
struct ScanPair {
  const ScanPiece* left = nullptr;
  const ScanPiece* right = nullptr;

  /// True if the line has two possible IDs, and nothing else that may be an ID or says what was done.
  [[nodiscard]] explicit operator bool() const { return left != nullptr; }
};
ScanPair find_pair(const ScanLine& line);

/// The patterns that distinguish users from items. Defaults: 14-digit Codabar barcodes, as most libraries of North
/// America have them.
struct ScanShapes {
  explicit ScanShapes(const IdPatterns& ids);
  void look_at(ScanPiece& piece) const;
  /// A sentence that says why a piece that is neither a user ID nor an item ID can't be read.
  [[nodiscard]] std::string sentence_on_unknown(const ScanPiece& piece) const;

  IdPattern user, item;
  std::string strip;
};

/// Splits each line at commas, tabs and semicolons, or only at the separator that the first line names. An overlong
/// line or a block of NUL bytes is one piece.
class ScanLineReader {
 public:
  ScanLineReader(std::string_view text, Decoder& decoder, ScanShapes shapes)
      : m_lines(text), m_decoder(decoder), m_shapes(std::move(shapes)) {}

  /// Reads the next line; returns false at the end.
  bool next(ScanLine& line);

 private:
  void add_piece(std::string_view text, const char* line_start, ScanLine& to);

  LineReader m_lines;
  Decoder& m_decoder;
  ScanShapes m_shapes;
  char m_separator = '\0';  // from the first line; NUL if it names none
};

}  // namespace offcirc
