#include "http/url_decoding.hpp"

#include "core/utf8.hpp"
#include "http/request_target.hpp"

namespace frontdesk::http {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> decode(std::string_view text, bool plus_is_space) {
  if (text.find_first_of("%+") == std::string_view::npos) return std::string(text);
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_space) {
      decoded.push_back(' ');
    } else if (text[i] != '%') {
      decoded.push_back(text[i]);
    } else {
      if (text.size() - i < 3) return std::nullopt;
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      decoded.push_back(static_cast<char>(high * 16 + low));
      i += 2;
    }
  }
  return decoded;
}

std::optional<std::string> decode_parameter_part(std::string_view text) {
  auto decoded = decode(text, true);
  if (!decoded || !is_utf8(*decoded) || decoded->contains('\0')) return std::nullopt;
  return decoded;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text) {
  return decode(text, false);
}

Result<QueryParameters> parse_query(std::string_view query) {
  QueryParameters parameters;
  while (!query.empty()) {
    const auto end = query.find('&');
    const std::string_view parameter = query.substr(0, end);
    query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
    if (parameter.empty()) continue;
    if (parameters.size() == max_query_parameters) {
      return refuse(malformed_request("The query has too many parameters."));
    }
    const auto equals = parameter.find('=');
    auto name = decode_parameter_part(parameter.substr(0, equals));
    auto value = equals == std::string_view::npos
                     ? std::string{}
                     : decode_parameter_part(parameter.substr(equals + 1));
    if (!name || !value) return refuse(malformed_request("The query is not encoded properly."));
    parameters.emplace_back(std::move(*name), std::move(*value));
  }
  return parameters;
}

}  // namespace frontdesk::http
