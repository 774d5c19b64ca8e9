// Data files for `offcirc import`, concatenated: users.csv and so on, each below a line `@users.csv`.
#include "loader/data/csv_import.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/store_sample.hpp"

namespace offcirc {
namespace {

namespace fs = std::filesystem;

// A database with rows to refer to, and a pristine copy of it.
struct Fixture {
  Fixture() {
    sample.import_sample();
    fs::create_directory(incoming());
    fs::copy_file(sample.file, untouched());
  }
  [[nodiscard]] fs::path incoming() const { return sample.folder.path() / "incoming"; }
  [[nodiscard]] fs::path untouched() const { return sample.folder.path() / "untouched.db"; }
  void put_back() const { fs::copy_file(untouched(), sample.file, fs::copy_options::overwrite_existing); }

  SampleDatabase sample;
};

std::vector<fs::path> write_files(std::string_view input, const fs::path& folder) {
  std::vector<fs::path> files;
  for (const char* name : {"users.csv", "items.csv", "charges.csv", "holds.csv", "bills.csv"}) {
    const std::string head = std::string("@") + name + "\n";
    const std::size_t at = input.find(head);
    if (at == std::string_view::npos) continue;
    const std::string_view text = input.substr(at + head.size());
    write_file(folder / name, std::string(text.substr(0, text.find("\n@") + 1)));
    files.push_back(folder / name);
  }
  return files;
}

// Exporting the imported data yields files that import to the same data.
void check_round_trip(const Fixture& fixture) {
  const std::string exported = fixture.sample.exported();
  std::vector<fs::path> files;
  for (const char* name : {"users.csv", "items.csv", "charges.csv", "holds.csv", "bills.csv"})
    files.push_back(fixture.sample.folder.path() / "out" / name);
  Store store(fixture.sample.file, Store::Access::write);
  for (const ImportCount& count : store.import_csv(files, fixture.sample.policy, {}).counts) {
    promise(count.inserted + count.updated + count.removed == 0, "An export is not what the database holds.");
  }
  promise(fixture.sample.exported() == exported, "Export, import, export is not the same.");
}

}  // namespace

void fuzz(std::string_view input) {
  static const Fixture fixture;
  const std::vector<fs::path> files = write_files(input, fixture.incoming());
  if (files.empty()) return;
  ImportOptions options;
  options.dry_run = true;
  options.replace = input.size() % 2 == 1;
  std::string refusal = message_of(
      [&] { Store(fixture.sample.file, Store::Access::write).import_csv(files, fixture.sample.policy, options); });
  if (!refusal.empty()) {
    promise(refusal.starts_with(fixture.incoming().string()), "A refusal names no file: " + refusal);
    return;
  }
  options.dry_run = false;
  refusal = message_of(
      [&] { Store(fixture.sample.file, Store::Access::write).import_csv(files, fixture.sample.policy, options); });
  promise(refusal.empty(), "What a dry run took is refused: " + refusal);
  check_round_trip(fixture);
  fixture.put_back();
}

}  // namespace offcirc
