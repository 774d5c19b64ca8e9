#include "tests/bench/parse/sample_logs.hpp"

#include <fmt/format.h>

#include <iterator>
#include <random>
#include <string_view>

#include "formats/stamp.hpp"

namespace offcirc::bench {
namespace {

constexpr Seconds k_start = 1'781'258'400;  // 2026-06-12T10:00:00, civil or UTC
constexpr std::size_t k_longest_line_bytes = 300;

class Desk {
 public:
  explicit Desk(std::uint64_t seed) : m_random(seed) {}

  int below(int end) { return std::uniform_int_distribution(0, end - 1)(m_random); }
  int user() { return below(200'000); }
  int item() { return below(1'000'000); }
  /// A few seconds after the previous call.
  Seconds now() { return m_now += below(10); }

 private:
  std::mt19937_64 m_random;
  Seconds m_now = k_start;
};

std::string digits_of(Seconds time) {
  std::string digits;
  for (const char c : iso_stamp_text(Stamp(StampForm::civil, time))) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits;
}

std::string symphony_body(Desk& desk) {
  const int roll = desk.below(100);
  const std::string item = fmt::format("^NQ31221{:08}0", desk.item());
  const std::string_view start = "FFOFFLINE^FEOSH^FcNONE";
  if (roll < 65) {
    return fmt::format("CV{}^UO21221{:08}5{}^CF{}/{}/2026^Fv3000000", start, desk.user(), item, 7 + desk.below(3),
                       1 + desk.below(28));
  }
  if (roll < 90) return fmt::format("EV{}{}^CO6/{}/2026,9:30^Fv3000000", start, item, 1 + desk.below(12));
  return fmt::format("RV{}{}^Fv3000000", start, item);
}

std::string evergreen_members(Desk& desk, Seconds now) {
  const int roll = desk.below(100);
  const std::string item = fmt::format(R"("barcode":"31221{:08}0")", desk.item());
  const std::string time = fmt::format("{}.{:03}Z", iso_stamp_text(Stamp(StampForm::civil, now)), desk.below(1000));
  if (roll < 65) {
    return fmt::format(R"("type":"checkout","delta":0,"patron_barcode":"21221{:08}5",{},"due_date":"2026-07-{:02}T{}",)"
                       R"("checkout_time":"{}")",
                       desk.user(), item, 1 + desk.below(28), time.substr(11), time);
  }
  if (roll < 90) return fmt::format(R"("type":"checkin","delta":0,{},"backdate":"{}")", item, time);
  return fmt::format(R"("type":"renew","delta":0,{},"due_date":"2026-07-{:02}","checkout_time":"{}")", item,
                     1 + desk.below(28), time);
}

}  // namespace

std::string make_symphony_log(std::size_t bytes, std::uint64_t seed) {
  Desk desk(seed);
  std::string log;
  log.reserve(bytes + k_longest_line_bytes);
  for (int sequence = 0; log.size() < bytes; sequence = (sequence + 1) % 100) {
    const std::string request = fmt::format("^S{:02}{}^^O", sequence, symphony_body(desk));
    fmt::format_to(std::back_inserter(log), "E{}0201R {}{:05}\n", digits_of(desk.now()), request, request.size());
  }
  return log;
}

std::string make_evergreen_log(std::size_t bytes, std::uint64_t seed) {
  Desk desk(seed);
  std::string log;
  log.reserve(bytes + k_longest_line_bytes);
  while (log.size() < bytes) {
    const Seconds now = desk.now();
    fmt::format_to(std::back_inserter(log), "{{\"timestamp\":{},{}}}\n", now, evergreen_members(desk, now));
  }
  return log;
}

}  // namespace offcirc::bench
