#pragma once

#include "doctor/finding.hpp"
#include "storage/object_store.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include <sys/types.h>

/// Looks at what an installation needs. No look changes data, prints a secret or takes for
/// ever.
namespace frontdesk::doctor {

/// Runs a look that may hang, and says so where it takes longer than `limit`. The look then goes on
/// behind the caller's back until the process ends, so it owns all that it uses.
Findings within(std::string check, std::chrono::milliseconds limit, std::function<Findings()> look);

/// Nobody but its owner may read a file that holds secrets. Absent ones are fine.
Findings check_secret_files(const std::filesystem::path& data_dir);

/// Room and inodes of the file system that holds the folder, or will.
Findings check_disk(const std::filesystem::path& data_dir);

/// Whether the kernel keeps the clock synchronised (adjtimex(2)).
Findings check_clock_source();

/// tzdata: a zone of each kind can be read.
Findings check_zones();

/// RLIMIT_NOFILE, the hard one, to which the server raises itself.
Findings check_open_files(std::size_t needed);

/// An object can be written, read and removed where images are kept.
Findings check_files(storage::ObjectStore& store);

/// The port can be listened on, or a Frontdesk answers there.
Findings check_port(const std::string& address, std::uint16_t port);

/// The process that has locked the private cluster's folder; nullopt where nobody has.
std::optional<pid_t> cluster_holder(const std::filesystem::path& data_dir);

/// The database that `url` names, asked as the server would ask: version, durability, migrations,
/// rights of the server's role (R73), its clock, the business's time zone.
Findings check_database(const std::string& url);

}  // namespace frontdesk::doctor
