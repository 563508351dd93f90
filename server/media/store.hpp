#pragma once

#include "core/instant.hpp"
#include "db/connection.hpp"
#include "media/image_reply.hpp"
#include "media/media.hpp"

#include <cstdint>
#include <optional>
#include <vector>

/// The only place of this feature that names SQL.
namespace frontdesk::media::store {

Task<void> insert(db::Connection& connection, const TakenImage& taken, const ImageReply& reply);

/// What is to be known of an image to remove its files.
struct Unnamed {
  ImageId id;
  Instant since;
  Uuid key;
  bool is_public;
  std::vector<std::int16_t> widths;
};
/// Notes which images somebody names now, and which nobody does any more.
Task<void> note_unnamed(db::Connection& connection);
/// Those that nobody has named for `Media::grace`, the longest ones first, behind `after`.
Task<std::vector<Unnamed>> unnamed(db::Connection& connection, std::int64_t limit,
                                   const std::optional<Unnamed>& after);
/// Whether it was there, and still nobody names it. Part of a transaction.
Task<bool> remove(db::Connection& connection, ImageId id);

}  // namespace frontdesk::media::store
