// Text of a log as UTF-8: strictly UTF-8 where it is so already, else from the encoding that the config names.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "formats/text_arena.hpp"

namespace offcirc {

class Decoder {
 public:
  /// `encoding` as iconv knows it, such as `windows-1252`. Throws std::invalid_argument where iconv does not.
  Decoder(const std::string& encoding, TextArena& arena);
  Decoder(Decoder&&) noexcept;
  ~Decoder();

  /// `bytes` itself where it is UTF-8 already, else its text, kept in the arena. A byte that the encoding does not have
  /// becomes U+FFFD.
  std::string_view decode(std::string_view bytes);

  /// `field` without blanks, tabs and no-break spaces at both ends, not decoded: a part of itself.
  std::string_view trim(std::string_view field);

  /// How many bytes `utf8` has in the encoding of the config; none where the encoding can't say it.
  std::optional<std::size_t> encoded_size(std::string_view utf8);

 private:
  struct Converter;
  std::unique_ptr<Converter> m_converter;
  TextArena* m_arena;
};

/// Strict: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view bytes);

}  // namespace offcirc
