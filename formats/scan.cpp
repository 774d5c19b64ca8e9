// Reads lists of barcodes that a desk scanned into a text editor or a spreadsheet while the server was down, and scan
// files of Destiny.
#include <fmt/format.h>

#include <optional>
#include <utility>

#include "formats/diagnostic.hpp"
#include "formats/fields.hpp"
#include "formats/record_identity.hpp"
#include "formats/registry.hpp"
#include "formats/scan_detection.hpp"
#include "formats/scan_line.hpp"
#include "formats/scan_notes.hpp"

namespace offcirc {
namespace {

class ScanParser : public LogParser {
 public:
  ScanParser(std::string_view text, const LogContext& context)
      : m_context(context),
        m_shapes(context.ids),
        m_lines(text, context.decoder, m_shapes),
        m_mode(context.list_kind.value_or(Kind::checkout)),
        m_mode_is_said(context.list_kind.has_value()) {}

  // A line that yields no record becomes one blank record, and no other line has any, because operators count lines.
  bool next(Record& record) override {
    do {
      if (m_next == m_line.pieces.size()) {
        if (!m_lines.next(m_line)) return false;
        m_next = 0;
        m_line_has_record = false;
        begin_line();
      }
      read_next_piece(record);
    } while (std::holds_alternative<Blank>(record.content) && (m_line_has_record || m_next < m_line.pieces.size()));
    m_line_has_record = true;
    return true;
  }

  [[nodiscard]] std::vector<LogNote> notes() const override {
    const bool has_usual_shapes = !m_context.ids.user.is_given() && !m_context.ids.item.is_given();
    ScanCounts counts = m_counts;
    if (!m_user_id.empty() && m_user_items == 0) counts.add_user_without_items(m_user_line);
    return counts.notes(m_mode_is_said, m_context.ids.check_digit, has_usual_shapes);
  }

 private:
  using Trouble = std::optional<LineTrouble>;

  void read_next_piece(Record& record) {
    const ScanPiece& piece = m_line.pieces[m_next++];
    record.line = m_line.number;
    record.content = Blank{};
    m_said_user = m_said_item = {};
    if (auto trouble = read_piece(piece, record)) {
      record.content = Diagnostic{.line = record.line,
                                  .column = trouble->column,
                                  .message = std::move(trouble->message),
                                  .content = content_of_unreadable(m_context.decoder.decode(piece.text)),
                                  .user_id = m_said_user,
                                  .item_id = m_said_item,
                                  .is_doubtful = trouble->is_damage};
    }
  }

  void begin_line() {
    m_card = nullptr;
    m_is_heading = !m_has_begun && is_heading();
    if (m_is_heading) read_heading();
    if (m_line.says_separator) return;
    if (m_line.is_blank()) {
      end_user();
      m_unsure_line = 0;
      m_is_behind_blank = true;
    } else {
      const bool is_only_mode = m_line.filled == 1 && m_line.left().word != nullptr;
      if (!is_only_mode) m_has_begun = true;
      if (m_line.filled >= 2 && !m_is_heading) look_at_row();
    }
  }

  // A single cell is a heading only if something says what was done with the items below it; otherwise it may be a
  // damaged barcode.
  [[nodiscard]] bool is_heading() const {
    if (!m_line.is_heading()) return false;
    return m_line.filled >= 2 || m_mode_is_said || m_line.mode_of_heading().has_value();
  }

  void read_heading() {
    m_has_heading = true;
    m_items_come_first = m_line.says_items_first();
    if (m_line.filled > 2) return;  // `Returned` may head a column that applies to some rows only
    if (const auto mode = m_line.mode_of_heading()) set_mode(*mode, false);
  }

  void set_mode(Kind mode, bool is_of_destiny) {
    m_mode = mode;
    m_mode_is_said = true;
    m_is_of_destiny = is_of_destiny;
    m_unsure_line = m_ending_line = 0;
    end_user();
  }

