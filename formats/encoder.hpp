// Encodes UTF-8 text in the encoding of a file that is written: what the decoder does, the other way round.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace offcirc {

class Encoder {
 public:
  /// `encoding` is an iconv name such as `windows-1252`. Throws std::invalid_argument if iconv does not know it.
  explicit Encoder(const std::string& encoding);
  ~Encoder();
  Encoder(const Encoder&) = delete;
  Encoder& operator=(const Encoder&) = delete;

  /// Returns nullopt if the encoding lacks one of the characters, or if `utf8` is not UTF-8.
  std::optional<std::string> encode(std::string_view utf8);

 private:
  struct Converter;
  std::unique_ptr<Converter> m_converter;
};

}  // namespace offcirc
