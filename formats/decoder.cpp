#include "formats/decoder.hpp"

#include <fmt/format.h>
#include <iconv.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <stdexcept>

#include "formats/fields.hpp"

namespace offcirc {
namespace {

constexpr std::string_view k_replacement = "\xEF\xBF\xBD";

// How long the UTF-8 character is that begins at `at`; 0 where none does.
std::size_t utf8_length_at(std::string_view bytes, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(i < bytes.size() ? bytes[i] : 0); };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned char first = byte(at), second = byte(at + 1);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(at + 1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const bool overlong = first == 0xE0 && second < 0xA0;
    const bool surrogate = first == 0xED && second >= 0xA0;
    return follows(at + 1) && follows(at + 2) && !overlong && !surrogate ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool overlong = first == 0xF0 && second < 0x90;
    const bool too_high = first == 0xF4 && second >= 0x90;
    return follows(at + 1) && follows(at + 2) && follows(at + 3) && !overlong && !too_high ? 4 : 0;
  }
  return 0;
}

}  // namespace

struct Decoder::Converter {
  explicit Converter(const std::string& encoding) : handle(iconv_open("UTF-8", encoding.c_str())) {
    if (!is_open()) throw std::invalid_argument(fmt::format("No such text encoding: \"{}\".", encoding));
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() { iconv_close(handle); }

  [[nodiscard]] bool is_open() const { return reinterpret_cast<std::intptr_t>(handle) != -1; }

  iconv_t handle;
  std::string text;  // of the field at hand
};

Decoder::Decoder(const std::string& encoding, TextArena& arena)
    : m_converter(std::make_unique<Converter>(encoding)), m_arena(&arena) {}
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder::~Decoder() = default;

std::string_view Decoder::decode(std::string_view bytes) {
  if (is_utf8(bytes)) return bytes;
  std::string& text = m_converter->text;
  text.clear();
  iconv(m_converter->handle, nullptr, nullptr, nullptr, nullptr);
  auto* in = const_cast<char*>(bytes.data());  // iconv only reads it
  std::size_t in_left = bytes.size();
  while (in_left > 0) {
    std::array<char, 256> buffer;
    char* out = buffer.data();
    std::size_t out_left = buffer.size();
    const bool stopped = iconv(m_converter->handle, &in, &in_left, &out, &out_left) == static_cast<std::size_t>(-1);
    const bool is_full = stopped && errno == E2BIG;
    text.append(buffer.data(), buffer.size() - out_left);
    if (stopped && !is_full && in_left > 0) {
      text += k_replacement;
      ++in;
      --in_left;
    }
  }
  return m_arena->keep(text);
}

bool is_utf8(std::string_view bytes) {
  if (is_ascii(bytes)) return true;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = utf8_length_at(bytes, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

}  // namespace offcirc
