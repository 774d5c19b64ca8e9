// Tells records of a log apart that say the same, so that each is loaded once, whatever file it comes in.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "formats/transaction.hpp"

namespace offcirc {

/// Numbers those that are alike (recorded and content) from 0 in their order; what has an ordinal already keeps it.
/// `identities` are of all records of one log that have one, unreadable ones included, in the order of the log. Null is
/// not allowed.
void number_identities(std::span<Identity* const> identities);

/// XXH3 of 128 bits as 32 hex digits.
std::string digest_of(std::string_view bytes);

/// Of a transaction whose log has no times: nothing but the log and the place in it tells it from another of the same
/// kind. `position` counts the records of the log from 0. `why_unreadable` keeps the identity of one that could not be
/// used for want of a time from standing in its way when it is loaded again with one; else it is empty.
Identity identity_by_place(std::string_view digest, std::uint64_t position, std::string_view why_unreadable = {});

}  // namespace offcirc
