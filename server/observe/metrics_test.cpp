#include "observe/metrics.hpp"

#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::observe {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

TEST(Metrics, counts_requests_by_operation_and_status) {
  Metrics metrics("1.2.3");
  OperationMetrics& list = metrics.operation("list_services");
  list.observe(200, 3ms);
  list.observe(200, 40ms);
  list.observe(304, 100us);
  list.observe(422, 1ms);
  const std::string text = metrics.exposition();
  EXPECT_THAT(
      text,
      HasSubstr("frontdesk_http_requests_total{operation=\"list_services\",status=\"200\"} 2"));
  EXPECT_THAT(
      text,
      HasSubstr("frontdesk_http_requests_total{operation=\"list_services\",status=\"304\"} 1"));
  EXPECT_THAT(text,
              HasSubstr("frontdesk_http_request_duration_seconds_count{operation=\"list_services\","
                        "status_class=\"2xx\"} 2"));
  EXPECT_THAT(
      text, HasSubstr("frontdesk_http_request_duration_seconds_bucket{operation=\"list_services\","
                      "status_class=\"2xx\",le=\"0.005\"} 1"));
  EXPECT_THAT(text, HasSubstr("frontdesk_build_info{version=\"1.2.3\"} 1"));
}

TEST(Metrics, an_operation_asked_for_twice_is_the_same) {
  Metrics metrics("1");
  EXPECT_EQ(&metrics.operation("a"), &metrics.operation("a"));
  EXPECT_EQ(&metrics.statement("insert_user"), &metrics.statement("insert_user"));
  metrics.counter("outbox_delivered_total", "Delivered.").Increment();
  metrics.counter("outbox_delivered_total", "Delivered.").Increment();
  EXPECT_THAT(metrics.exposition(), HasSubstr("frontdesk_outbox_delivered_total 2"));
}

TEST(Metrics, a_status_that_is_none_counts_as_500) {
  Metrics metrics("1");
  metrics.operation("a").observe(0, 1ms);
  metrics.operation("a").observe(1000, 1ms);
  EXPECT_THAT(metrics.exposition(), HasSubstr("{operation=\"a\",status=\"500\"} 2"));
}

TEST(Metrics, shows_the_process) {
  Metrics metrics("1");
  const std::string text = metrics.exposition();
  for (const auto* name : {"process_cpu_seconds_total", "process_resident_memory_bytes",
                           "frontdesk_process_private_memory_bytes", "process_open_fds",
                           "process_max_fds", "process_start_time_seconds"}) {
    EXPECT_THAT(text, HasSubstr(std::string("\n") + name + " "));
    EXPECT_THAT(text, Not(HasSubstr(std::string("\n") + name + " 0\n"))) << name;
  }
}

TEST(Metrics, gauges_can_be_read_at_exposition) {
  Metrics metrics("1");
  double value = 1;
  metrics.gauge_from("log_lines_dropped", "Dropped.", [&value] { return value; });
  EXPECT_THAT(metrics.exposition(), HasSubstr("frontdesk_log_lines_dropped 1"));
  value = 7;
  EXPECT_THAT(metrics.exposition(), HasSubstr("frontdesk_log_lines_dropped 7"));
}

TEST(Metrics, R02_more_than_100_wrong_codes_a_minute_raise_the_alert) {
  Metrics metrics("1");
  const auto now = Metrics::Clock::now();
  for (int i = 0; i < 100; ++i) metrics.count_wrong_code(now);
  EXPECT_THAT(metrics.exposition(), HasSubstr("frontdesk_wrong_codes_alert 0"));
  metrics.count_wrong_code(now);
  const std::string text = metrics.exposition();
  EXPECT_THAT(text, HasSubstr("frontdesk_wrong_codes_alert 1"));
  EXPECT_THAT(text, HasSubstr("frontdesk_wrong_codes_total 101"));
}

TEST(EventRate, R02_forgets_after_a_minute) {
  EventRate rate;
  EventRate::Clock::time_point now{1000s};
  for (int i = 0; i < 61; ++i) {
    rate.record(now);
    now += 1s;
  }
  EXPECT_EQ(rate.last_minute(now - 1s), 60u);
  EXPECT_EQ(rate.last_minute(now + 28s), 31u);
  EXPECT_EQ(rate.last_minute(now + 59s), 0u);
  EXPECT_EQ(EventRate().last_minute(now), 0u);
}

TEST(Metrics, threads_may_find_a_new_status_at_once) {
  Metrics metrics("1");
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread) {
      threads.emplace_back([&metrics] {
        OperationMetrics& operation = metrics.operation("a");
        for (unsigned i = 0; i < 300; ++i) {
          operation.observe(200 + i % 3, 1ms);
          metrics.statement("select_user").Observe(0.001);
          metrics.requests_in_flight().Increment();
          metrics.requests_in_flight().Decrement();
          metrics.count_wrong_code();
        }
      });
    }
    metrics.exposition();
  }
  const std::string text = metrics.exposition();
  EXPECT_THAT(text, HasSubstr("{operation=\"a\",status=\"201\"} 400"));
  EXPECT_THAT(text, HasSubstr("frontdesk_http_requests_in_flight 0"));
}

}  // namespace
}  // namespace frontdesk::observe
