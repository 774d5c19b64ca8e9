#include "loader/store/sqlite_errors.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

namespace offcirc {

std::string damage_sentence(std::string_view what) {
  return fmt::format("the database is damaged ({}). Put back your last copy of it.", what);
}

std::string meaning_of(int code, const char* message) {
  switch (code) {
    case SQLITE_READONLY_ROLLBACK:
    case SQLITE_READONLY_RECOVERY:
      return "a run was interrupted while it wrote. Run 'offcirc init': it puts the database back as it was before.";
    case SQLITE_READONLY_DBMOVED:
      return "the file was replaced or removed after this run had opened it, so nothing was changed. Run it again.";
    case SQLITE_CANTOPEN_ISDIR:
      return "this is a folder. Name a file with --db or in the configuration.";
    default:
      break;
  }
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "another program is using the database. Try again when it has ended, or wait for it with --wait SECONDS.";
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return "the database can't be written. Run offcirc as a user who may write the file and its folder.";
    case SQLITE_FULL:
      return "the disk is full, so nothing was changed. Free some space, also where temporary files go (TMPDIR, else "
             "/var/tmp), and run it again.";
    case SQLITE_IOERR:
      return fmt::format("the disk gave an error ({}), so nothing was changed. Check the disk and run it again.",
                         message);
    case SQLITE_CORRUPT:
      return damage_sentence(message);
    case SQLITE_NOTADB:
      return "this is no database of offcirc. Name another file with --db, or move this one away and run 'offcirc "
             "init'.";
    case SQLITE_CANTOPEN:
      return "the database or a temporary file can't be opened. Check who may read and write the file and its folder, "
             "and that TMPDIR, else /var/tmp, can be written.";
    default:
      return fmt::format("the database gave an error: {} ({}).", message, code);
  }
}

}  // namespace offcirc
