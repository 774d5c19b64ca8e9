// One line of an Evergreen log: the members of its JSON object or, if it is damaged, what can still be recovered.
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

/// The members of one line. Reuse the object for the next line: it keeps its memory.
class EvergreenLine {
 public:
  /// `log` is the text that contains the lines.
  EvergreenLine(std::string_view log, const LogContext& context);
  ~EvergreenLine();

  /// Parses `line`, a line of the log without its line end. Returns a problem if it is damaged; type, timestamp and
  /// barcodes are then available as far as they could be recovered, but may have been mistaken for one another.
  std::optional<LineTrouble> read(std::string_view line);

  /// The value of `member`, decoded and trimmed; numbers, true and false as they are written. Empty if the member is
  /// missing, null, a list or an object. If a member occurs twice, the first value that is not empty counts.
  [[nodiscard]] std::string_view operator[](EvergreenMember member) const {
    return m_values[static_cast<std::size_t>(member)];
  }
  /// Makes all members empty.
  void clear();
  /// The column of the value of `member`, from 1. \pre The value is not empty.
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
  std::string_view m_text;    // the line as parsed: UTF-8, with padding after it
  bool m_is_decoded = false;  // the log has the line in another encoding
  bool m_has_user = false;
  std::array<std::string_view, k_evergreen_member_count> m_values;
  std::array<const char*, k_evergreen_member_count> m_places{};
  std::unique_ptr<Json> m_json;
};

/// What can be recovered from a damaged line. Values are trimmed and without quotes; empty if there is none or if it
/// has escapes. An ID at the end of the line may be cut short.
struct EvergreenRemains {
  std::string_view type, timestamp, patron_barcode, barcode;
  std::string_view card_barcode;  ///< for a registration
};

/// Recovers members from a damaged `line`; the values are views into it.
EvergreenRemains remains_of_evergreen_line(std::string_view line);

/// The part of an unreadable line that may be kept: each complete name, with as much of its value as certainly belongs
/// to it. The password is dropped up to the next name or, if the password itself is damaged, with everything after it.
/// Text without a name is dropped too, because its name may have been torn off.
std::string without_evergreen_password(std::string_view line);

}  // namespace offcirc
