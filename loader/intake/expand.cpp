#include "loader/intake/expand.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "loader/intake/archive_reader.hpp"
#include "loader/intake/log_file.hpp"
#include "loader/intake/packed_end.hpp"
#include "loader/intake/packing.hpp"
#include "loader/intake/tar_end.hpp"

namespace offcirc {

namespace {

// The encoding of names in zips written by programs without UTF-8 support.
constexpr const char* k_zip_encoding = "CP437";
constexpr std::string_view k_packed_again = "is an archive within an archive. Unpack it and load its contents.";
constexpr std::size_t k_piece_bytes = 64 * 1024;
// One byte more than the formats look at shows that the member goes on.
constexpr std::size_t k_seen_bytes = k_head_bytes + 1;
constexpr std::uint64_t k_mebibyte = 1024 * 1024;

class Expander {
 public:
  Expander(std::string_view packed, const ExpandLimits& limits)
      : m_packed(packed),
        m_limits(limits),
        m_is_compressed(packing_of(packed) == Packing::compressed),
        m_format(m_is_compressed ? packing_within(packed) : packing_of_file(packed)),
        m_reader(packed, m_is_compressed, m_format) {}

  std::variant<std::vector<Member>, std::string> run() {
    if (m_is_compressed && (m_format == Packing::compressed || m_format == Packing::zip)) {
      return std::string(k_packed_again);
    }
    if (!m_reader.is_open()) return reading_trouble(ENOMEM);
    while (!m_refusal && !m_stopped && next_member()) take_member();
    if (!m_refusal) check_gzip();
    if (!m_refusal) check_zip();
    if (!m_refusal) check_end();
    if (m_refusal) return std::move(*m_refusal);
    return std::move(m_members);
  }

 private:
  // Returns false at the end, or if the rest can't be read.
  bool next_member() {
    const ArchiveReader::Step step = m_reader.next();
    if (step == ArchiveReader::Step::member) return may_go_on();
    if (step == ArchiveReader::Step::end) {
      m_was_read_to_end = true;
      return false;
    }
    if (m_seen == 0) {
      refuse(fmt::format("can't be unpacked: {}. Upload it again{}.", m_reader.trouble(), appended_hint()));
    } else if (!is_single() && !name_tail_of_tar(m_reader.position())) {
      m_members.push_back({{},
                           {},
                           fmt::format("is damaged: {}. Everything after {} is not loaded. Upload it again.",
                                       m_reader.trouble(), m_last_path)});
    }
    return false;
  }

  // A compress file is the only one that does not say where it ends, so lines appended to it look like damage.
  [[nodiscard]] std::string_view appended_hint() const {
    return m_packed.starts_with("\x1F\x9D") ? ", without anything that was appended" : "";
  }

  bool may_go_on() {
    // Each layer of compression multiplies what a small file can expand to, and nobody needs more than one.
    if (m_reader.layers() > 1) refuse(std::string(k_packed_again));
    if (++m_seen > m_limits.max_members) {
      refuse(fmt::format("has more than {} members. Unpack it and name the folder.", m_limits.max_members));
    }
    return !m_refusal;
  }

  void refuse(std::string sentence) {
    if (!m_refusal) m_refusal = std::move(sentence);
  }

  void take_member() {
    m_last_position = m_reader.header_position();
    Member member;
    if (!is_single()) {
      const std::string name = m_reader.name();
      m_last_path = member.path = member_path(name, m_format == Packing::zip, encoding());
      if (m_format == Packing::zip) refuse_documents(member.path);
      const bool is_folder = m_reader.kind() == ArchiveReader::Kind::folder || name.ends_with('/');
      if (is_folder || is_left_out(member.path)) return pass_over();
      member.trouble = name_trouble(name);
      if (!member.trouble) member.trouble = kind_trouble();
    }
    if (member.trouble) {
      pass_over();
    } else {
      read_data(member);
    }
    m_members.push_back(std::move(member));
  }

  [[nodiscard]] std::string encoding() const {
    return m_format == Packing::zip ? std::string(k_zip_encoding) : m_limits.encoding;
  }

  // Excel and LibreOffice documents are zips of XML files.
  void refuse_documents(std::string_view path) {
    if (path == "[Content_Types].xml" || path == "mimetype") refuse(std::string(k_document_trouble));
  }

  std::optional<std::string> kind_trouble() const {
    if (m_reader.is_encrypted()) {
      return "is encrypted. Pack it without a password, or unpack it and load its contents.";
    }
    const ArchiveReader::Kind kind = m_reader.kind();
    if (kind == ArchiveReader::Kind::link) return "is a link, so it is skipped. Put the log itself into the archive.";
    if (kind != ArchiveReader::Kind::file) return "is a device, not a file, so it is skipped.";
    return std::nullopt;
  }

  // Returns false if the size limit is exceeded.
  bool count(std::ptrdiff_t bytes) {
    m_expanded += static_cast<std::uint64_t>(bytes);
    if (m_expanded > m_limits.max_bytes) refuse(size_trouble());
    return !m_refusal;
  }

  // Even an unwanted member has to be expanded to get past it, so it counts toward the limit.
  void pass_over() {
    if (m_reader.is_encrypted()) return m_reader.skip_data();
    std::array<char, k_piece_bytes> scratch;
    std::ptrdiff_t got = 0;
    do got = m_reader.read(scratch);
    while (got > 0 && count(got));
  }

