#include "notifications/currency_digits.hpp"

#include <algorithm>
#include <array>

namespace frontdesk::notifications {

std::int32_t minor_digits(std::string_view currency) {
  constexpr std::array<std::string_view, 16> none{"BIF", "CLP", "DJF", "GNF", "ISK", "JPY",
                                                  "KMF", "KRW", "PYG", "RWF", "UGX", "VND",
                                                  "VUV", "XAF", "XOF", "XPF"};
  constexpr std::array<std::string_view, 7> three{"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
  if (std::ranges::find(none, currency) != none.end()) return 0;
  return std::ranges::find(three, currency) != three.end() ? 3 : 2;
}

bool is_currency_code(std::string_view currency) {
  return currency.size() == 3 &&
         std::ranges::all_of(currency, [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace frontdesk::notifications
