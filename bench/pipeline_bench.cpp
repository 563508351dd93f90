// What the pipeline itself costs a request: everything between a framed head and the bytes to
// write, with a token that is always good and a handler that answers at once.
#include "http/pipeline.hpp"

#include <benchmark/benchmark.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <fcntl.h>

namespace {

using namespace frontdesk;
using namespace frontdesk::http;

class AlwaysGood final : public Authenticator {
 public:
  Task<Result<Actor>> authenticate(std::string_view /*token*/, Deadline /*deadline*/) override {
    Actor actor;
    actor.user = user_;
    actor.session = session_;
    co_return actor;
  }

 private:
  UserId user_ = UserId::generate();
  SessionId session_ = SessionId::generate();
};

Task<Response> answer_page(const Request& /*request*/) {
  static const std::string items(4000, '1');
  co_return ok([](JsonWriter& json) { json.raw(items); });
}

Task<Response> answer_body(const Request& request) {
  co_return created([&](JsonWriter& json) { json.value(request.json().as_object().size()); });
}

RouteTable routes() {
  Route me{.method = Method::get,
           .pattern = "/api/v1/appointments",
           .operation = "listAppointments",
           .access = Access::logged_in(),
           .ownership = Ownership::self,
           .handler = answer_page};
  Route list = me;
  list.pattern = "/api/v1/services";
  list.operation = "listServices";
  list.access = Access::anyone();
  list.caching = Caching::shared;
  Route one = me;
  one.pattern = "/api/v1/appointments/{id}";
  one.operation = "getAppointment";
  Route create = me;
  create.method = Method::post;
  create.operation = "createAppointment";
  create.handler = answer_body;
  return {me, list, one, create};
}

struct Bench {
  observe::Logger log{observe::Level::info, observe::LogFormat::json,
                      ::open("/dev/null", O_WRONLY | O_CLOEXEC)};
  observe::Metrics metrics{"bench"};
  LocalRateLimiter limiter{{{{4'000'000'000U, std::chrono::seconds{900}},
                             {4'000'000'000U, std::chrono::seconds{900}},
                             {1, std::chrono::seconds{1}},
                             {1, std::chrono::seconds{1}}}}};
  AlwaysGood authenticator;
  Pipeline pipeline{routes(), authenticator, limiter,
                    metrics,  log,           {.cors_origins = {"https://book.example.org"}}};
};

RequestHead head_of(std::string_view method, std::string_view target, bool with_token,
                    std::size_t body_bytes = 0) {
  RequestHead head{.method = std::string(method),
                   .target = std::string(target),
                   .fields = {{"host", "book.example.org"},
                              {"user-agent", "Mozilla/5.0 (X11; Linux x86_64)"},
                              {"accept", "application/json"},
                              {"accept-language", "de"}},
                   .peer_address = "192.0.2.77",
                   .received_at = std::chrono::steady_clock::now()};
  if (with_token) head.fields.emplace_back("authorization", "Bearer " + std::string(400, 'x'));
  if (body_bytes > 0) {
    head.fields.emplace_back("content-type", "application/json");
    head.fields.emplace_back("content-length", std::to_string(body_bytes));
  }
  return head;
}

Task<void> run(Bench& bench, benchmark::State& state, std::string_view method,
               std::string_view target, bool with_token, std::string body) {
  unsigned status = 0;
  for (auto _ : state) {
    auto decision = co_await bench.pipeline.admit(head_of(method, target, with_token, body.size()));
    if (auto* admitted = std::get_if<Admitted>(&decision)) {
      const Outgoing outgoing =
          co_await bench.pipeline.answer(std::move(admitted->state), std::string(body));
      status = outgoing.status;
    }
  }
  if (status != 200 && status != 201) state.SkipWithError("an unexpected status");
}

void measure(benchmark::State& state, std::string_view method, std::string_view target,
             bool with_token, std::string body = {}) {
  Bench bench;
  asio::io_context context;
  asio::co_spawn(context, run(bench, state, method, target, with_token, std::move(body)),
                 asio::detached);
  context.run();
}

void authenticated_read(benchmark::State& state) {
  measure(state, "GET", "/api/v1/appointments?limit=20&status=confirmed", true);
}
void authenticated_read_of_one(benchmark::State& state) {
  measure(state, "GET", "/api/v1/appointments/0190b1a2-0000-7000-8000-000000000001", true);
}
void public_read(benchmark::State& state) {
  measure(state, "GET", "/api/v1/services?limit=20", false);
}
void write_with_a_body(benchmark::State& state) {
  measure(state, "POST", "/api/v1/appointments", true,
          R"({"service_id":"0190b1a2-0000-7000-8000-000000000001","date":"2026-03-29",)"
          R"("time":"14:30","notes":"by the window, please"})");
}
/// What making the head of the benchmark itself costs: to be subtracted.
void head_alone(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        head_of("GET", "/api/v1/appointments?limit=20&status=confirmed", true));
  }
}

BENCHMARK(authenticated_read);
BENCHMARK(authenticated_read_of_one);
BENCHMARK(public_read);
BENCHMARK(write_with_a_body);
BENCHMARK(head_alone);

}  // namespace

BENCHMARK_MAIN();
