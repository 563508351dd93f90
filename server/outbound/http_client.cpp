#include "outbound/http_client.hpp"

#include "core/ensure.hpp"
#include "outbound/easy_handle.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

namespace frontdesk::outbound {
namespace {

constexpr std::chrono::seconds connect_limit{2};  // R72
constexpr long most_redirects = 3;
constexpr std::size_t most_headers = 100;

bool is_one_line(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

// Takes the answer as it comes, up to the limits.
class Receiver {
 public:
  explicit Receiver(std::size_t most_bytes) : most_bytes_(most_bytes) {}
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;

  void attach(const EasyHandle& handle) {
    set(handle, CURLOPT_HEADERFUNCTION, &Receiver::on_header);
    set(handle, CURLOPT_HEADERDATA, this);
    set(handle, CURLOPT_WRITEFUNCTION, &Receiver::on_body);
    set(handle, CURLOPT_WRITEDATA, this);
  }

  HttpAnswer answer;
  bool is_too_large = false;

 private:
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* user) {
    static_cast<Receiver*>(user)->add_header({data, size * count});
    return size * count;
  }

  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* user) {
    auto& receiver = *static_cast<Receiver*>(user);
    if (receiver.answer.body.size() + size * count > receiver.most_bytes_) {
      receiver.is_too_large = true;
      return 0;  // ends the transfer
    }
    receiver.answer.body.append(data, size * count);
    return size * count;
  }

  void add_header(std::string_view line) {
    if (line.starts_with("HTTP/")) {  // of the last answer, where there are redirects
      answer.headers.clear();
      answer.body.clear();
      return;
    }
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || answer.headers.size() >= most_headers) return;
    std::string name(line.substr(0, colon));
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    line.remove_prefix(colon + 1);
    while (line.starts_with(' ')) line.remove_prefix(1);
    answer.headers.emplace_back(std::move(name), std::string(line));
  }

  std::size_t most_bytes_;
};

bool has_sent(const EasyHandle& handle) {
  long bytes = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_REQUEST_SIZE, &bytes);
  return bytes > 0;
}

HttpFailure failure_of(CURLcode code, bool is_too_large) {
  using Kind = HttpFailure::Kind;
  const auto kind = [&] {
    if (is_too_large) return Kind::too_large;
    switch (code) {
      case CURLE_COULDNT_RESOLVE_HOST:
      case CURLE_COULDNT_CONNECT:
        return Kind::no_connection;
      case CURLE_REMOTE_ACCESS_DENIED:
        return Kind::out_of_reach;
      case CURLE_OPERATION_TIMEDOUT:
        return Kind::timed_out;
      case CURLE_PEER_FAILED_VERIFICATION:
      case CURLE_SSL_CONNECT_ERROR:
      case CURLE_SSL_CACERT_BADFILE:
        return Kind::untrusted;
      default:
        return Kind::broken;
    }
  }();
  if (is_too_large) return {kind, "the answer is too large"};
  if (kind == Kind::out_of_reach) return {kind, "its name leads to an address that is not public"};
  return {kind, curl_easy_strerror(code)};
}

TextList header_lines(const HttpRequest& request) {
  TextList lines;
  lines.add("Expect:");  // no round trip of its own before the body
  for (const auto& [name, value] : request.headers) {
    ENSURE(is_one_line(name) && is_one_line(value));
    lines.add(value.empty() ? fmt::format("{};", name) : fmt::format("{}: {}", name, value));
  }
  return lines;
}

void describe(const EasyHandle& handle, const HttpRequest& request) {
  set(handle, CURLOPT_URL, request.url.c_str());
  if (request.method == "HEAD") {
    set(handle, CURLOPT_NOBODY, 1L);
  } else if (request.method != "GET") {
    set(handle, CURLOPT_POSTFIELDS, request.body.data());
    set(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  }
  if (!request.follow_redirects) return;
  set(handle, CURLOPT_FOLLOWLOCATION, 1L);
  set(handle, CURLOPT_MAXREDIRS, most_redirects);
  set(handle, CURLOPT_REDIR_PROTOCOLS_STR,
      request.url.starts_with("https:") ? "https" : "http,https");
}

}  // namespace

std::string_view HttpAnswer::header(std::string_view name) const {
  const auto found = std::ranges::find(headers, name, &std::pair<std::string, std::string>::first);
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

HttpClient::HttpClient(asio::io_context& context, Transfers& transfers, std::string ca_file,
                       ServiceLimits limits)
    : transfers_(transfers), ca_file_(std::move(ca_file)), service_(context, limits) {}

Task<std::expected<HttpAnswer, HttpFailure>> HttpClient::perform(HttpRequest request,
                                                                 Deadline deadline) {
  auto permit = co_await service_.acquire(deadline);
  if (!permit) {
    co_return std::unexpected(
        HttpFailure{HttpFailure::Kind::not_tried, "not tried: the service failed a moment ago"});
  }
  const auto handle = make_easy("http,https", ca_file_);
  describe(handle, request);
  const auto headers = header_lines(request);
  set(handle, CURLOPT_HTTPHEADER, headers.get());
  TextList targets;
  if (!request.address.empty()) {
    const bool is_v6 = request.address.find(':') != std::string::npos;
    targets.add(
        fmt::format("::{}:", is_v6 ? fmt::format("[{}]", request.address) : request.address));
    set(handle, CURLOPT_CONNECT_TO, targets.get());
  }
  Receiver receiver(request.most_bytes);
  receiver.attach(handle);
  const auto code = co_await transfers_.run(handle.get(), deadline_in(connect_limit), deadline);
  if (code != CURLE_OK) {
    permit->failed();
    auto failure = failure_of(code, receiver.is_too_large);
    failure.may_have_arrived = has_sent(handle);
    co_return std::unexpected(std::move(failure));
  }
  long status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  receiver.answer.status = static_cast<unsigned>(status);
  if (status >= 500) {
    permit->failed();
  } else {
    permit->succeeded();
  }
  co_return std::move(receiver.answer);
}

}  // namespace frontdesk::outbound
