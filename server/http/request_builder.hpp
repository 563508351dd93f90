#pragma once

#include "core/ensure.hpp"
#include "http/request.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace frontdesk::http {

/// Makes a Request: the pipeline from what has been framed and routed, a test from what it likes.
///
///     auto request = RequestBuilder().method(Method::post).json({{"code", "123456"}}).build();
class RequestBuilder {
 public:
  RequestBuilder() { request_.deadline_ = deadline_in(std::chrono::seconds{10}); }

  RequestBuilder& method(Method method) {
    request_.method_ = method;
    return *this;
  }
  RequestBuilder& path(std::string path) {
    request_.path_ = std::move(path);
    return *this;
  }
  RequestBuilder& query(std::vector<std::pair<std::string, std::string>> parameters) {
    request_.query_ = std::move(parameters);
    return *this;
  }
  RequestBuilder& parameter(std::string name, std::string value) {
    request_.query_.emplace_back(std::move(name), std::move(value));
    return *this;
  }
  /// Names in lower case.
  RequestBuilder& headers(std::vector<std::pair<std::string, std::string>> headers) {
    request_.headers_ = std::move(headers);
    return *this;
  }
  RequestBuilder& header(std::string name, std::string value) {
    request_.headers_.emplace_back(std::move(name), std::move(value));
    return *this;
  }
  RequestBuilder& path_parameters(const PathParameters& parameters) {
    request_.path_parameters_ = parameters;
    return *this;
  }
  /// `name` must outlive the request.
  RequestBuilder& path_id(const Uuid& id, std::string_view name = "id") {
    PathParameters& parameters = request_.path_parameters_;
    ENSURE(parameters.count < PathParameters::max_count);
    parameters.values[parameters.count++] = {name, id};
    return *this;
  }
  RequestBuilder& path_date(LocalDate date) {
    PathParameters& parameters = request_.path_parameters_;
    ENSURE(parameters.count < PathParameters::max_count);
    parameters.values[parameters.count++] = {"date", date};
    return *this;
  }
  RequestBuilder& body(std::string body) {
    request_.body_ = std::move(body);
    return *this;
  }
  RequestBuilder& json(boost::json::value value) {
    request_.json_ = std::move(value);
    return *this;
  }
  RequestBuilder& actor(Actor actor) {
    request_.actor_ = std::move(actor);
    return *this;
  }
  RequestBuilder& deadline(Deadline deadline) {
    request_.deadline_ = deadline;
    return *this;
  }

  /// The request so far, while it is being built.
  [[nodiscard]] const Request& request() const { return request_; }

  [[nodiscard]] Request build() { return std::move(request_); }

 private:
  Request request_;
};

}  // namespace frontdesk::http
