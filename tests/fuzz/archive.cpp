// Archives and compressed files: which logs they yield, and never more than the limits allow.
#include "formats/decoder.hpp"
#include "formats/registry.hpp"
#include "loader/intake/expand.hpp"
#include "loader/intake/log_bytes.hpp"
#include "loader/intake/packing.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace offcirc {
namespace {

constexpr std::uint64_t k_max_bytes = 256 * 1024;
constexpr std::size_t k_max_members = 20;

bool may_be_log(std::string_view head) {
  promise(head.size() <= k_head_bytes, "The formats are shown more than the beginning.");
  return is_utf16(head) || !formats_that_claim(head).empty();
}

// A path that leads out of the archive is reported as trouble, and a member with trouble has no bytes.
void check_member(const Member& member) {
  promise(is_utf8(member.path), "A path is no UTF-8.");
  promise(!member.path.starts_with('/'), "A path leads out of the archive.");
  if (member.trouble) {
    promise(member.trouble->ends_with('.'), "A trouble is no sentence: " + *member.trouble);
    promise(member.bytes.view().empty(), "A log with a trouble is read nevertheless.");
    return;
  }
  promise(member.path.empty() || !name_trouble(member.path), "A path leads elsewhere: " + member.path);
  promise(packing_of(member.bytes.view()) == Packing::none, "A log is still packed.");
}

}  // namespace

void fuzz(std::string_view input) {
  foreign_file_trouble(input);
  look_through_gzip(input, k_max_bytes);
  promised_members(input);
  if (packing_of(input) == Packing::none) return;
  const ExpandLimits limits{k_max_bytes, k_max_members, may_be_log, "windows-1252"};
  const auto expanded = expand(input, limits);
  if (const auto* sentence = std::get_if<std::string>(&expanded)) {
    promise(sentence->ends_with('.'), "A refusal is no sentence: " + *sentence);
    return;
  }
  std::uint64_t bytes = 0;
  const auto& members = std::get<std::vector<Member>>(expanded);
  for (const Member& member : members) {
    check_member(member);
    bytes += member.bytes.view().size();
  }
  promise(bytes <= k_max_bytes, "More bytes came out than the limit.");
  promise(members.size() <= k_max_members + 1, "More members came out than the limit, and the archive's own trouble.");
}

}  // namespace offcirc
