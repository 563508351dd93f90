#pragma once

#include "http/answer_cache.hpp"
#include "http/public_read.hpp"

#include <string>
#include <utility>

namespace frontdesk::http {

/// The key of a public answer: the operation with everything that the request asks it.
std::string answer_key(std::string_view operation, const Request& request);

/// Whether the answer to `request` is one of a few that many ask for: a search is not.
bool is_worth_keeping(const Request& request);

/// Makes the answer with `read`, or serves the one that was kept.
template <class Feature>
Task<Response> read_through(AnswerCache& answers, std::string_view operation, Feature& feature,
                            Task<Response> (*read)(Feature&, const Request&),
                            const Request& request) {
  if (!is_worth_keeping(request)) co_return co_await read(feature, request);
  const std::string key = answer_key(operation, request);
  if (auto kept = answers.find(key)) co_return serve(std::move(kept));
  const auto generation = answers.generation();
  Response response = co_await read(feature, request);
  if (response.status != 200) co_return response;
  auto content = make_static_content(std::move(response.body), std::move(response.content_type));
  answers.store(key, content, generation);
  co_return serve(std::move(content));
}

/// public_read() whose answers are kept until `answers` is cleared. The answer may depend on path
/// and query alone, not on who asks.
template <class Feature>
Route cached_read(AnswerCache& answers, Feature& feature, std::string_view pattern,
                  std::string_view operation, Task<Response> (*read)(Feature&, const Request&)) {
  Route route = public_read(feature, pattern, operation, read);
  route.handler = [&answers, operation, &feature, read](const Request& request) {
    return read_through(answers, operation, feature, read, request);
  };
  return route;
}

/// `route`, which changes what kept answers show: they are let go of before it answers, also where
/// it fails, as the change may have been made.
Route clearing(AnswerCache& answers, Route route);

}  // namespace frontdesk::http
