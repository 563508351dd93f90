#include "notifications/mail_layout.hpp"

#include "notifications/language.hpp"
#include "notifications/typed_text.hpp"

#include <fmt/format.h>

namespace frontdesk::notifications {
namespace {

// Inline styles are for light mode and for programs that know no style sheet; the sheet turns them
// dark. Its !important is what lets it win over the inline ones.
constexpr std::string_view style_sheet = R"css(
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .page { background-color: #14161a !important; color: #e8e9ec !important; }
  .card { background-color: #1f2228 !important; border-color: #343841 !important; }
  .muted, .muted a { color: #a3a8b3 !important; }
  .button { background-color: #8ab4f8 !important; color: #10151d !important; }
  .code { background-color: #2b2f37 !important; }
}
.card > :last-child { margin-bottom: 0 !important; }
@media (max-width: 480px) {
  body { padding: 14px !important; }
  .card { padding: 20px !important; }
}
)css";

constexpr std::string_view fonts =
    "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans',"
    "'Noto Sans Arabic',sans-serif";

// Fills what a list of mails shows behind the preheader, so that the greeting does not.
std::string filler() {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "&#847;&zwnj;&nbsp;";
  return text;
}

bool is_right_to_left(const MailContent& mail) {
  return notifications::is_right_to_left(mail.language);
}

std::string head(const MailContent& mail) {
  const bool rtl = is_right_to_left(mail);
  return fmt::format(
      R"html(<!DOCTYPE html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>{subject}</title>
<style>{styles}</style>
</head>
<body class="page" dir="{direction}" style="margin:0;padding:24px;background-color:#f3f4f6;color:#1b1f24;font-family:{fonts};font-size:16px;line-height:1.5;text-align:{start}">
<div style="display:none;max-height:0;overflow:hidden">{preheader}{filler}</div>
<div class="page" role="article" lang="{language}" dir="{direction}" style="max-width:560px;margin:0 auto;background-color:#f3f4f6;color:#1b1f24">
<p class="muted" style="margin:0 4px 12px;font-size:15px;font-weight:600;color:#59616e;overflow-wrap:anywhere">{business}</p>
<div class="card" style="background-color:#ffffff;border:1px solid #e1e4e8;border-radius:12px;padding:28px">
)html",
      fmt::arg("language", mail.language), fmt::arg("direction", rtl ? "rtl" : "ltr"),
      fmt::arg("start", rtl ? "right" : "left"), fmt::arg("subject", escape_html(mail.subject)),
      fmt::arg("styles", style_sheet), fmt::arg("fonts", fonts),
      fmt::arg("preheader", escape_html(mail.preheader)), fmt::arg("filler", filler()),
      fmt::arg("business", escape_html(mail.business)));
}

std::string button(const FilledBlock& block) {
  return fmt::format(
      R"html(<p style="margin:24px 0"><a class="button" href="{}" style="display:inline-block;padding:12px 22px;border-radius:8px;background-color:#1a56c4;color:#ffffff;font-weight:600;text-decoration:none">{}</a></p>
)html",
      escape_html(block.link), escape_html(block.label));
}

std::string block_html(const FilledBlock& block) {
  const auto text = escape_html(block.text);
  switch (block.shape) {
    case Block::Shape::paragraph:
      return fmt::format("<p style=\"margin:0 0 16px;overflow-wrap:anywhere\">{}</p>\n", text);
    case Block::Shape::emphasis:
      return fmt::format(
          "<p class=\"code\" style=\"margin:0 0 16px;padding:14px 16px;border-radius:8px;"
          "background-color:#eef1f5;font-size:20px;font-weight:600;overflow-wrap:anywhere\">{}</p>"
          "\n",
          text);
    case Block::Shape::detail:
      return fmt::format(
          "<p style=\"margin:0 0 10px;overflow-wrap:anywhere\"><span class=\"muted\" "
          "style=\"display:block;font-size:13px;color:#59616e\">{}</span>{}</p>\n",
          escape_html(block.label), text);
    case Block::Shape::button:
      return button(block);
    case Block::Shape::agenda:
      return fmt::format(
          "<p style=\"margin:0 0 10px;overflow-wrap:anywhere;font-variant-numeric:tabular-nums\">"
          "{}</p>\n",
          text);
  }
  return {};
}

std::string foot(const MailContent& mail) {
  std::string html =
      "</div>\n<p class=\"muted\" style=\"margin:16px 4px 0;font-size:13px;color:#59616e;"
      "overflow-wrap:anywhere\">";
  html += escape_html(mail.business);
  if (!mail.business_address.empty()) html += "<br>" + escape_html(mail.business_address);
  if (!mail.preferences_link.empty()) {
    html += fmt::format("<br><a href=\"{}\" style=\"color:#59616e\">{}</a>",
                        escape_html(mail.preferences_link), escape_html(mail.preferences_label));
  }
  return html + "</p>\n</div>\n</body>\n</html>\n";
}

// Each line says its own direction: the reader's program may take it from the first letter, which
// may be a name's.
std::string line_of(const MailContent& mail, std::string_view text) {
  constexpr std::string_view right_to_left_mark = "\u200f";
  return fmt::format("{}{}\n", is_right_to_left(mail) ? right_to_left_mark : "", text);
}

}  // namespace

std::string html_of(const MailContent& mail) {
  std::string html = head(mail);
  for (const auto& block : mail.blocks) html += block_html(block);
  return html + foot(mail);
}

std::string text_of(const MailContent& mail) {
  std::string text;
  for (std::size_t i = 0; i < mail.blocks.size(); ++i) {
    const auto& block = mail.blocks[i];
    const bool in_list = block.shape == Block::Shape::detail || block.shape == Block::Shape::agenda;
    const bool follows_its_like = in_list && i > 0 && mail.blocks[i - 1].shape == block.shape;
    if (i > 0 && !follows_its_like) text += "\n";
    switch (block.shape) {
      case Block::Shape::detail:
        text += line_of(mail, block.label + ": " + block.text);
        break;
      case Block::Shape::button:
        text += line_of(mail, block.label) + block.link + "\n";
        break;
      default:
        text += line_of(mail, block.text);
    }
  }
  text += "\n-- \n" + line_of(mail, mail.business);  // the mark of a signature, RFC 3676, 4.3
  if (!mail.business_address.empty()) text += line_of(mail, mail.business_address);
  if (!mail.preferences_link.empty()) {
    text += line_of(mail, mail.preferences_label) + mail.preferences_link + "\n";
  }
  return text;
}

}  // namespace frontdesk::notifications
