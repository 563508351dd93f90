#include "app/reference_routes.hpp"

#include "api/openapi_json.hpp"
#include "api/reference.hpp"
#include "http/request_builder.hpp"

#include <algorithm>
#include <regex>
#include <string>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace frontdesk::app {
namespace {

http::Response get(const http::Route& route, std::string accept_encoding) {
  asio::io_context context;
  const auto request =
      http::RequestBuilder().header("accept-encoding", std::move(accept_encoding)).build();
  http::Response response;
  asio::co_spawn(context, route.handler(request),
                 [&response](std::exception_ptr problem, http::Response answer) {
                   if (problem) std::rethrow_exception(problem);
                   response = std::move(answer);
                 });
  context.run();
  return response;
}

http::RouteTable routes() {
  return reference_routes(make_reference(true, false));
}

TEST(ReferenceRoutes, every_file_that_the_page_loads_has_a_route_and_unpacks) {
  const std::string page(api::reference_page());
  for (const auto& file : api::reference_files()) {
    EXPECT_TRUE(page.find(file.path) != std::string::npos) << file.path;
    const auto table = routes();
    const auto route = std::ranges::find(table, file.path, &http::Route::pattern);
    ASSERT_NE(route, table.end());
    EXPECT_EQ(get(*route, "identity").body.size(), file.size_bytes);
    EXPECT_EQ(get(*route, "br, gzip;q=0").body.size(), file.size_bytes);
    EXPECT_EQ(get(*route, "gzip, br").body.size(), file.gzip.size());
  }
}

TEST(ReferenceRoutes, R35_pages_have_no_inline_script_and_load_from_here_alone) {
  for (const std::string& page :
       {std::string(api::reference_page()), std::string(api::start_page(true)),
        std::string(api::start_page(false))}) {
    EXPECT_FALSE(
        std::regex_search(page, std::regex(R"(<script(?![^>]* src=)|\son\w+=|https?://)")));
  }
}

TEST(ReferenceRoutes, only_development_links_the_inbox) {
  EXPECT_TRUE(api::start_page(true).contains("/dev/inbox"));
  EXPECT_FALSE(api::start_page(false).contains("/dev/inbox"));
  EXPECT_FALSE(api::start_page(true).contains("<!--"));
}

TEST(ReferenceRoutes, the_document_is_json) {
  const auto document = boost::json::parse(api::openapi_json);
  EXPECT_EQ(document.at("openapi").as_string(), "3.1.0");
}

}  // namespace
}  // namespace frontdesk::app
