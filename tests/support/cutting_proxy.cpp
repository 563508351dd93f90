#include "support/cutting_proxy.hpp"

#include "support/database.hpp"

#include <array>
#include <string_view>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>

namespace frontdesk::testing {
namespace {

using Tcp = asio::ip::tcp;
using Local = asio::local::stream_protocol;
using ClientSocket = asio::basic_stream_socket<Tcp, Executor>;
using ServerSocket = asio::basic_stream_socket<Local, Executor>;

constexpr asio::as_tuple_t<asio::use_awaitable_t<Executor>> awaited{};

// Name of the prepared COMMIT (db/session.cpp).
constexpr std::string_view commit_name = "frontdesk_commit";

}  // namespace

struct CuttingProxy::State {
  explicit State(const Executor& executor)
      : acceptor(executor, Tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {}
  asio::basic_socket_acceptor<Tcp, Executor> acceptor;
  Cut cut = Cut::never;
};

namespace {

/// The two sides of one connection.
struct Link {
  Link(ClientSocket client_side, const Executor& executor)
      : client(std::move(client_side)), server(executor) {}
  void close() {
    client.close();
    server.close();
  }
  ClientSocket client;
  ServerSocket server;
  bool drops_answers = false;
};

Task<void> to_client(std::shared_ptr<Link> link) {
  std::array<char, 65'536> buffer;
  for (;;) {
    const auto [error, size] = co_await link->server.async_read_some(asio::buffer(buffer), awaited);
    if (error || link->drops_answers) break;
    const auto [failed, written] =
        co_await asio::async_write(link->client, asio::buffer(buffer.data(), size), awaited);
    if (failed) break;
  }
  link->close();
}

}  // namespace

CuttingProxy::CuttingProxy() : state_(std::make_shared<State>(io().get_executor())) {
  asio::co_spawn(io(), accept(state_), asio::detached);
}

CuttingProxy::~CuttingProxy() {
  state_->acceptor.close();
}

std::string CuttingProxy::url() const {
  return fmt::format(
      "postgresql://frontdesk_app@127.0.0.1:{}/frontdesk?sslmode=disable&gssencmode=disable",
      state_->acceptor.local_endpoint().port());
}

void CuttingProxy::arm(Cut cut) {
  state_->cut = cut;
}

Task<void> CuttingProxy::accept(std::shared_ptr<State> state) {
  const auto to_server = [](std::shared_ptr<State> shared,
                            std::shared_ptr<Link> link) -> Task<void> {
    std::array<char, 65'536> buffer;
    for (;;) {
      const auto [error, size] =
          co_await link->client.async_read_some(asio::buffer(buffer), awaited);
      if (error) break;
      const bool is_commit =
          std::string_view(buffer.data(), size).find(commit_name) != std::string_view::npos;
      const Cut cut = is_commit ? std::exchange(shared->cut, Cut::never) : Cut::never;
      if (cut == Cut::before_commit) break;
      if (cut == Cut::after_commit) link->drops_answers = true;
      const auto [failed, written] =
          co_await asio::async_write(link->server, asio::buffer(buffer.data(), size), awaited);
      if (failed) break;
    }
    link->close();
  };
  const std::string socket = (cluster().socket_folder() / ".s.PGSQL.5432").string();
  for (;;) {
    auto [error, client] = co_await state->acceptor.async_accept(awaited);
    if (error) co_return;
    const auto executor = co_await asio::this_coro::executor;
    auto link = std::make_shared<Link>(std::move(client), executor);
    const auto [refused] = co_await link->server.async_connect(Local::endpoint(socket), awaited);
    if (refused) continue;
    asio::co_spawn(executor, to_server(state, link), asio::detached);
    asio::co_spawn(executor, to_client(link), asio::detached);
  }
}

}  // namespace frontdesk::testing