  void read_data(Member& member) {
    GrowingBytes bytes(expected_bytes());
    bool may_be_log = false;
    std::ptrdiff_t got = 0;
    do {
      std::span<char> room = bytes.room();
      if (room.empty()) return refuse(reading_trouble(ENOMEM));
      if (!may_be_log) room = room.first(std::min(room.size(), k_seen_bytes - bytes.size()));
      got = m_reader.read(room);
      if (got > 0) bytes.add(static_cast<std::size_t>(got));
      if (!may_be_log && bytes.size() == k_seen_bytes) {
        may_be_log = m_limits.may_be_log(bytes.view().substr(0, k_head_bytes));
        if (!may_be_log) break;
      }
    } while (got > 0 && count(got));
    if (got < 0)
      member.trouble =
          fmt::format("can't be unpacked completely: {}. Upload it again{}.", m_reader.trouble(), appended_hint());
    if (got < 0 || m_refusal) return;
    if (got > 0) leave_rest();
    member.bytes = std::move(bytes).finish();
    if (const auto written_at = m_reader.written_at()) member.bytes.set_written_at(*written_at);
    if (packing_of_file(member.bytes.view()) == Packing::none && !foreign_file_trouble(member.bytes.view())) return;
    member.bytes = {};
    member.trouble = k_packed_again;
  }

  // The beginning of a member is enough to report that it is not a log.
  void leave_rest() {
    if (is_single()) {
      m_stopped = true;
    } else {
      pass_over();
    }
  }

  [[nodiscard]] std::size_t expected_bytes() const {
    const auto promised = m_reader.promised_bytes();
    return promised ? static_cast<std::size_t>(std::min(*promised, m_limits.max_bytes)) : k_piece_bytes - 1;
  }

  // If the checksum is wrong, the damage may be in any member, so the whole file is refused. A file that is only cut
  // short is refused unless that has already been reported for a member.
  void check_gzip() {
    if (!m_is_compressed || m_stopped) return;
    const bool in_order =
        std::none_of(m_members.begin(), m_members.end(), [](const Member& m) { return m.trouble.has_value(); });
    const GzipState state = look_through_gzip(m_packed, m_limits.max_bytes);
    if (state == GzipState::damaged || (state == GzipState::cut && in_order))
      refuse("is damaged: its checksum is wrong. Upload it again.");
    if (state == GzipState::too_long) refuse(size_trouble());
  }

  // libarchive takes a damaged table of contents for a shorter one.
  void check_zip() {
    const std::size_t promised = m_format == Packing::zip ? promised_members(m_packed) : 0;
    if (m_seen >= promised) return;
    m_members.push_back(
        {{}, {}, fmt::format("is damaged: only {} of its {} members were found. Upload it again.", m_seen, promised)});
  }

  // Reports problems of the archive itself; its members are loaded all the same.
  void check_end() {
    if (!m_was_read_to_end) return;
    if (m_is_compressed)
      add_trouble(
          compressed_end_trouble(m_packed, m_packed.substr(std::min(m_packed.size(), m_reader.consumed_bytes()))));
    if (m_format == Packing::zip) add_trouble(zip_end_trouble(m_packed));
    if (m_format != Packing::tar) return;
    if (const auto skipped_at = m_reader.skipped_at()) {
      if (!name_tail_of_tar(*skipped_at))
        add_trouble("is damaged: part of it is not a readable member. Upload it again.");
      return;
    }
    const std::size_t size = std::min(m_packed.size(), k_tar_block_bytes);
    add_trouble(tar_end_trouble(m_is_compressed ? last_block_within(m_packed, m_limits.max_bytes)
                                                : m_packed.substr(m_packed.size() - size)));
  }

  // Returns false if what libarchive could not read at `position` is a member or is followed by one.
  bool name_tail_of_tar(std::uint64_t position) {
    if (m_format != Packing::tar || m_last_position > position) return false;
    std::optional<TarTail> tail = tail_of_tar(m_packed, m_is_compressed, m_limits.max_bytes);
    if (!tail || position < tail->end_mark) return false;
    add_trouble(std::move(tail->trouble));
    return true;
  }

  void add_trouble(EndTrouble trouble) {
    if (trouble) m_members.push_back({{}, {}, std::move(trouble)});
  }

  [[nodiscard]] std::string size_trouble() const {
    return fmt::format(
        "expands to more than {} MiB. If it is right, raise max_archive_mib in [system] of the "
        "configuration.",
        m_limits.max_bytes / k_mebibyte);
  }

  [[nodiscard]] bool is_single() const { return m_format == Packing::none; }

  std::string_view m_packed;
  const ExpandLimits& m_limits;
  bool m_is_compressed;
  Packing m_format;  // inside any compression; none: a single log
  ArchiveReader m_reader;
  std::vector<Member> m_members;
  std::string m_last_path;
  std::uint64_t m_last_position = 0;  // of the last member's header, in the unpacked data
  std::size_t m_seen = 0;
  std::uint64_t m_expanded = 0;
  bool m_was_read_to_end = false;
  bool m_stopped = false;                // the rest is not needed
  std::optional<std::string> m_refusal;  // why the whole file is refused
};

}  // namespace

std::variant<std::vector<Member>, std::string> expand(std::string_view packed, const ExpandLimits& limits) {
  const std::size_t end = end_of_streams(packed, limits.max_bytes);
  auto expanded = Expander(packed.substr(0, end), limits).run();
  auto* members = std::get_if<std::vector<Member>>(&expanded);
  if (members == nullptr || end == packed.size()) return expanded;
  if (EndTrouble trouble = compressed_end_trouble(packed, packed.substr(end)))
    members->push_back({{}, {}, std::move(trouble)});
  return expanded;
}

}  // namespace offcirc
