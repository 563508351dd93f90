#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace frontdesk::backup {

/// The settings without which a restored database is of no use: the pepper of its passwords, the
/// key of its sealed messages, the keys of its tokens. By name, as the environment has them.
using Secrets = std::map<std::string, std::string, std::less<>>;

constexpr std::array secret_names{std::string_view{"FRONTDESK_DATA_KEY"},
                                  std::string_view{"FRONTDESK_JWT_KEYS"},
                                  std::string_view{"FRONTDESK_PASSWORD_PEPPER"}};

/// As lines `NAME=value`, which a shell and systemd's EnvironmentFile= read too.
std::string format_secrets(const Secrets& secrets);

/// nullopt for anything that format_secrets does not write: all three, in order, of characters that
/// need no quoting.
std::optional<Secrets> parse_secrets(std::string_view text);

}  // namespace frontdesk::backup
