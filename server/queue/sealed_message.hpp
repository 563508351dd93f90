#pragma once

#include "core/seal.hpp"
#include "queue/message.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace frontdesk::queue {

/// Recipient, subject, bodies, attachments, headers and reminds_of of `message` under the data key,
/// bound to the row `id`.
std::vector<std::uint8_t> seal_message(const DataKey& key, const Uuid& id, const Message& message);

/// The reverse: fills just those; nullopt where the row was sealed under another key or was
/// changed.
std::optional<Message> open_message(const DataKey& key, const Uuid& id,
                                    std::span<const std::uint8_t> sealed);

}  // namespace frontdesk::queue
