#include "loader/send/sip2_encoding.hpp"

#include <fmt/format.h>
#include <iconv.h>

#include <array>
#include <cerrno>
#include <cstdint>

#include "formats/decoder.hpp"
#include "formats/fields.hpp"
#include "loader/output/characters.hpp"
#include "loader/progress.hpp"

namespace offcirc {
namespace {

constexpr std::string_view k_replacement = "\xEF\xBF\xBD";

class Converter {
 public:
  Converter(const char* to, const char* from) : m_handle(iconv_open(to, from)) {}
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() {
    if (is_open()) iconv_close(m_handle);
  }

  [[nodiscard]] bool is_open() const { return reinterpret_cast<std::intptr_t>(m_handle) != -1; }

  /// Converts all of `text`. Returns false at the first character that can't be converted if `replacement` is empty.
  bool convert(std::string_view text, std::string_view replacement, std::string& result) const {
    iconv(m_handle, nullptr, nullptr, nullptr, nullptr);
    auto* in = const_cast<char*>(text.data());  // iconv only reads it
    std::size_t in_left = text.size();
    while (in_left > 0) {
      const int trouble = append(&in, &in_left, result);
      if (trouble == 0 || trouble == E2BIG) continue;
      if (replacement.empty()) return false;
      append(nullptr, nullptr, result);
      result += replacement;
      ++in;
      --in_left;
    }
    append(nullptr, nullptr, result);
    return true;
  }

 private:
  // Converts what fits into the buffer; without input, what iconv has held back. Returns the errno that stopped it.
  int append(char** in, std::size_t* in_left, std::string& result) const {
    std::array<char, 512> buffer;
    char* out = buffer.data();
    std::size_t out_left = buffer.size();
    const bool stopped = iconv(m_handle, in, in_left, &out, &out_left) == static_cast<std::size_t>(-1);
    const int trouble = stopped ? errno : 0;
    result.append(buffer.data(), buffer.size() - out_left);
    return trouble;
  }

  iconv_t m_handle;
};

}  // namespace

struct Sip2Encoding::Converters {
  explicit Converters(const std::string& name) : out(name.c_str(), "UTF-8"), in("UTF-8", name.c_str()) {}
  Converter out, in;
};

Sip2Encoding::Sip2Encoding(const std::string& name) : m_converters(std::make_unique<Converters>(name)) {
  constexpr std::string_view k_frame = "09AZ|~";
  std::string converted;
  if (!m_converters->out.is_open() || !m_converters->in.is_open())
    throw RunError(fmt::format("[send] encoding: there is no text encoding \"{}\".", name));
  if (!m_converters->out.convert(k_frame, {}, converted) || converted != k_frame)
    throw RunError(fmt::format("[send] encoding: SIP2 messages can't be in {}, because ASCII differs in it.", name));
}
Sip2Encoding::Sip2Encoding(Sip2Encoding&&) noexcept = default;
Sip2Encoding::~Sip2Encoding() = default;

std::optional<std::string> Sip2Encoding::encoded(std::string_view utf8) const {
  if (is_ascii(utf8)) return std::string(utf8);
  std::string bytes;
  if (!m_converters->out.convert(utf8, {}, bytes)) return std::nullopt;
  return bytes;
}

std::string Sip2Encoding::decoded(std::string_view bytes) const {
  if (is_ascii(bytes)) return std::string(bytes);
  std::string text;
  m_converters->in.convert(bytes, k_replacement, text);
  if (is_utf8(text)) return text;
  // iconv's own UTF-8 has code points above U+10FFFF.
  std::string strict;
  for (std::string_view left = text; !left.empty();) {
    const Character character = first_character(left);
    strict += character.valid ? left.substr(0, character.bytes) : k_replacement;
    left.remove_prefix(character.bytes);
  }
  return strict;
}

std::string kept_sip2_text(std::string_view utf8) {
  constexpr std::size_t k_max_bytes = 200;
  // A server may break a text into lines; a line break is no reason to show bytes.
  std::string one_line(utf8);
  for (char& c : one_line)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  const std::string_view text = trimmed_text(one_line);
  std::size_t size = 0;
  while (size < text.size()) {
    const std::size_t next = size + first_character(text.substr(size)).bytes;
    if (next > k_max_bytes) break;
    size = next;
  }
  return visible(text.substr(0, size)) + (size < text.size() ? "..." : "");
}

}  // namespace offcirc
