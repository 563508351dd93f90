#include "notifications/template.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace frontdesk::notifications {
namespace {

constexpr std::size_t largest_template_bytes = 32'768;
constexpr std::size_t most_blocks = 40;
constexpr std::array<std::string_view, 4> agenda_names{"starts", "ends", "service", "customer"};

struct Line {
  std::size_t number;
  std::string_view text;
};

struct Section {
  std::size_t line;
  std::string_view name;
  std::vector<Line> lines;
};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r";
  const auto first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

// Thrown and caught in this file alone: every small function of the reader may end it.
[[noreturn]] void refuse_line(std::size_t line, std::string message) {
  throw TemplateProblem{.line = line, .message = std::move(message)};
}

std::vector<Section> sections_of(std::string_view text) {
  std::vector<Section> sections;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = text.find('\n');
    const auto line = trimmed(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (sections.empty() && line.starts_with("#")) continue;  // later on it is a plural's number
    if (line.starts_with("[")) {
      if (!line.ends_with("]")) refuse_line(number, "a section is written as [email]");
      const auto name = line.substr(1, line.size() - 2);
      if (std::ranges::find(sections, name, &Section::name) != sections.end()) {
        refuse_line(number, fmt::format("[{}] is there twice", name));
      }
      sections.push_back({.line = number, .name = name, .lines = {}});
    } else if (!sections.empty()) {
      sections.back().lines.push_back({.number = number, .text = line});
    } else if (!line.empty()) {
      refuse_line(number, "text before the first section, such as [subject]");
    }
  }
  for (auto& section : sections) {
    auto& lines = section.lines;
    while (!lines.empty() && lines.back().text.empty()) lines.pop_back();
    while (!lines.empty() && lines.front().text.empty()) lines.erase(lines.begin());
    if (lines.empty()) refuse_line(section.line, fmt::format("[{}] is empty", section.name));
  }
  return sections;
}

void check_use(const Phrase::Use& use, const Event& event, std::size_t line) {
  const auto* fact = find_fact(event, use.name);
  if (fact == nullptr) {
    refuse_line(line, fmt::format("{} has no fact {{{}}}", event.name, use.name));
  }
  if (fact->kind == Kind::link || fact->kind == Kind::agenda) {
    refuse_line(line, fmt::format("{{{}}} cannot stand in a sentence", use.name));
  }
  if (use.chooses_plural && fact->kind != Kind::number) {
    refuse_line(line, fmt::format("{{{}}} is no number that could choose a plural", use.name));
  }
}

Phrase phrase_of(std::string_view text, std::size_t line, const Event& event) {
  auto phrase = Phrase::read(text);
  if (!phrase) refuse_line(line, phrase.error());
  for (const auto& use : phrase->uses()) check_use(use, event, line);
  return std::move(*phrase);
}

Phrase agenda_phrase(std::string_view text, std::size_t line) {
  auto phrase = Phrase::read(text);
  if (!phrase) refuse_line(line, phrase.error());
  for (const auto& use : phrase->uses()) {
    if (use.chooses_plural || std::ranges::find(agenda_names, use.name) == agenda_names.end()) {
      refuse_line(line, fmt::format("an entry of the agenda has no fact {{{}}}", use.name));
    }
  }
  return std::move(*phrase);
}

// Lines that follow each other, as the one phrase that they are.
Phrase joined(std::span<const Line> lines, const Event& event) {
  std::string text;
  for (const auto& line : lines) {
    if (!text.empty() && !line.text.empty()) text += ' ';
    text += line.text;
  }
  return phrase_of(text, lines.front().number, event);
}

// A subject, an SMS or a notice is there or not as a whole: it names what is always there.
Phrase whole(std::span<const Line> lines, const Event& event) {
  auto phrase = joined(lines, event);
  for (const auto& use : phrase.uses()) {
    if (!find_fact(event, use.name)->optional) continue;
    refuse_line(lines.front().number,
                fmt::format("{{{}}} may be absent: it can stand in [email] only", use.name));
  }
  return phrase;
}

Block detail_of(const Line& line, const Event& event) {
  const auto text = trimmed(line.text.substr(1));
  const auto colon = text.find(": ");
  const auto brace = text.find('{');
  if (colon == std::string_view::npos || brace < colon) {
    refuse_line(line.number, "a detail is written as - Label: {fact}");
  }
  return Block{.shape = Block::Shape::detail,
               .label = phrase_of(text.substr(0, colon), line.number, event),
               .phrase = phrase_of(trimmed(text.substr(colon + 1)), line.number, event)};
}

Block button_of(const Line& line, const Event& event) {
  const auto text = trimmed(line.text.substr(2));
  const auto close = text.find('}');
  const auto* fact = text.starts_with('{') && close != std::string_view::npos
                         ? find_fact(event, text.substr(1, close - 1))
                         : nullptr;
  if (fact == nullptr || fact->kind != Kind::link) {
    refuse_line(line.number, fmt::format("a button is written as => {{link}} Label, with a link "
                                         "that {} has",
                                         event.name));
  }
  const auto label = trimmed(text.substr(close + 1));
  if (label.empty()) refuse_line(line.number, "the button has no label");
  return Block{.shape = Block::Shape::button,
               .label = phrase_of(label, line.number, event),
               .link = std::string(fact->name)};
}

Block agenda_of(const Line& line, const Event& event) {
  const auto* fact = find_fact(event, "agenda");
  if (fact == nullptr) refuse_line(line.number, fmt::format("{} has no agenda", event.name));
  return Block{.shape = Block::Shape::agenda,
               .phrase = agenda_phrase(trimmed(line.text.substr(1)), line.number)};
}

std::vector<Block> blocks_of(std::span<const Line> lines, const Event& event) {
  std::vector<Block> blocks;
  std::size_t paragraph = 0;  // where it begins; lines before `at` that are in none are done
  for (std::size_t at = 0; at <= lines.size(); ++at) {
    const auto text = at < lines.size() ? lines[at].text : std::string_view();
    const bool special = text.starts_with("- ") || text.starts_with("=> ") ||
                         text.starts_with("! ") || text.starts_with("* ");
    if (!text.empty() && !special) continue;
    if (paragraph < at) {
      blocks.push_back({.shape = Block::Shape::paragraph,
                        .phrase = joined(lines.subspan(paragraph, at - paragraph), event)});
    }
    paragraph = at + 1;
    if (text.starts_with("- ")) blocks.push_back(detail_of(lines[at], event));
    if (text.starts_with("=> ")) blocks.push_back(button_of(lines[at], event));
    if (text.starts_with("* ")) blocks.push_back(agenda_of(lines[at], event));
    if (text.starts_with("! ")) {
      blocks.push_back({.shape = Block::Shape::emphasis,
                        .phrase = phrase_of(trimmed(text.substr(1)), lines[at].number, event)});
    }
    if (blocks.size() > most_blocks) refuse_line(lines[at].number, "more than 40 paragraphs");
  }
  return blocks;
}

void check_channel(const Event& event, Channel channel, const Section& section) {
  if (event.takes(channel)) return;
  refuse_line(section.line, fmt::format("{} has no [{}]", event.name, section.name));
}

Template read(std::string_view text, const Event& event) {
  if (text.size() > largest_template_bytes) refuse_line(1, "the file is larger than 32 KB");
  Template result;
  for (const auto& section : sections_of(text)) {
    if (section.name == "subject") {
      check_channel(event, Channel::email, section);
      result.subject = whole(section.lines, event);
    } else if (section.name == "email") {
      check_channel(event, Channel::email, section);
      result.email = blocks_of(section.lines, event);
    } else if (section.name == "sms") {
      check_channel(event, Channel::sms, section);
      result.sms = whole(section.lines, event);
    } else if (section.name == "push") {
      check_channel(event, Channel::inbox, section);
      if (section.lines.size() < 2) {
        refuse_line(section.line, "[push] has a title on its first line and then its text");
      }
      result.push_title = whole(std::span(section.lines).first(1), event);
      result.push_body = whole(std::span(section.lines).subspan(1), event);
    } else {
      refuse_line(section.line, fmt::format("there is no section [{}], only [subject], [email], "
                                            "[sms] and [push]",
                                            section.name));
    }
  }
  return result;
}

}  // namespace

