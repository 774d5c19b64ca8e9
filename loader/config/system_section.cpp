#include <fmt/format.h>
#include <iconv.h>

#include "loader/config/config_draft.hpp"
#include "loader/config/field_values.hpp"
#include "loader/run_error.hpp"

namespace offcirc {
namespace {

void read_zone(TomlReader& system, Policy& policy) {
  const TomlValue* name = system.find("timezone");
  if (name == nullptr)
    return system.report(system.place(),
                         "'timezone' is missing in [system]; write the name of yours in the tz database, such as "
                         "timezone = \"America/Chicago\".");
  if (name->kind != TomlKind::text) return system.report_wrong_kind("timezone", *name, describe(TomlKind::text));
  try {
    policy.zone = load_zone(name->text);
  } catch (const RunError&) {
    system.report(name->place,
                  fmt::format("there is no time zone \"{}\"; use a name of the tz database, such as America/Chicago.",
                              name->text));
  }
}

bool iconv_knows(const std::string& encoding) {
  if (encoding.empty()) return false;  // to iconv, that of the locale
  const iconv_t converter = iconv_open("UTF-8", encoding.c_str());
  // iconv's own sign of failure, a pointer of all ones. NOLINTNEXTLINE(performance-no-int-to-ptr)
  if (converter == reinterpret_cast<iconv_t>(-1)) return false;
  iconv_close(converter);
  return true;
}

void read_encoding(TomlReader& system, std::string& encoding) {
  const TomlValue* name = system.text("encoding");
  if (name == nullptr) return;
  if (iconv_knows(name->text))
    encoding = name->text;
  else
    system.report(name->place,
                  fmt::format("the encoding \"{}\" is not known here; use one that 'iconv --list' has, such as "
                              "windows-1252.",
                              name->text));
}

void read_archive_limit(TomlReader& system, std::uint64_t& bytes) {
  constexpr std::uint64_t k_mebibyte = 1024 * 1024;
  constexpr int k_most = 1024 * 1024;
  auto mebibytes = static_cast<int>(bytes / k_mebibyte);
  system.read("max_archive_mib", mebibytes, 1, k_most);
  bytes = static_cast<std::uint64_t>(mebibytes) * k_mebibyte;
}

}  // namespace

void read_system(TomlReader& file, ConfigDraft& draft) {
  using Order = std::pair<std::string_view, DateOrder>;
  using Switch = std::pair<std::string_view, bool>;
  Config& config = draft.config;
  TomlReader system = file.table("system");
  system.read("name", config.system_name);
  read_zone(system, config.policy);
  if (const TomlValue* database = system.text("database")) config.database = beside(config.file, database->text);
  if (const TomlValue* map = system.text("circulation_map")) {
    config.circulation_map = beside(config.file, map->text);
    draft.circulation_map_place = map->place;
  }
  read_addresses(system, "email", config.email);
  system.read_choice(
      "date_order",
      std::array{Order{"mdy", DateOrder::mdy}, Order{"dmy", DateOrder::dmy}, Order{"ymd", DateOrder::ymd}},
      config.date_order);
  read_encoding(system, config.encoding);
  read_archive_limit(system, config.max_archive_bytes);
  draft.closed_days = read_days(system, "closed");
  config.policy.system_calendar = Calendar({}, draft.closed_days);
  system.read("max_age_days", config.policy.max_age_days, 1, 3650);
  system.read_choice("fast_clock", std::array{Switch{"reject", false}, Switch{"load", true}},
                     config.policy.loads_fast_clocks);
  system.report_unknown_keys();
}

}  // namespace offcirc
