#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace frontdesk::backup {

/// What a backup says of itself, in its manifest.json.
struct Manifest {
  static constexpr std::int64_t format_version = 1;

  std::string frontdesk_version;
  std::string created_at;      ///< RFC 3339 UTC, by the database's machine
  int postgresql_version = 0;  ///< the major one
  int migration = 0;           ///< how many of migrations/ the schema has
  std::string migration_name;
  std::map<std::string, std::int64_t> rows;  ///< of every table, in the dump's snapshot
};

std::string format_manifest(const Manifest& manifest);

/// nullopt for anything that format_manifest does not write, and for another format_version.
std::optional<Manifest> parse_manifest(std::string_view text);

}  // namespace frontdesk::backup
