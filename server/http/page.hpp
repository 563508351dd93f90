#pragma once

#include "core/page.hpp"
#include "http/cursor.hpp"
#include "http/fields.hpp"
#include "http/response.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

/// Lists of api.md: `limit`, `cursor` and `total` in the query,
/// `{"items": […], "next_cursor": "…"|null, "total": n}` in the answer.
namespace frontdesk::http {

/// Reads the page that a query asks for: `limit` 1 to 100, `cursor` as made for this sort order,
/// `total`. What is bad is noted in `query`: a cursor that we did not make is `invalid`. The key is
/// made of the cursor's parts:
///
///     auto page = http::read_page<Position, std::int32_t, ServiceId>(query, "position");
template <class Key, class... Parts>
PageRequest<Key> read_page(QueryFields& query, std::string_view sort) {
  PageRequest<Key> page;
  page.limit = query.optional_integer<int>("limit", 1, 100).value_or(page.limit);
  page.with_total = query.optional_boolean("total").value_or(false);
  if (const auto cursor = query.optional_text("cursor", {.max = 2048})) {
    if (const auto parts = decode_cursor<Parts...>(*cursor, sort)) {
      page.after = std::make_from_tuple<Key>(*parts);
    } else {
      query.reject("cursor", "invalid", "cursor must be one that this list gave, unchanged.");
    }
  }
  return page;
}

/// Answers 200 with a page. `write_item(json, item)` writes one JSON value; `cursor_of(item)` gives
/// the text for `next_cursor` (encode_cursor with the same sort order) and is asked for the last
/// item only, and only where more follow.
template <class T, class WriteItem, class CursorOf>
Response list(const Page<T>& page, WriteItem write_item, CursorOf cursor_of) {
  return ok([&](JsonWriter& json) {
    json.begin_object();
    json.key("items").begin_array();
    for (const T& item : page.items) write_item(json, item);
    json.end_array();
    json.key("next_cursor");
    if (page.more && !page.items.empty()) {
      json.value(std::string_view(cursor_of(page.items.back())));
    } else {
      json.null();
    }
    if (page.total) json.member("total", *page.total);
    json.end_object();
  });
}

}  // namespace frontdesk::http
