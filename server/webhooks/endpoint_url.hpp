#pragma once

#include "outbound/reach.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace frontdesk::webhooks {

inline constexpr std::size_t max_url_bytes = 2000;

/// Why `url` cannot be an endpoint's, in a sentence for whoever gave it; nothing where it can:
/// https with a host, without credentials or fragment, and not an address that `reach` does not
/// cover (R34). Where a name leads is only known when it is called, and is judged then.
std::optional<std::string> why_refused(std::string_view url, const outbound::Reach& reach);

}  // namespace frontdesk::webhooks
