#include "core/error.hpp"
#include "core/uuid.hpp"
#include "doctor/doctor.hpp"

#include <fmt/format.h>

namespace frontdesk::doctor {
namespace {

constexpr const char* check = "images";

}  // namespace

Findings check_files(storage::ObjectStore& store) try {
  // Under a name of its own, and gone afterwards.
  const auto name = "doctor/" + Uuid::generate().to_string();
  store.put(name, name, "text/plain");
  const auto read = store.get(name);
  store.remove(name);
  if (read != name) {
    return {{check, Grade::problem,
             fmt::format("{} gives back something else than it was given", store.describe()),
             "Look at what stands between Frontdesk and it."}};
  }
  // S3 without s3:ListBucket answers 403, and no page could say that a picture is gone.
  if (store.get(name)) {
    return {{check, Grade::problem, fmt::format("{} keeps what was removed", store.describe()),
             "Look at what stands between Frontdesk and it."}};
  }
  return {{check, Grade::ok,
           fmt::format("{}: an object was written, read and removed", store.describe()), ""}};
} catch (const Fault& fault) {
  return {
      {check, Grade::problem, fmt::format("{}: {}", store.describe(), fault.what()),
       "Mend the place, or the FRONTDESK_S3_ settings and the clock: docs/runbooks/images.md."}};
}

}  // namespace frontdesk::doctor
