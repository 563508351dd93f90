#include "core/ensure.hpp"

#include <cstdio>
#include <cstdlib>

namespace frontdesk {

void invariant_broken(const char* condition, std::source_location where) {
  std::fprintf(stderr, "frontdesk: invariant broken: %s (%s:%u, %s)\n", condition,
               where.file_name(), where.line(), where.function_name());
  std::abort();
}

}  // namespace frontdesk