  // In a spreadsheet, card and item are side by side: the item goes to the card in its row, whichever comes first.
  void look_at_row() {
    if (const ScanPair pair = find_pair(m_line)) {
      look_at_pair(*pair.left, *pair.right);
    } else if (m_line.has_two() && m_line.left().word == nullptr && m_line.right().word == nullptr) {
      look_at_pair(m_line.left(), m_line.right());
    } else if (m_card_comes_after && m_line.left().may_be_item && m_mode != Kind::checkin) {
      forget_user();
    }
  }

  void look_at_pair(const ScanPiece& left, const ScanPiece& right) {
    const auto is_user = [](const ScanPiece& piece) { return piece.may_be_user && !piece.may_be_item; };
    const auto is_item = [](const ScanPiece& piece) { return piece.may_be_item && !piece.may_be_user; };
    const auto is_either = [](const ScanPiece& piece) { return piece.may_be_item && piece.may_be_user; };
    const bool is_pair = (is_user(left) && is_item(right)) || (is_item(left) && is_user(right));
    if (is_pair && m_is_behind_blank && m_mode == Kind::checkin && !m_is_of_destiny) end_checkins(m_line.number);
    if (m_is_of_destiny || m_mode == Kind::checkin || m_unsure_line != 0) return;
    if (is_pair && is_item(left)) {
      m_card_comes_after = true;
      open_user(right.id);
    } else if (m_items_come_first && is_either(left) && right.may_be_user) {
      open_user(right.id);
      m_card = &right;
    } else if ((m_card_comes_after || m_items_come_first) && left.may_be_item) {
      forget_user();  // the cell that should be the card is not one
    } else if (is_either(left) && (m_has_heading || m_line.separator != ',')) {
      m_card = &left;
    }
  }

  Trouble read_piece(const ScanPiece& piece, Record& record) {
    if (piece.text.empty() || m_is_heading) return std::nullopt;
    const bool is_behind_blank = std::exchange(m_is_behind_blank, false);
    if (piece.word != nullptr) {
      set_mode(piece.word->mode, piece.word->is_of_destiny);
      return std::nullopt;
    }
    Trouble trouble = find_damage(piece);
    if (!trouble) {
      const bool user_is_due = (m_mode == Kind::checkout && m_user_id.empty()) || &piece == m_card;
      if (piece.may_be_user && (!piece.may_be_item || user_is_due)) return read_user(piece, is_behind_blank);
      if (piece.may_be_item) return read_item(piece, record);
      trouble = LineTrouble{piece.column, m_shapes.sentence_on_unknown(piece)};
    }
    forget_user();
    if (is_behind_blank && m_mode == Kind::checkin && !m_is_of_destiny) m_unsure_line = record.line;
    return trouble;
  }

  [[nodiscard]] Trouble find_damage(const ScanPiece& piece) const {
    if (auto trouble = find_size_trouble(piece.text)) return trouble;
    if (m_line.is_behind_zeros && &piece == &m_line.pieces.front()) return begun_by_zeros();
    if (m_line.is_cut_by_zeros && &piece == &m_line.pieces.back()) return cut_by_zeros(piece.text);
    auto trouble = find_byte_trouble(piece.text);
    if (trouble) trouble->column += piece.column - 1;
    return trouble;
  }

  // A card among returned books does not mean that the books after it were lent. After an empty line, though, it may
  // belong to a patron who came to borrow, so it is uncertain what happened to the items that follow.
  Trouble read_user(const ScanPiece& piece, bool is_behind_blank) {
    m_said_user = piece.id;
    if (m_mode == Kind::checkin && is_behind_blank && !m_is_of_destiny) end_checkins(m_line.number);
    if (m_unsure_line != 0) return not_sure_what(piece);
    if (m_mode == Kind::checkin) {
      return LineTrouble{
          piece.column,
          "A user ID among check-ins: nothing was checked out to it. The items after it are also checked in."};
    }
    open_user(piece.id);
    return std::nullopt;
  }

