// What became of the requests of a SIP2 log when they were made, as far as the log itself says so: answers of the
// server (10, 12, 30), cancels (BI Y), requests that were sent again because no answer came.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "formats/diagnostic.hpp"
#include "formats/ids.hpp"

namespace offcirc {

enum class Sip2Fate : std::uint8_t {
  unknown,
  done,     ///< the server did it
  refused,  ///< the server refused it, or a cancel took it back; also the cancel
  repeat,   ///< the request before it, sent again: both are one
};

/// By the requests (checkouts, check-ins, renewals that can be read) of a log in their order.
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
  std::vector<Sip2Fate> m_fates;  // up to the last of which something is known
};

/// Reads the log from its beginning to its end.
Sip2Fates find_sip2_fates(std::string_view text, const IdPatterns& ids);

}  // namespace offcirc
