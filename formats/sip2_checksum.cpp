#include "formats/sip2_checksum.hpp"

#include <fmt/format.h>

namespace offcirc {

std::string sip2_checksum_of(unsigned sum) {
  return fmt::format("{:04X}", -sum & 0xFFFFU);
}

std::string_view promised_sip2_checksum(std::string_view field) {
  if (field.size() == k_sip2_sequence_bytes + k_sip2_checksum_bytes && field.starts_with("AY")) {
    field.remove_prefix(k_sip2_sequence_bytes);
  }
  if (field.size() != k_sip2_checksum_bytes || !field.starts_with("AZ")) return {};
  field.remove_prefix(2);
  const bool is_hexadecimal = field.find_first_not_of("0123456789ABCDEFabcdef") == std::string_view::npos;
  return is_hexadecimal ? field : std::string_view();
}

}  // namespace offcirc
