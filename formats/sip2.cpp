// SIP2: the messages that a self-check sends, or has stored while the server was away.
#include <fmt/format.h>

#include <algorithm>

#include "formats/line_parser.hpp"
#include "formats/registry.hpp"
#include "formats/sip2_date.hpp"
#include "formats/sip2_message.hpp"

namespace offcirc {
namespace {

class Sip2Parser : public LineParser {
 public:
  // A message ends in CR, and so its log may have no LF at all.
  Sip2Parser(std::string_view text, const LogContext& context)
      : LineParser(LineReader(text, LineEnds::cr_too), context) {}

 private:
  std::optional<LineTrouble> read_line(std::string_view line, Transaction& transaction, Says& says) override {
    if (auto trouble = read_sip2_message(line, m_message)) return trouble;
    if (m_message.code->action == Sip2Action::noise) return std::nullopt;
    if (auto trouble = read_dates(line, transaction)) return trouble;
    if (auto trouble = read_fields(transaction)) return trouble;
    says = Says::transaction;
    return std::nullopt;
  }

  std::string without_secrets(std::string_view line) override {
    return std::string(line.substr(0, std::min({line.find("AC"), line.find("AD"), line.find("CO")})));
  }

  [[nodiscard]] std::size_t find_next_record(std::string_view line) const override {
    return find_behind_checksum(line);
  }

  [[nodiscard]] std::string_view date_at(std::size_t at) const { return m_message.fixed.substr(at, k_sip2_date_bytes); }

  [[nodiscard]] LineTrouble no_date(std::string_view line, std::string_view name, std::string_view value) const {
    return trouble_at(
        static_cast<std::size_t>(value.data() - line.data()),
        fmt::format("The {} of the message {} is no date and time: expected one such as \"20260612    101231\", "
                    "got {}.",
                    name, m_message.code->digits, quoted(value)));
  }

  [[nodiscard]] std::optional<LineTrouble> read_dates(std::string_view line, Transaction& transaction) const {
    const std::size_t at = m_message.code->layout.find('D');
    const std::string_view date = date_at(at);
    transaction.recorded = parse_sip2_date(date);
    if (!transaction.recorded.says_when()) return no_date(line, "transaction date", date);
    const std::string_view second = date_at(at + k_sip2_date_bytes);
    if (m_message.code->action == Sip2Action::checkin) return read_return_date(line, second, transaction);
    const bool has_due = m_message.code->action != Sip2Action::other;
    const bool was_done_offline = has_due && m_message.fixed[1] == 'Y';
    return was_done_offline ? read_due_date(line, second, transaction) : std::nullopt;
  }

  std::optional<LineTrouble> read_return_date(std::string_view line, std::string_view text,
                                              Transaction& transaction) const {
    if (parse_sip2_date(text) == transaction.recorded) return std::nullopt;
    transaction.discharged_on = parse_sip2_day(text);
    if (transaction.discharged_on.is(StampForm::unreadable)) return no_date(line, "return date", text);
    return std::nullopt;
  }

  std::optional<LineTrouble> read_due_date(std::string_view line, std::string_view text,
                                           Transaction& transaction) const {
    transaction.due = parse_sip2_day(text);
    if (transaction.due.is(StampForm::unreadable)) return no_date(line, "due date (nb due date)", text);
    if (transaction.due.says_when()) transaction.due_from = DueFrom::transaction;
    return std::nullopt;
  }

  std::optional<LineTrouble> read_fields(Transaction& transaction) {
    const auto library = sip2_value(m_message, "AO");
    const auto user_id = sip2_value(m_message, "AA");
    const auto item_id = sip2_value(m_message, "AB");
    transaction.kind = kind_of(m_message.code->action);
    if (transaction.kind == Kind::unsupported) {
      transaction.what = m_message.code->name;
    } else {
      // A message cut short between two fields shows it by what it lacks.
      const bool is_checkout = transaction.kind == Kind::checkout;
      if (!library) return missing("institution ID (AO)");
      if (is_checkout ? user_id.value_or("").empty() : transaction.kind == Kind::renewal && !user_id) {
        return missing("user ID (AA)");
      }
      if (item_id.value_or("").empty()) return missing("item ID (AB)");
    }
    const auto text = [&](std::optional<std::string_view> value) {
      return value ? context().decoder.decode(*value) : std::string_view();
    };
    if (transaction.kind != Kind::checkin) transaction.user_id = text(user_id);
    transaction.item_id = text(item_id);
    transaction.desk = context().arena.desk({text(library), {}, {}, {}});
    return std::nullopt;
  }

  [[nodiscard]] LineTrouble missing(std::string_view field) const {
    return {0, fmt::format("The {} of the message {} is missing.", field, m_message.code->digits)};
  }

  static Kind kind_of(Sip2Action action) {
    switch (action) {
      case Sip2Action::checkout:
        return Kind::checkout;
      case Sip2Action::checkin:
        return Kind::checkin;
      case Sip2Action::renew:
        return Kind::renewal;
      default:
        return Kind::unsupported;
    }
  }

  Sip2Message m_message;
};

bool claims(std::string_view head) {
  return some_line_is(LineReader(head, LineEnds::cr_too), has_sip2_message);
}

OpenedLog open(std::string_view text, const LogContext& context) {
  return std::make_unique<Sip2Parser>(text, context);
}

}  // namespace

const LogFormat k_sip2_format = {"sip2", "SIP2: messages that a self-check has stored", "txt", true, claims, open};

}  // namespace offcirc
