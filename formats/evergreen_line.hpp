// One line of an Evergreen log: its members, or what can still be told of it when it is no longer JSON.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "formats/diagnostic.hpp"
#include "formats/evergreen_json.hpp"
#include "formats/log_format.hpp"

namespace offcirc {

// One line of an Evergreen log, taken apart: what its JSON object says of the things that circulation is about.

/// To be used for one line after the other, since its memory stays.
class EvergreenLine {
 public:
  /// `log` is what the lines are parts of.
  EvergreenLine(std::string_view log, const LogContext& context);
  ~EvergreenLine();

  /// Takes `line` of the log, without its line end, apart. Of a damaged one its type, its timestamp and its barcodes
  /// can be asked for afterwards, as far as they are there: another ID or time may be in their place.
  std::optional<LineTrouble> read(std::string_view line);

  /// Decoded and trimmed; a number or true and false as they are written. Empty where there is no such member or it is
  /// null, a list or an object. Where one stands twice, the first that says something counts.
  [[nodiscard]] std::string_view operator[](EvergreenMember member) const {
    return m_values[static_cast<std::size_t>(member)];
  }
  /// Says nothing any more.
  void clear();
  /// From 1. The line says something of `member`.
  [[nodiscard]] std::uint32_t column_of(EvergreenMember member) const;

 private:
  class Json;

  [[nodiscard]] std::optional<LineTrouble> find_ends() const;
  void decode();
  void make_room_behind();
  std::optional<LineTrouble> read_damaged(LineTrouble trouble);
  [[nodiscard]] std::uint32_t column_at(const char* place) const;

  std::string_view m_log;
  LogContext m_context;
  std::string_view m_text;    // the line as it is read: UTF-8, with room behind it
  bool m_is_decoded = false;  // it was in another encoding in the log
  bool m_has_user = false;
  std::array<std::string_view, k_evergreen_member_count> m_values;
  std::array<const char*, k_evergreen_member_count> m_places{};
  std::unique_ptr<Json> m_json;
};

// What can still be told of an Evergreen line that is no JSON any more, and what of it is surely no password.

/// Trimmed, and without quotes; empty where there is none, or where it has escapes. An ID that is the last of the line
/// may be cut short.
struct EvergreenRemains {
  std::string_view type, timestamp, patron_barcode, barcode;
  std::string_view card_barcode;  ///< of a registration
};

/// Parts of `line`, a damaged one.
EvergreenRemains remains_of_evergreen_line(std::string_view line);

/// What may be kept of a line that can't be read: each name that is whole, with as much of its value as is surely its
/// own. The password is dropped up to the next name, or with all that follows it where it is damaged itself; so is
/// what belongs to no name, since it may belong to a torn one.
std::string without_evergreen_password(std::string_view line);

}  // namespace offcirc
