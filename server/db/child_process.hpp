#pragma once

#include "db/cluster_account.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace frontdesk::db {

/// One of PostgreSQL's programs, run as the cluster's user, in a session of its own, so that Ctrl-C
/// in a terminal reaches the server alone. It inherits no descriptor and a bare environment.
struct ChildProcess {
  std::vector<std::string> arguments;  ///< the program's path first
  ClusterAccount account;
  std::filesystem::path folder;  ///< working directory
  std::filesystem::path output;  ///< standard output and error are appended here
  /// The kernel sends SIGINT when the *thread* that started it ends, however that happens.
  bool ends_with_parent = false;
};

/// Starts it and returns its process id; wait for that. Throws SetupError where it cannot fork; a
/// program that cannot be executed exits with status 127.
pid_t start(const ChildProcess& child);

/// A child's standard streams, descriptors of this process; -1 is /dev/null.
struct ChildStreams {
  int input = -1;
  int output = -1;
  int errors = -1;
};

/// The same with streams of the caller's in place of `child.output`.
pid_t start(const ChildProcess& child, const ChildStreams& streams);

/// Starts it and waits. Its exit status, or 128 + the signal that ended it.
int run(const ChildProcess& child);

/// `exited with status 1`, `was ended by signal 9`.
std::string describe_end(int wait_status);

}  // namespace frontdesk::db
