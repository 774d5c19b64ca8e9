// Decodes the text of a log: text that is valid UTF-8 is used as is; anything else is converted from the encoding that
// the config names.
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
  /// `encoding` is an iconv name such as `windows-1252`. Throws std::invalid_argument if iconv does not know it.
  Decoder(const std::string& encoding, TextArena& arena);
  Decoder(Decoder&&) noexcept;
  ~Decoder();

  /// Returns `bytes` itself if it is valid UTF-8, otherwise its converted text, kept in the arena. A byte that the
  /// encoding does not define becomes U+FFFD.
  std::string_view decode(std::string_view bytes);

  /// Returns `field` without spaces, tabs and no-break spaces at both ends, as an undecoded part of itself.
  std::string_view trim(std::string_view field);

  /// The size of `utf8` in bytes in the configured encoding; nullopt if that encoding can't represent it.
  std::optional<std::size_t> encoded_size(std::string_view utf8);

 private:
  struct Converter;
  std::unique_ptr<Converter> m_converter;
  TextArena* m_arena;
};

/// Checks strictly: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view bytes);

}  // namespace offcirc
