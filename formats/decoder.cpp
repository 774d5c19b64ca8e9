#include "formats/decoder.hpp"

#include <fmt/format.h>
#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <stdexcept>

#include "formats/fields.hpp"

namespace offcirc {
namespace {

constexpr std::string_view k_replacement = "\xEF\xBF\xBD";

// The length in bytes of the UTF-8 character that begins at `at`; 0 if none does.
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

// glibc's UTF-8 converter allows characters above U+10FFFF.
std::string strictly_utf8(std::string text) {
  if (is_utf8(text)) return text;
  std::string strict;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length_at(text, at);
    strict += length == 0 ? k_replacement : std::string_view(text).substr(at, length);
    at += std::max<std::size_t>(length, 1);
  }
  return strict;
}

}  // namespace

struct Decoder::Converter {
  explicit Converter(const std::string& encoding)
      : handle(iconv_open("UTF-8", encoding.c_str())), back(iconv_open(encoding.c_str(), "UTF-8")) {
    if (is_open(handle)) return;
    close(back);
    throw std::invalid_argument(fmt::format("No such text encoding: \"{}\".", encoding));
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() {
    close(handle);
    close(back);
  }

  static bool is_open(iconv_t converter) { return reinterpret_cast<std::intptr_t>(converter) != -1; }
  static void close(iconv_t converter) {
    if (is_open(converter)) iconv_close(converter);
  }

  std::optional<std::size_t> size_of(std::string_view utf8) const {
    if (!is_open(back)) return std::nullopt;
    iconv(back, nullptr, nullptr, nullptr, nullptr);
    std::size_t size = 0;
    auto* in = const_cast<char*>(utf8.data());  // iconv only reads it
    std::size_t in_left = utf8.size();
    while (in_left > 0) {
      std::array<char, 256> buffer;
      char* out = buffer.data();
      std::size_t out_left = buffer.size();
      const bool stopped = iconv(back, &in, &in_left, &out, &out_left) == static_cast<std::size_t>(-1);
      const int trouble = stopped ? errno : 0;
      size += buffer.size() - out_left;
      if (trouble == 0 || trouble == E2BIG) continue;
      // A byte that a Windows code page leaves undefined is decoded to a control character of two bytes in UTF-8.
      if (trouble != EILSEQ || in_left < 2 || in[0] != '\xC2' || (in[1] & '\xE0') != '\x80') return std::nullopt;
      ++size;
      in += 2;
      in_left -= 2;
    }
    return size;
  }

  std::string text_of(std::string_view bytes) {
    iconv(handle, nullptr, nullptr, nullptr, nullptr);
    std::string text;
    auto* in = const_cast<char*>(bytes.data());  // iconv only reads it
    std::size_t in_left = bytes.size();
    while (in_left > 0) {
      const int trouble = append(text, &in, &in_left);
      if (trouble == 0 || trouble == E2BIG || in_left == 0) continue;
      append_waiting(text);
      text += k_replacement;
      ++in;
      --in_left;
    }
    append_waiting(text);
    return text;
  }

 private:
  // If the next character could change the last one (in Hebrew or Vietnamese), iconv holds that one back. This flushes
  // it.
  void append_waiting(std::string& text) const { append(text, nullptr, nullptr); }

  // Converts as much as fits into the buffer. Returns the errno that stopped it, or 0.
  int append(std::string& text, char** in, std::size_t* in_left) const {
    std::array<char, 256> buffer;
    char* out = buffer.data();
    std::size_t out_left = buffer.size();
    const bool stopped = iconv(handle, in, in_left, &out, &out_left) == static_cast<std::size_t>(-1);
    const int trouble = stopped ? errno : 0;
    text.append(buffer.data(), buffer.size() - out_left);
    return trouble;
  }

  iconv_t handle, back;
};

Decoder::Decoder(const std::string& encoding, TextArena& arena)
    : m_converter(std::make_unique<Converter>(encoding)), m_arena(&arena) {}
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder::~Decoder() = default;

std::string_view Decoder::decode(std::string_view bytes) {
  if (is_utf8(bytes)) return bytes;
  return m_arena->keep(strictly_utf8(m_converter->text_of(bytes)));
}

std::string_view Decoder::trim(std::string_view field) {
  field = trimmed(field);
  const auto is_space = [&](std::string_view byte) { return !is_ascii(byte) && trimmed_text(decode(byte)).empty(); };
  while (!field.empty() && !(is_ascii(field.substr(0, 1)) && is_ascii(field.substr(field.size() - 1)))) {
    if (is_utf8(field)) return trimmed_text(field);
    if (is_space(field.substr(0, 1)))
      field.remove_prefix(1);
    else if (is_space(field.substr(field.size() - 1)))
      field.remove_suffix(1);
    else
      return field;
    field = trimmed(field);
  }
  return field;
}

std::optional<std::size_t> Decoder::encoded_size(std::string_view utf8) {
  return m_converter->size_of(utf8);
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
