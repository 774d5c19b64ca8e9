// Barcodes that a desk scanned into a text editor or a spreadsheet while the server was away, and scan files of
// Destiny.
#include <fmt/format.h>

#include <optional>
#include <utility>

#include "formats/diagnostic.hpp"
#include "formats/fields.hpp"
#include "formats/record_identity.hpp"
#include "formats/registry.hpp"
#include "formats/scan_line.hpp"

namespace offcirc {
namespace {

class ScanParser : public LogParser {
 public:
  ScanParser(std::string_view text, const LogContext& context)
      : m_context(context),
        m_shapes(context.ids),
        m_lines(text, context.decoder, m_shapes),
        m_mode(context.list_kind.value_or(Kind::checkout)) {}

  bool next(Record& record) override {
    if (m_next == m_line.pieces.size()) {
      if (!m_lines.next(m_line)) return false;
      m_next = 0;
      begin_line();
    }
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
    return true;
  }

  [[nodiscard]] std::vector<LogNote> notes() const override {
    std::vector<LogNote> notes;
    if (m_items_without_user > 0) notes.push_back(note_of_no_user());
    const bool ends_with_user = !m_user_id.empty() && m_user_items == 0;
    const std::size_t without_items = m_users_without_items + (ends_with_user ? 1 : 0);
    if (m_cards_wrong > 0 && (m_context.ids.check_digit || (m_has_usual_shapes && m_cards_right >= m_cards_wrong)))
      notes.push_back(note_of_wrong_cards());
    if (without_items > 0)
      notes.push_back(note_of_no_items(without_items, m_users_without_items > 0 ? m_line_without_items : m_user_line));
    return notes;
  }

 private:
  using Trouble = std::optional<LineTrouble>;

  void begin_line() {
    m_card = nullptr;
    m_is_heading = !m_has_begun && m_line.is_heading();
    if (m_is_heading) m_has_heading = true;
    if (m_line.is_blank()) {
      end_user();
      m_unsure_line = 0;
      m_is_behind_blank = true;
    } else {
      const bool is_only_mode = m_line.filled == 1 && m_line.left().word != nullptr;
      if (!is_only_mode) m_has_begun = true;
      if (m_line.has_two() && !m_is_heading) look_at_pair(m_line.left(), m_line.right());
    }
  }

  // Side by side in a spreadsheet: the item goes to the card beside it, whichever comes first.
  void look_at_pair(const ScanPiece& left, const ScanPiece& right) {
    const auto is_user = [](const ScanPiece& piece) { return piece.may_be_user && !piece.may_be_item; };
    const auto is_item = [](const ScanPiece& piece) { return piece.may_be_item && !piece.may_be_user; };
    const bool is_pair = (is_user(left) && is_item(right)) || (is_item(left) && is_user(right));
    if (is_pair && m_is_behind_blank && m_mode == Kind::checkin && !m_is_of_destiny) end_checkins(m_line.number);
    if (m_is_of_destiny || m_mode == Kind::checkin || m_unsure_line != 0) return;
    if (is_pair && is_item(left)) {
      m_card_stands_behind = true;
      open_user(right.id);
    } else if (m_card_stands_behind && left.may_be_item) {
      forget_user();  // what should be the card is none
    } else if (left.may_be_user && left.may_be_item && (m_has_heading || m_line.separator != ',')) {
      m_card = &left;
    }
  }

