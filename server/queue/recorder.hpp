#pragma once

#include "core/task.hpp"
#include "db/pool.hpp"
#include "queue/claim.hpp"
#include "queue/sender.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::queue {

/// Writes down how messages ended: the first one at once, those that end meanwhile together in the
/// next round trip. A database that is away is waited for, with the results kept. Lives on the
/// thread of its pool.
class Recorder {
 public:
  /// `done(channel, count)` says of how many messages of a channel the end has been written;
  /// `log` takes a line of trouble.
  Recorder(asio::io_context& context, db::Pool& pool,
           std::function<void(std::string_view channel, std::size_t count)> done,
           std::function<void(std::string_view line)> log);

  void delivered(std::string_view channel, const Claim& claim, bool keep_body);
  void failed(std::string_view channel, const Claim& claim, const Delivery& delivery);
  /// It goes, unless it may have arrived already (R71: stale reminders).
  void dropped(std::string_view channel, const Claim& claim);
  void given_back(std::string_view channel, const Claim& claim);
  /// R71: what waits for the channel is due, as part of the next write.
  void channel_works(std::string_view channel);

  /// No further try at a database that is away.
  void abandon() { abandoned_ = true; }

 private:
  struct Rows {
    std::vector<Uuid> ids;
    std::vector<std::int32_t> claims;
    void add(const Claim& claim);
  };
  struct Results {
    Rows wiped, kept, returned, unsent, unwanted;
    std::vector<std::string> outcomes, reasons;  ///< of `unsent`
    std::vector<double> waits;                   ///< of `unsent`, in seconds
    std::vector<std::string> working;            ///< channels
    std::vector<std::string> channels;           ///< of each message, for done()
  };

  void start();
  Task<void> write_all();
  Task<void> write(const Results& results);
  Task<void> write_until_it_works(const Results& results);

  asio::io_context& context_;
  db::Pool& pool_;
  std::function<void(std::string_view, std::size_t)> done_;
  std::function<void(std::string_view)> log_;
  Results results_;
  bool writing_ = false;
  bool abandoned_ = false;
};

}  // namespace frontdesk::queue
