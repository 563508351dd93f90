#include "outbound/transfers.hpp"

#include "core/ensure.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <set>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace frontdesk::outbound {
namespace {

using std::chrono::steady_clock;
using Timer = asio::basic_waitable_timer<steady_clock, asio::wait_traits<steady_clock>, Executor>;
using Descriptor = asio::posix::basic_stream_descriptor<Executor>;

// More than are ever open: closing one that is alive would wait for the other side's goodbye.
constexpr long kept_connections = 256;

// One of curl's sockets, and what curl wants to know of it.
struct Watch {
  explicit Watch(asio::io_context& context, int socket)
      : descriptor(context.get_executor(), socket) {}
  Descriptor descriptor;
  int wanted = 0;
  bool reading = false;
  bool writing = false;
  bool is_over = false;
};

bool is_within(const std::optional<Reach>& reach, const curl_sockaddr& address) {
  if (!reach) return true;
  if (address.family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address.addr, sizeof v4);
    return reach->covers(asio::ip::address_v4(ntohl(v4.sin_addr.s_addr)));
  }
  if (address.family != AF_INET6) return false;
  sockaddr_in6 v6{};
  std::memcpy(&v6, &address.addr, sizeof v6);
  asio::ip::address_v6::bytes_type bytes;
  std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
  return reach->covers(asio::ip::address_v6(bytes));
}

}  // namespace

struct Transfers::Core : std::enable_shared_from_this<Core> {
  Core(asio::io_context& io, std::optional<Reach> within)
      : context(io), reach(std::move(within)), timer(io.get_executor()), multi(curl_multi_init()) {
    ENSURE(multi != nullptr);
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &Core::on_socket);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &Core::on_timer);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, kept_connections);
  }
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;
  // curl says goodbye on each connection and would wait for the answer: with nothing more to be
  // read there is none.
  ~Core() {
    for (const int socket : sockets) ::shutdown(socket, SHUT_RD);
    curl_multi_cleanup(multi);
    for (auto& [socket, watch] : watches) watch->descriptor.release();
  }

  static int on_socket(CURL*, curl_socket_t socket, int what, void* user, void*) {
    static_cast<Core*>(user)->watch(socket, what);
    return 0;
  }

  static int on_timer(CURLM*, long milliseconds, void* user) {
    static_cast<Core*>(user)->set_timer(milliseconds);
    return 0;
  }

  void watch(int socket, int what);
  void arm(const std::shared_ptr<Watch>& watch);
  void set_timer(long milliseconds);
  void act(int socket, int events);

  asio::io_context& context;
  const std::optional<Reach> reach;
  Timer timer;
  CURLM* multi;
  std::map<int, std::shared_ptr<Watch>> watches;
  std::set<int> sockets;  ///< all that are open, those at rest too
};

// One handle in the multi handle.
class Transfers::Transfer {
 public:
  Transfer(std::shared_ptr<Core> core, CURL* easy)
      : core_(std::move(core)), easy_(easy), end_(core_->context.get_executor()) {
    curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Transfer::open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
    // The connection outlives the transfer, and the core every connection.
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, &Transfer::close_socket);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, core_.get());
    ENSURE(curl_multi_add_handle(core_->multi, easy) == CURLM_OK);
  }
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;
  ~Transfer() { curl_multi_remove_handle(core_->multi, easy_); }

  Task<void> wait(Deadline until) {
    if (has_ended_) co_return;
    end_.expires_at(until);
    co_await end_.async_wait(asio::as_tuple(asio::use_awaitable_t<Executor>()));
  }

  void end(CURLcode code) {
    code_ = code;
    has_ended_ = true;
    end_.cancel();
  }

  [[nodiscard]] bool has_ended() const { return has_ended_; }
  [[nodiscard]] CURLcode code() const {
    const bool had_no_address = refused_ && code_ == CURLE_COULDNT_CONNECT;
    return had_no_address ? CURLE_REMOTE_ACCESS_DENIED : code_;
  }

  // Neither on a connection that was there already, nor on one of its own.
  [[nodiscard]] bool is_connecting() const {
    curl_off_t resolved = 0;
    curl_off_t connected = 0;
    curl_easy_getinfo(easy_, CURLINFO_NAMELOOKUP_TIME_T, &resolved);
    curl_easy_getinfo(easy_, CURLINFO_CONNECT_TIME_T, &connected);
    return resolved == 0 || (opened_ && connected == 0);
  }

 private:
  static curl_socket_t open_socket(void* user, curlsocktype, curl_sockaddr* address) {
    auto& transfer = *static_cast<Transfer*>(user);
    if (!is_within(transfer.core_->reach, *address)) {
      transfer.refused_ = true;
      return CURL_SOCKET_BAD;
    }
    const int socket =
        ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    if (socket < 0) return CURL_SOCKET_BAD;
    transfer.opened_ = true;
    transfer.core_->sockets.insert(socket);
    return socket;
  }

  static int close_socket(void* user, curl_socket_t socket) {
    static_cast<Core*>(user)->sockets.erase(socket);
    return ::close(socket);
  }

  std::shared_ptr<Core> core_;
  CURL* easy_;
  Timer end_;
  CURLcode code_ = CURLE_OK;
  bool has_ended_ = false;
  bool opened_ = false;
  bool refused_ = false;  ///< an address
};

