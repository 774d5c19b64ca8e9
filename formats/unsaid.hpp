// Names for the parts of transactions that upload files can't express, for messages.
#pragma once

#include <string_view>

namespace offcirc::unsaid {

// Transactions that are not written at all.
inline constexpr std::string_view k_payment = "payment";
inline constexpr std::string_view k_in_house_use = "in-house use";
inline constexpr std::string_view k_uncataloged_use = "in-house use of an item without an ID";
inline constexpr std::string_view k_registration = "registration";
inline constexpr std::string_view k_renewal = "renewal";
inline constexpr std::string_view k_renewal_without_user = "renewal that names no user";
inline constexpr std::string_view k_missing_id = "transaction without an ID that it needs";
inline constexpr std::string_view k_no_amount = "payment of nothing";
inline constexpr std::string_view k_long_id = "ID that is too long";
inline constexpr std::string_view k_large_count = "count over 99";
inline constexpr std::string_view k_reserved = "characters that the format reserves";
inline constexpr std::string_view k_outside_encoding = "characters outside the encoding of the file";
inline constexpr std::string_view k_reads_otherwise = "text that would be read back as something else";

// Parts of transactions that are written without them.
inline constexpr std::string_view k_renewal_as_checkout = "renewal, which is written as a checkout";
inline constexpr std::string_view k_due_date = "due date";
inline constexpr std::string_view k_never_due = "due date NEVER";
inline constexpr std::string_view k_discharge = "date of discharge";
inline constexpr std::string_view k_waived_fine = "waived fine";
inline constexpr std::string_view k_temporary_library = "temporary library";
inline constexpr std::string_view k_station = "station number";
inline constexpr std::string_view k_user = "user of a check-in or in-house use";
inline constexpr std::string_view k_item = "item of a payment";
inline constexpr std::string_view k_seconds = "seconds of a time";
inline constexpr std::string_view k_repeated_hour = "which of two equal hours in autumn";
inline constexpr std::string_view k_same_second = "exact second, which another transaction of the item has";
inline constexpr std::string_view k_group = "statistical group";
inline constexpr std::string_view k_birth_date = "birth date";
inline constexpr std::string_view k_expiry = "expiration date";
inline constexpr std::string_view k_categories = "numbered categories of a user";
inline constexpr std::string_view k_user_fields = "fields of a user that offcirc does not keep";

}  // namespace offcirc::unsaid
