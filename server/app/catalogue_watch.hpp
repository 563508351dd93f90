#pragma once

#include "catalog/catalog.hpp"
#include "core/task.hpp"
#include "http/answer_cache.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

#include <boost/asio/steady_timer.hpp>

namespace frontdesk::app {

/// Lets go of the kept answers of the catalogue within about a second of somebody else's write:
/// another server's on the same database, or psql's. Our own writes do so themselves. While
/// PostgreSQL cannot be asked, the kept answers go on being served: a booking made from one that is
/// out of date is judged by PostgreSQL all the same.
class CatalogueWatch {
 public:
  static constexpr std::chrono::milliseconds interval{1'000};

  /// All must outlive the watch, which lives on the thread of `io`.
  CatalogueWatch(asio::io_context& io, catalog::Catalog& catalog, http::AnswerCache& answers);

  /// Runs until stop(). Never throws.
  Task<void> run();
  void stop();

 private:
  Task<void> look();

  catalog::Catalog& catalog_;
  http::AnswerCache& answers_;
  asio::basic_waitable_timer<std::chrono::steady_clock,
                             asio::wait_traits<std::chrono::steady_clock>, Executor>
      timer_;
  std::optional<std::int64_t> revision_;
  bool stopping_ = false;
};

}  // namespace frontdesk::app
