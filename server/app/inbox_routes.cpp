#include "app/inbox_routes.hpp"

#include "http/fields.hpp"
#include "http/static_content.hpp"

#include <span>

#include <fmt/format.h>

namespace frontdesk::app {
namespace {

constexpr std::string_view page_head = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="10">
<title>Development inbox · Frontdesk</title>
<style>
:root { color-scheme: light dark; --line: #d8dde3; --soft: #5b6672; --card: #fff; --page: #f4f6f8; --ink: #17202a; --accent: #0b6e5f }
@media (prefers-color-scheme: dark) { :root { --line: #2f3842; --soft: #9aa7b4; --card: #1a2129; --page: #11161c; --ink: #e8edf2; --accent: #4fd1b5 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
main { max-width: 44rem; margin: 0 auto; padding: 2rem 1rem 4rem }
h1 { font-size: 1.5rem; margin: 0 }
.lead { color: var(--soft); margin: .25rem 0 1.5rem }
article { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem 1.25rem; margin-bottom: 1rem }
header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; color: var(--soft); font-size: .875rem }
header time { margin-left: auto; font-variant-numeric: tabular-nums }
h2 { font-size: 1.05rem; margin: .5rem 0 }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit }
.channel { color: var(--accent); font-weight: 600 }
.empty { text-align: center; color: var(--soft); padding: 3rem 1rem }
</style>
</head>
<body>
<main>
<h1>Development inbox</h1>
<p class="lead">What would have been sent, newest first. No message leaves this machine.</p>
)";

constexpr std::string_view page_tail = "</main>\n</body>\n</html>\n";

constexpr std::string_view nothing_yet =
    "<article class=\"empty\">Nothing has been sent yet. Register an account and its code arrives "
    "here.</article>\n";

std::string escaped(std::string_view text) {
  std::string html;
  html.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      default:
        html += c;
    }
  }
  return html;
}

http::Response page(std::span<const queue::InboxItem> items) {
  std::string html(page_head);
  if (items.empty()) html += nothing_yet;
  for (const auto& item : items) {
    const auto at = format_instant(std::chrono::floor<std::chrono::seconds>(item.created_at));
    html += fmt::format(
        "<article>\n<header><span class=\"channel\">{}</span><span>to {}</span>"
        "<time datetime=\"{}\">{}</time></header>\n<h2>{}</h2>\n<pre>{}</pre>\n</article>\n",
        escaped(item.message.channel), escaped(item.message.to), at, at,
        escaped(item.message.subject), escaped(item.message.text));
  }
  html += page_tail;
  auto policy = http::page_policy(html, false);
  return {.content_type = "text/html; charset=utf-8",
          .body = std::move(html),
          .headers = {{"Content-Security-Policy", std::move(policy)}}};
}

http::Response list(std::span<const queue::InboxItem> items) {
  http::Response response;
  JsonWriter json(response.body);
  json.begin_object();
  json.key("items").begin_array();
  for (const auto& item : items) {
    json.begin_object();
    json.member("id", item.id);
    json.member("channel", item.message.channel);
    json.member("to", item.message.to);
    json.member("subject", item.message.subject);
    json.member("text", item.message.text);
    json.member("html", item.message.html);
    json.member("created_at", item.created_at);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return response;
}

Task<http::Response> show_inbox(queue::DevelopmentInbox& inbox, const http::Request& request) {
  http::QueryFields fields(request.query());
  const auto to = fields.optional_text("to", {.min = 1, .max = 254});
  if (const auto error = fields.error()) co_return http::refusal(*error);
  const auto items = co_await inbox.list(to.value_or(""), request.deadline());
  const bool for_program =
      request.header("accept").find("application/json") != std::string_view::npos;
  co_return for_program ? list(items) : page(items);
}

}  // namespace

http::RouteTable inbox_routes(queue::DevelopmentInbox& inbox) {
  return {{.method = http::Method::get,
           .pattern = "/dev/inbox",
           .operation = "getDevelopmentInbox",
           .access = http::Access::anyone(),
           .ownership = http::Ownership::none,
           .handler = [&inbox](const http::Request& request) { return show_inbox(inbox, request); },
           .budget = http::RateBudget::uncounted,
           .caching = http::Caching::no_store}};
}

}  // namespace frontdesk::app
