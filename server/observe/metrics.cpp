#include "observe/metrics.hpp"

#include "observe/process_stats.hpp"

#include <prometheus/text_serializer.h>

namespace frontdesk::observe {
namespace {

/// From a cached page to the limit of a handler (R43).
const prometheus::Histogram::BucketBoundaries request_buckets{
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
const prometheus::Histogram::BucketBoundaries statement_buckets{
    0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5};

constexpr std::uint64_t wrong_codes_per_minute_limit = 100;

prometheus::Gauge& make_gauge(prometheus::Registry& registry, const std::string& name,
                              const std::string& help, const prometheus::Labels& labels = {}) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add(labels);
}

prometheus::Counter& make_counter(prometheus::Registry& registry, const std::string& name,
                                  const std::string& help, const prometheus::Labels& labels = {}) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(registry).Add(labels);
}

double to_seconds(std::chrono::nanoseconds duration) {
  return std::chrono::duration<double>(duration).count();
}

std::string prefixed(std::string_view name) {
  return "frontdesk_" + std::string(name);
}

}  // namespace

OperationMetrics::OperationMetrics(std::string operation,
                                   prometheus::Family<prometheus::Counter>& requests,
                                   prometheus::Family<prometheus::Histogram>& durations)
    : operation_(std::move(operation)), requests_(requests), durations_(durations) {}

void OperationMetrics::observe(unsigned status, std::chrono::nanoseconds duration) {
  if (status < first_status || status >= first_status + status_count) status = 500;
  // Two threads may both find nothing: the family then gives both the same series.
  auto& counter_slot = by_status_[status - first_status];
  prometheus::Counter* counter = counter_slot.load(std::memory_order_acquire);
  if (counter == nullptr) {
    counter = &requests_.Add({{"operation", operation_}, {"status", std::to_string(status)}});
    counter_slot.store(counter, std::memory_order_release);
  }
  counter->Increment();
  auto& histogram_slot = by_class_[status / 100 - 1];
  prometheus::Histogram* histogram = histogram_slot.load(std::memory_order_acquire);
  if (histogram == nullptr) {
    histogram = &durations_.Add(
        {{"operation", operation_}, {"status_class", std::to_string(status / 100) + "xx"}},
        request_buckets);
    histogram_slot.store(histogram, std::memory_order_release);
  }
  histogram->Observe(to_seconds(duration));
}

/// Gauges and counters that are read from the kernel at each exposition, under the names that
/// Prometheus's client libraries share.
struct Metrics::Process {
  explicit Process(prometheus::Registry& registry)
      : cpu(make_counter(registry, "process_cpu_seconds_total", "CPU time, user and system.")),
        start(make_gauge(registry, "process_start_time_seconds", "Start, since the epoch.")),
        resident(make_gauge(registry, "process_resident_memory_bytes", "Resident memory.")),
        virtual_memory(make_gauge(registry, "process_virtual_memory_bytes", "Virtual memory.")),
        private_memory(make_gauge(registry, "frontdesk_process_private_memory_bytes",
                                  "Resident memory that is shared with no other process.")),
        threads(make_gauge(registry, "frontdesk_process_threads", "Threads.")),
        descriptors(make_gauge(registry, "process_open_fds", "Open file descriptors.")),
        max_descriptors(
            make_gauge(registry, "process_max_fds", "Limit of open file descriptors.")) {}

  void refresh() {
    const auto stats = read_process_stats();
    if (!stats) return;
    if (stats->cpu_seconds > cpu.Value()) cpu.Increment(stats->cpu_seconds - cpu.Value());
    start.Set(stats->start_time_seconds);
    resident.Set(static_cast<double>(stats->resident_bytes));
    virtual_memory.Set(static_cast<double>(stats->virtual_bytes));
    private_memory.Set(static_cast<double>(stats->private_bytes));
    threads.Set(static_cast<double>(stats->threads));
    descriptors.Set(static_cast<double>(stats->open_descriptors));
    max_descriptors.Set(static_cast<double>(stats->max_descriptors));
  }

