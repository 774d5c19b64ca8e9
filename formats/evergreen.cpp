// Evergreen's pending.xacts: what its staff clients keep while the server is away, one JSON object a line.
#include "formats/evergreen_line.hpp"
#include "formats/evergreen_objects.hpp"
#include "formats/evergreen_parts.hpp"
#include "formats/evergreen_registration.hpp"
#include "formats/evergreen_transaction.hpp"
#include "formats/line_parser.hpp"
#include "formats/registry.hpp"

namespace offcirc {
namespace {

class EvergreenParser : public LineParser {
 public:
  EvergreenParser(std::string_view text, const LogContext& log_context)
      : LineParser(LineReader(text), log_context), m_line(text, log_context), m_no_desk(log_context.arena.desk({})) {}

 private:
  std::optional<LineTrouble> read_line(std::string_view line, Transaction& transaction, Says& says) override {
    auto trouble = m_line.read(line);
    transaction.recorded = evergreen_time(m_line);
    if (!trouble) trouble = read_evergreen_transaction(m_line, transaction);
    if (trouble) {
      keep_ids(transaction);
      return trouble;
    }
    transaction.desk = m_no_desk;
    if (transaction.kind == Kind::registration) {
      transaction.registration = read_evergreen_registration(m_line, context().arena);
    }
    if (transaction.registration != nullptr) transaction.more = content_of(*transaction.registration);
    says = Says::transaction;
    return std::nullopt;
  }

  [[nodiscard]] std::size_t find_next_record(std::string_view line) const override {
    return find_next_evergreen_object(line);
  }

  // For an unreadable line of any type.
  void keep_ids(Transaction& transaction) const {
    transaction.item_id = m_line[EvergreenMember::barcode];
    transaction.user_id = m_line[EvergreenMember::patron_barcode];
    if (transaction.user_id.empty()) transaction.user_id = m_line[EvergreenMember::card_barcode];
  }

  std::string without_secrets(std::string_view line) override { return without_evergreen_password(line); }

  EvergreenLine m_line;
  const Desk* m_no_desk;  // a line does not say where it was written
};

bool looks_like_transaction(std::string_view line) {
  const auto has = [&](std::string_view member) { return line.find(member) != std::string_view::npos; };
  return trimmed(line).starts_with('{') && has("\"type\"") && has("\"timestamp\"");
}

bool claims(std::string_view head) {
  return some_line_is(LineReader(head), looks_like_transaction);
}

OpenedLog open(std::string_view text, const LogContext& context) {
  return std::make_unique<EvergreenParser>(text, context);
}

}  // namespace

const LogFormat k_evergreen_format = {
    "evergreen", "Evergreen: pending.xacts of the web client and the older staff client", "xacts", true, claims, open};

}  // namespace offcirc
