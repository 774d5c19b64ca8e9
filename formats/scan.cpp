// Barcodes that a desk scanned into a text editor while the server was away, and scan files of Destiny.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "formats/content_hash.hpp"
#include "formats/fields.hpp"
#include "formats/line_reader.hpp"
#include "formats/line_trouble.hpp"
#include "formats/registry.hpp"

namespace offcirc {
namespace {

// Where the config does not say: 14 digits of Codabar, as most libraries of North America have them.
const IdPattern& usual_user_ids() {
  static const IdPattern k_pattern(R"(^2\d{13}$)");
  return k_pattern;
}
const IdPattern& usual_item_ids() {
  static const IdPattern k_pattern(R"(^3\d{13}$)");
  return k_pattern;
}

struct ModeWord {
  std::string_view text;
  Kind mode;
  bool is_of_destiny;
};
constexpr ModeWord k_mode_words[] = {{"checkout", Kind::checkout, false},
                                     {"checkin", Kind::checkin, false},
                                     {"renew", Kind::renewal, false},
                                     {"%C123H", Kind::checkout, true},
                                     {"%C127L", Kind::checkin, true}};

const ModeWord* find_mode_word(std::string_view text) {
  const auto* const found = std::find_if(std::begin(k_mode_words), std::end(k_mode_words),
                                         [&](const ModeWord& word) { return equal_ignoring_case(word.text, text); });
  return found == std::end(k_mode_words) ? nullptr : found;
}

/// Hands out what stands between commas and line ends, one at a time. A line without commas is one piece.
class PieceReader {
 public:
  explicit PieceReader(std::string_view text) : m_lines(text) {}

  /// The next piece, trimmed, or false at the end. A line that is too long is one piece.
  bool next(std::string_view& piece) {
    if (!m_has_more) {
      if (!m_lines.next(m_line)) return false;
      m_at = 0;
    }
    const bool is_too_long = m_line.size() > k_max_line_bytes;
    const std::size_t end = is_too_long ? m_line.size() : std::min(m_line.find(',', m_at), m_line.size());
    piece = trimmed(m_line.substr(m_at, end - m_at));
    m_column = static_cast<std::uint32_t>(piece.data() - m_line.data() + 1) + m_lines.column_before();
    m_is_first = m_at == 0;
    m_is_whole_line = m_at == 0 && end == m_line.size();
    m_has_more = end < m_line.size();
    m_at = end + 1;
    return true;
  }

  [[nodiscard]] std::uint32_t line_number() const { return m_lines.line_number(); }
  /// In bytes, from 1.
  [[nodiscard]] std::uint32_t column() const { return m_column; }
  [[nodiscard]] bool is_whole_line() const { return m_is_whole_line; }
  [[nodiscard]] bool is_behind_zeros() const { return m_is_first && m_lines.is_behind_zeros(); }
  [[nodiscard]] bool is_cut_by_zeros() const { return !m_has_more && m_lines.is_cut_by_zeros(); }

 private:
  LineReader m_lines;
  std::string_view m_line;
  std::size_t m_at = 0;
  std::uint32_t m_column = 1;
  bool m_has_more = false;
  bool m_is_first = true;  // of its line
  bool m_is_whole_line = false;
};

class ScanParser : public LogParser {
 public:
  ScanParser(std::string_view text, const LogContext& context)
      : m_pieces(text),
        m_context(context),
        m_user_ids(context.ids.user.is_given() ? context.ids.user : usual_user_ids()),
        m_item_ids(context.ids.item.is_given() ? context.ids.item : usual_item_ids()) {}

  bool next(Record& record) override {
    std::string_view piece;
    if (!m_pieces.next(piece)) return false;
    record.line = m_pieces.line_number();
    record.content = Blank{};
    if (auto trouble = read_piece(piece, record)) {
      record.content = Diagnostic{.line = record.line,
                                  .column = trouble->column,
                                  .message = std::move(trouble->message),
                                  .content = content_of_unreadable(m_context.decoder.decode(piece)),
                                  .is_doubtful = trouble->is_damage};
    }
    return true;
  }

 private:
  using Trouble = std::optional<LineTrouble>;

