#include "tests/crash/fault_vfs.hpp"

#include <sqlite3.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <new>
#include <string>

#include "tests/crash/disk_model.hpp"

namespace offcirc::crash {
namespace {

struct Plan {
  Fault fault = Fault::none;
  std::uint64_t at = 0, seed = 0, count = 0;
  bool is_full = false;
  sqlite3_vfs* disk = nullptr;  // the real one
  DiskModel model;
} plan;  // global, because SQLite's default VFS is global as well

struct FaultFile {
  sqlite3_file base;
  std::string* path;  // null: not tracked
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

FaultFile* of(sqlite3_file* file) {
  return reinterpret_cast<FaultFile*>(file);
}

bool is_power_cut(Fault fault) {
  return fault == Fault::power_kept || fault == Fault::power_lost || fault == Fault::power_sectors;
}

[[noreturn]] void cut_power() {
  Survives survives = Survives::all;
  if (plan.fault == Fault::power_lost) survives = Survives::nothing;
  if (plan.fault == Fault::power_sectors) survives = Survives::any_sectors;
  plan.model.cut_power(survives, plan.seed);
  ::_exit(k_power_cut);
}

enum class Verdict { go_on, fail_first, fail_afterwards, fill };

/// Counts one more operation.
Verdict next(bool is_write) {
  const bool is_it = ++plan.count == plan.at;
  const bool is_behind = plan.at != 0 && plan.count > plan.at;
  switch (plan.fault) {
    case Fault::none:
      return Verdict::go_on;
    case Fault::error:
      return is_it ? Verdict::fail_first : Verdict::go_on;
    case Fault::late_error:
      return is_it ? Verdict::fail_afterwards : Verdict::go_on;
    case Fault::broken:
      return is_it || is_behind ? Verdict::fail_first : Verdict::go_on;
    case Fault::full:
      return is_write && (is_it || is_behind) ? Verdict::fill : Verdict::go_on;
    default:
      return Verdict::go_on;
  }
}

/// A torn write is done by the caller: power_kept keeps the first half.
bool is_cut_here() {
  return is_power_cut(plan.fault) && plan.count == plan.at;
}

int close_file(sqlite3_file* file) {
  const int code = of(file)->real()->pMethods->xClose(of(file)->real());
  delete of(file)->path;
  return code;
}

int read_file(sqlite3_file* file, void* to, int size, sqlite3_int64 offset) {
  return of(file)->real()->pMethods->xRead(of(file)->real(), to, size, offset);
}

int write_through(FaultFile* file, const void* bytes, int size, sqlite3_int64 offset) {
  const int code = file->real()->pMethods->xWrite(file->real(), bytes, size, offset);
  if (code == SQLITE_OK && file->path != nullptr)
    plan.model.wrote(*file->path, offset, static_cast<const char*>(bytes), static_cast<std::size_t>(size));
  return code;
}

int write_file(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  const Verdict verdict = next(true);
  if (is_cut_here()) {
    write_through(of(file), bytes, size / 2, offset);
    cut_power();
  }
  if (verdict == Verdict::fail_first) return SQLITE_IOERR_WRITE;
  if (verdict == Verdict::fill) {
    if (!plan.is_full) write_through(of(file), bytes, size / 2, offset);
    plan.is_full = true;
    return SQLITE_FULL;
  }
  const int code = write_through(of(file), bytes, size, offset);
  return verdict == Verdict::fail_afterwards ? SQLITE_IOERR_WRITE : code;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  const Verdict verdict = next(false);
  if (is_cut_here()) cut_power();
  if (verdict == Verdict::fail_first) return SQLITE_IOERR_TRUNCATE;
  const int code = of(file)->real()->pMethods->xTruncate(of(file)->real(), size);
  if (code == SQLITE_OK && of(file)->path != nullptr) plan.model.truncated(*of(file)->path, size);
  return verdict == Verdict::fail_afterwards ? SQLITE_IOERR_TRUNCATE : code;
}

// The real disk is not synced: the model decides what a power failure would leave.
int sync_file(sqlite3_file* file, int) {
  const Verdict verdict = next(false);
  if (is_cut_here()) cut_power();
  if (verdict == Verdict::fail_first) return SQLITE_IOERR_FSYNC;
  if (of(file)->path != nullptr) plan.model.synced(*of(file)->path);
  return verdict == Verdict::fail_afterwards ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

int size_of_file(sqlite3_file* file, sqlite3_int64* size) {
  return of(file)->real()->pMethods->xFileSize(of(file)->real(), size);
}
int lock_file(sqlite3_file* file, int level) {
  return of(file)->real()->pMethods->xLock(of(file)->real(), level);
}
int unlock_file(sqlite3_file* file, int level) {
  return of(file)->real()->pMethods->xUnlock(of(file)->real(), level);
}
int check_reserved_lock(sqlite3_file* file, int* is_reserved) {
  return of(file)->real()->pMethods->xCheckReservedLock(of(file)->real(), is_reserved);
}
int control_file(sqlite3_file* file, int what, void* argument) {
  return of(file)->real()->pMethods->xFileControl(of(file)->real(), what, argument);
}
int sector_size(sqlite3_file* file) {
  return of(file)->real()->pMethods->xSectorSize(of(file)->real());
}
int characteristics(sqlite3_file* file) {
  return of(file)->real()->pMethods->xDeviceCharacteristics(of(file)->real());
}

// Version 1: without the methods for write-ahead logging and memory-mapped files.
constexpr sqlite3_io_methods k_methods = {1,
                                          close_file,
                                          read_file,
                                          write_file,
                                          truncate_file,
                                          sync_file,
                                          size_of_file,
                                          lock_file,
                                          unlock_file,
                                          check_reserved_lock,
                                          control_file,
                                          sector_size,
                                          characteristics,
                                          nullptr,
                                          nullptr,
                                          nullptr,
                                          nullptr,
                                          nullptr,
                                          nullptr};

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flags_out) {
  auto* opened = new (file) FaultFile{{nullptr}, nullptr};
  const Verdict verdict = next(false);
  if (is_cut_here()) cut_power();
  if (verdict == Verdict::fail_first) return SQLITE_CANTOPEN;
  if (name != nullptr) plan.model.opened(name);
  const int code = plan.disk->xOpen(plan.disk, name, opened->real(), flags, flags_out);
  if (code != SQLITE_OK) return code;
  if (verdict == Verdict::fail_afterwards) {
    opened->real()->pMethods->xClose(opened->real());
    return SQLITE_CANTOPEN;
  }
  opened->base.pMethods = &k_methods;
  if (name != nullptr) opened->path = new std::string(name);
  return SQLITE_OK;
}

int delete_file(sqlite3_vfs*, const char* name, int sync_folder) {
  const Verdict verdict = next(false);
  if (is_cut_here()) cut_power();
  if (verdict == Verdict::fail_first) return SQLITE_IOERR_DELETE;
  const int code = plan.disk->xDelete(plan.disk, name, 0);
  if (code == SQLITE_OK) plan.model.deleted(name, sync_folder != 0 && verdict != Verdict::fail_afterwards);
  return verdict == Verdict::fail_afterwards ? SQLITE_IOERR_DIR_FSYNC : code;
}

}  // namespace

std::string_view name_of(Fault fault) {
  switch (fault) {
    case Fault::none:
      return "no fault";
    case Fault::error:
      return "an error";
    case Fault::late_error:
      return "an error after it was done";
    case Fault::broken:
      return "errors from there on";
    case Fault::full:
      return "a full disk";
    case Fault::power_kept:
      return "a power cut that keeps all";
    case Fault::power_lost:
      return "a power cut that loses what was not synced";
    case Fault::power_sectors:
      return "a power cut that keeps any sectors";
  }
  return {};
}

void register_fault_vfs(Fault fault, std::uint64_t at, std::uint64_t seed) {
  plan.fault = fault;
  plan.at = at;
  plan.seed = seed;
  plan.disk = sqlite3_vfs_find(nullptr);
  static sqlite3_vfs vfs = *plan.disk;
  vfs.szOsFile = static_cast<int>(sizeof(FaultFile)) + plan.disk->szOsFile;
  vfs.zName = "offcirc-fault";
  vfs.pNext = nullptr;
  vfs.xOpen = open_file;
  vfs.xDelete = delete_file;
  if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK) std::abort();
}

std::uint64_t operations() {
  return plan.count;
}

}  // namespace offcirc::crash
