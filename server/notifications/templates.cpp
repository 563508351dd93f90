#include "notifications/templates.hpp"

#include "core/ensure.hpp"
#include "notifications/built_in_templates.hpp"

#include <expected>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

namespace frontdesk::notifications {
namespace {

// A little more than a template may have: the reader says that it is too large.
constexpr std::streamsize most_bytes_read = 40'960;

std::expected<std::string, TemplateProblem> text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(static_cast<std::size_t>(most_bytes_read), '\0');
  file.read(text.data(), most_bytes_read);
  if (file.bad() || (file.fail() && !file.eof())) {
    return std::unexpected(TemplateProblem{.line = 1, .message = "the file cannot be read"});
  }
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

Template built_in(const Event& event, std::string_view language) {
  auto tmpl = read_template(built_in_template(language, event.name), event);
  ENSURE(tmpl && missing_section(*tmpl, event).empty());
  return std::move(*tmpl);
}

std::string built_in_footer(std::string_view language) {
  auto words = read_footer(built_in_template(language, "footer"));
  ENSURE(words);
  return std::move(*words);
}

}  // namespace

Templates::Templates(std::filesystem::path folder, Log log)
    : folder_(std::move(folder)), log_(std::move(log)) {}

std::filesystem::path Templates::path_of(std::string_view language, std::string_view name) const {
  return folder_ / language / fmt::format("{}.txt", name);
}

Templates::Stamp Templates::stamp_of(const std::filesystem::path& path) {
  std::error_code error;
  // A pipe or a device would be waited for.
  if (!std::filesystem::is_regular_file(path, error)) return {};
  const auto written = std::filesystem::last_write_time(path, error);
  const auto size = std::filesystem::file_size(path, error);
  if (error) return {};
  return Stamp{.written = written.time_since_epoch().count(), .size = size};
}

void Templates::complain(const std::filesystem::path& path, const TemplateProblem& problem) const {
  if (!log_) return;
  log_(fmt::format("{}:{}: {}: the template of the program is used", path.string(), problem.line,
                   problem.message));
}

const Template& Templates::find(const Event& event, std::string_view language) {
  const Key key{language, event.name};
  const auto path = folder_.empty() ? std::filesystem::path() : path_of(language, event.name);
  const auto stamp = folder_.empty() ? Stamp{} : stamp_of(path);
  const auto kept = templates_.find(key);
  if (kept != templates_.end() && kept->second.stamp == stamp) return kept->second.value;

  auto tmpl = built_in(event, language);
  if (stamp != Stamp{}) {
    const auto text = text_of(path);
    auto own = text ? read_template(*text, event) : std::unexpected(text.error());
    if (own) {
      tmpl = merged(std::move(*own), tmpl);
    } else {
      complain(path, own.error());
    }
  }
  auto& entry = templates_[key];
  entry = {.value = std::move(tmpl), .stamp = stamp};
  return entry.value;
}

const std::string& Templates::footer(std::string_view language) {
  const auto path = folder_.empty() ? std::filesystem::path() : path_of(language, "footer");
  const auto stamp = folder_.empty() ? Stamp{} : stamp_of(path);
  const auto kept = footers_.find(language);
  if (kept != footers_.end() && kept->second.stamp == stamp) return kept->second.value;

  auto words = built_in_footer(language);
  if (stamp != Stamp{}) {
    const auto text = text_of(path);
    auto own = text ? read_footer(*text) : std::unexpected(text.error());
    if (own) {
      words = std::move(*own);
    } else {
      complain(path, own.error());
    }
  }
  auto& entry = footers_[language];
  entry = {.value = std::move(words), .stamp = stamp};
  return entry.value;
}

}  // namespace frontdesk::notifications
