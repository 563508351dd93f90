#pragma once

#include "http/body_gate.hpp"
#include "http/exchange.hpp"
#include "http/request_builder.hpp"
#include "http/request_facts.hpp"

#include <prometheus/gauge.h>

namespace frontdesk::http {

/// A request between its head and its answer.
class PendingRequest final : public Admission {
 public:
  explicit PendingRequest(prometheus::Gauge& in_flight) : in_flight_(in_flight) {
    in_flight_.Increment();
  }
  PendingRequest(const PendingRequest&) = delete;
  PendingRequest& operator=(const PendingRequest&) = delete;
  ~PendingRequest() override { in_flight_.Decrement(); }

  RequestFacts facts;
  Actor actor;
  RequestBuilder builder;
  BodyGate::Place place;

 private:
  prometheus::Gauge& in_flight_;
};

}  // namespace frontdesk::http
