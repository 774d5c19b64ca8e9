#include "tests/crash/disk_model.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace offcirc::crash {
namespace {

constexpr std::size_t k_sector_bytes = 512;

std::optional<std::string> content_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

void put(std::string& file, std::size_t offset, std::string_view bytes) {
  if (file.size() < offset + bytes.size()) file.resize(offset + bytes.size());
  file.replace(offset, bytes.size(), bytes);
}

bool toss(std::mt19937_64& dice) {
  return (dice() & 1U) != 0;
}

}  // namespace

void DiskModel::opened(const std::string& path) {
  const auto [file, is_new] = m_files.try_emplace(path);
  // The file may have been deleted and created again: what the disk held under that name may still be there.
  if (is_new) file->second.durable = content_of(path);
}

void DiskModel::wrote(const std::string& path, std::int64_t offset, const char* bytes, std::size_t size) {
  m_files[path].pending.push_back({offset, std::string(bytes, size)});
}

void DiskModel::truncated(const std::string& path, std::int64_t size) {
  m_files[path].pending.push_back({size, std::nullopt});
}

void DiskModel::synced(const std::string& path) {
  m_files[path] = {content_of(path), {}, false};
}

void DiskModel::deleted(const std::string& path, bool folder_synced) {
  File& file = m_files[path];
  file.pending.clear();
  file.name_is_gone = true;
  if (folder_synced) file = {};
}

void DiskModel::apply(const Change& change, Survives survives, std::mt19937_64& dice, std::string& bytes) {
  const auto offset = static_cast<std::size_t>(change.offset);
  if (!change.bytes) {
    if (survives == Survives::all || toss(dice)) bytes.resize(offset);
    return;
  }
  if (survives == Survives::all) return put(bytes, offset, *change.bytes);
  for (std::size_t from = 0; from < change.bytes->size();) {
    const std::size_t to_boundary = k_sector_bytes - (offset + from) % k_sector_bytes;
    const std::size_t size = std::min(to_boundary, change.bytes->size() - from);
    if (toss(dice)) put(bytes, offset + from, std::string_view(*change.bytes).substr(from, size));
    from += size;
  }
}

void DiskModel::cut_power(Survives survives, std::uint64_t seed) {
  std::mt19937_64 dice(seed);
  for (auto& [path, file] : m_files) {
    std::optional<std::string> left = file.durable;
    if (file.name_is_gone && (survives == Survives::all || (survives == Survives::any_sectors && toss(dice))))
      left = std::nullopt;
    if (survives != Survives::nothing && !file.pending.empty()) {
      // A new file whose name has not been synced may or may not exist.
      const bool is_there = left.has_value() || survives == Survives::all || toss(dice);
      if (is_there && !left) left = std::string();
      if (is_there)
        for (const Change& change : file.pending) apply(change, survives, dice, *left);
    }
    if (left) {
      std::ofstream(path, std::ios::binary | std::ios::trunc) << *left;
    } else {
      ::unlink(path.c_str());
    }
  }
}

}  // namespace offcirc::crash
