// Reads SIP2 logs: messages that a self-check sent, or stored while the server was down.
#include <optional>

#include "formats/fields.hpp"
#include "formats/record_identity.hpp"
#include "formats/registry.hpp"
#include "formats/sip2_fates.hpp"
#include "formats/sip2_reader.hpp"

namespace offcirc {
namespace {

class Sip2Parser : public LogParser {
 public:
  Sip2Parser(std::string_view text, const LogContext& context)
      : m_text(text), m_context(context), m_reader(text, m_context.ids) {}

  bool next(Record& record) override {
    if (!m_fates) m_fates = find_sip2_fates(m_text, m_context.ids);
    do {
      if (!m_reader.next()) return false;
    } while (is_repeat());
    record.line = m_reader.line_number();
    switch (m_reader.says()) {
      case Sip2Says::request:
      case Sip2Says::unsupported:
        fill(record.content.emplace<Transaction>(), record.line);
        break;
      case Sip2Says::unreadable:
        record.content = diagnostic(record.line);
        break;
      default:
        record.content = Blank{};
    }
    return true;
  }

  [[nodiscard]] std::vector<LogNote> notes() const override {
    return m_fates ? m_fates->notes : std::vector<LogNote>();
  }

 private:
  // A request that was resent forms one record with the first.
  bool is_repeat() {
    if (m_reader.says() != Sip2Says::request) return false;
    m_fate = m_fates->of(m_requests++);
    return m_fate == Sip2Fate::repeat;
  }

  void fill(Transaction& transaction, std::uint32_t line) {
    const Sip2Message& message = m_reader.message();
    const bool is_request = m_reader.says() == Sip2Says::request;
    transaction.line = line;
    transaction.recorded = message.recorded;
    transaction.kind = kind_of(message.code->action);
    if (transaction.kind != Kind::checkin) transaction.user_id = text_of("AA");
    transaction.item_id = text_of("AB");
    transaction.desk = m_context.arena.desk({text_of("AO"), {}, {}, {}});
    if (transaction.kind == Kind::checkin) {
      transaction.discharged_on = m_reader.second_date();
    } else if (is_request && m_reader.second_date().says_when()) {
      transaction.due = m_reader.second_date();
      transaction.due_from = DueFrom::transaction;
    }
    if (is_request) {
      transaction.refused_then = m_fate == Sip2Fate::refused;
      transaction.done_online = m_fate == Sip2Fate::done;
    } else {
      transaction.what = message.code->name;
      transaction.more = content_of_unreadable(m_context.decoder.decode(m_reader.kept_message()));
    }
  }

  [[nodiscard]] Diagnostic diagnostic(std::uint32_t line) {
    const LineTrouble& trouble = m_reader.trouble();
    const Sip2Message& message = m_reader.message();
    const bool is_checkin = message.code != nullptr && message.code->action == Sip2Action::checkin;
    return {.line = line,
            .column = trouble.column,
            .message = trouble.message,
            .content = content_of_unreadable(m_context.decoder.decode(m_reader.kept_text())),
            .recorded = message.recorded,
            .user_id = is_checkin ? std::string_view() : text_of("AA"),
            .item_id = text_of("AB"),
            .is_doubtful = trouble.is_damage};
  }

  std::string_view text_of(std::string_view code) { return trimmed_text(m_context.decoder.decode(m_reader.id(code))); }

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

  std::string_view m_text;
  LogContext m_context;
  Sip2Reader m_reader;
  std::optional<Sip2Fates> m_fates;
  Sip2Fate m_fate = Sip2Fate::unknown;
  std::size_t m_requests = 0;
};

bool claims(std::string_view head) {
  return some_line_is(LineReader(head, LineEnds::cr_too), has_sip2_message);
}

OpenedLog open(std::string_view text, const LogContext& context) {
  return std::make_unique<Sip2Parser>(text, context);
}

}  // namespace

const LogFormat k_sip2_format = {"sip2", "SIP2: messages stored by a self-check", "txt", true, claims, open};

}  // namespace offcirc
