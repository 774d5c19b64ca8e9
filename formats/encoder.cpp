#include "formats/encoder.hpp"

#include <fmt/format.h>
#include <iconv.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <stdexcept>

#include "formats/decoder.hpp"
#include "formats/fields.hpp"

namespace offcirc {

struct Encoder::Converter {
  explicit Converter(const std::string& encoding) : handle(iconv_open(encoding.c_str(), "UTF-8")) {
    if (reinterpret_cast<std::intptr_t>(handle) == -1)
      throw std::invalid_argument(fmt::format("No such text encoding: \"{}\".", encoding));
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() { iconv_close(handle); }

  // Converts as much as fits into the buffer and appends it. Null pointers flush what an encoding with shift states
  // needs at the end. Returns the errno that stopped it, or 0.
  int append(std::string& bytes, char** in, std::size_t* in_left) const {
    std::array<char, 256> buffer;
    char* out = buffer.data();
    std::size_t out_left = buffer.size();
    const bool stopped = iconv(handle, in, in_left, &out, &out_left) == static_cast<std::size_t>(-1);
    const int trouble = stopped ? errno : 0;
    bytes.append(buffer.data(), buffer.size() - out_left);
    return trouble;
  }

  iconv_t handle;
};

Encoder::Encoder(const std::string& encoding) : m_converter(std::make_unique<Converter>(encoding)) {}
Encoder::~Encoder() = default;

std::optional<std::string> Encoder::encode(std::string_view utf8) {
  if (!is_utf8(utf8)) return std::nullopt;
  iconv(m_converter->handle, nullptr, nullptr, nullptr, nullptr);
  std::string bytes;
  auto* in = const_cast<char*>(utf8.data());  // iconv only reads it
  std::size_t in_left = utf8.size();
  while (in_left > 0) {
    const int trouble = m_converter->append(bytes, &in, &in_left);
    if (trouble != 0 && trouble != E2BIG) return std::nullopt;
  }
  m_converter->append(bytes, nullptr, nullptr);
  return bytes;
}

}  // namespace offcirc
