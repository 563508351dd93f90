#include "storage/s3_store.hpp"

#include "core/ensure.hpp"
#include "core/error.hpp"
#include "core/random.hpp"
#include "core/running_digest.hpp"

#include <algorithm>
#include <thread>

#include <boost/url/parse.hpp>
#include <boost/url/scheme.hpp>
#include <boost/url/url_view.hpp>
#include <curl/curl.h>
#include <fmt/format.h>

namespace frontdesk::storage {
namespace {

constexpr long connect_limit_ms = 2'000;
constexpr std::chrono::seconds call_limit{10};  // all tries together
constexpr std::chrono::seconds shortest_try{1};
constexpr int tries = 3;
constexpr int first_pause_ms = 100;

bool may_pass(long status) {
  return status == 0 || status == 429 || status >= 500;
}

bool succeeded(long status) {
  return status >= 200 && status < 300;
}

/// `<Code>…</Code>` of an S3 error: one word, or nothing where it is none.
std::string error_code(std::string_view body) {
  constexpr std::string_view open = "<Code>";
  const auto start = body.find(open);
  if (start == std::string_view::npos) return {};
  const auto text = body.substr(start + open.size());
  const auto word = text.substr(0, text.find('<'));
  const bool plain = word.size() <= 64 && std::ranges::all_of(word, [](char c) {
                       return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
                     });
  return plain ? std::string(word) : std::string{};
}

std::size_t append_body(char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& body = *static_cast<std::string*>(into);
  if (body.size() + size * count > max_object_bytes) return 0;  // ends the transfer
  body.append(bytes, size * count);
  return size * count;
}

std::string sha256_hex(std::string_view bytes) {
  RunningSha256 digest;
  digest.add(bytes);
  return digest.finish_as_hex();
}

void pause_before(int attempt) {
  const int longest = first_pause_ms << attempt;
  const auto jitter = random_below(static_cast<std::uint32_t>(longest));
  std::this_thread::sleep_for(std::chrono::milliseconds(longest / 2 + static_cast<int>(jitter)));
}

}  // namespace

/// An easy handle, which keeps its connection for the next call.
class S3Store::Connection {
 public:
  Connection() : curl_(curl_easy_init()) { ENSURE(curl_ != nullptr); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { curl_easy_cleanup(curl_); }

  Answer perform(const std::string& url, const std::string& method, const sigv4::Pairs& headers,
                 std::string_view body, std::chrono::milliseconds limit) {
    curl_easy_reset(curl_);
    curl_slist* lines = nullptr;
    for (const auto& [name, value] : headers) {
      lines = curl_slist_append(lines, fmt::format("{}: {}", name, value).c_str());
    }
    for (const auto* unwanted : {"Expect:", "Accept:"}) lines = curl_slist_append(lines, unwanted);
    Answer answer;
    char problem[CURL_ERROR_SIZE] = "";
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PATH_AS_IS, 1L);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);  // a name server that hangs is left behind
    set(CURLOPT_CONNECTTIMEOUT_MS, connect_limit_ms);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(limit.count()));
    set(CURLOPT_HTTPHEADER, lines);
    set(CURLOPT_ERRORBUFFER, problem);
    set(CURLOPT_WRITEFUNCTION, &append_body);
    set(CURLOPT_WRITEDATA, &answer.body);
    set(CURLOPT_CUSTOMREQUEST, method.c_str());
    if (method == "PUT") {
      set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
      set(CURLOPT_POSTFIELDS, body.data());
    }
    if (curl_easy_perform(curl_) == CURLE_OK) {
      curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &answer.status);
    } else {
      answer.problem = problem;
    }
    curl_slist_free_all(lines);
    return answer;
  }

 private:
  template <class T>
  void set(CURLoption option, T value) {
    ENSURE(curl_easy_setopt(curl_, option, value) == CURLE_OK);
  }

  CURL* curl_;
};

Instant S3Settings::now_by_system_clock() {
  return std::chrono::floor<Instant::duration>(std::chrono::system_clock::now());
}

