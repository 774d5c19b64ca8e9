#include "formats/scan_line.hpp"

#include <algorithm>
#include <iterator>

#include "formats/blanks.hpp"
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

}  // namespace offcirc
