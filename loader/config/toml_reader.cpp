#include "loader/config/toml_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "formats/fields.hpp"
#include "loader/config/field_values.hpp"

namespace offcirc {
namespace {

const TomlTable k_empty_table;
constexpr std::int64_t k_max_money_units = 999'999'999;

}  // namespace

TomlReader::TomlReader(const TomlTable& table, std::string path, TroubleList& troubles)
    : m_table(&table), m_path(std::move(path)), m_troubles(&troubles) {}

TomlReader TomlReader::of_several(const TomlTable& table, std::string path, TroubleList& troubles) {
  TomlReader reader(table, std::move(path), troubles);
  reader.m_one_of_several = true;
  return reader;
}

std::string TomlReader::name() const {
  if (m_path.empty()) return "this file";
  return m_one_of_several ? fmt::format("[[{}]]", m_path) : fmt::format("[{}]", m_path);
}

const TomlValue* TomlReader::find(std::string_view key) {
  m_known.push_back(key);
  const auto& entries = m_table->entries;
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const TomlEntry& e) { return e.key == key; });
  return found == entries.end() ? nullptr : &found->value;
}

void TomlReader::report_wrong_kind(std::string_view key, const TomlValue& value, std::string_view expected) {
  report(value.place, fmt::format("'{}' in {} must be {}, not {}.", key, name(), expected, describe(value.kind)));
}

const TomlValue* TomlReader::find_of_kind(std::string_view key, TomlKind kind) {
  const TomlValue* value = find(key);
  if (value == nullptr || value->kind == kind) return value;
  report_wrong_kind(key, *value, describe(kind));
  return nullptr;
}

const TomlValue* TomlReader::text(std::string_view key) {
  return find_of_kind(key, TomlKind::text);
}

void TomlReader::read(std::string_view key, std::string& into) {
  if (const TomlValue* value = text(key)) into = value->text;
}

void TomlReader::read(std::string_view key, bool& into) {
  if (const TomlValue* value = find_of_kind(key, TomlKind::boolean)) into = value->boolean;
}

void TomlReader::read(std::string_view key, int& into, int min, int max) {
  const TomlValue* value = find_of_kind(key, TomlKind::integer);
  if (value == nullptr) return;
  if (value->integer < min || value->integer > max)
    report(value->place,
           fmt::format("'{}' in {} must be from {} to {}, not {}.", key, name(), min, max, value->integer));
  else
    into = static_cast<int>(value->integer);
}

void TomlReader::read(std::string_view key, std::vector<std::string>& into) {
  const TomlValue* list = find_of_kind(key, TomlKind::list);
  if (list == nullptr) return;
  into.clear();
  for (const TomlValue* item : texts_in(key, *list, false)) into.push_back(item->text);
}

void TomlReader::read_money(std::string_view key, Cents& into) {
  const TomlValue* value = find(key);
  if (value == nullptr) return;
  std::optional<Cents> cents;
  if (value->kind == TomlKind::text) cents = parse_money(value->text);
  if (value->kind == TomlKind::integer && value->integer >= 0 && value->integer <= k_max_money_units)
    cents = value->integer * 100;
  if (cents)
    into = *cents;
  else if (value->kind == TomlKind::text || value->kind == TomlKind::integer)
    report(value->place,
           fmt::format("'{}' in {} must be an amount of money such as \"10.00\", not {}.", key, name(),
                       value->kind == TomlKind::text ? '"' + value->text + '"' : std::to_string(value->integer)));
  else
    report_wrong_kind(key, *value, "an amount of money in quotes, such as \"10.00\"");
}

std::size_t TomlReader::choose(std::string_view key, const std::vector<std::string_view>& names) {
  const TomlValue* value = text(key);
  if (value == nullptr) return names.size();
  const auto chosen = std::find(names.begin(), names.end(), value->text);
  if (chosen == names.end())
    report(value->place, fmt::format("'{}' in {} must be \"{}\", not \"{}\".", key, name(),
                                     fmt::join(names, "\" or \""), value->text));
  return static_cast<std::size_t>(chosen - names.begin());
}

std::vector<const TomlValue*> TomlReader::texts(std::string_view key, bool dates) {
  const TomlValue* list = find_of_kind(key, TomlKind::list);
  return list == nullptr ? std::vector<const TomlValue*>() : texts_in(key, *list, dates);
}

std::vector<const TomlValue*> TomlReader::texts_in(std::string_view key, const TomlValue& list, bool dates) {
  std::vector<const TomlValue*> texts;
  for (const TomlValue& item : list.items)
    if (item.kind == TomlKind::text || (dates && item.kind == TomlKind::date))
      texts.push_back(&item);
    else
      report(item.place,
             fmt::format("the list '{}' in {} must have {}, not {}.", key, name(),
                         dates ? "dates in quotes, such as \"2026-12-25\"" : "strings in quotes", describe(item.kind)));
  return texts;
}

TomlReader TomlReader::table(std::string_view key) {
  const std::string path = m_path.empty() ? std::string(key) : fmt::format("{}.{}", m_path, key);
  const TomlValue* value = find(key);
  const bool is_list_of_tables = value != nullptr && value->kind == TomlKind::list && !value->items.empty() &&
                                 value->items.front().kind == TomlKind::table;
  if (is_list_of_tables)
    report(value->place, fmt::format("[{0}] must be in single brackets, not [[{0}]]: there can be only one.", path));
  else if (value != nullptr && value->kind != TomlKind::table)
    report_wrong_kind(key, *value, fmt::format("a table, [{}]", path));
  const bool usable = value != nullptr && value->kind == TomlKind::table;
  return {usable ? value->table : k_empty_table, path, *m_troubles};
}

std::vector<TomlReader> TomlReader::tables(std::string_view key) {
  std::vector<TomlReader> readers;
  const TomlValue* value = find(key);
  if (value == nullptr) return readers;
  if (value->kind == TomlKind::table) {
    report(value->place, fmt::format("[{0}] must be in double brackets, [[{0}]]: there can be several.", key));
    return readers;
  }
  if (value->kind != TomlKind::list) {
    report_wrong_kind(key, *value, fmt::format("tables, [[{}]]", key));
    return readers;
  }
  for (const TomlValue& item : value->items)
    if (item.kind == TomlKind::table)
      readers.push_back(of_several(item.table, std::string(key), *m_troubles));
    else
      report_wrong_kind(key, item, fmt::format("tables, [[{}]]", key));
  return readers;
}

const std::vector<TomlEntry>& TomlReader::entries() {
  for (const TomlEntry& entry : m_table->entries) m_known.push_back(entry.key);
  return m_table->entries;
}

void TomlReader::report_unknown_keys() {
  for (const TomlEntry& entry : m_table->entries)
    if (std::find(m_known.begin(), m_known.end(), entry.key) == m_known.end())
      report(entry.place, fmt::format("unknown key '{}' in {}{}", entry.key, name(), hint_of(entry.key, m_known)));
}

}  // namespace offcirc
