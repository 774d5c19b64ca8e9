#include <nlohmann/json.hpp>
#include <string>

#include "formats/stamp.hpp"
#include "tests/bench/parse/line_by_line.hpp"

namespace offcirc::bench {
namespace {

using nlohmann::json;

Kind kind_of(const std::string& type) {
  if (type == "checkout") return Kind::checkout;
  if (type == "checkin") return Kind::checkin;
  return type == "renew" ? Kind::renewal : Kind::unsupported;
}

Stamp date_of(const json& line, const char* member) {
  return parse_iso_stamp(line.value(member, "")).value_or(Stamp());
}

}  // namespace

Tally read_evergreen_with_nlohmann(std::istream& log) {
  Tally tally;
  for (std::string text; std::getline(log, text);) {
    const json line = json::parse(text);
    tally.add(kind_of(line.at("type").get<std::string>()),
              Stamp(StampForm::absolute, line.at("timestamp").get<Seconds>()), date_of(line, "due_date"),
              date_of(line, "backdate"), line.value("patron_barcode", ""), line.at("barcode").get<std::string>(), 0);
  }
  return tally;
}

}  // namespace offcirc::bench
