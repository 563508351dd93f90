#include "http/cached_read.hpp"

#include <algorithm>

namespace frontdesk::http {
namespace {

constexpr std::string_view search_parameter = "q";

struct ClearAtEnd {
  AnswerCache& answers;
  ~ClearAtEnd() { answers.clear(); }
};

Task<Response> answer_and_clear(AnswerCache& answers, const Handler& handler,
                                const Request& request) {
  const ClearAtEnd clear{answers};
  co_return co_await handler(request);
}

// With its length in front no value can be taken for a part of another one.
void append_part(std::string& key, std::string_view part) {
  key.append(std::to_string(part.size())).append(":").append(part);
}

}  // namespace

std::string answer_key(std::string_view operation, const Request& request) {
  std::string key;
  append_part(key, operation);
  append_part(key, request.path());
  for (const auto& [name, value] : request.query()) {
    append_part(key, name);
    append_part(key, value);
  }
  return key;
}

bool is_worth_keeping(const Request& request) {
  return std::ranges::none_of(
      request.query(), [](const auto& parameter) { return parameter.first == search_parameter; });
}

Route clearing(AnswerCache& answers, Route route) {
  route.handler = [&answers, handler = std::move(route.handler)](const Request& request) {
    return answer_and_clear(answers, handler, request);
  };
  return route;
}

}  // namespace frontdesk::http