S3Store::S3Store(S3Settings settings) : settings_(std::move(settings)) {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  ENSURE(ready);
  const auto endpoint = boost::urls::parse_uri(settings_.endpoint);
  ENSURE(endpoint.has_value());  // the configuration has refused the others
  // Their clients leave a scheme's own port out of Host, which is signed.
  const auto usual_port = endpoint->scheme_id() == boost::urls::scheme::https ? 443 : 80;
  host_ = std::string(endpoint->port_number() == usual_port ? endpoint->encoded_host()
                                                            : endpoint->encoded_host_and_port());
  if (!settings_.path_style) host_ = settings_.bucket + "." + host_;
  origin_ = fmt::format("{}://{}", std::string(endpoint->scheme()), host_);
}

S3Store::~S3Store() = default;

std::string S3Store::describe() const {
  return fmt::format("bucket {} at {}", settings_.bucket, settings_.endpoint);
}

sigv4::Request S3Store::request_for(std::string method, const std::string& name) const {
  ENSURE(is_object_name(name));
  const std::string bucket = settings_.path_style ? "/" + settings_.bucket : "";
  return {
      .method = std::move(method), .host = host_, .path = bucket + "/" + settings_.prefix + name};
}

std::string S3Store::presigned_url(const std::string& name, std::chrono::seconds lifetime) const {
  return origin_ + sigv4::presign(request_for("GET", name), settings_.credentials,
                                  settings_.clock(), lifetime);
}

void S3Store::put(const std::string& name, std::string_view bytes, std::string_view content_type) {
  auto request = request_for("PUT", name);
  request.headers.emplace_back("content-type", content_type);
  perform_patiently(std::move(request), bytes);
}

std::optional<std::string> S3Store::get(const std::string& name) {
  auto answer = perform_patiently(request_for("GET", name), {});
  if (answer.status == 404) return std::nullopt;
  return std::move(answer.body);
}

void S3Store::remove(const std::string& name) {
  perform_patiently(request_for("DELETE", name), {});
}

S3Store::Answer S3Store::perform_patiently(sigv4::Request request, std::string_view body) {
  request.body_sha256 = sha256_hex(body);
  const auto deadline = deadline_in(call_limit);
  for (int attempt = 1;; ++attempt) {
    if (!circuit_.admits()) throw Fault("S3 is not asked: it failed a moment ago", unavailable());
    auto answer = perform(request, body, deadline);
    // A bucket that is not there is 404 as well, and no answer to whether an object is.
    const bool absent = answer.status == 404 && request.method != "PUT" &&
                        error_code(answer.body) != "NoSuchBucket";
    if (succeeded(answer.status) || absent) {
      circuit_.succeeded();
      return answer;
    }
    // What is refused for good is answered by a service that works.
    if (may_pass(answer.status)) {
      circuit_.failed();
    } else {
      circuit_.succeeded();
    }
    const bool again =
        may_pass(answer.status) && attempt < tries && deadline_in(shortest_try) < deadline;
    if (!again) {
      throw Fault(answer.status == 0
                      ? fmt::format("S3 did not answer {}: {}", request.method, answer.problem)
                      : fmt::format("S3 answered {} with {} {}", request.method, answer.status,
                                    error_code(answer.body)),
                  unavailable());
    }
    pause_before(attempt);
  }
}

S3Store::Answer S3Store::perform(const sigv4::Request& request, std::string_view body,
                                 Deadline deadline) {
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  auto connection = take_connection();
  auto answer = connection->perform(origin_ + sigv4::target_of(request), request.method,
                                    sigv4::sign(request, settings_.credentials, settings_.clock()),
                                    body, std::max(left, std::chrono::milliseconds{1}));
  give_back(std::move(connection));
  return answer;
}

std::unique_ptr<S3Store::Connection> S3Store::take_connection() {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) return std::make_unique<Connection>();
  auto connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

void S3Store::give_back(std::unique_ptr<Connection> connection) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(connection));
}

}  // namespace frontdesk::storage
