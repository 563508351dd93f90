#pragma once

#include "core/seal.hpp"
#include "notifications/dispatcher.hpp"
#include "notifications/telling.hpp"

namespace frontdesk::notifications {

/// What messages are made with. Internal to the dispatcher.
struct MessageWriter {
  const DataKey& key;
  const queue::Outbox& outbox;
  const DispatcherOptions& options;
  Renderer& renderer;

  /// Adds the messages of one telling to `batch`, over each channel that the event takes, its
  /// reader wants and there is a sender for. Refuses what Renderer::render refuses.
  Task<Result<void>> add(db::Connection& connection, db::Batch& batch, const Dispatch& dispatch,
                         const Telling& telling, const store::BusinessRow& business) const;

 private:
  /// The same for the same event, text, channel and person.
  [[nodiscard]] Uuid id_of(const Dispatch& dispatch, const Telling& telling, Channel channel) const;
  [[nodiscard]] Uuid id_of(const Dispatch& dispatch, const Telling& telling,
                           const Uuid& device) const;
  [[nodiscard]] queue::Message mail(const Dispatch& dispatch, const Telling& telling,
                                    const store::BusinessRow& business, Rendered rendered) const;
};

}  // namespace frontdesk::notifications
