#include "db/connect_keywords.hpp"

#include "db/setup_error.hpp"
#include "db/sql_error.hpp"

#include <algorithm>
#include <memory>

#include <boost/algorithm/string/classification.hpp>
#include <boost/algorithm/string/split.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>
#include <libpq-fe.h>

namespace frontdesk::db {
namespace {

std::string* find(ConnectKeywords& keywords, std::string_view name) {
  const auto found = std::ranges::find(keywords, name, &ConnectKeywords::value_type::first);
  return found == keywords.end() ? nullptr : &found->second;
}

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> parts;
  boost::algorithm::split(parts, list, boost::is_any_of(","));
  return parts;
}

// A folder of sockets, an abstract socket or an address.
bool needs_no_lookup(const std::string& host) {
  boost::system::error_code error;
  asio::ip::make_address(host, error);
  return host.empty() || host.front() == '/' || host.front() == '@' || !error;
}

std::string joined(const std::vector<std::string>& parts) {
  return fmt::format("{}", fmt::join(parts, ","));
}

}  // namespace

ConnectKeywords parse_connect_url(const std::string& url) {
  struct Free {
    void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
  };
  const std::unique_ptr<PQconninfoOption, Free> options(PQconninfoParse(url.c_str(), nullptr));
  if (!options) {
    throw SetupError(
        "The database URL cannot be read. It looks like "
        "postgresql://user:password@host:5432/database.");
  }
  ConnectKeywords keywords;
  for (const auto* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val != nullptr) keywords.emplace_back(option->keyword, option->val);
  }
  return keywords;
}

ConnectKeywords connect_keywords(const SessionOptions& options) {
  ConnectKeywords keywords = parse_connect_url(options.url);
  const auto set_default = [&](std::string name, std::string value) {
    if (find(keywords, name) == nullptr) keywords.emplace_back(std::move(name), std::move(value));
  };
  // jit: compiling a plan takes longer than any statement of ours.
  const std::string settings = fmt::format(
      "-c statement_timeout={} -c lock_timeout={} -c idle_in_transaction_session_timeout={} "
      "-c plan_cache_mode=force_generic_plan -c TimeZone=UTC -c jit=off",
      options.statement_timeout.count(), options.lock_timeout.count(),
      options.idle_in_transaction_timeout.count());
  if (std::string* of_url = find(keywords, "options")) {
    *of_url += " " + settings;
  } else {
    keywords.emplace_back("options", settings);
  }
  set_default("application_name", options.application_name);
  set_default("keepalives_idle", "30");
  set_default("keepalives_interval", "5");
  set_default("keepalives_count", "3");
  set_default("tcp_user_timeout", "15000");
  std::erase_if(keywords, [](const auto& keyword) { return keyword.first == "client_encoding"; });
  keywords.emplace_back("client_encoding", "UTF8");
  return keywords;
}

Task<void> resolve_hosts(ConnectKeywords& keywords) {
  const std::string* host_list = find(keywords, "host");
  if (host_list == nullptr || find(keywords, "hostaddr") != nullptr) co_return;
  const auto hosts = split(*host_list);
  if (std::ranges::all_of(hosts, needs_no_lookup)) co_return;

  const std::string* port_list = find(keywords, "port");
  const auto ports = port_list != nullptr ? split(*port_list) : std::vector<std::string>{""};
  asio::ip::basic_resolver<asio::ip::tcp, Executor> resolver(co_await asio::this_coro::executor);
  std::vector<std::string> names, addresses, port_of;
  std::string unknown;
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    const std::string port = ports[std::min(i, ports.size() - 1)];
    const auto add = [&](const std::string& address) {
      names.push_back(hosts[i]);
      addresses.push_back(address);
      port_of.push_back(port);
    };
    if (needs_no_lookup(hosts[i])) {
      add(hosts[i].starts_with('/') || hosts[i].starts_with('@') ? "" : hosts[i]);
      continue;
    }
    const auto [error, found] = co_await resolver.async_resolve(
        hosts[i], "", asio::as_tuple(asio::use_awaitable_t<Executor>()));
    if (error) {
      unknown = fmt::format("host {}: {}", hosts[i], error.message());
      continue;
    }
    for (const auto& entry : found) add(entry.endpoint().address().to_string());
  }
  if (names.empty()) throw ConnectionLost(unknown);
  *find(keywords, "host") = joined(names);
  keywords.emplace_back("hostaddr", joined(addresses));
  if (port_list != nullptr) *find(keywords, "port") = joined(port_of);
}

}  // namespace frontdesk::db
