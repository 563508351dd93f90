#pragma once

#include <optional>

namespace frontdesk {

/// Puts `wanted` in place of `present`; whether that changed anything. Nothing wanted changes
/// nothing.
template <class T>
bool replace(T& present, const std::optional<T>& wanted) {
  if (!wanted || *wanted == present) return false;
  present = *wanted;
  return true;
}

}  // namespace frontdesk
