#include "loader/report/rendering.hpp"

#include <fmt/format.h>

#include "loader/report/html/page_files.hpp"
#include "loader/report/html/sections.hpp"
#include "loader/report/html/summary.hpp"
#include "loader/report/html/timeline.hpp"
#include "loader/report/result_words.hpp"

namespace offcirc {
namespace {

std::string system_of(const Report& report) {
  return report.system_name.empty() ? "Offline circulation" : report.system_name;
}

std::string heading_of(const Report& report) {
  return report.dry_run ? "Check only: nothing was written" : fmt::format("Load {}", report.load);
}

// Allows only the program's own style sheet and script, each by its hash.
std::string content_policy() {
  return fmt::format(
      "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; base-uri 'none'; "
      "form-action 'none'",
      k_report_css_sha256, k_report_js_sha256);
}

void write_head(HtmlWriter& out, const Report& report) {
  const auto meta = [&](std::string_view name, std::string_view content) {
    out.empty_element("meta", {{"name", name}, {"content", content}});
    out.newline();
  };
  out.open("head");
  out.newline();
  out.empty_element("meta", {{"charset", "utf-8"}});
  out.newline();
  out.empty_element("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", content_policy()}});
  out.newline();
  meta("viewport", "width=device-width, initial-scale=1");
  meta("color-scheme", "light dark");
  meta("referrer", "no-referrer");
  meta("robots", "noindex");
  out.element("title", fmt::format("{} - {}", heading_of(report), system_of(report)));
  out.newline();
  out.empty_element("link", {{"rel", "icon"}, {"href", "data:,"}});
  out.newline();
  out.raw("<style>");
  out.raw(k_report_css);
  out.raw("</style>\n<script>");
  out.raw(k_report_js);
  out.raw("</script>\n");
  out.close();
  out.newline();
}

void write_masthead(HtmlWriter& out, const Report& report, const Zone& zone) {
  out.open("header", {{"class", "masthead"}});
  out.element("p", system_of(report), {{"class", "system"}});
  out.element("h1", heading_of(report));
  if (!report.only_library.empty()) out.element("p", fmt::format("For library {} only", report.only_library));
  out.element("p",
              fmt::format("Started {}, finished {} ({})", local_time(report.started_at, zone),
                          local_time(report.finished_at, zone), zone.name()),
              {{"class", "when"}});
  for (const std::string& words : {aftermath_words(report, zone), ahead_words(report)})
    if (!words.empty()) out.element("p", words, {{"class", "warning"}});
  out.open("noscript");
  out.element("p",
              "Scripts are turned off in this browser, so check marks are lost when the page is closed, and rows can't "
              "be sorted or filtered. Everything else works.",
              {{"class", "warning"}});
  out.close();
  out.close();
  out.newline();
}

void write_counts(HtmlWriter& out, const LibraryPart& part) {
  if (part.is_empty()) out.element("p", "Nothing was recorded.");
  if (!part.has_counts()) return;
  out.open("ul", {{"class", "counts"}});
  for (std::size_t i = 0; i < part.kinds.size(); ++i) {
    const KindCount& counts = part.kinds[i];
    if (counts.recorded == 0) continue;
    out.element("li", fmt::format("{}: {} of {} loaded{}", k_kind_words[i].many, counts.loaded, counts.recorded,
                                  edits_words(counts)));
  }
  if (part.already_loaded > 0) out.element("li", fmt::format("Already loaded: {}", part.already_loaded));
  out.close();
  out.newline();
}

void write_library(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context) {
  if (!is_shown(part)) return;
  const std::string id = html_id_of(part);
  out.open("section", {{"class", "library"}, {"id", id}, {"aria-labelledby", id + "-name"}});
  out.newline();
  out.element("h2", html_name_of(part), {{"id", id + "-name"}});
  write_counts(out, part);
  for (const HtmlSection section : html_sections()) section(out, part, context);
  out.close();
  out.newline();
}

// The prefix of the keys under which the page stores ticks. The time keeps loads with the same number in different
// databases apart.
std::string key_of(const Report& report) {
  return fmt::format("offcirc/{}/{}/{}/", report.system_name, report.load, report.started_at);
}

void write_body(HtmlWriter& out, const Report& report, const Zone& zone) {
  const SortedReport sorted = sort_by_library(report);
  const HtmlContext context{sorted, zone};
  out.open("body", {{"data-key", key_of(report)}});
  out.newline();
  out.element("a", "Skip to the lists", {{"class", "skip"}, {"href", "#libraries"}});
  out.newline();
  write_masthead(out, report, zone);
  out.open("main");
  out.newline();
  write_html_summary(out, report, sorted);
  write_timeline(out, make_timeline(report, zone));
  write_html_tools(out, sorted);
  out.open("div", {{"id", "libraries"}, {"tabindex", "-1"}});
  out.newline();
  for (const LibraryPart& part : sorted.libraries) write_library(out, part, context);
  out.close();
  out.close();
  out.newline();
  out.element("footer",
              "Made by offcirc. This page shows patrons and what they borrowed. Keep it as you keep other circulation "
              "records.");
  out.newline();
  out.close();
  out.newline();
}

}  // namespace

void write_html(const Report& report, const Zone& zone, const TextSink& sink) {
  BlockWriter block(sink);
  HtmlWriter out(block);
  out.raw("<!DOCTYPE html>\n");
  out.open("html", {{"lang", "en"}});
  out.newline();
  write_head(out, report);
  write_body(out, report, zone);
  out.close();
  out.newline();
  block.finish();
}

}  // namespace offcirc
