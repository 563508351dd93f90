#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace frontdesk {

/// One page of a keyset-paged list. The key of the next page is the key of the last item.
template <class T>
struct Page {
  std::vector<T> items;
  bool more = false;                  ///< there is at least one item after these
  std::optional<std::int64_t> total;  ///< of the whole list; only where it was asked for
};

/// Which page: at most `limit` items after the one whose sort key is `after`.
template <class Key>
struct PageRequest {
  int limit = 20;            ///< at least 1; clients get at most 100 (R32)
  std::optional<Key> after;  ///< nothing: the first page
  bool with_total = false;
};

/// Cuts the extra row that a store asked for to learn whether there is a next page.
template <class T>
Page<T> page_of(std::vector<T> rows, int limit, std::optional<std::int64_t> total) {
  const bool more = rows.size() > static_cast<std::size_t>(limit);
  if (more) rows.resize(static_cast<std::size_t>(limit));
  return {std::move(rows), more, total};
}

}  // namespace frontdesk
