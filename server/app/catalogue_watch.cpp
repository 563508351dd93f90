#include "app/catalogue_watch.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace frontdesk::app {

CatalogueWatch::CatalogueWatch(asio::io_context& io, catalog::Catalog& catalog,
                               http::AnswerCache& answers)
    : catalog_(catalog), answers_(answers), timer_(io.get_executor()) {}

Task<void> CatalogueWatch::look() {
  try {
    const auto revision = co_await catalog_.revision(deadline_in(interval));
    if (revision_ != revision) answers_.clear();
    revision_ = revision;
  } catch (const Fault&) {
    // The pool says so to the operator, once; here the next look does.
  }
}

Task<void> CatalogueWatch::run() {
  constexpr asio::as_tuple_t<asio::use_awaitable_t<Executor>> awaited{};
  while (!stopping_) {
    co_await look();
    if (stopping_) break;
    timer_.expires_after(interval);
    co_await timer_.async_wait(awaited);
  }
}

void CatalogueWatch::stop() {
  stopping_ = true;
  timer_.cancel();
}

}  // namespace frontdesk::app
