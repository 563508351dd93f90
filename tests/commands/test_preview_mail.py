"""frontdesk preview-mail: what a message looks like, without a database, a server or a configuration."""
import html.parser
import os
import subprocess

import pytest

from harness.process import binary


def preview(*arguments, **environment):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("FRONTDESK_")}
    return subprocess.run([binary(), "preview-mail", *arguments], env=clean | environment, capture_output=True,
                          text=True, timeout=60, check=False)


def shown(*arguments, **environment):
    result = preview(*arguments, **environment)
    assert (result.returncode, result.stderr) == (0, ""), result.stderr
    return result.stdout


class Document(html.parser.HTMLParser):
    """Title, language, direction and links; fails where a tag is not closed as it was opened."""

    VOID = {"meta", "br"}

    def __init__(self, text):
        super().__init__()
        self.open, self.title, self.links, self.root = [], "", [], {}
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        if tag == "html":
            self.root = dict(attributes)
        if tag == "a":
            self.links.append(dict(attributes)["href"])
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] == "title":
            self.title += data


def every_event():
    return {line.split()[0]: line.split()[1:] for line in shown().splitlines()}


def test_without_an_event_it_lists_them_with_their_channels():
    events = every_event()
    assert events["appointment.booked"] == ["email", "sms", "push", "inbox"]
    assert events["auth.code"] == ["email"] and events["auth.phone_code"] == ["sms"]


def test_the_document_is_in_the_language_and_its_title_is_the_subject():
    document = Document(shown("appointment.booked", "--language", "de"))
    assert document.title == "Ihr Termin ist gebucht: Cut & Colour"
    assert document.root == {"lang": "de", "dir": "ltr"}
    assert document.links == ["https://book.example.org/manage", "https://book.example.org/preferences"]


def test_arabic_is_from_right_to_left():
    assert Document(shown("appointment.reminder", "--language", "ar")).root == {"lang": "ar", "dir": "rtl"}


@pytest.mark.parametrize("language", ["de-AT", "ar-EG"])
def test_every_mail_is_a_sound_document(language):
    for event, channels in every_event().items():
        if "email" in channels:
            assert Document(shown(event, "--language", language)).title, event


def test_text_sms_and_push():
    text = shown("auth.password_reset", "--text")
    assert text.startswith("Choose a new password\n\nYour code is 042917\n") and "<" not in text
    assert shown("appointment.booked", "--channel", "sms").count("\n") == 1
    title, empty, body = shown("appointment.booked", "--channel", "push", "--language", "fr").splitlines()
    assert title == "Votre rendez-vous est réservé" and empty == "" and "(Europe/Berlin)" in body
    assert "042917" in shown("auth.phone_code"), "the one channel that it has"


def test_it_writes_to_a_file(tmp_path):
    target = tmp_path / "mail.html"
    assert shown("auth.welcome", "--out", target) == ""
    assert Document(target.read_text()).title == "Welcome to Salon Lindner"
    result = preview("auth.welcome", "--out", tmp_path / "none" / "mail.html")
    assert result.returncode == 1 and "cannot be written" in result.stderr


def test_what_there_is_not_is_refused_with_what_there_is():
    for arguments, said in [(["appointment.boked"], "appointment.booked, "),
                            (["appointment.booked", "--language", "tlh"], "en, de, es, fr, ar"),
                            (["appointment.booked", "--channel", "fax"], "email, sms, push, inbox"),
                            (["auth.code", "--channel", "sms"], "only by: email")]:
        result = preview(*arguments)
        assert result.returncode == 2 and result.stdout == "" and said in result.stderr, arguments


def test_templates_of_the_data_folder_are_used_and_broken_ones_named(tmp_path):
    own = tmp_path / "templates" / "en" / "auth.code.txt"
    own.parent.mkdir(parents=True)
    own.write_text("[subject]\nCode for you\n")
    settings = {"FRONTDESK_DATA_DIR": str(tmp_path)}
    assert Document(shown("auth.code", **settings)).title == "Code for you"
    own.write_text("[subject]\nCode for {name}\n")
    result = preview("auth.code", **settings)
    assert result.returncode == 0 and Document(result.stdout).title == "Your code"
    assert f"{own}:2: auth.code has no fact {{name}}" in result.stderr
