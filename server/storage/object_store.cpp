#include "storage/object_store.hpp"

#include <algorithm>
#include <ranges>

namespace frontdesk::storage {
namespace {

bool is_segment(std::string_view segment) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789.-";
  return !segment.empty() && segment.size() <= 100 && segment.front() != '.' &&
         std::ranges::all_of(segment, [&](char c) { return letters.contains(c); });
}

}  // namespace

bool is_object_name(std::string_view name) {
  return std::ranges::all_of(name | std::views::split('/'),
                             [](const auto& segment) {
                               return is_segment(std::string_view(segment.begin(), segment.end()));
                             }) &&
         !name.empty();
}

}  // namespace frontdesk::storage
