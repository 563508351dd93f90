#pragma once

#include "notifications/renderer.hpp"
#include "notifications/sample_facts.hpp"
#include "notifications/typed_text.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

/// Messages for the tests of this folder.
namespace frontdesk::notifications::testing {

inline Business salon() {
  return Business{.name = "Salon Lindner",
                  .address = "Lindenallee 5, 10115 Berlin",
                  .locale = "de-DE",
                  .preferences_link = "https://book.example.org/preferences"};
}

inline const Event& event_named(std::string_view name) {
  const auto* event = find_event(name);
  EXPECT_NE(event, nullptr) << name;
  return *event;
}

/// The event's message with the sample facts, or with `facts`.
inline Rendered rendered(std::string_view event_name, Channel channel, std::string_view language,
                         const Facts& facts, const Business& business = salon()) {
  // Shared: ICU takes its time to learn a locale.
  static Templates templates;
  static Renderer renderer(templates);
  auto result = renderer.render(event_named(event_name), channel, language, facts, business);
  EXPECT_TRUE(result.has_value()) << event_name << ": " << result.error().message;
  return result.value_or(Rendered{});
}

inline Rendered rendered(std::string_view event_name, Channel channel, std::string_view language) {
  return rendered(event_name, channel, language, sample_facts(event_named(event_name)));
}

/// `text` without each of `parts`.
inline std::string without(std::string text, std::initializer_list<std::string_view> parts) {
  for (const auto part : parts) {
    for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos;) {
      text.erase(at, part.size());
    }
  }
  return text;
}

/// Without the marks that a message itself puts around names and before lines: RLM, FSI, PDI.
inline std::string without_marks(std::string text) {
  return without(std::move(text), {"\u200f", "\u2068", "\u2069"});
}

/// What a reader sees of an HTML mail's card and footer: tags gone, references resolved.
inline std::string seen(const std::string& html) {
  std::string text;
  bool in_tag = false;
  // The first </div> is the preheader's.
  for (const char c : html.substr(html.find("</div>"))) {
    if (c == '<') {
      in_tag = true;
      text.push_back(' ');
    } else if (c == '>') {
      in_tag = false;
    } else if (!in_tag) {
      text.push_back(c);
    }
  }
  for (const auto& [reference, plain] :
       {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}}) {
    for (std::size_t at = 0; (at = text.find(reference, at)) != std::string::npos; ++at) {
      text.replace(at, std::string_view(reference).size(), plain);
    }
  }
  return text;
}

/// The words of a text, which white space and nothing else divides.
inline std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text + " ") {
    if (c != ' ' && c != '\n') {
      word.push_back(c);
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  return words;
}

}  // namespace frontdesk::notifications::testing