  prometheus::Counter& cpu;
  prometheus::Gauge& start;
  prometheus::Gauge& resident;
  prometheus::Gauge& virtual_memory;
  prometheus::Gauge& private_memory;
  prometheus::Gauge& threads;
  prometheus::Gauge& descriptors;
  prometheus::Gauge& max_descriptors;
};

Metrics::Metrics(const std::string& version)
    // The same name twice is the same family: several parts may ask for one gauge.
    : registry_(prometheus::Registry::InsertBehavior::Merge),
      requests_(prometheus::BuildCounter()
                    .Name("frontdesk_http_requests_total")
                    .Help("Requests answered, by operation and status.")
                    .Register(registry_)),
      durations_(prometheus::BuildHistogram()
                     .Name("frontdesk_http_request_duration_seconds")
                     .Help("Time from the head of a request to its answer.")
                     .Register(registry_)),
      statements_(prometheus::BuildHistogram()
                      .Name("frontdesk_database_statement_duration_seconds")
                      .Help("Time from sending a statement to its result.")
                      .Register(registry_)),
      requests_in_flight_(make_gauge(registry_, "frontdesk_http_requests_in_flight",
                                     "Requests admitted and not yet answered.")),
      wrong_codes_(make_counter(registry_, "frontdesk_wrong_codes_total",
                                "Wrong one-time codes over all accounts.")),
      wrong_codes_alert_(make_gauge(registry_, "frontdesk_wrong_codes_alert",
                                    "1 after more than 100 wrong codes within a minute.")),
      process_(std::make_unique<Process>(registry_)) {
  prometheus::BuildGauge()
      .Name("frontdesk_build_info")
      .Help("Always 1; the version is the label.")
      .Register(registry_)
      .Add({{"version", version}})
      .Set(1);
}

Metrics::~Metrics() = default;

OperationMetrics& Metrics::operation(std::string_view operation_id) {
  const std::lock_guard lock(mutex_);
  return operations_
      .try_emplace(std::string(operation_id), std::string(operation_id), requests_, durations_)
      .first->second;
}

prometheus::Histogram& Metrics::statement(std::string_view name) {
  const std::lock_guard lock(statement_mutex_);
  const auto known = statement_series_.find(name);
  if (known != statement_series_.end()) return *known->second;
  auto& series = statements_.Add({{"statement", std::string(name)}}, statement_buckets);
  statement_series_.emplace(name, &series);
  return series;
}

void Metrics::count_wrong_code(Clock::time_point now) {
  wrong_codes_.Increment();
  wrong_code_rate_.record(now);
}

prometheus::Counter& Metrics::counter(std::string_view name, const std::string& help,
                                      const prometheus::Labels& labels) {
  return make_counter(registry_, prefixed(name), help, labels);
}

prometheus::Gauge& Metrics::gauge(std::string_view name, const std::string& help,
                                  const prometheus::Labels& labels) {
  return make_gauge(registry_, prefixed(name), help, labels);
}

void Metrics::gauge_from(std::string_view name, const std::string& help,
                         std::function<double()> read, const prometheus::Labels& labels) {
  prometheus::Gauge& target = gauge(name, help, labels);
  const std::lock_guard lock(mutex_);
  read_gauges_.push_back({target, std::move(read)});
}

void Metrics::refresh(Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  process_->refresh();
  const bool alert = wrong_code_rate_.last_minute(now) > wrong_codes_per_minute_limit;
  wrong_codes_alert_.Set(alert ? 1 : 0);
  for (const ReadGauge& item : read_gauges_) item.gauge.Set(item.read());
}

std::string Metrics::exposition() {
  refresh(Clock::now());
  return prometheus::TextSerializer().Serialize(registry_.Collect());
}

}  // namespace frontdesk::observe