std::expected<Template, TemplateProblem> read_template(std::string_view text,
                                                       const Event& event) try {
  return read(text, event);
} catch (TemplateProblem& problem) {
  return std::unexpected(std::move(problem));
}

std::expected<std::string, TemplateProblem> read_footer(std::string_view text) try {
  if (text.size() > largest_template_bytes) refuse_line(1, "the file is larger than 32 KB");
  const auto sections = sections_of(text);
  if (sections.size() != 1 || sections[0].name != "preferences" || sections[0].lines.size() != 1) {
    refuse_line(1, "footer.txt has one section, [preferences], of one line");
  }
  const auto& line = sections[0].lines[0];
  const auto phrase = Phrase::read(line.text);
  if (!phrase) refuse_line(line.number, phrase.error());
  if (!phrase->uses().empty()) refuse_line(line.number, "a footer has no facts");
  return std::string(line.text);
} catch (TemplateProblem& problem) {
  return std::unexpected(std::move(problem));
}

std::string_view missing_section(const Template& tmpl, const Event& event) {
  if (event.takes(Channel::email) && !tmpl.subject) return "subject";
  if (event.takes(Channel::email) && tmpl.email.empty()) return "email";
  if (event.takes(Channel::sms) && !tmpl.sms) return "sms";
  const bool in_app = event.takes(Channel::push) || event.takes(Channel::inbox);
  return in_app && !tmpl.push_title ? "push" : std::string_view();
}

Template merged(Template first, const Template& second) {
  if (!first.subject) first.subject = second.subject;
  if (first.email.empty()) first.email = second.email;
  if (!first.sms) first.sms = second.sms;
  if (!first.push_title) {
    first.push_title = second.push_title;
    first.push_body = second.push_body;
  }
  return first;
}

}  // namespace frontdesk::notifications
