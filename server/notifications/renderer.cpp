#include "notifications/renderer.hpp"

#include "notifications/mail_layout.hpp"
#include "notifications/shown_facts.hpp"
#include "notifications/sms.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace frontdesk::notifications {
namespace {

constexpr Lengths in_mail{.name = 80, .words = 500};
constexpr Lengths in_app{.name = 50, .words = 120};
constexpr std::array in_sms{Lengths{.name = 40, .words = 60}, Lengths{.name = 24, .words = 30},
                            Lengths{.name = 16, .words = 16}, Lengths{.name = 10, .words = 10}};
constexpr std::size_t most_sms_segments = 2;
constexpr std::size_t most_entries = 100;
constexpr std::size_t most_locales = 8;

// Where one fact is missing the whole phrase is left out.
bool can_be_filled(const Phrase& phrase, const Values& values) {
  return std::ranges::all_of(phrase.uses(),
                             [&](const auto& use) { return values.contains(use.name); });
}

bool speaks_of(const Block& block, std::string_view name) {
  return block.phrase && std::ranges::find(block.phrase->uses(), name, &Phrase::Use::name) !=
                             block.phrase->uses().end();
}

// Everything that one rendering looks at.
struct Rendering {
  const Event& event;
  const Template& tmpl;
  const Locale& locale;
  std::string_view language;
  const Facts& facts;

  [[nodiscard]] Values values(Lengths lengths) const {
    return shown_facts(event, facts, locale, language, lengths);
  }

  // A line of its own; its direction is that of the language, whatever name it begins with.
  [[nodiscard]] std::string line(const Phrase& phrase, const Values& values) const {
    const auto text = locale.fill(phrase, values);
    return is_right_to_left(language) ? "\u200f" + text : text;
  }

  void fill_agenda(const Block& block, std::vector<FilledBlock>& filled) const {
    const auto found = facts.find("agenda");
    if (found == facts.end()) return;
    const auto& agenda = std::get<Agenda>(found->second);
    for (std::size_t i = 0; i < std::min(agenda.size(), most_entries); ++i) {
      const auto values = shown_entry(agenda[i], locale, language, in_mail);
      filled.push_back({.shape = block.shape, .text = locale.fill(*block.phrase, values)});
    }
  }

  void fill(const Block& block, const Values& values, std::vector<FilledBlock>& filled) const {
    if (block.shape == Block::Shape::agenda) return fill_agenda(block, filled);
    if (block.label && !can_be_filled(*block.label, values)) return;
    if (block.phrase && !can_be_filled(*block.phrase, values)) return;
    const auto link = facts.find(block.link);
    if (block.shape == Block::Shape::button && link == facts.end()) return;
    filled.push_back(
        {.shape = block.shape,
         .label = block.label ? locale.fill(*block.label, values) : std::string(),
         .text = block.phrase ? locale.fill(*block.phrase, values) : std::string(),
         .link = link == facts.end() ? std::string() : std::get<std::string>(link->second)});
  }

  [[nodiscard]] std::string preheader(const Values& values) const {
    if (tmpl.push_body && can_be_filled(*tmpl.push_body, values)) {
      return locale.fill(*tmpl.push_body, values);
    }
    for (const auto& block : tmpl.email) {
      const bool shown = block.shape == Block::Shape::paragraph && !speaks_of(block, "name");
      if (shown && can_be_filled(*block.phrase, values)) return locale.fill(*block.phrase, values);
    }
    return {};
  }

  [[nodiscard]] Rendered email(const Business& business, const std::string& footer) const {
    const auto values = this->values(in_mail);
    const auto typed = [&](std::string_view name) {
      const auto found = values.find(name);
      return found == values.end() ? std::string() : std::get<std::string>(found->second);
    };
    MailContent mail{.language = language,
                     .subject = line(*tmpl.subject, values),
                     .preheader = preheader(values),
                     .blocks = {},
                     .business = typed("business"),
                     .business_address = typed("business_address"),
                     .preferences_label = footer,
                     .preferences_link = {}};
    if (event.can_be_switched_off) mail.preferences_link = business.preferences_link;
    for (const auto& block : tmpl.email) fill(block, values, mail.blocks);
    return Rendered{.language = language,
                    .subject = mail.subject,
                    .text = text_of(mail),
                    .html = html_of(mail)};
  }

  [[nodiscard]] Rendered sms() const {
    std::string text;
    for (const auto& lengths : in_sms) {
      text = economical_sms(line(*tmpl.sms, values(lengths)));
      if (measure_sms(text).segments <= most_sms_segments) break;
    }
    return Rendered{.language = language, .subject = {}, .text = std::move(text), .html = {}};
  }

  [[nodiscard]] Rendered notice() const {
    const auto values = this->values(in_app);
    return Rendered{.language = language,
                    .subject = line(*tmpl.push_title, values),
                    .text = line(*tmpl.push_body, values),
                    .html = {}};
  }
};

}  // namespace

Renderer::Renderer(Templates& templates) : templates_(templates) {}
Renderer::~Renderer() = default;

const Locale& Renderer::locale(const std::string& tag) {
  if (const auto found = locales_.find(tag); found != locales_.end()) return found->second;
  if (locales_.size() >= most_locales) locales_.clear();
  return locales_.emplace(tag, Locale(tag)).first->second;
}

Result<Rendered> Renderer::render(const Event& event, Channel channel, std::string_view wanted,
                                  const Facts& facts, const Business& business) {
  if (!event.takes(channel)) {
    return refuse(
        Error{.kind = ErrorKind::internal,
              .code = "no_such_channel",
              .message = fmt::format("{} does not go out by {}.", event.name, slug_of(channel))});
  }
  if (auto error = check_facts(event, facts)) return refuse(std::move(*error));
  const auto tongue = choose_tongue(wanted, business.locale);
  Facts all = facts;
  all["business"] = business.name;
  all["business_address"] = business.address;
  const Rendering rendering{.event = event,
                            .tmpl = templates_.find(event, tongue.language),
                            .locale = locale(tongue.locale),
                            .language = tongue.language,
                            .facts = all};
  switch (channel) {
    case Channel::email:
      return rendering.email(business, templates_.footer(tongue.language));
    case Channel::sms:
      return rendering.sms();
    case Channel::push:
    case Channel::inbox:
      return rendering.notice();
  }
  std::unreachable();
}

}  // namespace frontdesk::notifications
