#include "app/preview_command.hpp"

#include "app/read_config.hpp"
#include "notifications/notifications.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace frontdesk::app {
namespace {

int misused(std::string_view sentence) {
  fmt::print(stderr, "frontdesk: {}\n", sentence);
  return exit_misused;
}

std::vector<std::string_view> channels_of(const notifications::Event& event) {
  std::vector<std::string_view> slugs;
  for (const auto channel : event.channels) slugs.push_back(notifications::slug_of(channel));
  return slugs;
}

int list_events() {
  for (const auto& event : notifications::events()) {
    fmt::print("{:<26}{}\n", event.name, fmt::join(channels_of(event), " "));
  }
  return 0;
}

// The folder of the data, without asking for a whole configuration.
std::filesystem::path templates_folder(const Variables& variables) {
  const auto set = variables.find("FRONTDESK_DATA_DIR");
  const auto data = set == variables.end() || set->second.empty()
                        ? Config{}.data_dir
                        : std::filesystem::path(set->second);
  return data / "templates";
}

std::string shown(const notifications::Rendered& rendered, bool text) {
  if (!rendered.html.empty() && !text) return rendered.html;
  std::string shown = rendered.subject.empty() ? "" : rendered.subject + "\n\n";
  shown += rendered.text;
  if (!shown.ends_with('\n')) shown += '\n';
  return shown;
}

void write(const std::string& document, const std::optional<std::string>& path) {
  if (!path) {
    fmt::print("{}", document);
    return;
  }
  std::ofstream file(*path, std::ios::binary | std::ios::trunc);
  file << document;
  file.close();
  if (!file) throw std::runtime_error(fmt::format("{} cannot be written.", *path));
}

}  // namespace

int preview_mail(const Variables& variables, const Preview& preview) {
  namespace n = notifications;
  if (preview.event.empty()) return list_events();
  const auto* event = n::find_event(preview.event);
  if (event == nullptr) {
    std::vector<std::string_view> names;
    for (const auto& one : n::events()) names.push_back(one.name);
    return misused(
        fmt::format("There is no event {}. There are: {}.", preview.event, fmt::join(names, ", ")));
  }
  const auto language = preview.language.substr(0, preview.language.find('-'));
  if (std::ranges::find(n::languages, language) == n::languages.end()) {
    return misused(fmt::format("There are no templates in the language {}. There are: {}.",
                               preview.language, fmt::join(n::languages, ", ")));
  }
  const auto channel = preview.channel ? n::channel_from_slug(*preview.channel)
                                       : std::optional(event->channels.front());
  if (!channel || !event->takes(*channel)) {
    return misused(fmt::format("{} does not go out by {}, only by: {}.", event->name,
                               *preview.channel, fmt::join(channels_of(*event), ", ")));
  }
  n::Templates templates(templates_folder(variables), [](std::string_view line) {
    fmt::print(stderr, "frontdesk: {}\n", line);
  });
  n::Renderer renderer(templates);
  const n::Business business{.name = "Salon Lindner",
                             .address = "Lindenallee 5, 10115 Berlin",
                             .locale = preview.language,
                             .preferences_link = "https://book.example.org/preferences"};
  const auto rendered =
      renderer.render(*event, *channel, preview.language, n::sample_facts(*event), business);
  if (!rendered) throw std::runtime_error(rendered.error().message);
  write(shown(*rendered, preview.text), preview.out);
  return 0;
}

}  // namespace frontdesk::app
