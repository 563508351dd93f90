#pragma once

#include "observe/event_rate.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/labels.h>
#include <prometheus/registry.h>

namespace frontdesk::observe {

/// Counts the answers of one operation. The series of a status is made when it first occurs and
/// found without a lock or a look-up from then on.
class OperationMetrics {
 public:
  OperationMetrics(std::string operation, prometheus::Family<prometheus::Counter>& requests,
                   prometheus::Family<prometheus::Histogram>& durations);

  void observe(unsigned status, std::chrono::nanoseconds duration);

 private:
  static constexpr unsigned first_status = 100;
  static constexpr unsigned status_count = 500;

  const std::string operation_;
  prometheus::Family<prometheus::Counter>& requests_;
  prometheus::Family<prometheus::Histogram>& durations_;
  std::array<std::atomic<prometheus::Counter*>, status_count> by_status_{};
  std::array<std::atomic<prometheus::Histogram*>, status_count / 100> by_class_{};
};

/// Everything that GET /metrics shows (Prometheus text format 0.0.4). One object per process, used
/// by all threads at once. What is looked up by name is looked up at start and kept as a reference,
/// which is valid for as long as this object.
class Metrics {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Metrics(const std::string& version);
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;
  ~Metrics();

  /// `frontdesk_http_requests_total{operation,status}` and
  /// `frontdesk_http_request_duration_seconds{operation,status_class}`.
  OperationMetrics& operation(std::string_view operation_id);
  prometheus::Gauge& requests_in_flight() { return requests_in_flight_; }
  /// `frontdesk_database_statement_duration_seconds{statement}`
  prometheus::Histogram& statement(std::string_view name);

  /// A wrong one-time code of any account. More than 100 within a minute raise
  /// `frontdesk_wrong_codes_alert` to 1 (R02).
  void count_wrong_code(Clock::time_point now = Clock::now());

  /// What another feature counts or measures; asked for twice, it is the same series. `name`
  /// without the prefix `frontdesk_`; a counter's ends in `_total`. The values of `labels` are few
  /// and ours.
  prometheus::Counter& counter(std::string_view name, const std::string& help,
                               const prometheus::Labels& labels = {});
  prometheus::Gauge& gauge(std::string_view name, const std::string& help,
                           const prometheus::Labels& labels = {});
  /// Calls `read` at each exposition, from whichever thread that happens on.
  void gauge_from(std::string_view name, const std::string& help, std::function<double()> read,
                  const prometheus::Labels& labels = {});

  /// The text of GET /metrics. Reads /proc, so a millisecond is not surprising.
  std::string exposition();

 private:
  void refresh(Clock::time_point now);

  prometheus::Registry registry_;
  prometheus::Family<prometheus::Counter>& requests_;
  prometheus::Family<prometheus::Histogram>& durations_;
  prometheus::Family<prometheus::Histogram>& statements_;
  prometheus::Gauge& requests_in_flight_;
  prometheus::Counter& wrong_codes_;
  prometheus::Gauge& wrong_codes_alert_;
  EventRate wrong_code_rate_;

  struct Process;
  std::unique_ptr<Process> process_;

  std::mutex mutex_;  ///< guards the maps, not what they hold
  std::map<std::string, OperationMetrics, std::less<>> operations_;
  // A family makes a histogram before it looks whether it has one: too slow for every statement. A
  // mutex of its own: mutex_ is held while an exposition reads /proc.
  std::mutex statement_mutex_;
  std::map<std::string, prometheus::Histogram*, std::less<>> statement_series_;
  struct ReadGauge {
    prometheus::Gauge& gauge;
    std::function<double()> read;
  };
  std::vector<ReadGauge> read_gauges_;
};

}  // namespace frontdesk::observe
