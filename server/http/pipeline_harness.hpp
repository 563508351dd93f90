#pragma once

#include "http/operations.hpp"
#include "http/pipeline.hpp"
#include "http/static_content.hpp"
#include "observe/health.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/json/parse.hpp>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

/// What the tests of the pipeline share: a pipeline with routes of every kind, an authenticator
/// that knows three tokens, and a client without a socket.
namespace frontdesk::http::test {

using namespace std::chrono_literals;

inline const UserId customer_id = UserId(*Uuid::parse("0190b1a2-0000-7000-8000-00000000000c"));
inline const UserId admin_id = UserId(*Uuid::parse("0190b1a2-0000-7000-8000-00000000000a"));

/// `customer` and `admin` are tokens; `outage` cannot be checked now; nothing else is one.
class FakeAuthenticator final : public Authenticator {
 public:
  Task<Result<Actor>> authenticate(std::string_view token, Deadline /*deadline*/) override {
    ++calls;
    if (token == "outage") throw Fault("the database is away", unavailable());
    Actor actor;
    actor.session = SessionId::generate();
    if (token == "customer") {
      actor.user = customer_id;
    } else if (token == "admin") {
      actor.user = admin_id;
      actor.permissions.insert(Permission::users_read);
    } else {
      co_return refuse({.kind = ErrorKind::unauthenticated,
                        .code = "unauthenticated",
                        .message = "Log in again."});
    }
    co_return actor;
  }

  Task<void> note_denial(const Actor& actor, std::string_view operation) override {
    denials.emplace_back(actor.user->to_string() + " " + std::string(operation));
    co_return;
  }

  int calls = 0;
  std::vector<std::string> denials;
};

/// A file in memory that collects the log.
class LogFile {
 public:
  LogFile() : descriptor_(::memfd_create("log", MFD_CLOEXEC)) {}
  ~LogFile() { ::close(descriptor_); }
  LogFile(const LogFile&) = delete;
  LogFile& operator=(const LogFile&) = delete;

  int descriptor() const { return descriptor_; }
  std::string text() const {
    std::string text(static_cast<std::size_t>(::lseek(descriptor_, 0, SEEK_END)), '\0');
    EXPECT_EQ(::pread(descriptor_, text.data(), text.size(), 0), static_cast<ssize_t>(text.size()));
    return text;
  }

 private:
  int descriptor_;
};

/// An answer taken apart.
struct Answer {
  unsigned status = 0;
  std::multimap<std::string, std::string> headers;
  std::string body;
  bool head_only = false;
  bool admitted = false;  ///< the refusal, if it is one, came after the body

  bool has(const std::string& name) const { return headers.contains(name); }
  std::string header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? "(absent)" : found->second;
  }
  std::string code() const { return std::string(boost::json::parse(body).at("code").as_string()); }
};

inline Answer take_apart(const Outgoing& outgoing, bool admitted) {
  Answer answer{.status = outgoing.status,
                .headers = {},
                .body = outgoing.shared_body ? *outgoing.shared_body : outgoing.body,
                .head_only = outgoing.head_only,
                .admitted = admitted};
  std::string_view block = outgoing.header_block;
  while (!block.empty()) {
    const auto end = block.find("\r\n");
    const std::string_view line = block.substr(0, end);
    const auto colon = line.find(": ");
    EXPECT_NE(colon, std::string_view::npos) << line;
    answer.headers.emplace(line.substr(0, colon), line.substr(colon + 2));
    block.remove_prefix(end + 2);
  }
  return answer;
}

using Headers = std::vector<std::pair<std::string, std::string>>;

class PipelineTest : public testing::Test {
 protected:
  static constexpr RateAllowances allowances{
      {{10, 900s}, {20, 900s}, {3, 60s}, {2, 60s}, {2, 60s}, {2, 60s}}};

  static RouteTable routes();
  static PipelineOptions options() {
    return {.trusted_proxies = {*Cidr::parse("10.0.0.0/8")},
            .cors_origins = {"https://book.example.org"}};
  }

  /// Sends a request through the pipeline; a body brings its Content-Length.
  Answer send(std::string method, std::string target, Headers headers = {}, std::string body = {}) {
    RequestHead head{.method = std::move(method),
                     .target = std::move(target),
                     .fields = std::move(headers),
                     .peer_address = peer_,
                     .received_at = now_};
    if (!body.empty()) head.fields.emplace_back("content-length", std::to_string(body.size()));
    asio::io_context context;
    Answer answer;
    asio::co_spawn(context, exchange(pipeline_, std::move(head), std::move(body), answer),
                   [](const std::exception_ptr& problem) { EXPECT_FALSE(problem); });
    context.run();
    return answer;
  }
  Answer get(std::string target, Headers headers = {}) {
    return send("GET", std::move(target), std::move(headers));
  }
  Answer post(std::string target, std::string body, Headers headers = {}) {
    headers.emplace_back("content-type", "application/json");
    return send("POST", std::move(target), std::move(headers), std::move(body));
  }
  static Headers token(std::string name) {
    return {{"authorization", "Bearer " + std::move(name)}};
  }

