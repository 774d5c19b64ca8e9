// Lines of a Symphony log that are blank (answers, first steps of a screen, commands of a session), but carry what only
// a request does: damage to one letter may have made one of a request, and no request is to vanish.
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

  /// A request that is a record. All are said in the order of the log; views stay valid.
  void see_request(const SymphonyLine& line, std::uint32_t number);
  void see_first_step(const SymphonyLine& line, std::uint32_t number);
  void see_session_command(const SymphonyLine& line, std::uint32_t number);
  /// The header of the answer is torn, or the answer names a user, an item or a library, and no request of the same
  /// sequence number and command has done so.
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
  std::unordered_map<std::string_view, FirstStep> m_first_steps;     // by station: what is to be completed
  std::uint32_t m_doubtful = 0, m_first_doubtful = 0;                // lines
};

}  // namespace offcirc
