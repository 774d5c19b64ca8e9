// offcirc.toml with a circulation map: read, or refused with the location of each error.
#include "loader/config/effective_values.hpp"
#include "loader/model/calendar.hpp"
#include "loader/model/policy.hpp"
#include "tests/config_folder.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace offcirc {
namespace {

constexpr std::string_view k_map = "library,user_profile,item_type,rule\n*,*,*,21D-10D-5M\nOSH,PUBLIC,DVD,4H-25H-10M\n";
constexpr Seconds k_some_time = 1'781'258'400;  // in June 2026

const ConfigFolder& folder() {
  static const ConfigFolder made("", k_map);
  return made;
}

// Each line is `offcirc.toml:3:7: sentence`; text quoted from the config may add further lines.
void check_refusal(const std::string& text) {
  const std::string config = (folder().path() / "offcirc.toml").string() + ":";
  const std::string map = (folder().path() / "circmap.csv").string() + ":";
  promise(text.starts_with(config) || text.starts_with(map), "A refusal names no place: " + text);
  promise(text.ends_with('.') || text.ends_with('?'), "A refusal is no sentence: " + text);
}

// Uses the config as a load, `config check`, and `config rule` do.
void use(const Config& config) {
  for (const EffectiveSection& section : effective_values(config)) {
    promise(!section.name.empty(), "A section of the effective configuration has no name.");
    for (const EffectiveValue& value : section.values) promise(!value.key.empty(), "A value has no key.");
  }
  review_map(config.policy);
  for (const Library& library : config.policy.libraries) {
    promise(config.policy.find_library(library.code) != k_no_library, "A library is not found by its code.");
    for (const CirculationMap::Row& row : config.policy.circulation_map.rows()) {
      const LoanEnd end = loan_end(row.rule, k_some_time, library.calendar, config.policy.zone);
      promise(end.moved >= end.by_rule, "A closed day moves a due date back.");
    }
  }
  for (const char* id : {"", "21221000000015"}) {
    promise(!config.ids.user.fits(id) || config.ids.user.is_given(), "An ID fits where no pattern is given.");
    promise(!config.ids.item.fits(id) || config.ids.item.is_given(), "An ID fits where no pattern is given.");
  }
  promise(config.max_archive_bytes > 0, "No archive may hold anything.");
}

}  // namespace

void fuzz(std::string_view input) {
  folder().write("offcirc.toml", input);
  try {
    use(folder().read());
  } catch (const RunError& refusal) {
    check_refusal(refusal.what());
  }
}

}  // namespace offcirc
