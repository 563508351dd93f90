#include "app/kept_secrets.hpp"

#include "backup/backup.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fmt/format.h>

namespace frontdesk::app {

bool names_other_database(const Variables& variables) {
  const auto url = variables.find("FRONTDESK_DATABASE_URL");
  return url != variables.end() && !url->second.empty();
}

std::filesystem::path data_dir_of(const Variables& variables) {
  const auto found = variables.find("FRONTDESK_DATA_DIR");
  return found == variables.end() || found->second.empty() ? Config().data_dir
                                                           : std::filesystem::path(found->second);
}

void add_kept_secrets(Variables& variables) {
  if (names_other_database(variables)) return;
  const auto path = backup::kept_secrets_path(data_dir_of(variables));
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return;
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto secrets = backup::parse_secrets(text);
  if (!secrets) {
    throw std::runtime_error(
        fmt::format("The secrets in {} cannot be read. They come with a backup: restore it again "
                    "(tar -xOf BACKUP secrets.env shows them), or make the file readable.",
                    path.string()));
  }
  for (const auto& [name, value] : *secrets) variables.emplace(name, value);
}

}  // namespace frontdesk::app