  Trouble read_item(const ScanPiece& piece, Record& record) {
    m_said_item = piece.id;
    if (m_unsure_line != 0) return not_sure_what(piece);
    if (m_mode == Kind::checkout && m_user_id.empty()) return no_user(piece);
    ++m_user_items;
    Transaction transaction;
    transaction.kind = m_mode;
    transaction.user_id = m_user_id;
    transaction.item_id = piece.id;
    transaction.line = record.line;
    transaction.desk = m_context.arena.desk({});
    record.content = transaction;
    return std::nullopt;
  }

  void end_checkins(std::uint32_t line) {
    m_mode = Kind::checkout;
    m_unsure_line = m_ending_line = line;
  }

  [[nodiscard]] LineTrouble not_sure_what(const ScanPiece& piece) const {
    return {
        piece.column,
        fmt::format("It is unclear whether this was checked out or checked in. Add checkout or checkin before line {}.",
                    m_unsure_line)};
  }

  // After the card that ended the check-ins and another empty line, an item may again have been returned.
  [[nodiscard]] LineTrouble not_sure_again(const ScanPiece& piece) const {
    return {piece.column, fmt::format("It is unclear whether this was checked out or checked in: the check-ins ended "
                                      "at the user ID in line {}. Add checkout or checkin before line {}.",
                                      m_ending_line, m_line.number)};
  }

  Trouble no_user(const ScanPiece& piece) {
    if (m_ending_line != 0) return not_sure_again(piece);
    if (m_doubtful_line == 0) {
      m_counts.add_item_without_user();
      return LineTrouble{piece.column, "There is no user ID before this item."};
    }
    return LineTrouble{
        piece.column,
        fmt::format("It is unclear who has this item: line {}, which can't be read, may have been another user's ID.",
                    m_doubtful_line)};
  }

  void open_user(std::string_view id) {
    if (id == m_user_id) return;  // the card was scanned twice
    end_user();
    m_ending_line = 0;
    m_counts.add_user(strip_id(id, m_shapes.strip), m_line.number);
    m_user_id = id;
    m_user_line = m_line.number;
    m_user_items = 0;
  }

  void end_user() {
    if (!m_user_id.empty() && m_user_items == 0) m_counts.add_user_without_items(m_user_line);
    m_user_id = {};
    m_doubtful_line = 0;
  }

  // From here on it is unknown whose the items are.
  void forget_user() {
    m_user_id = {};
    m_doubtful_line = m_line.number;
  }

  LogContext m_context;
  ScanShapes m_shapes;
  ScanLineReader m_lines;
  ScanLine m_line;
  std::size_t m_next = 0;  // next piece of m_line
  Kind m_mode;
  bool m_line_has_record = false;  // a record of the line has been returned
  bool m_mode_is_said;             // by a line or --kind, rather than assumed
  bool m_is_of_destiny = false;    // the mode comes from a Destiny command
  bool m_has_begun = false;        // a line other than a mode word has been seen
  bool m_has_heading = false;
  bool m_items_come_first = false;    // according to the heading
  bool m_is_heading = false;          // the current line is one
  bool m_is_behind_blank = false;     // no piece since the last empty line
  bool m_card_comes_after = false;    // in the pairs seen so far
  const ScanPiece* m_card = nullptr;  // the card of the line, if only its position distinguishes it from an item
  std::string_view m_user_id;
  std::uint32_t m_user_line = 0;
  std::size_t m_user_items = 0;
  std::uint32_t m_doubtful_line = 0;  // since the last user, where something could not be read; 0: nowhere
  std::uint32_t m_unsure_line = 0;    // from where on it is unknown whether items were lent or returned; 0: it is known
  std::uint32_t m_ending_line = 0;    // of the card that ended the check-ins, until a mode or another card; 0: none
  std::string_view m_said_user, m_said_item;  // of an unreadable piece
  ScanCounts m_counts;
};

OpenedLog open(std::string_view text, const LogContext& context) {
  return std::make_unique<ScanParser>(text, context);
}

}  // namespace

const LogFormat k_scan_format = {"scan",
                                 "Lists of scanned barcodes, and scan files of Destiny",
                                 "txt",
                                 false,
                                 looks_like_list,
                                 open,
                                 true,
                                 true,
                                 looks_like_list_of,
                                 near_miss_of_list};

}  // namespace offcirc
