#include "tests/copies/station_log.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace offcirc::copies {
namespace {

constexpr std::string_view k_day = "20260612";
// 2026-06-12T00:00 in UTC, the test's time zone
constexpr long long k_midnight = 1'781'222'400;

std::string user_of(const Event& event) {
  return fmt::format("2122{:010}", event.number);
}
std::string item_of(const Event& event) {
  return fmt::format("3122{:010}", event.number);
}

std::string clock(const Event& event, std::string_view separator) {
  return fmt::format("{:02}{}{:02}", event.minute / 60, separator, event.minute % 60);
}

std::string symphony(const Event& e) {
  const bool out = e.doing == Doing::checkout;
  const std::string body = fmt::format("^S{:02}{}FFOFFLINE^FEOSH{}^NQ{}^^O", e.id % 100, out ? "CV" : "EV",
                                       out ? "^UO" + user_of(e) : "", item_of(e));
  return fmt::format("E{}{}000201R {}{:05}", k_day, clock(e, ""), body, body.size());
}

std::string koc(const Event& e) {
  const std::string stamp = fmt::format("2026-06-12 {}:00 000\t", clock(e, ":"));
  if (e.doing == Doing::checkout) return stamp + fmt::format("issue\t{}\t{}", user_of(e), item_of(e));
  if (e.doing == Doing::payment) return stamp + fmt::format("payment\t{}\t{}.50", user_of(e), e.number % 90 + 1);
  return stamp + "return\t" + item_of(e);
}

std::string evergreen(const Event& e) {
  const std::string time = fmt::format(R"("timestamp":{},"delta":0)", k_midnight + 60LL * e.minute);
  if (e.doing == Doing::checkout)
    return fmt::format(R"({{"type":"checkout",{},"patron_barcode":"{}","barcode":"{}"}})", time, user_of(e),
                       item_of(e));
  if (e.doing == Doing::tally)
    return fmt::format(R"({{"type":"checkout",{},"noncat":1,"noncat_type":"3","noncat_count":{}}})", time, e.number);
  return fmt::format(R"({{"type":"checkin",{},"barcode":"{}"}})", time, item_of(e));
}

std::string aleph(const Event& e) {
  const bool out = e.doing == Doing::checkout;
  return fmt::format("{}{}{}{:<80}{}", k_day, clock(e, ""), out ? 'L' : 'R', item_of(e), out ? user_of(e) : "");
}

std::string sierra(const Event& e) {
  const bool out = e.doing == Doing::checkout;
  return fmt::format("{}:260612{}:b{}:{}:{}:101", out ? 'o' : 'i', clock(e, ""), item_of(e),
                     out ? "b" + user_of(e) : "", out ? "2607032359" : "");
}

std::string sip2(const Event& e) {
  const std::string date = fmt::format("{}    {}00", k_day, clock(e, ""));
  std::string text = e.doing == Doing::checkout
                         ? fmt::format("11NN{}                  AOOSH|AA{}|AB{}|AC|", date, user_of(e), item_of(e))
                         : fmt::format("09N{}{}APdesk|AOOSH|AB{}|AC|", date, date, item_of(e));
  text += fmt::format("AY{}AZ", e.id % 10);
  unsigned sum = 0;
  for (const char c : text) sum += static_cast<unsigned char>(c);
  return text + fmt::format("{:04X}", -sum & 0xFFFFU);
}

// As typed at the desk, and as spreadsheets save it.
std::string csv(const Event& e, int spelling) {
  const std::string separator = spelling == 2 ? ";" : ",";
  const std::string time = spelling == 0   ? fmt::format("2026-06-12T{}", clock(e, ":"))
                           : spelling == 1 ? fmt::format("6/12/2026 {}", clock(e, ":"))
                                           : fmt::format("2026-06-12 {}:00", clock(e, ":"));
  const auto row = [&](std::string_view kind, std::string_view user, std::string_view item, std::string_view amount,
                       std::string_view count) {
    return fmt::format("{1}{0}{2}{0}{3}{0}{4}{0}{5}{0}{6}", separator, time, kind, user, item, amount, count);
  };
  if (e.doing == Doing::checkout) return row("checkout", user_of(e), item_of(e), "", "");
  if (e.doing == Doing::tally) return row("in-house-use", "", "", "", std::to_string(e.number));
  if (e.doing == Doing::payment)
    return row("payment", user_of(e), "",
               spelling == 1 ? fmt::format("{}.5", e.number % 90 + 1) : fmt::format("{}.50", e.number % 90 + 1), "");
  return row("checkin", "", item_of(e), "", "");
}

}  // namespace

