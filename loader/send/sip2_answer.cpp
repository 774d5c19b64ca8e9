#include "loader/send/sip2_answer.hpp"

#include <algorithm>
#include <array>

#include "formats/fields.hpp"
#include "formats/sip2_fields.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {
namespace {

struct AnswerLayout {
  std::string_view code;
  std::size_t fixed_bytes;
};

constexpr std::size_t k_transaction_bytes = 4 + k_sip2_date_bytes;
constexpr AnswerLayout k_layouts[] = {
    {"18", 6 + k_sip2_date_bytes},
    {"64", 14 + 3 + k_sip2_date_bytes + 24},
    {"12", k_transaction_bytes},
    {"10", k_transaction_bytes},
    {"30", k_transaction_bytes},
    {"38", 1 + k_sip2_date_bytes},
    {"98", 6 + 3 + 3 + k_sip2_date_bytes + 4},
    {"94", 1},
    {"96", 0},
};

// A sequence number and a checksum at the very end. Some servers forget the delimiter before them.
struct AnswerEnd {
  std::size_t bytes = 0;
  char sequence = 0;
  bool is_right = true;
};

AnswerEnd end_of(std::string_view frame) {
  constexpr std::size_t k_both = k_sip2_sequence_bytes + k_sip2_checksum_bytes;
  const auto last = [&](std::size_t bytes) { return frame.substr(frame.size() - std::min(bytes, frame.size())); };
  std::string_view found = last(k_both);
  if (promised_sip2_checksum(found).empty()) found = last(k_sip2_checksum_bytes);
  const std::string_view promised = promised_sip2_checksum(found);
  if (promised.empty()) {
    // AY alone: a sequence number without a checksum.
    const bool is_sequence = last(k_sip2_sequence_bytes).starts_with("AY") && is_digit(frame.back());
    return is_sequence ? AnswerEnd{k_sip2_sequence_bytes, frame.back()} : AnswerEnd{};
  }
  unsigned sum = 0;
  for (const char c : frame.substr(0, frame.size() - promised.size())) sum += static_cast<unsigned char>(c);
  return {found.size(), found.size() == k_both ? found[2] : '\0', equal_ignoring_case(promised, sip2_checksum_of(sum))};
}

}  // namespace

std::string_view Sip2Answer::value(std::string_view field_code) const {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const Field& field) { return field.code == field_code; });
  return found == fields.end() ? std::string_view() : found->value;
}

std::optional<Sip2Answer> parse_sip2_answer(std::string_view frame, const Sip2Encoding& encoding) {
  while (!frame.empty() && (is_blank(frame.back()) || frame.back() == '\n')) frame.remove_suffix(1);
  const auto* const layout = std::find_if(std::begin(k_layouts), std::end(k_layouts),
                                          [&](const AnswerLayout& each) { return frame.starts_with(each.code); });
  if (layout == std::end(k_layouts)) return std::nullopt;
  const AnswerEnd end = end_of(frame);
  const std::size_t begin = layout->code.size() + layout->fixed_bytes;
  if (!end.is_right || frame.size() < begin + end.bytes) return std::nullopt;
  Sip2Answer answer;
  answer.code = layout->code;
  answer.fixed = frame.substr(layout->code.size(), layout->fixed_bytes);
  answer.sequence = end.sequence;
  for (std::string_view left = frame.substr(begin, frame.size() - begin - end.bytes); !left.empty();) {
    const std::size_t bar = std::min(left.find('|'), left.size());
    const std::string_view field = left.substr(0, bar);
    if (field.size() >= 2)
      answer.fields.push_back(
          {std::string(field.substr(0, 2)), std::string(trimmed_text(encoding.decoded(field.substr(2))))});
    left.remove_prefix(std::min(bar + 1, left.size()));
  }
  return answer;
}

bool is_same_sip2_id(std::string_view a, std::string_view b) {
  return equal_ignoring_case(trimmed(a), trimmed(b));
}

