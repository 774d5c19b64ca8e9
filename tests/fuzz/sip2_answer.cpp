// Answers of a SIP2 server, which may be anything. The last line of the input is the ID of the item that was asked for.
#include <algorithm>
#include <string>

#include "formats/decoder.hpp"
#include "loader/output/characters.hpp"
#include "loader/send/sip2_standing.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace offcirc {
namespace {

const Zone k_zone;

void check_text(const std::string& text, std::size_t longest) {
  promise(is_utf8(text), "A text that is kept is no UTF-8.");
  promise(text.size() <= longest, "A text that is kept is too long.");
  for (std::string_view left = text; !left.empty(); left.remove_prefix(first_character(left).bytes))
    promise(!is_control(first_character(left).code_point), "A text that is kept has a control character.");
}

// visible() writes a byte in four.
constexpr std::size_t k_longest_text = 4 * 200 + 3;

void check_answer(std::string_view frame, std::string_view id, const Sip2Encoding& encoding) {
  const auto answer = parse_sip2_answer(frame, encoding);
  if (!answer) return;
  promise(answer->sequence == 0 || frame.find(answer->sequence) != std::string_view::npos, "AY came from nowhere.");
  for (const Sip2Answer::Field& field : answer->fields) {
    promise(is_utf8(field.value) && field.value.find('|') == std::string::npos, "A field has a delimiter in it.");
    check_text(kept_sip2_text(field.value), k_longest_text);
  }
  if (answer->code == "98") check_text(live_server_of(*answer).name, k_longest_text);
  Sip2Sight sight;
  if (answer->code == "18") sight.item = live_item_of(*answer, k_zone);
  if (answer->code == "64") sight.user = live_user_of(*answer);
  for (const Kind kind : {Kind::checkout, Kind::checkin, Kind::renewal, Kind::payment}) {
    const bool is_payment = kind == Kind::payment;
    LiveMessage message;
    message.kind = kind;
    message.user_id = message.holder_id = id;
    if (!is_payment) message.item_id = id;
    message.due_at = message.occurred_at = 1'781'000'000;
    for (const Sip2Lists lists : {Sip2Lists::unknown, Sip2Lists::items, Sip2Lists::titles}) {
      const Standing standing = standing_of(message, sight, {lists, false}, k_zone, std::nullopt);
      const bool is_seen = kind == Kind::payment ? sight.user.has_value() : sight.item.has_value();
      promise(standing != Standing::before || is_seen, "A message would be sent blindly.");
    }
    if (is_payment != (answer->code == "38")) continue;
    if (!is_payment && answer->code != "10" && answer->code != "12" && answer->code != "30") continue;
    const Sip2Verdict verdict = verdict_of(message, *answer, k_zone, std::nullopt);
    check_text(verdict.text, 2 * k_longest_text);
    const bool is_done = verdict.kind == Sip2Verdict::Kind::done;
    const bool is_other = is_payment ? !answer->value("AA").empty() && !is_same_sip2_id(answer->value("AA"), id)
                                     : !is_same_sip2_id(answer->value("AB"), id);
    promise(!is_done || !is_other, "The answer for another item or user counts.");
    promise(!is_done || answer->is_ok(), "A refusal counts as done.");
  }
}

}  // namespace

void fuzz(std::string_view input) {
  static const Sip2Encoding utf8("UTF-8"), windows("windows-1252");
  const std::size_t end = std::min(input.rfind('\n'), input.size());
  const std::string_view id = input.substr(std::min(end + 1, input.size()));
  check_answer(input.substr(0, end), id, utf8);
  check_answer(input.substr(0, end), id, windows);
}

}  // namespace offcirc