void Transfers::Core::watch(int socket, int what) {
  const auto found = watches.find(socket);
  if (what == CURL_POLL_REMOVE) {
    if (found == watches.end()) return;
    found->second->is_over = true;
    found->second->descriptor.release();  // curl closes it
    watches.erase(found);
    return;
  }
  auto& entry = found == watches.end() ? watches[socket] : found->second;
  if (!entry) entry = std::make_shared<Watch>(context, socket);
  entry->wanted = what;
  arm(entry);
}

void Transfers::Core::arm(const std::shared_ptr<Watch>& watch) {
  const auto wait = [&](bool Watch::* waiting, int poll, int event,
                        asio::posix::descriptor_base::wait_type type) {
    if ((watch->wanted & poll) == 0 || (*watch).*waiting) return;
    (*watch).*waiting = true;
    watch->descriptor.async_wait(type, [core = weak_from_this(), watch, waiting,
                                        event](const boost::system::error_code& failure) {
      (*watch).*waiting = false;
      const auto alive = core.lock();
      if (watch->is_over || !alive) return;
      if (failure == asio::error::operation_aborted) return;
      alive->act(watch->descriptor.native_handle(), failure ? CURL_CSELECT_ERR : event);
      if (!watch->is_over) alive->arm(watch);
    });
  };
  wait(&Watch::reading, CURL_POLL_IN, CURL_CSELECT_IN, asio::posix::descriptor_base::wait_read);
  wait(&Watch::writing, CURL_POLL_OUT, CURL_CSELECT_OUT, asio::posix::descriptor_base::wait_write);
}

void Transfers::Core::set_timer(long milliseconds) {
  if (milliseconds < 0) {
    timer.cancel();
    return;
  }
  timer.expires_after(std::chrono::milliseconds{milliseconds});
  timer.async_wait([core = weak_from_this()](const boost::system::error_code& failure) {
    const auto alive = core.lock();
    if (alive && !failure) alive->act(CURL_SOCKET_TIMEOUT, 0);
  });
}

void Transfers::Core::act(int socket, int events) {
  int running = 0;
  curl_multi_socket_action(multi, socket, events, &running);
  int left = 0;
  while (const CURLMsg* const message = curl_multi_info_read(multi, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    Transfer* transfer = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
    transfer->end(message->data.result);
  }
}

Transfers::Transfers(asio::io_context& context, std::optional<Reach> reach)
    : core_(std::make_shared<Core>(context, std::move(reach))) {}

Transfers::~Transfers() = default;

Task<CURLcode> Transfers::run(CURL* easy, Deadline connect_by, Deadline deadline) {
  Transfer transfer(core_, easy);
  co_await transfer.wait(std::min(connect_by, deadline));
  if (!transfer.has_ended() && transfer.is_connecting()) co_return CURLE_OPERATION_TIMEDOUT;
  co_await transfer.wait(deadline);
  co_return transfer.has_ended() ? transfer.code() : CURLE_OPERATION_TIMEDOUT;
}

}  // namespace frontdesk::outbound
