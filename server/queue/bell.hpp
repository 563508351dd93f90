#pragma once

#include <functional>
#include <mutex>

namespace frontdesk::queue {

/// Tells the worker of this process that a message has been put into the outbox, so that it does
/// not wait for its next look. One object a process, used by all threads at once.
class Bell {
 public:
  Bell() = default;
  Bell(const Bell&) = delete;
  Bell& operator=(const Bell&) = delete;

  /// From any thread, before or after the commit: rung once, it stays so until the listener has
  /// heard it, so that a thousand messages a second cost the listener nothing more than one does.
  void ring();

  /// `wake` is called under the bell's lock, on the thread that rings: it posts, nothing else. An
  /// empty one ends it; nothing calls the former one from then on.
  void listen(std::function<void()> wake);

  /// By the listener, before it looks: the next ring() wakes it again.
  void heard();

 private:
  std::mutex mutex_;
  std::function<void()> wake_;
  bool rung_ = false;
};

}  // namespace frontdesk::queue