  Trouble read_piece(std::string_view piece, Record& record) {
    if (piece.empty()) {
      if (m_pieces.is_whole_line()) close_user();
      return std::nullopt;
    }
    if (const ModeWord* word = find_mode_word(piece)) {
      m_mode = word->mode;
      close_user();
      return std::nullopt;
    }
    Trouble trouble = find_damage(piece);
    if (!trouble) {
      const std::string_view id = m_context.decoder.decode(piece);
      const std::string_view bare = strip_id(id, m_context.ids.strip);
      const bool may_be_user = m_user_ids.fits(bare), may_be_item = m_item_ids.fits(bare);
      const bool user_is_due = m_mode == Kind::checkout && m_user_id.empty();
      if (may_be_user && (!may_be_item || user_is_due)) return open_user(id);
      if (may_be_item) return read_item(id, record);
      trouble = LineTrouble{m_pieces.column(),
                            fmt::format("The barcode can't be told: expected a user ID like {} or an item ID like {}, "
                                        "as the configuration has them in [ids], got {}.",
                                        m_user_ids.text(), m_item_ids.text(), quoted(piece))};
    }
    close_user();
    m_doubtful_line = record.line;
    return trouble;
  }

  [[nodiscard]] Trouble find_damage(std::string_view piece) const {
    if (auto trouble = find_size_trouble(piece)) return trouble;
    if (m_pieces.is_behind_zeros()) return begun_by_zeros();
    if (m_pieces.is_cut_by_zeros()) return cut_by_zeros(piece);
    auto trouble = find_byte_trouble(piece);
    if (trouble) trouble->column += m_pieces.column() - 1;
    return trouble;
  }

  // Whose the next items are is not known then.
  void close_user() {
    m_user_id = {};
    m_doubtful_line = 0;
  }

  // A user among check-ins has come to borrow.
  Trouble open_user(std::string_view id) {
    close_user();
    m_user_id = id;
    if (m_mode == Kind::checkin) m_mode = Kind::checkout;
    return std::nullopt;
  }

  Trouble read_item(std::string_view id, Record& record) {
    if (m_mode == Kind::checkout && m_user_id.empty()) return no_user();
    Transaction transaction;
    transaction.kind = m_mode;
    transaction.user_id = m_user_id;
    transaction.item_id = id;
    transaction.line = record.line;
    transaction.desk = m_context.arena.desk({});
    record.content = transaction;
    return std::nullopt;
  }

  [[nodiscard]] Trouble no_user() const {
    if (m_doubtful_line == 0) {
      return LineTrouble{m_pieces.column(), "There is no user before this item: expected a user ID, checkin or renew."};
    }
    return LineTrouble{m_pieces.column(),
                       fmt::format("It is not sure who has this item: what can't be read in line {} may have been "
                                   "another user's ID.",
                                   m_doubtful_line)};
  }

  PieceReader m_pieces;
  LogContext m_context;
  const IdPattern m_user_ids, m_item_ids;
  Kind m_mode = Kind::checkout;
  std::string_view m_user_id;
  std::uint32_t m_doubtful_line = 0;  // where something could not be read since the last user; 0: nowhere
};

// Letters, 5 to 20 digits, letters: few of them, as prefixes and scanners' start and stop characters are.
bool looks_like_barcode(std::string_view text) {
  constexpr std::string_view k_digits = "0123456789";
  constexpr std::size_t k_max_prefix = 4, k_max_suffix = 1;
  const std::size_t first = text.find_first_of(k_digits);
  if (first == std::string_view::npos || first > k_max_prefix) return false;
  const std::size_t behind = std::min(text.find_first_not_of(k_digits, first), text.size());
  const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  return behind - first >= 5 && behind - first <= 20 && text.size() - behind <= k_max_suffix &&
         std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(first), is_letter) &&
         std::all_of(text.begin() + static_cast<std::ptrdiff_t>(behind), text.end(), is_letter);
}

// No other format has a barcode and nothing else between two commas or line ends. What stands first has to be one or to
// set a mode, so that a header row speaks against it; of the rest a quarter may be anything.
bool claims(std::string_view head) {
  constexpr int k_pieces_looked_at = 20;
  PieceReader pieces(head);
  int barcodes = 0, modes = 0, others = 0;
  std::string_view piece;
  while (barcodes + modes + others < k_pieces_looked_at && pieces.next(piece)) {
    if (piece.empty()) continue;
    const ModeWord* word = find_mode_word(piece);
    if (word != nullptr && word->is_of_destiny) return true;
    if (word == nullptr && !looks_like_barcode(piece)) {
      if (barcodes + modes == 0) return false;
      ++others;
    } else {
      ++(word != nullptr ? modes : barcodes);
    }
  }
  return barcodes > 0 && others * 3 <= barcodes;
}

OpenedLog open(std::string_view text, const LogContext& context) {
  return std::make_unique<ScanParser>(text, context);
}

}  // namespace

const LogFormat k_scan_format = {
    "scan", "Lists of scanned barcodes, and scan files of Destiny", "txt", false, claims, open, true, true};

}  // namespace offcirc
