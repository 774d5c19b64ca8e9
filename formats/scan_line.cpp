#include "formats/scan_line.hpp"

#include <algorithm>
#include <iterator>

#include "formats/fields.hpp"

namespace offcirc {

namespace {

constexpr std::string_view k_separators = ",\t;";

constexpr ModeWord k_mode_words[] = {{"checkout", Kind::checkout, false},
                                     {"checkin", Kind::checkin, false},
                                     {"renew", Kind::renewal, false},
                                     {"%C123H", Kind::checkout, true},
                                     {"%C127L", Kind::checkin, true}};

// Where the config does not say.
const IdPattern& usual_user_ids() {
  static const IdPattern k_pattern(R"(^2\d{13}$)");
  return k_pattern;
}
const IdPattern& usual_item_ids() {
  static const IdPattern k_pattern(R"(^3\d{13}$)");
  return k_pattern;
}

bool has_digit(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos;
}

std::string_view without_quotes(std::string_view cell) {
  if (cell.size() < 2 || cell.front() != '"' || cell.back() != '"') return cell;
  return trimmed(cell.substr(1, cell.size() - 2));
}

}  // namespace

const ModeWord* find_mode_word(std::string_view text) {
  const auto* const found = std::find_if(std::begin(k_mode_words), std::end(k_mode_words),
                                         [&](const ModeWord& word) { return equal_ignoring_case(word.text, text); });
  return found == std::end(k_mode_words) ? nullptr : found;
}

// Damage leaves digits of a barcode, so that it makes no heading of a record.
bool ScanLine::is_heading() const {
  return filled >= 2 && !is_behind_zeros && !is_cut_by_zeros &&
         std::all_of(pieces.begin(), pieces.end(), [](const ScanPiece& piece) {
           return piece.word == nullptr && !has_digit(piece.text) &&
                  find_control_byte(piece.text) == std::string_view::npos;
         });
}

const ScanPiece& ScanLine::left() const {
  return *std::find_if(pieces.begin(), pieces.end(), [](const ScanPiece& piece) { return !piece.text.empty(); });
}

const ScanPiece& ScanLine::right() const {
  return *std::find_if(pieces.rbegin(), pieces.rend(), [](const ScanPiece& piece) { return !piece.text.empty(); });
}

ScanShapes::ScanShapes(const IdPatterns& ids)
    : user(ids.user.is_given() ? ids.user : usual_user_ids()),
      item(ids.item.is_given() ? ids.item : usual_item_ids()),
      strip(ids.strip) {}

void ScanShapes::look_at(ScanPiece& piece) const {
  piece.word = find_mode_word(piece.text);
  if (piece.word != nullptr) return;
  const std::string_view bare = strip_id(piece.id, strip);
  piece.may_be_user = user.fits(bare);
  piece.may_be_item = item.fits(bare);
}

bool ScanLineReader::next(ScanLine& line) {
  std::string_view text;
  if (!m_lines.next(text)) return false;
  line = {.pieces = std::move(line.pieces),
          .number = m_lines.line_number(),
          .is_behind_zeros = m_lines.is_behind_zeros(),
          .is_cut_by_zeros = m_lines.is_cut_by_zeros()};
  line.pieces.clear();
  const bool is_whole = text.size() > k_max_line_bytes || is_block_of_zeros(text);
  const char* const start = text.data();
  if (!is_whole) text = trimmed(text);
  for (;;) {
    const std::size_t end = is_whole ? text.size() : std::min(text.find_first_of(k_separators), text.size());
    const bool is_last = end == text.size();
    if (line.separator == '\0' && !is_last) line.separator = text[end];
    add_piece(text.substr(0, end), start, line);
    if (is_last) return true;
    text.remove_prefix(end + 1);
  }
}

void ScanLineReader::add_piece(std::string_view text, const char* line_start, ScanLine& to) {
  ScanPiece& piece = to.pieces.emplace_back();
  piece.text = without_quotes(trimmed(text));
  piece.column = static_cast<std::uint32_t>(piece.text.data() - line_start + 1) + m_lines.column_before();
  if (piece.text.empty()) return;
  if (piece.text.size() <= k_max_line_bytes && find_control_byte(piece.text) == std::string_view::npos) {
    piece.id = trimmed_text(m_decoder.decode(piece.text));
    if (piece.id.empty()) piece.text = {};  // no-break spaces and nothing else
    m_shapes.look_at(piece);
  }
  if (!piece.text.empty()) ++to.filled;
}

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
