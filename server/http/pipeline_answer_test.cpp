// What becomes of handlers that fail, and what is counted and logged.
#include "http/pipeline_harness.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gmock/gmock.h>

namespace frontdesk::http::test {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST_F(PipelineTest, R31_an_exception_is_500_without_its_text) {
  const Answer answer = get("/boom");
  EXPECT_EQ(answer.status, 500u);
  EXPECT_EQ(answer.code(), "internal_error");
  EXPECT_THAT(answer.body, Not(HasSubstr("SELECT")));
}

TEST_F(PipelineTest, a_fault_is_what_it_says_to_clients_and_is_logged_once) {
  const Answer answer = get("/fault");
  EXPECT_EQ(answer.status, 503u);
  EXPECT_EQ(answer.header("Retry-After"), "3");
  EXPECT_THAT(answer.body, Not(HasSubstr("10.9.8.7")));
  int mentions = 0;
  for (const auto& line : log_lines()) {
    if (!line.as_object().contains("reason")) continue;
    ++mentions;
    EXPECT_EQ(line.at("reason").as_string(), "connection to 10.9.8.7 lost");
    EXPECT_EQ(line.at("request_id").as_string(), answer.header("X-Request-Id"));
    EXPECT_EQ(line.at("operation").as_string(), "fault");
  }
  EXPECT_EQ(mentions, 1);
}

TEST_F(PipelineTest, R33_a_header_cannot_be_split) {
  const Answer answer = get("/split");
  EXPECT_EQ(answer.status, 500u);
  EXPECT_FALSE(answer.has("Set-Cookie"));
}

TEST_F(PipelineTest, each_request_has_one_access_line) {
  const Answer answer = get("/me?secret=1", token("customer"));
  post("/items", "{");
  get("/nowhere");
  send("BREW", "/public");
  const auto lines = log_lines();
  ASSERT_EQ(lines.size(), 4u);
  const auto& line = lines[0].as_object();
  EXPECT_EQ(line.at("message").as_string(), "request");
  EXPECT_EQ(line.at("method").as_string(), "GET");
  EXPECT_EQ(line.at("route").as_string(), "/me");
  EXPECT_EQ(line.at("status").as_int64(), 200);
  EXPECT_GE(line.at("duration_us").as_int64(), 0);
  EXPECT_EQ(line.at("bytes").as_int64(), static_cast<std::int64_t>(answer.body.size()));
  EXPECT_EQ(line.at("request_id").as_string(), answer.header("X-Request-Id"));
  EXPECT_EQ(line.at("address").as_string(), "192.0.2.1");
  EXPECT_EQ(line.at("user_id").as_string(), customer_id.to_string());
  EXPECT_THAT(file_.text(), Not(HasSubstr("secret")));
  EXPECT_EQ(lines[1].at("status").as_int64(), 400);
  EXPECT_EQ(lines[2].at("route").as_string(), "none");
  EXPECT_TRUE(lines[2].at("user_id").is_null());
  EXPECT_EQ(lines[3].at("method").as_string(), "BREW");
}

TEST_F(PipelineTest, requests_are_counted_by_operation_and_status) {
  get("/public");
  get("/public");
  get("/me");
  get("/nowhere");
  send("OPTIONS", "/me");
  const std::string text = metrics_.exposition();
  EXPECT_THAT(text, HasSubstr("requests_total{operation=\"public\",status=\"200\"} 2"));
  EXPECT_THAT(text, HasSubstr("requests_total{operation=\"me\",status=\"401\"} 1"));
  EXPECT_THAT(text, HasSubstr("requests_total{operation=\"none\",status=\"404\"} 1"));
  EXPECT_THAT(text, HasSubstr("requests_total{operation=\"options\",status=\"204\"} 1"));
  EXPECT_THAT(text, HasSubstr("frontdesk_http_requests_in_flight 0"));
}

Task<Response> wait_long(const Request& /*request*/) {
  asio::steady_timer timer(co_await asio::this_coro::executor, 1h);
  co_await timer.async_wait(asio::use_awaitable_t<Executor>{});
  co_return no_content();
}

Task<void> answer_get(Pipeline& pipeline, Answer& answer) {
  RequestHead head{.method = "GET",
                   .target = "/wait",
                   .fields = {},
                   .peer_address = "192.0.2.1",
                   .received_at = std::chrono::steady_clock::now()};
  auto decision = co_await pipeline.admit(std::move(head));
  auto& admitted = std::get<Admitted>(decision);
  EXPECT_TRUE(admitted.cancel_when_client_leaves);
  answer = take_apart(co_await pipeline.answer(std::move(admitted.state), {}), true);
}

TEST_F(PipelineTest, R43_a_read_that_is_cancelled_becomes_an_answer_and_no_error) {
  for (const auto limit : {std::chrono::milliseconds{10'000}, std::chrono::milliseconds{0}}) {
    PipelineOptions own = options();
    own.handler_limit = limit;
    Pipeline pipeline({route(Method::get, "/wait", Access::anyone(), wait_long)}, authenticator_,
                      limiter_, metrics_, log_, own);
    asio::io_context context;
    asio::cancellation_signal signal;
    Answer answer;
    asio::co_spawn(context, answer_get(pipeline, answer),
                   asio::bind_cancellation_slot(signal.slot(), asio::detached));
    context.poll();
    signal.emit(asio::cancellation_type::terminal);
    context.restart();
    context.run();
    EXPECT_EQ(answer.status, 503u);
  }
  const auto lines = log_lines();
  ASSERT_EQ(lines.size(), 2u) << "access lines only";
  EXPECT_EQ(lines[0].at("status").as_int64(), 499) << "the client has left";
  EXPECT_EQ(lines[1].at("status").as_int64(), 503) << "its time was up";
}

TEST(Operations, R44_health_touches_nothing_and_readiness_names_what_objects) {
  observe::Draining draining;
  observe::Readiness readiness(draining);
  LogFile file;
  observe::Logger log(observe::Level::off, observe::LogFormat::json, file.descriptor());
  observe::Metrics metrics("test");
  NoAccounts nobody;
  LocalRateLimiter limiter({{{1, 1s}, {1, 1s}, {1, 1s}, {1, 1s}, {1, 1s}, {1, 1s}}});
  RouteTable table = health_routes(readiness);
  for (Route& row : metrics_routes(metrics)) table.push_back(row);
  Pipeline pipeline(std::move(table), nobody, limiter, metrics, log, {});
  const auto ask = [&](std::string target) {
    asio::io_context context;
    Answer answer;
    asio::co_spawn(
        context,
        [](Pipeline& to, std::string path, Answer& result) -> Task<void> {
          RequestHead head{.method = "GET",
                           .target = std::move(path),
                           .fields = {},
                           .peer_address = "127.0.0.1",
                           .received_at = {}};
          auto decision = co_await to.admit(std::move(head));
          result = take_apart(co_await to.answer(std::move(std::get<Admitted>(decision).state), {}),
                              true);
        }(pipeline, std::move(target), answer),
        asio::detached);
    context.run();
    return answer;
  };
  EXPECT_EQ(ask("/healthz").body, R"({"success":true,"data":{"status":"ok"}})");
  EXPECT_EQ(ask("/readyz").status, 200u);
  draining.begin();
  EXPECT_EQ(ask("/healthz").status, 200u);
  const Answer not_ready = ask("/readyz");
  EXPECT_EQ(not_ready.status, 503u);
  EXPECT_EQ(not_ready.code(), "unavailable");
  EXPECT_THAT(not_ready.body, HasSubstr(R"("checks":{"draining":"draining"})"));
  const Answer text = ask("/metrics");
  EXPECT_EQ(text.header("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_THAT(text.body, HasSubstr("frontdesk_http_requests_total{operation=\"getHealth\""));
}

}  // namespace
}  // namespace frontdesk::http::test
