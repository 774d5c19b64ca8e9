#include "formats/scan_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <utility>

#include "formats/csv_text.hpp"
#include "formats/csv_transaction.hpp"
#include "formats/fields.hpp"

namespace offcirc {

namespace {

constexpr std::string_view k_separators = ",\t;";

// Without hyphens and spaces. Words that mean a fee in some libraries, such as charge, are left out. All but the first
// few may also be a remark next to a barcode, so they only count on a line of their own.
constexpr ModeWord k_mode_words[] = {{"checkout", Kind::checkout},
                                     {"checkin", Kind::checkin},
                                     {"renew", Kind::renewal},
                                     {"%C123H", Kind::checkout, true},
                                     {"%C127L", Kind::checkin, true},
                                     {"checkouts", Kind::checkout, false, true},
                                     {"checkedout", Kind::checkout, false, true},
                                     {"loan", Kind::checkout, false, true},
                                     {"loans", Kind::checkout, false, true},
                                     {"checkins", Kind::checkin, false, true},
                                     {"checkedin", Kind::checkin, false, true},
                                     {"return", Kind::checkin, false, true},
                                     {"returns", Kind::checkin, false, true},
                                     {"returned", Kind::checkin, false, true},
                                     {"renewal", Kind::renewal, false, true},
                                     {"renewals", Kind::renewal, false, true},
                                     {"renewed", Kind::renewal, false, true}};
constexpr std::size_t k_longest_mode_word = 12;  // as people write it: `check - outs`

// Defaults for patterns that the config does not set.
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

// Letters of any script: every character outside of ASCII counts.
bool has_letter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
  });
}

constexpr std::size_t k_longest_heading = 100;  // in bytes; anything longer is prose

std::string_view without_quotes(std::string_view cell) {
  if (cell.size() < 2 || cell.front() != '"' || cell.back() != '"') return cell;
  return trimmed(cell.substr(1, cell.size() - 2));
}

}  // namespace

const ModeWord* find_mode_word(std::string_view text) {
  if (text.empty() || text.size() > k_longest_mode_word || is_digit(text.front())) return nullptr;
  std::string bare;
  for (const char c : text) {
    if (c != '-' && !is_blank(c)) bare += c;
  }
  const auto* const found = std::find_if(std::begin(k_mode_words), std::end(k_mode_words),
                                         [&](const ModeWord& word) { return equal_ignoring_case(word.text, bare); });
  return found == std::end(k_mode_words) ? nullptr : found;
}

namespace {

// Calls `visit` with each word, and with each pair of adjacent words including what is between them: `checked in`.
template <typename Visit>
void for_each_word(std::string_view text, Visit visit) {
  constexpr std::string_view k_between = " \t,;:./()";
  std::size_t before = std::string_view::npos;
  for (std::size_t at = text.find_first_not_of(k_between); at < text.size();
       at = text.find_first_not_of(k_between, at)) {
    const std::size_t end = std::min(text.find_first_of(k_between, at), text.size());
    visit(text.substr(at, end - at));
    if (before != std::string_view::npos) visit(text.substr(before, end - before));
    before = std::exchange(at, end);
  }
}

template <std::size_t Count>
bool names_any(std::string_view text, const std::array<std::string_view, Count>& words) {
  bool found = false;
  for_each_word(text, [&](std::string_view word) {
    found = found || std::any_of(words.begin(), words.end(), [&](std::string_view known) {
              return equal_ignoring_case(known, word) ||
                     (word.ends_with('s') && equal_ignoring_case(known, word.substr(0, word.size() - 1)));
            });
  });
  return found;
}

}  // namespace

std::optional<Kind> find_mode_in_words(std::string_view words) {
  std::optional<Kind> mode;
  bool says_two = false;
  for_each_word(words, [&](std::string_view word) {
    const ModeWord* const found = find_mode_word(word);
    if (found == nullptr) return;
    says_two = says_two || (mode && *mode != found->mode);
    mode = found->mode;
  });
  return says_two ? std::nullopt : mode;
}

// A damaged barcode still has digits, so it is never taken for a heading.
bool ScanLine::is_heading() const {
  return filled >= 1 && !is_behind_zeros && !is_cut_by_zeros &&
         std::all_of(pieces.begin(), pieces.end(), [](const ScanPiece& piece) {
           return piece.text.empty() ||
                  (piece.word == nullptr && has_letter(piece.text) && !has_digit(piece.text) &&
                   piece.text.size() <= k_longest_heading && find_control_byte(piece.text) == std::string_view::npos);
         });
}

