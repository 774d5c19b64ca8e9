// The text encoding of a SIP2 server: converts IDs for its messages, and makes the texts of its answers safe to keep.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace offcirc {

class Sip2Encoding {
 public:
  /// `name` is an iconv name such as `windows-1252`. RunError if iconv does not know it, or if ASCII is different in
  /// it, because then the delimiters of SIP2 would be.
  explicit Sip2Encoding(const std::string& name);
  Sip2Encoding(Sip2Encoding&&) noexcept;
  ~Sip2Encoding();

  /// The bytes of `utf8` in the encoding; nullopt if it has no such character.
  [[nodiscard]] std::optional<std::string> encoded(std::string_view utf8) const;
  /// UTF-8; each byte that is no text becomes U+FFFD.
  [[nodiscard]] std::string decoded(std::string_view bytes) const;

 private:
  struct Converters;
  std::unique_ptr<Converters> m_converters;
};

/// A text of the server (AF, AG, an ID) as it may be kept and shown: at most about 200 bytes, without control
/// characters.
std::string kept_sip2_text(std::string_view utf8);

}  // namespace offcirc
