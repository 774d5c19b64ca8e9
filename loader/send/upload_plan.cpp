#include "loader/send/upload_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <unordered_map>
#include <utility>

#include "loader/output/characters.hpp"
#include "loader/send/upload_steps.hpp"

namespace offcirc {

namespace {

bool says_dates_of_return(std::string_view system) {
  return system == "symphony" || system == "evergreen";
}

std::string_view name_of_system(std::string_view system) {
  if (system == "koc") return "Koha";
  if (system == "evergreen") return "Evergreen";
  if (system == "aleph") return "Alma";
  return system == "sierra" ? "Sierra" : "Symphony";
}

class Planning {
 public:
  Planning(const std::vector<SendableResult>& results, const UploadOptions& options, const Config& config)
      : m_options(options), m_config(config), m_steps(results, options.system, config) {
    for (const SendableResult& result : results)
      if (!result.item_id.empty()) m_last_libraries[result.item_id] = result.library;
  }

  UploadPlan make() {
    if (!says_dates_of_return(m_options.system))
      for (const SendableResult* result : m_steps.move_returns())
        add_by_hand(*result, "its date of return is before an earlier transaction of the item");
    const std::vector<UploadStep>& steps = m_steps.all;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const bool has_two = i + 1 < steps.size() && steps[i + 1].result == steps[i].result;
      add(steps[i], has_two ? &steps[i + 1] : nullptr);
      if (has_two) ++i;
    }
    for (auto& [path, open] : m_files)
      if (open.records > 0) m_plan.files.push_back(std::move(open.file));
    return std::move(m_plan);
  }

 private:
  struct OpenFile {
    UploadFile file;
    std::unique_ptr<LogWriter> writer;
    std::uint64_t records = 0;
  };

  // `second` is the other step of the same result, or null. Both are written, or neither.
  void add(const UploadStep& first, const UploadStep* second) {
    const SendableResult& result = *first.result;
    const std::string& library = library_of_file(result);
    if (m_options.system == "sierra" && send_settings_of(library, m_config).group.empty()) {
      m_plan.not_ready.push_back({&result, fmt::format("[library.send] of {} has no 'group'", visible(library))});
      return;
    }
    if (second != nullptr) {
      std::string why = why_unsayable(second->says, library);
      if (!why.empty()) return add_by_hand(result, std::move(why));
    }
    OpenFile& file = file_for(result, library);
    if (write(first, file) && second != nullptr) write(*second, file);
  }

  // What keeps the transaction from being written at all; empty if nothing does.
  [[nodiscard]] std::string why_unsayable(const OutgoingTransaction& says, const std::string& library) const {
    std::string nowhere;
    return whole_of(make_writer(library)->append(says, nowhere));
  }

  [[nodiscard]] std::string whole_of(const std::vector<Unsaid>& all_unsaid) const {
    for (const Unsaid& unsaid : all_unsaid)
      if (unsaid.is_whole)
        return fmt::format("a file for {} can't say it: {}", name_of_system(m_options.system), unsaid.what);
    return {};
  }

  bool write(const UploadStep& step, OpenFile& open) {
    const std::vector<Unsaid> all_unsaid = open.writer->append(step.says, open.file.text);
    if (std::string why = whole_of(all_unsaid); !why.empty()) {
      add_by_hand(*step.result, std::move(why));
      return false;
    }
    for (const Unsaid& unsaid : all_unsaid) note_left_out(unsaid.what, step.result->name);
    ++open.records;
    ++open.file.records.at(static_cast<std::size_t>(step.says.kind));
    m_plan.messages.push_back({step.result->result, step.number, SendState::handed_out, open.file.path, ""});
    return true;
  }

  void add_by_hand(const SendableResult& result, std::string why) {
    m_plan.messages.push_back({result.result, 0, SendState::by_hand, "", why});
    m_plan.by_hand.push_back({&result, std::move(why)});
  }

  void note_left_out(std::string_view what, const ResultName& name) {
    const auto found = std::find_if(m_plan.left_out.begin(), m_plan.left_out.end(),
                                    [&](const LossCount& left_out) { return left_out.what == what; });
    if (found == m_plan.left_out.end())
      m_plan.left_out.push_back({what, 1, name});
    else
      ++found->count;
  }

  // Files of different libraries are uploaded one after another, so all transactions of an item go into one of them.
  [[nodiscard]] const std::string& library_of_file(const SendableResult& result) const {
    const auto found = m_last_libraries.find(result.item_id);
    return found == m_last_libraries.end() ? result.library : found->second;
  }

  OpenFile& file_for(const SendableResult& result, const std::string& library) {
    const std::string path = path_of(result, library);
    const auto [found, is_new] = m_files.try_emplace(path);
    OpenFile& open = found->second;
    if (!is_new) return open;
    open.file.path = path;
    if (m_options.system != "symphony" || m_options.per_station) open.file.library = library;
    open.writer = make_writer(library);
    open.file.text = open.writer->header();
    return open;
  }

  [[nodiscard]] std::string path_of(const SendableResult& result, const std::string& library) const {
    const std::string name = html_name(library.empty() ? "no-library" : library);
    if (m_options.system == "koc") return name + ".koc";
    if (m_options.system == "evergreen") return name + ".xacts";
    if (m_options.system == "sierra") return name + ".rdy";
    if (m_options.system == "aleph") return name + "/OffCirc.dat";
    if (!m_options.per_station) return "standtrans.srt";
    const std::string& configured = send_settings_of(result.library, m_config).station;
    return fmt::format("{}/standlog.{}", html_name(result.library),
                       html_name(result.station.empty() ? configured : result.station));
  }

  [[nodiscard]] std::unique_ptr<LogWriter> make_writer(const std::string& library) const {
    WriterContext context = writer_context_of(m_config);
    // Symphony calculates due dates by the same rules. The others would give a due date of their own, or none.
    if (m_options.system != "symphony") context.writes_policy_due_dates = true;
    context.group = send_settings_of(library, m_config).group;
    return make_log_writer(m_options.system, context);
  }

  const UploadOptions& m_options;
  const Config& m_config;
  UploadSteps m_steps;
  std::unordered_map<std::string, std::string> m_last_libraries;  // by item
  std::map<std::string, OpenFile> m_files;                        // by path
  UploadPlan m_plan;
};

}  // namespace

UploadPlan plan_upload(const std::vector<SendableResult>& results, const UploadOptions& options, const Config& config) {
  return Planning(results, options, config).make();
}

}  // namespace offcirc
