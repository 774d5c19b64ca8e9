#include "cli/smtp/connection.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <string_view>

namespace offcirc {
namespace {

// Reaching a server takes a second or two. The rest of the timeout is for the mail itself.
constexpr long k_connect_seconds = 20;

struct Upload {
  std::string_view rest;
  Dialogue* dialogue;
};

std::size_t give(char* to, std::size_t size, std::size_t count, void* data) {
  auto& upload = *static_cast<Upload*>(data);
  upload.dialogue->sends_message();
  const std::size_t bytes = std::min(size * count, upload.rest.size());
  std::memcpy(to, upload.rest.data(), bytes);
  upload.rest.remove_prefix(bytes);
  return bytes;
}

int overhear(CURL* /*handle*/, curl_infotype type, char* data, std::size_t size, void* dialogue) {
  std::string_view text(data, size);
  if (type == CURLINFO_HEADER_OUT) static_cast<Dialogue*>(dialogue)->sent(text);
  if (type != CURLINFO_HEADER_IN) return 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1);
    static_cast<Dialogue*>(dialogue)->received(text.substr(0, end + 1));
    text.remove_prefix(end + 1);
  }
  return 0;
}

// Discards the server's replies, which libcurl would otherwise print; overhear() has seen them.
std::size_t ignore(char* /*data*/, std::size_t size, std::size_t count, void* /*nowhere*/) {
  return size * count;
}

long tls_of(const SmtpJob& job) {
  if (job.tls == "required") return CURLUSESSL_ALL;
  return job.tls == "none" ? CURLUSESSL_NONE : CURLUSESSL_TRY;
}

void set_server(CURL* handle, const SmtpJob& job) {
  curl_easy_setopt(handle, CURLOPT_URL, job.server.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(handle, CURLOPT_PROXY, "");  // ignores proxies for web pages that the environment sets
  curl_easy_setopt(handle, CURLOPT_USE_SSL, tls_of(job));
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!job.ca_file.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, job.ca_file.c_str());
  if (!job.user.empty()) {
    curl_easy_setopt(handle, CURLOPT_USERNAME, job.user.c_str());
    curl_easy_setopt(handle, CURLOPT_PASSWORD, job.password.c_str());
  }
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT, static_cast<long>(job.timeout_seconds));
  curl_easy_setopt(handle, CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(job.timeout_seconds));
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, std::min<long>(job.timeout_seconds, k_connect_seconds));
}

void set_message(CURL* handle, const SmtpJob& job, curl_slist* recipients, Upload& upload) {
  curl_easy_setopt(handle, CURLOPT_MAIL_FROM, job.from.c_str());
  curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, recipients);
  // A refused address must not keep the others from getting the mail.
  curl_easy_setopt(handle, CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1L);
  curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(handle, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(job.message.size()));
  curl_easy_setopt(handle, CURLOPT_READFUNCTION, give);
  curl_easy_setopt(handle, CURLOPT_READDATA, &upload);
}

std::string error_text(CURL* handle, CURLcode code, const char* details) {
  long system_error = 0;
  curl_easy_getinfo(handle, CURLINFO_OS_ERRNO, &system_error);
  if (code == CURLE_COULDNT_CONNECT && system_error != 0) return std::strerror(static_cast<int>(system_error));
  return *details != '\0' ? details : curl_easy_strerror(code);
}

}  // namespace

Ending send_message(const SmtpJob& job, Dialogue& dialogue) {
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(), curl_easy_cleanup);
  if (!handle) return {.error = "there is not enough memory"};
  curl_slist* list = nullptr;
  for (const std::string& address : job.to) list = curl_slist_append(list, address.c_str());
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> recipients(list, curl_slist_free_all);

  Upload upload{job.message, &dialogue};
  std::array<char, CURL_ERROR_SIZE> error{};
  set_server(handle.get(), job);
  set_message(handle.get(), job, recipients.get(), upload);
  curl_easy_setopt(handle.get(), CURLOPT_ERRORBUFFER, error.data());
  curl_easy_setopt(handle.get(), CURLOPT_VERBOSE, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_DEBUGFUNCTION, overhear);
  curl_easy_setopt(handle.get(), CURLOPT_DEBUGDATA, &dialogue);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, ignore);

  const CURLcode code = curl_easy_perform(handle.get());
  Ending ending;
  // The server's reply to the message counts, even if QUIT fails afterwards.
  ending.succeeded = dialogue.at(Dialogue::Stage::message).is_good();
  ending.timed_out = code == CURLE_OPERATION_TIMEDOUT;
  ending.login_failed = code == CURLE_LOGIN_DENIED;
  ending.error = error_text(handle.get(), code, error.data());
  return ending;
}

}  // namespace offcirc
