// What the holder of a lock writes into its file, and how it is named to somebody who finds the lock taken.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>

#include "loader/store/events.hpp"

namespace offcirc {

/// The text of the file of a lock that process `pid` of machine `host` holds since then (UTC, by the real clock,
/// whatever --now says).
std::string lock_text(const Invocation& holder, Seconds since, pid_t pid, std::string_view host);

/// `process 4711 of alice, for 2 minutes: offcirc load logs`; the machine too where it is not `host`. Empty where the
/// text is none, or of a process that has ended. `now` is UTC.
std::string name_of_holder(std::string_view text, Seconds now, std::string_view host);

/// What this machine is called.
std::string host_name();

}  // namespace offcirc
