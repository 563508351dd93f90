#pragma once

#include "core/error.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace frontdesk::http {

/// Parameters of a query, decoded, in order.
using QueryParameters = std::vector<std::pair<std::string, std::string>>;

/// More than any route has by far.
inline constexpr std::size_t max_query_parameters = 50;

/// Undoes percent-encoding (RFC 3986 section 2.1) once; nullopt for a `%` without two hexadecimal
/// digits. Nothing else is judged: the result can hold any byte.
std::optional<std::string> percent_decode(std::string_view text);

/// Reads `a=1&b=two+words`, the part after the `?`, or a form: names and values percent-decoded,
/// `+` a space, a parameter without `=` has an empty value, empty parameters (`&&`) are skipped.
/// Refuses with 400: bad escapes, text that is not UTF-8, U+0000, more than max_query_parameters.
Result<QueryParameters> parse_query(std::string_view query);

}  // namespace frontdesk::http
