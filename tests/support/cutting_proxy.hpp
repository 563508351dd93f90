#pragma once

#include "core/task.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace frontdesk::testing {

/// Stands between a pool and the cluster and cuts a connection at COMMIT (R56). Works on io().
class CuttingProxy {
 public:
  enum class Cut {
    never,
    before_commit,  ///< the server never sees it: the transaction is rolled back
    after_commit,   ///< the server commits, its answer is lost
  };

  CuttingProxy();
  CuttingProxy(const CuttingProxy&) = delete;
  CuttingProxy& operator=(const CuttingProxy&) = delete;
  ~CuttingProxy();

  /// FRONTDESK_DATABASE_URL through the proxy.
  [[nodiscard]] std::string url() const;

  /// What happens at the next COMMIT; the one after it passes again.
  void arm(Cut cut);

 private:
  struct State;
  static Task<void> accept(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;
};

}  // namespace frontdesk::testing