  Trouble read_piece(const ScanPiece& piece, Record& record) {
    if (piece.text.empty() || m_is_heading) return std::nullopt;
    const bool is_behind_blank = std::exchange(m_is_behind_blank, false);
    if (piece.word != nullptr) {
      m_mode = piece.word->mode;
      m_is_of_destiny = piece.word->is_of_destiny;
      m_unsure_line = 0;
      end_user();
      return std::nullopt;
    }
    Trouble trouble = find_damage(piece);
    if (!trouble) {
      const bool user_is_due = (m_mode == Kind::checkout && m_user_id.empty()) || &piece == m_card;
      if (piece.may_be_user && (!piece.may_be_item || user_is_due)) return read_user(piece, is_behind_blank);
      if (piece.may_be_item) return read_item(piece, record);
      trouble = LineTrouble{piece.column,
                            fmt::format("The barcode can't be told: expected a user ID like {} or an item ID like {}, "
                                        "as the configuration has them in [ids], got {}.",
                                        m_shapes.user.text(), m_shapes.item.text(), quoted(piece.text))};
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

  // A card that lies among returned books is no reason to lend them. Behind an empty line it may well be a reader who
  // came to borrow, and nobody knows.
  Trouble read_user(const ScanPiece& piece, bool is_behind_blank) {
    m_said_user = piece.id;
    if (m_mode == Kind::checkin && is_behind_blank && !m_is_of_destiny) end_checkins(m_line.number);
    if (m_unsure_line != 0) return not_sure_what(piece);
    if (m_mode == Kind::checkin) {
      return LineTrouble{piece.column,
                         "A user ID among check-ins: nothing was checked out to it. What comes after it is still "
                         "checked in."};
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
    m_unsure_line = line;
  }

  [[nodiscard]] LineTrouble not_sure_what(const ScanPiece& piece) const {
    return {piece.column, fmt::format("It is not sure whether this was lent or returned: before line {}, say checkout "
                                      "or checkin.",
                                      m_unsure_line)};
  }

  Trouble no_user(const ScanPiece& piece) {
    if (m_doubtful_line == 0) {
      ++m_items_without_user;
      return LineTrouble{piece.column, "There is no user before this item."};
    }
    return LineTrouble{piece.column,
                       fmt::format("It is not sure who has this item: what can't be read in line {} may have been "
                                   "another user's ID.",
                                   m_doubtful_line)};
  }

  void open_user(std::string_view id) {
    if (id == m_user_id) return;  // scanned twice
    end_user();
    ++m_users;
    count_check_digit(id);
    m_user_id = id;
    m_user_line = m_line.number;
    m_user_items = 0;
  }

  // A wrong digit can make a user ID of an item's: the items after it then go to a user who does not exist.
  void count_check_digit(std::string_view id) {
    const std::string_view bare = strip_id(id, m_shapes.strip);
    if (!is_digits(bare)) return;
    if (has_right_check_digit(bare)) {
      ++m_cards_right;
    } else if (m_cards_wrong++ == 0) {
      m_line_of_wrong_card = m_line.number;
    }
  }

  void end_user() {
    if (!m_user_id.empty() && m_user_items == 0 && m_users_without_items++ == 0) m_line_without_items = m_user_line;
    m_user_id = {};
    m_doubtful_line = 0;
  }

  // Whose the next items are is not known then.
  void forget_user() {
    m_user_id = {};
    m_doubtful_line = m_line.number;
  }

  [[nodiscard]] LogNote note_of_no_user() const {
    const std::string_view s = m_items_without_user == 1 ? "" : "s";
    if (m_users == 0) {
      return {"no-user",
              fmt::format("The list names no user to whom its {} item{} could be lent.", m_items_without_user, s),
              "If they were returned, load it with --kind checkin, or write checkin into its first line."};
    }
    return {"no-user", fmt::format("No user comes before {} item{} of the list.", m_items_without_user, s),
            "Write the user's ID, checkin or renew into the line before them."};
  }

  [[nodiscard]] LogNote note_of_wrong_cards() const {
    return {"check-digits",
            fmt::format("The check digit of the user ID in line {} is wrong{}.", m_line_of_wrong_card,
                        m_cards_wrong == 1 ? "" : fmt::format(", and of {} more", m_cards_wrong - 1)),
            "Compare it with the list at the station: it may have been an item that was lent."};
  }

  // Damage to the last item of a user can make a user ID of it: this is all that is left of the item then.
  static LogNote note_of_no_items(std::size_t users, std::uint32_t line) {
    return {"no-items",
            fmt::format("No item comes after the user ID in line {}{}.", line,
                        users == 1 ? "" : fmt::format(", nor after {} more", users - 1)),
            "See whether something was lent there, and load it by hand."};
  }

  LogContext m_context;
  ScanShapes m_shapes;
  ScanLineReader m_lines;
  ScanLine m_line;
  std::size_t m_next = 0;  // of its pieces
  Kind m_mode;
  bool m_is_of_destiny = false;  // the mode is a command of Destiny
  bool m_has_begun = false;      // something else than a mode has been seen
  bool m_has_heading = false;
  bool m_is_heading = false;          // of the line
  bool m_is_behind_blank = false;     // nothing since the last empty line
  bool m_card_stands_behind = false;  // in the pairs seen so far
  const ScanPiece* m_card = nullptr;  // of the line, where only its place tells it from an item
  std::string_view m_user_id;
  std::uint32_t m_user_line = 0;
  std::size_t m_user_items = 0;
  std::uint32_t m_doubtful_line = 0;  // where something could not be read since the last user; 0: nowhere
  std::uint32_t m_unsure_line = 0;    // since where nobody knows whether items were lent or returned; 0: it is known
  std::string_view m_said_user, m_said_item;  // of a piece that can't be read
  const bool m_has_usual_shapes = !m_context.ids.user.is_given() && !m_context.ids.item.is_given();
  std::size_t m_cards_right = 0, m_cards_wrong = 0;  // by check digit
  std::uint32_t m_line_of_wrong_card = 0;            // the first
  std::size_t m_users = 0, m_items_without_user = 0, m_users_without_items = 0;
  std::uint32_t m_line_without_items = 0;  // the first
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
                                 looks_like_list_of};

}  // namespace offcirc
