#include "loader/intake/identity.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <vector>

namespace offcirc {
namespace {

bool said_earlier(const Identity* a, const Identity* b) {
  return a->recorded < b->recorded;
}

bool content_less(const Identity* a, const Identity* b) {
  return a->recorded != b->recorded ? a->recorded < b->recorded : a->content < b->content;
}

// All of `same_second` were recorded at the same second, in the order of the log.
void number_second(std::span<Identity*> same_second) {
  if (same_second.size() > 1) std::stable_sort(same_second.begin(), same_second.end(), content_less);
  for (std::size_t i = 0; i < same_second.size(); ++i) {
    const bool again = i > 0 && same_second[i - 1]->content == same_second[i]->content;
    same_second[i]->ordinal = again ? same_second[i - 1]->ordinal + 1 : 0;
  }
}

}  // namespace

void number_identities(std::span<Identity* const> identities) {
  std::vector<Identity*> open;
  open.reserve(identities.size());
  for (Identity* identity : identities) {
    if (identity->ordinal == Identity::k_unnumbered) open.push_back(identity);
  }
  // Times mostly ascend already, but for lines whose time can't be read (0): then only seconds are left to sort.
  std::stable_partition(open.begin(), open.end(), [](const Identity* i) { return i->recorded == 0; });
  if (!std::is_sorted(open.begin(), open.end(), said_earlier)) std::stable_sort(open.begin(), open.end(), said_earlier);
  for (auto first = open.begin(); first != open.end();) {
    const auto behind =
        std::find_if(first, open.end(), [&](const Identity* i) { return i->recorded != (*first)->recorded; });
    number_second({first, behind});
    first = behind;
  }
}

std::string digest_of(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

Identity identity_by_place(std::string_view digest, std::uint64_t position, std::string_view why_unreadable) {
  const std::string place = fmt::format("{} {} {}", digest, position, why_unreadable);
  return {0, XXH3_64bits(place.data(), place.size()), 0};
}

}  // namespace offcirc
