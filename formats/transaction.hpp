// One circulation event read from a log: what a desk says it did, in terms of circulation and not of any log format.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "formats/stamp.hpp"

namespace offcirc {

using Cents = std::int64_t;

enum class Kind : std::uint8_t {
  checkout,
  checkin,
  renewal,
  registration,
  payment,
  in_house_use,
  unsupported,  ///< a circulation event that offcirc does not load; Transaction::what has its name
};
inline constexpr int k_kind_count = 7;

/// The stable name of the kind: `checkout` ... `in-house-use`, `unsupported`.
std::string_view name_of(Kind kind);
std::optional<Kind> find_kind(std::string_view name);

enum class DueFrom : std::uint8_t { none, transaction, session, policy };

/// Empty for none, otherwise `transaction`, `session` or `policy`.
std::string_view name_of(DueFrom due_from);
std::optional<DueFrom> find_due_from(std::string_view name);

/// Where a transaction was recorded, according to its line. An empty member means that the line does not say. All lines
/// of a log with the same values share one object.
struct Desk {
  std::string_view library;            ///< the station's library
  std::string_view temporary_library;  ///< set at the desk for this transaction; overrides `library`
  std::string_view station;
  std::string_view user_access;
  /// In sorted output: the sentence in which sort said what disagrees with the library; empty if nothing does.
  std::string_view library_mismatch = {};
  /// In sorted output: sort has already checked folder, rosters and user access.
  bool is_settled = false;

  friend bool operator==(const Desk&, const Desk&) = default;
};

/// What a desk recorded about a new user. It never includes a PIN or password.
struct Registration {
  std::string_view last_name, first_name, middle_name, alternate_name;
  Stamp birth_date;  ///< form: date, none or unreadable
  std::string_view email, phone, language, address;
  std::string_view categories;  ///< separated by `;`
  std::string_view department, profile, library;
  Stamp expires_on;  ///< form: date, never, none or unreadable
  /// What else the log says about the user, which offcirc does not keep: names or codes of fields, separated by `, `.
  std::string_view left_out;
};

/// Identifies a record across files: it is the same in a copy, in a log that has grown, and in the output of `sort`.
/// PINs, passwords and override values never enter it. Intake computes it (loader/intake/identity.hpp); parsers leave
/// it alone, except that a row of sorted output names the identity of the line it came from.
struct Identity {
  static constexpr std::uint32_t k_unnumbered = UINT32_MAX;

  Seconds recorded = 0;       ///< UTC instant according to the station's clock; 0 if the record has no readable time
  std::uint64_t content = 0;  ///< hash of what the record says
  std::uint32_t ordinal = k_unnumbered;  ///< among identical records of one section of a log, from 0

  friend constexpr auto operator<=>(const Identity&, const Identity&) = default;
};

/// Text lives in the log or in its arena. IDs are trimmed but not checked.
struct Transaction {
  Stamp recorded;       ///< by the station's clock; form: civil, absolute or none (a format without times)
  Stamp occurred;       ///< absolute if the log has a corrected time (sorted plain CSV, Evergreen), otherwise none
  Stamp due;            ///< the due date set at the desk; form: date, civil, absolute, never or none
  Stamp discharged_on;  ///< for a check-in: when the item came back; form: date, civil, absolute or none
  std::string_view user_id;
  std::string_view item_id;
  /// For an unsupported transaction: its name, such as "Place hold". For an in-house use without an item ID: the type
  /// of the noncataloged items, or empty. For an edit of a registration: the name to report if the edit can't be
  /// applied.
  std::string_view what;
  const Desk* desk = nullptr;                  ///< never null
  const Registration* registration = nullptr;  ///< for a registration, otherwise null
  Cents amount_cents = 0;                      ///< for a payment
  Identity identity;
  /// Hash of what the record says beyond the other members: the fields of a registration as this record alone has them,
  /// or those of an unsupported command, without secrets. 0: nothing (formats/record_identity.hpp). Intake computes the
  /// identity from it and then reuses the member (loader/intake/identity.hpp).
  std::uint64_t more = 0;
  std::uint32_t line = 0;   ///< of the log, from 1; the record's first line
  std::uint32_t count = 1;  ///< for an in-house use
  /// Set by intake: the line of an earlier record that says the same, if the clock stepped back between the two. This
  /// record may be a copy of it, but nothing proves that. 0: there is none.
  std::uint32_t repeats_line = 0;
  Kind kind = Kind::checkout;
  DueFrom due_from = DueFrom::none;  ///< where `due` comes from: none, transaction or session
  bool override_used = false;        ///< the desk entered an override; its value is not kept
  bool fine_waived = false;          ///< for a check-in: the desk waived the fine
  bool edits_registration = false;   ///< for a registration: it changes the user that an earlier record registered
  bool refused_then = false;         ///< the log itself says that the system refused or canceled it at the time
  bool done_online = false;          ///< the log itself says that the system carried it out at the time
  bool time_is_assumed = false;      ///< its log has no time; intake assumed one (--at, or the file's)
  bool clock_jumped = false;  ///< in sorted output, like the next member: what sort found out about the station's clock
  bool clock_went_backwards = false;
  bool needs_context = false;  ///< set by intake: only its neighbors distinguish it from identical records
};

}  // namespace offcirc
