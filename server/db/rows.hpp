#pragma once
// Shape that stores rely on; see codec.hpp for the types that get<T>() knows:
// the same as Params, T = std::string or std::string_view (valid while the Rows live) for text,
// std::optional<T> for columns that may be NULL. A type that does not match the column's OID, or
// a NULL in a plain T, is a bug (ENSURE).
//
//   Rows rows = co_await connection.execute(sql::list_services, category, limit);
//   for (Row row : rows) { row.get<ServiceId>(0); row.get<std::optional<std::string>>(1); }
//   rows.size(); rows.empty(); rows[0]; rows.affected()   // command tag's count
