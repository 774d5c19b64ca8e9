// Finds requests that damage may have hidden. Damage to one letter can turn a request into a line that is skipped as
// blank (a response, the first step of a screen, a session command); but such a line still carries what only a request
// does.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "formats/decoder.hpp"
#include "formats/diagnostic.hpp"
#include "formats/symphony_line.hpp"

namespace offcirc {

class SymphonyScreens {
 public:
  explicit SymphonyScreens(Decoder& decoder) : m_decoder(decoder) {}

  /// Call the see functions for every line in the order of the log; the text of the lines must stay valid. This one is
  /// for requests that become records.
  void see_request(const SymphonyLine& line, std::uint32_t number);
  void see_first_step(const SymphonyLine& line, std::uint32_t number);
  void see_session_command(const SymphonyLine& line, std::uint32_t number);
  /// Returns whether the response `answer` may be a damaged request: its header is torn; or it names a user, an item or
  /// a library, and the last request with its sequence number either does not match it or is the same from ^S on.
  [[nodiscard]] bool may_be_request(const SymphonyLine& answer);
  [[nodiscard]] std::vector<LogNote> notes() const;

 private:
  static constexpr std::size_t k_sequence_numbers = 100;

  struct FirstStep {
    std::string_view text;
    std::uint32_t number = 0;
  };
  void doubt(std::uint32_t number);
  [[nodiscard]] bool completes(const SymphonyLine& request, const FirstStep& step);

  Decoder& m_decoder;
  SymphonyLine m_other;
  std::array<std::string_view, k_sequence_numbers> m_last_requests;  // by sequence number
  std::unordered_map<std::string_view, FirstStep> m_first_steps;     // by station: the step that awaits its request
  std::uint32_t m_doubtful = 0, m_first_doubtful = 0;                // lines
};

}  // namespace offcirc
