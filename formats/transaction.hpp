// One circulation event read from a log: what a desk says it did, in the terms of circulation and of no log format.
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
  unsupported,  ///< a circulation event that offcirc does not load; Transaction::what names it
};
inline constexpr int k_kind_count = 7;

/// The stable name: `checkout` ... `in-house-use`, `unsupported`.
std::string_view name_of(Kind kind);
std::optional<Kind> find_kind(std::string_view name);

enum class DueFrom : std::uint8_t { none, transaction, session, policy };

/// Empty for none, else `transaction`, `session`, `policy`.
std::string_view name_of(DueFrom due_from);
std::optional<DueFrom> find_due_from(std::string_view name);

/// Where a transaction was recorded, as its line says; empty = the line does not say. One object serves all the lines
/// of a log that say the same.
struct Desk {
  std::string_view library;            ///< the station's library
  std::string_view temporary_library;  ///< set at the desk for this transaction; goes before `library`
  std::string_view station;
  std::string_view user_access;
  /// Of sorted output: the sentence that sort wrote of what disagreed with the library; empty: nothing did.
  std::string_view library_mismatch = {};
  /// Sorted output: folder, rosters and user access were looked at when it was sorted.
  bool is_settled = false;

  friend bool operator==(const Desk&, const Desk&) = default;
};

/// What a desk wrote down about a new user. A PIN or password is never among it.
struct Registration {
  std::string_view last_name, first_name, middle_name, alternate_name;
  Stamp birth_date;  ///< date, none, or unreadable
  std::string_view email, phone, language, address;
  std::string_view categories;  ///< separated by `;`
  std::string_view department, profile, library;
  Stamp expires_on;  ///< date, never, none, or unreadable
  /// What the log says of the user beyond that and offcirc does not keep: names or codes of fields, separated by `, `.
  std::string_view left_out;
};

/// Which record this is, in any file: a copy, a log that has grown and the output of `sort` give the same.
/// PINs, passwords and override values never enter it. Intake computes it (loader/intake/identity.hpp); parsers leave
/// it alone, except that a row of sorted output names the identity of the line it came from.
struct Identity {
  static constexpr std::uint32_t k_unnumbered = UINT32_MAX;

  Seconds recorded = 0;       ///< UTC instant that the station's clock said; 0 if the record has no readable time
  std::uint64_t content = 0;  ///< the key of the record
  std::uint32_t ordinal = k_unnumbered;  ///< among records of one section of a log that are alike, from 0

  friend constexpr auto operator<=>(const Identity&, const Identity&) = default;
};

/// Text lives in the log or in its arena. IDs are trimmed of blanks and not checked.
struct Transaction {
  Stamp recorded;  ///< by the station's clock: civil, absolute, or none (a format without times)
  Stamp occurred;  ///< absolute, where the log says that the clock has been corrected (sorted plain CSV), else none
  Stamp due;       ///< the due date the desk gave: date, civil, absolute, never, or none
  Stamp discharged_on;  ///< of a check-in: the day it came back: date, civil, absolute, or none
  std::string_view user_id;
  std::string_view item_id;
  /// Of an unsupported one: its name, such as "Place hold". Of an in-house use without an item ID: the type of the
  /// non-catalogued items, or empty. Of an edit of a registration: what it is called where it can't be applied.
  std::string_view what;
  const Desk* desk = nullptr;                  ///< never null
  const Registration* registration = nullptr;  ///< of a registration, else null
  Cents amount_cents = 0;                      ///< of a payment
  Identity identity;
  /// Hash of what the record says that no other member holds: the fields of a registration as this record alone has
  /// them, or of an unsupported command, without secrets. 0: nothing. (formats/content_hash.hpp) Intake needs it for
  /// the identity and puts Identification::context in its place.
  std::uint64_t more = 0;
  std::uint32_t line = 0;   ///< of the log, from 1; the first line of the record
  std::uint32_t count = 1;  ///< of an in-house use
  /// Set by intake: the line of an earlier record that says the same, after which the clock stepped back. That may be a
  /// copy, but nothing proves it. 0: there is none.
  std::uint32_t repeats_line = 0;
  Kind kind = Kind::checkout;
  DueFrom due_from = DueFrom::none;  ///< whose `due` is: transaction or session
  bool override_used = false;        ///< the desk gave an override; its value is not kept
  bool fine_waived = false;          ///< of a check-in: the desk took the item back free of fines
  bool edits_registration = false;   ///< of a registration: changes the user that an earlier record registered
  bool refused_then = false;         ///< the log itself says that the system refused or canceled it at the time
  bool done_online = false;          ///< the log itself says that the system carried it out at the time
  bool time_is_assumed = false;      ///< its log says no time; intake gave it one (--at, or the file's)
  bool clock_jumped = false;  ///< of sorted output, as are those below: what sort found out about the station's clock
  bool clock_went_backwards = false;
  bool needs_context = false;  ///< set by intake: only its neighbors tell it from others that say the same
};

}  // namespace offcirc
