#include "db/canceller.hpp"

#include <deque>
#include <mutex>
#include <system_error>
#include <thread>

#include <libpq-fe.h>

namespace frontdesk::db {
namespace {

struct FreeCancel {
  void operator()(PGcancel* cancel) const { PQfreeCancel(cancel); }
};

struct Request {
  std::unique_ptr<PGcancel, FreeCancel> cancel;
  std::shared_ptr<std::atomic<CancelState>> state;
};

}  // namespace

struct Canceller::Queue {
  std::mutex mutex;
  std::deque<Request> requests;
  bool has_worker = false;
};

Canceller::Canceller() : queue_(std::make_shared<Queue>()) {}

std::shared_ptr<const std::atomic<CancelState>> Canceller::cancel(pg_conn* connection) {
  auto state = std::make_shared<std::atomic<CancelState>>(CancelState::failed);
  Request request{std::unique_ptr<PGcancel, FreeCancel>(PQgetCancel(connection)), state};
  if (!request.cancel) return state;
  const std::lock_guard lock(queue_->mutex);
  if (queue_->requests.size() >= limit) return state;
  if (!queue_->has_worker) {
    try {
      std::thread([queue = queue_] { work(queue); }).detach();
    } catch (const std::system_error&) {
      return state;  // no thread to be had: the connection will be closed instead
    }
    queue_->has_worker = true;
  }
  state->store(CancelState::waiting);
  queue_->requests.push_back(std::move(request));
  return state;
}

void Canceller::work(const std::shared_ptr<Queue>& queue) {
  for (;;) {
    Request request;
    {
      const std::lock_guard lock(queue->mutex);
      if (queue->requests.empty()) {
        queue->has_worker = false;
        return;
      }
      request = std::move(queue->requests.front());
      queue->requests.pop_front();
    }
    char reason[256];
    const bool delivered = PQcancel(request.cancel.get(), reason, sizeof reason) == 1;
    request.state->store(delivered ? CancelState::delivered : CancelState::failed);
  }
}

}  // namespace frontdesk::db