std::optional<Kind> ScanLine::mode_of_heading() const {
  std::string words;
  for (const ScanPiece& piece : pieces) words.append(piece.text).append(1, ';');
  return find_mode_in_words(words);
}

bool ScanLine::says_items_first() const {
  constexpr std::array<std::string_view, 8> k_cards = {"card",   "patron",  "borrower", "user",
                                                       "reader", "student", "member",   "customer"};
  constexpr std::array<std::string_view, 4> k_items = {"item", "book", "copy", "title"};
  return has_two() && names_any(left().text, k_items) && names_any(right().text, k_cards) &&
         !names_any(left().text, k_cards);
}

const ScanPiece& ScanLine::left() const {
  return *std::find_if(pieces.begin(), pieces.end(), [](const ScanPiece& piece) { return !piece.text.empty(); });
}

const ScanPiece& ScanLine::right() const {
  return *std::find_if(pieces.rbegin(), pieces.rend(), [](const ScanPiece& piece) { return !piece.text.empty(); });
}

ScanPair find_pair(const ScanLine& line) {
  ScanPair pair;
  for (const ScanPiece& piece : line.pieces) {
    if (piece.word != nullptr) return {};
    if (!piece.may_be_user && !piece.may_be_item) continue;
    if (pair.right != nullptr) return {};
    (pair.left == nullptr ? pair.left : pair.right) = &piece;
  }
  return pair.right == nullptr ? ScanPair() : pair;
}

ScanShapes::ScanShapes(const IdPatterns& ids)
    : user(ids.user.is_given() ? ids.user : usual_user_ids()),
      item(ids.item.is_given() ? ids.item : usual_item_ids()),
      strip(ids.strip) {}

void ScanShapes::look_at(ScanPiece& piece) const {
  const std::string_view bare = strip_id(piece.id, strip);
  piece.may_be_user = user.fits(bare);
  piece.may_be_item = item.fits(bare);
}

std::string ScanShapes::sentence_on_unknown(const ScanPiece& piece) const {
  if (is_shortened_number(piece.text)) {
    return fmt::format(
        "The barcode can't be read: a spreadsheet has shortened it to {}. Format its column as text, and enter the "
        "barcodes again.",
        quoted(piece.text));
  }
  return fmt::format(
      "The barcode fits no pattern in [ids] of the configuration: expected a user ID like {} or an item ID like {}, "
      "got {}.",
      user.text(), item.text(), quoted(piece.text));
}

namespace {

// A word that is spelled with hyphens or spaces needs a line of its own too.
bool needs_own_line(const ScanPiece& piece) {
  return piece.word != nullptr && (piece.word->needs_own_line || piece.id.size() != piece.word->text.size());
}

}  // namespace

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
  if (const auto said = line.number == 1 ? said_separator(text) : std::nullopt) {
    m_separator = *said;
    line.says_separator = true;
    text.remove_suffix(text.size());
  }
  if (!is_whole) text = trimmed(text);
  const std::string_view separators = m_separator == '\0' ? k_separators : std::string_view(&m_separator, 1);
  for (;;) {
    const std::size_t end = is_whole ? text.size() : std::min(text.find_first_of(separators), text.size());
    const bool is_last = end == text.size();
    if (line.separator == '\0' && !is_last) line.separator = text[end];
    add_piece(text.substr(0, end), start, line);
    if (is_last) break;
    text.remove_prefix(end + 1);
  }
  for (ScanPiece& piece : line.pieces) {
    if (line.filled > 1 && needs_own_line(piece)) piece.word = nullptr;
    if (piece.word == nullptr && !piece.id.empty()) m_shapes.look_at(piece);
  }
  return true;
}

void ScanLineReader::add_piece(std::string_view text, const char* line_start, ScanLine& to) {
  ScanPiece& piece = to.pieces.emplace_back();
  piece.text = without_quotes(trimmed(text));
  piece.column = static_cast<std::uint32_t>(piece.text.data() - line_start + 1) + m_lines.column_before();
  if (piece.text.empty()) return;
  if (piece.text.size() <= k_max_line_bytes && find_control_byte(piece.text) == std::string_view::npos) {
    piece.id = trimmed_text(m_decoder.decode(piece.text));
    if (piece.id.empty()) piece.text = {};  // only no-break spaces
    piece.word = find_mode_word(piece.id);
  }
  if (!piece.text.empty()) ++to.filled;
}

}  // namespace offcirc