  std::vector<boost::json::value> log_lines() {
    log_.flush();
    std::vector<boost::json::value> lines;
    const std::string text = file_.text();
    for (std::size_t start = 0; start < text.size();) {
      const auto end = text.find('\n', start);
      lines.push_back(boost::json::parse(std::string_view(text).substr(start, end - start)));
      start = end + 1;
    }
    return lines;
  }

  LogFile file_;
  observe::Logger log_{observe::Level::info, observe::LogFormat::json, file_.descriptor()};
  observe::Metrics metrics_{"test"};
  LocalRateLimiter limiter_{allowances};
  FakeAuthenticator authenticator_;
  Pipeline pipeline_{routes(), authenticator_, limiter_, metrics_, log_, options()};
  std::string peer_ = "192.0.2.1";
  std::chrono::steady_clock::time_point now_ = std::chrono::steady_clock::now();

 private:
  static Task<void> exchange(Pipeline& pipeline, RequestHead head, std::string body,
                             Answer& answer) {
    auto decision = co_await pipeline.admit(std::move(head));
    if (auto* refusal = std::get_if<Outgoing>(&decision)) {
      answer = take_apart(*refusal, false);
      co_return;
    }
    auto& admitted = std::get<Admitted>(decision);
    EXPECT_LE(body.size(), admitted.body_limit_bytes);
    answer = take_apart(co_await pipeline.answer(std::move(admitted.state), std::move(body)), true);
  }
};

inline Route route(Method method, std::string_view pattern, Access access, Handler handler) {
  return {.method = method,
          .pattern = pattern,
          .operation = pattern.substr(1),
          .access = access,
          .ownership = Ownership::none,
          .handler = std::move(handler)};
}

inline Task<Response> say_who(const Request& request) {
  const Actor& actor = request.actor();
  co_return ok([&](JsonWriter& json) {
    json.begin_object();
    json.member("user", actor.user);
    json.member("address", actor.address);
    json.member("request_id", actor.request_id);
    json.end_object();
  });
}

inline Task<Response> say_much(const Request& /*request*/) {
  co_return ok([](JsonWriter& json) { json.value(std::string(4000, 'x')); });
}

inline Task<Response> echo(const Request& request) {
  if (!request.json().is_object()) co_return created([](JsonWriter& json) { json.null(); });
  co_return created([&](JsonWriter& json) { json.value(request.body()); });
}

inline Task<Response> break_down(const Request& /*request*/) {
  throw std::runtime_error("SELECT secret FROM somewhere");
  co_return no_content();
}

inline Task<Response> fault(const Request& /*request*/) {
  throw Fault("connection to 10.9.8.7 lost", unavailable(3s));
  co_return no_content();
}

inline Task<Response> split_headers(const Request& /*request*/) {
  Response response = no_content();
  response.headers.emplace_back("Location", "/x\r\nSet-Cookie: a=b");
  co_return response;
}

inline Task<Response> serve_page(const Request& /*request*/) {
  static const auto page = make_static_content("<script>1</script>" + std::string(3000, ' '),
                                               "text/html; charset=utf-8", "default-src 'none'");
  co_return serve(page);
}

inline Task<Response> own_headers(const Request& /*request*/) {
  Response response = ok([](JsonWriter& json) { json.null(); });
  response.headers = {
      {"Content-Security-Policy", "sandbox"}, {"Cache-Control", "private"}, {"ETag", "\"own\""}};
  co_return response;
}

inline RouteTable PipelineTest::routes() {
  RouteTable table{route(Method::get, "/public", Access::anyone(), say_who),
                   route(Method::get, "/me", Access::logged_in(), say_who),
                   route(Method::get, "/admin", Access::with(Permission::users_read), say_who),
                   route(Method::post, "/items", Access::anyone(), echo),
                   route(Method::get, "/items/{id}", Access::anyone(), say_who),
                   route(Method::get, "/boom", Access::anyone(), break_down),
                   route(Method::get, "/fault", Access::anyone(), fault),
                   route(Method::get, "/split", Access::anyone(), split_headers),
                   route(Method::get, "/own", Access::anyone(), own_headers),
                   route(Method::get, "/catalogue", Access::anyone(), say_much),
                   route(Method::get, "/availability", Access::anyone(), say_much),
                   route(Method::post, "/login", Access::anyone(), echo),
                   route(Method::post, "/code", Access::anyone(), echo),
                   route(Method::get, "/page", Access::anyone(), serve_page)};
  for (Route& row : table) {
    if (row.pattern == "/catalogue" || row.pattern == "/own") row.caching = Caching::shared;
    if (row.pattern == "/availability") row.caching = Caching::no_cache;
    if (row.pattern == "/login") row.budget = RateBudget::login;
    if (row.pattern == "/code") row.budget = RateBudget::code;
    if (row.pattern == "/page") {
      row.caching = Caching::immutable;
      row.budget = RateBudget::uncounted;
    }
  }
  return table;
}

}  // namespace frontdesk::http::test
