#pragma once

#include "core/deadline.hpp"
#include "core/instant.hpp"
#include "storage/object_store.hpp"
#include "storage/shared_circuit.hpp"
#include "storage/sigv4.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace frontdesk::storage {

struct S3Settings {
  std::string endpoint;  ///< origin: `https://s3.eu-central-1.amazonaws.com`
  std::string bucket;
  std::string prefix = {};  ///< before each name; any UTF-8; `shop/` keeps a bucket in order
  sigv4::Credentials credentials;
  bool path_style = true;  ///< `ENDPOINT/BUCKET/KEY`; otherwise `BUCKET.ENDPOINT/KEY`
  std::function<Instant()> clock = &now_by_system_clock;

  static Instant now_by_system_clock();
};

/// Objects in a bucket of S3, or of what speaks its protocol, by libcurl and our own signatures.
/// The bucket is never made readable by others: what is public is served by the server as well, so
/// that one address, one cache policy and one Content-Security-Policy hold for all of it.
///
/// A call connects within 2 s and lasts at most 10 s (R72). What the store may do better the next
/// time (5xx, 429, a connection that breaks) is tried three times, with pauses; after five failures
/// in a row every call fails at once for a while.
class S3Store final : public ObjectStore {
 public:
  explicit S3Store(S3Settings settings);
  ~S3Store() override;

  void put(const std::string& name, std::string_view bytes, std::string_view content_type) override;
  std::optional<std::string> get(const std::string& name) override;
  void remove(const std::string& name) override;
  [[nodiscard]] std::string describe() const override;

  /// A URL under which anybody can read the object for `lifetime` (at most seven days), without
  /// going through this server.
  [[nodiscard]] std::string presigned_url(const std::string& name,
                                          std::chrono::seconds lifetime) const;

 private:
  struct Answer {
    long status = 0;  ///< 0: there was none
    std::string body = {};
    std::string problem = {};
  };
  class Connection;

  [[nodiscard]] sigv4::Request request_for(std::string method, const std::string& name) const;
  Answer perform(const sigv4::Request& request, std::string_view body, Deadline deadline);
  Answer perform_patiently(sigv4::Request request, std::string_view body);
  std::unique_ptr<Connection> take_connection();
  void give_back(std::unique_ptr<Connection> connection);

  const S3Settings settings_;
  std::string origin_;  ///< where requests go, the bucket in front where it belongs there
  std::string host_;
  SharedCircuit circuit_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace frontdesk::storage
