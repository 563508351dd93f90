#pragma once

#include "core/error.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace frontdesk::catalog {

/// What is wrong with `ids` as the order of a list: one twice (`repeated`), one that is not among
/// those `present` (`not_found`), or one of the `needed` left out (`incomplete`).
template <class IdType>
std::optional<Error> check_order(std::vector<IdType> ids, std::vector<IdType> present,
                                 std::vector<IdType> needed) {
  for (auto* each : {&ids, &present, &needed}) std::ranges::sort(*each);
  if (std::ranges::adjacent_find(ids) != ids.end()) {
    return invalid_field("ids", "repeated", "ids must name each one once.");
  }
  if (!std::ranges::includes(present, ids)) {
    return invalid_field("ids", "not_found", "ids names something that is not there.");
  }
  if (!std::ranges::includes(ids, needed)) {
    return invalid_field("ids", "incomplete", "ids must name all of them.");
  }
  return std::nullopt;
}

}  // namespace frontdesk::catalog