namespace {

std::optional<Day> day_of(std::optional<Seconds> midnight) {
  return midnight ? std::optional(static_cast<Day>(*midnight / k_day_seconds)) : std::nullopt;
}

std::optional<Day> day_of(Stamp stamp, const Zone& zone) {
  if (stamp.is(StampForm::absolute)) return zone.day_of(stamp.seconds());
  if (!stamp.is(StampForm::civil) && !stamp.is(StampForm::date)) return std::nullopt;
  return day_of(start_of_day(stamp.seconds()));
}

// A date as people of the site write it: 12/20/2026, 20.12.2026, 2026/12/20, with or without a time behind it.
std::optional<Day> day_of_site(std::string_view text) {
  std::array<int, 3> parts{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto part = parse_digits(text.substr(0, digits));
    if (!part) return std::nullopt;
    parts.at(i) = *part;
    text.remove_prefix(digits);
    if (i == 2) break;
    if (text.empty() || (text[0] != '/' && text[0] != '.' && text[0] != '-')) return std::nullopt;
    text.remove_prefix(1);
  }
  if (!text.empty() && text[0] != ' ' && text[0] != 'T' && text[0] != ',') return std::nullopt;
  if (parts[0] > 31) return day_of(civil_day(parts[0], parts[1], parts[2]));
  if (parts[2] < 1000) return std::nullopt;  // of two digits none is surely the year
  if (parts[0] <= 12 && parts[1] <= 12 && parts[0] != parts[1]) return std::nullopt;
  return parts[0] > 12 ? day_of(civil_day(parts[2], parts[1], parts[0]))
                       : day_of(civil_day(parts[2], parts[0], parts[1]));
}

}  // namespace

std::optional<Day> read_sip2_due_day(std::string_view text, const Zone& zone) {
  constexpr std::size_t k_longest = 40;
  text = trimmed(text);
  if (text.empty() || text.size() > k_longest) return std::nullopt;
  if (text.size() == k_sip2_date_bytes)
    if (const auto day = day_of(parse_sip2_date(text), zone)) return day;
  if (const auto iso = parse_iso_stamp(text)) return day_of(*iso, zone);
  if (const auto day = day_of(parse_compact_stamp(text), zone)) return day;
  return day_of_site(text);
}

std::string sip2_day_text(Day day) {
  return iso_date(day);
}

LiveItem live_item_of(const Sip2Answer& answer, const Zone& zone) {
  LiveItem item;
  item.status = parse_digits(std::string_view(answer.fixed).substr(0, 2)).value_or(0);
  // An unknown item has the status "other" and no title.
  item.is_known = item.status > 1 || !answer.value("AJ").empty();
  item.due_text = answer.value("AH");
  item.due_day = read_sip2_due_day(item.due_text, zone);
  return item;
}

bool LiveUser::lists(std::string_view item_id) const {
  return std::any_of(charged.begin(), charged.end(),
                     [&](const std::string& listed) { return is_same_sip2_id(listed, item_id); });
}

bool LiveUser::has_whole_list() const {
  return charged_count && static_cast<std::size_t>(*charged_count) <= charged.size();
}

LiveUser live_user_of(const Sip2Answer& answer) {
  constexpr std::size_t k_counts_at = 14 + 3 + k_sip2_date_bytes;  // holds, overdue, charged, each of four digits
  LiveUser user;
  user.id = answer.value("AA");
  const std::string_view valid = answer.value("BL");
  user.is_known = valid.empty() ? !answer.value("AE").empty() : valid == "Y";
  user.charged_count = parse_digits(trimmed(std::string_view(answer.fixed).substr(k_counts_at + 8, 4)));
  for (const Sip2Answer::Field& field : answer.fields)
    if (field.code == "AU" && !field.value.empty()) user.charged.push_back(field.value);
  return user;
}

LiveServer live_server_of(const Sip2Answer& answer) {
  const std::string_view fixed = answer.fixed;
  LiveServer server;
  server.flags = kept_sip2_text(fixed.substr(0, 6));
  server.timeout = kept_sip2_text(fixed.substr(6, 3));
  server.retries = kept_sip2_text(fixed.substr(9, 3));
  server.clock = parse_sip2_date(fixed.substr(12, k_sip2_date_bytes));
  server.version = kept_sip2_text(fixed.substr(12 + k_sip2_date_bytes, 4));
  server.name = kept_sip2_text(answer.value(answer.value("AM").empty() ? "AO" : "AM"));
  return server;
}

}  // namespace offcirc
