#pragma once

#include <cstdint>
#include <string>

namespace frontdesk {

/// An amount in the minor unit of an ISO 4217 currency: 4500 EUR is forty-five euros.
struct Money {
  std::int64_t amount_minor = 0;
  std::string currency;  ///< three upper-case letters

  friend bool operator==(const Money&, const Money&) = default;
};

}  // namespace frontdesk
