// Reads the keys of one table of a config. The keys that are asked for are the known ones; all others are reported.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/transaction.hpp"
#include "loader/config/toml_tree.hpp"

namespace offcirc {

class TomlReader {
 public:
  /// `path` is that in the header of the table, `library.offline`; empty for the whole file. `table`, `troubles` and
  /// the keys that are asked for must outlive the reader.
  TomlReader(const TomlTable& table, std::string path, TroubleList& troubles);
  /// A reader for one of several tables, such as a [[library]].
  static TomlReader of_several(const TomlTable& table, std::string path, TroubleList& troubles);

  /// Each sets `into` if the key is given and valid, reports a value that is not valid, and otherwise leaves `into`
  /// alone.
  void read(std::string_view key, std::string& into);
  void read(std::string_view key, bool& into);
  void read(std::string_view key, int& into, int min, int max);
  void read(std::string_view key, std::vector<std::string>& into);
  /// Reads an amount: a text such as `10.00`, or a whole number of currency units.
  void read_money(std::string_view key, Cents& into);
  /// Reads a text that must be one of `choices`.
  template <typename Value, std::size_t size>
  void read_choice(std::string_view key, const std::array<std::pair<std::string_view, Value>, size>& choices,
                   Value& into) {
    std::vector<std::string_view> names;
    names.reserve(size);
    for (const auto& choice : choices) names.push_back(choice.first);
    const std::size_t chosen = choose(key, names);
    if (chosen < size) into = choices[chosen].second;
  }

  /// The text of that key with its place; null if it is not given or not a text, which is reported.
  const TomlValue* text(std::string_view key);
  /// The texts of that list with their places. With `dates`, dates without quotes are accepted too.
  std::vector<const TomlValue*> texts(std::string_view key, bool dates = false);
  /// The table of that key; an empty one if it is not given.
  TomlReader table(std::string_view key);
  /// The [[tables]] of that key.
  std::vector<TomlReader> tables(std::string_view key);
  /// All entries, for a table whose keys are names that the operator chooses. From now on all of them are known.
  const std::vector<TomlEntry>& entries();
  /// Null if the key is not given. From now on the key is known.
  const TomlValue* find(std::string_view key);

  /// To be called after all keys have been asked for.
  void report_unknown_keys();
  void report(Place place, std::string sentence) { m_troubles->add(place, std::move(sentence)); }
  void report_wrong_kind(std::string_view key, const TomlValue& value, std::string_view expected);

  /// `[library.offline]`, `[[library]]`: for messages.
  [[nodiscard]] std::string name() const;
  [[nodiscard]] Place place() const { return m_table->place; }

 private:
  std::size_t choose(std::string_view key, const std::vector<std::string_view>& names);
  const TomlValue* find_of_kind(std::string_view key, TomlKind kind);
  std::vector<const TomlValue*> texts_in(std::string_view key, const TomlValue& list, bool dates);

  const TomlTable* m_table;
  std::string m_path;
  bool m_one_of_several = false;
  TroubleList* m_troubles;
  std::vector<std::string_view> m_known;
};

}  // namespace offcirc