int pick(Random& random, int least, int most) {
  return least + static_cast<int>(random() % static_cast<unsigned>(most - least + 1));
}

const std::vector<FormatTraits>& format_traits() {
  static const std::vector<FormatTraits> k_traits = {
      {"symphony"}, {"koc", true, false, true},      {"evergreen", false, true}, {"aleph"}, {"sierra"},
      {"sip2"},     {"csv", true, true, true, true},
  };
  return k_traits;
}

StationLog::StationLog(const FormatTraits& format, int first_event, Random& random) : m_format(format) {
  const int count = pick(random, 4, 12);
  int minute = pick(random, 480, 600);
  for (int i = 0; i < count; ++i) {
    Event event;
    event.id = first_event + i;
    event.number = first_event + i + 1;
    event.minute = minute;
    event.doing = static_cast<Doing>(pick(random, 0, 1));
    const int special = pick(random, 0, 5);
    if (special == 0 && format.has_tallies) event.doing = Doing::tally;
    if (special == 1 && format.has_payments) event.doing = Doing::payment;
    m_events.push_back(event);
    minute += pick(random, 0, 2) == 0 ? 0 : pick(random, 1, 40);
  }
}

std::string StationLog::header(int spelling) const {
  if (m_format.name == "koc") return "Version=1.0\tGenerator=kocQt4\tGeneratorVersion=1.0\n";
  if (m_format.name != "csv") return {};
  std::string names = "occurred_at,kind,user_id,item_id,amount,count\n";
  if (spelling == 2) std::replace(names.begin(), names.end(), ',', ';');
  return names;
}

std::string StationLog::text_of(const Event& event, int spelling) const {
  if (m_format.name == "symphony") return symphony(event);
  if (m_format.name == "koc") return koc(event);
  if (m_format.name == "evergreen") return evergreen(event);
  if (m_format.name == "aleph") return aleph(event);
  if (m_format.name == "sierra") return sierra(event);
  if (m_format.name == "sip2") return sip2(event);
  return csv(event, spelling);
}

bool StationLog::is_weak(const Event& event) const {
  return event.doing == Doing::tally || (event.doing == Doing::payment && m_format.payments_are_weak);
}

std::vector<Line> StationLog::lines(std::size_t from, std::size_t until, int spelling) const {
  std::vector<Line> lines;
  for (std::size_t i = from; i < until; ++i)
    lines.push_back({m_events[i].id, text_of(m_events[i], spelling), false, is_weak(m_events[i])});
  return lines;
}

bool StationLog::steps_back(std::size_t until, std::size_t from) const {
  return m_events[until - 1].minute - m_events[from].minute > 60;
}

// Removes or changes a byte in the middle of the line, so that its format can detect the damage.
Line StationLog::damaged(Line line) const {
  line.is_damaged = true;
  if (m_format.name == "symphony" || m_format.name == "sip2") {
    line.text.erase(line.text.size() - 12, 1);  // of the length, or of the data covered by the checksum
  } else if (m_format.name == "evergreen") {
    line.text.pop_back();
  } else if (m_format.name == "aleph") {
    line.text[12] = 'X';
  } else if (m_format.name == "sierra") {
    line.text[0] = 'x';
  } else if (m_format.name == "koc") {
    line.text[25] = '#';
  } else {
    line.text[line.text.find_first_of(",;") + 1] = '#';
  }
  return line;
}

std::string dressed(std::string_view text, Dress dress) {
  std::string out;
  if (dress == Dress::byte_order_mark) out = "\xEF\xBB\xBF";
  if (dress == Dress::utf16) out = "\xFF\xFE";
  for (const char c : text) {
    if (dress == Dress::crlf && c == '\n') out += '\r';
    out += c;
    if (dress == Dress::utf16) out += '\0';
  }
  return out;
}

}  // namespace offcirc::copies
