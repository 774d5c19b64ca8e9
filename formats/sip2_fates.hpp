// Determines what happened to the requests of a SIP2 log at the time, as far as the log itself shows: by the server's
// responses (10, 12, 30), cancels (BI Y), and requests that were resent because no response came.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "formats/diagnostic.hpp"
#include "formats/ids.hpp"

namespace offcirc {

enum class Sip2Fate : std::uint8_t {
  unknown,
  done,     ///< the server carried it out
  refused,  ///< the server refused it, or a cancel took it back; a cancel itself is refused too
  repeat,   ///< an earlier request, resent: the two are one
};

/// Indexed by request: the readable checkouts, check-ins and renewals of a log, in order.
class Sip2Fates {
 public:
  [[nodiscard]] Sip2Fate of(std::size_t request) const {
    return request < m_fates.size() ? m_fates[request] : Sip2Fate::unknown;
  }
  void set(std::size_t request, Sip2Fate fate) {
    if (request >= m_fates.size()) m_fates.resize(request + 1, Sip2Fate::unknown);
    m_fates[request] = fate;
  }

  std::vector<LogNote> notes;

 private:
  std::vector<Sip2Fate> m_fates;  // up to the last request whose fate is known
};

/// Reads the whole log.
Sip2Fates find_sip2_fates(std::string_view text, const IdPatterns& ids);

}  // namespace offcirc
