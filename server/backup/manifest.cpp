#include "backup/manifest.hpp"

#include "core/json_writer.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value_to.hpp>

namespace frontdesk::backup {
namespace {

constexpr const char* format_name = "frontdesk-backup";

}  // namespace

std::string format_manifest(const Manifest& manifest) {
  std::string text;
  JsonWriter json(text);
  json.begin_object();
  json.member("format", format_name);
  json.member("format_version", Manifest::format_version);
  json.member("frontdesk_version", manifest.frontdesk_version);
  json.member("created_at", manifest.created_at);
  json.member("postgresql_version", manifest.postgresql_version);
  json.member("migration", manifest.migration);
  json.member("migration_name", manifest.migration_name);
  json.key("rows").begin_object();
  for (const auto& [table, count] : manifest.rows) json.member(table, count);
  json.end_object();
  json.end_object();
  text += '\n';
  return text;
}

std::optional<Manifest> parse_manifest(std::string_view text) try {
  const auto value = boost::json::parse({text.data(), text.size()});
  const auto& object = value.as_object();
  if (object.at("format").as_string() != format_name) return std::nullopt;
  if (object.at("format_version").as_int64() != Manifest::format_version) return std::nullopt;
  const auto word = [&](const char* name) { return std::string(object.at(name).as_string()); };
  Manifest manifest{
      .frontdesk_version = word("frontdesk_version"),
      .created_at = word("created_at"),
      .postgresql_version = boost::json::value_to<int>(object.at("postgresql_version")),
      .migration = boost::json::value_to<int>(object.at("migration")),
      .migration_name = word("migration_name"),
      .rows = {}};
  for (const auto& [table, count] : object.at("rows").as_object()) {
    manifest.rows.emplace(table, count.as_int64());
  }
  return manifest;
} catch (const std::exception&) {
  return std::nullopt;
}

}  // namespace frontdesk::backup
