// The only file that includes toml++, which takes long to compile.
#include "loader/config/toml_tree.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <array>

#include "loader/config/toml_depth.hpp"

namespace offcirc {
namespace {

Place place_of(const toml::source_region& source) {
  return {source.begin.line, source.begin.column};
}

TomlTable table_of(const toml::table& source);

TomlValue value_of(const toml::node& source) {
  TomlValue value;
  value.place = place_of(source.source());
  if (const auto* text = source.as_string()) {
    value.text = text->get();
  } else if (const auto* integer = source.as_integer()) {
    value.kind = TomlKind::integer;
    value.integer = integer->get();
  } else if (const auto* boolean = source.as_boolean()) {
    value.kind = TomlKind::boolean;
    value.boolean = boolean->get();
  } else if (const auto* date = source.as_date()) {
    value.kind = TomlKind::date;
    value.text = fmt::format("{:04}-{:02}-{:02}", date->get().year, date->get().month, date->get().day);
  } else if (const auto* list = source.as_array()) {
    value.kind = TomlKind::list;
    for (const toml::node& item : *list) value.items.push_back(value_of(item));
  } else if (const auto* table = source.as_table()) {
    value.kind = TomlKind::table;
    value.table = table_of(*table);
  } else {
    value.kind = source.is_floating_point() ? TomlKind::fraction : TomlKind::time;
  }
  return value;
}

TomlTable table_of(const toml::table& source) {
  TomlTable table;
  table.place = place_of(source.source());
  for (const auto& [key, value] : source)
    table.entries.push_back({std::string(key.str()), place_of(key.source()), value_of(value)});
  return table;
}

}  // namespace

std::string_view describe(TomlKind kind) {
  constexpr std::array<std::string_view, 8> k_descriptions{
      "a text in quotes", "a whole number", "a number with a fraction", "true or false",
      "a date",           "a time",         "a list in brackets",       "a table"};
  return k_descriptions.at(static_cast<std::size_t>(kind));
}

std::optional<TomlTable> parse_toml(std::string_view text, TroubleList& troubles) {
  if (const auto place = find_deep_nesting(text)) {
    troubles.add(*place,
                 fmt::format("this is nested more than {} levels deep, and no configuration is.", k_max_toml_depth));
    return std::nullopt;
  }
  try {
    return table_of(toml::parse(text));
  } catch (const toml::parse_error& error) {
    troubles.add(place_of(error.source()), fmt::format("this is no TOML. {}.", error.description()));
    return std::nullopt;
  }
}

}  // namespace offcirc
