"""The program under Wine, as far as it is seen without one: whose files are taken, which commands are tried."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from start.command_line import _COMMANDS as KNOWN
from tests.hand import stroll
from tools.wine import machine, rows, setting_up

ROOT = Path(__file__).resolve().parents[2]
_VERIFIED = """
Signature Index: 0  (Primary Signature)

Signer's certificate:
\t------------------
\tSigner #0:
\t\tSubject: /C=US/ST=Oregon/L=Beaverton/O={organization}/CN=Python Software Foundation
\t\tIssuer : /C=US/O=DigiCert, Inc./CN=DigiCert Trusted G4 Code Signing RSA4096 SHA384 2021 CA1

Timestamp verified using:
\t------------------
\tSigner #2:
\t\tSubject: /C=US/O=DigiCert Inc/OU=www.digicert.com/CN=DigiCert Trusted Root G4
\t------------------
\tSigner #0:
\t\tSubject: /C=US/O={other}/CN=Somebody

Signature verification: {verdict}
"""


def _said(organization="Python Software Foundation", other="DigiCert, Inc.", verdict="ok"):
    return _VERIFIED.format(organization=organization, other=other, verdict=verdict)


def test_the_signer_is_who_signed_the_file_and_not_who_confirmed_the_time():
    assert setting_up.signer_of(_said()) == setting_up.SIGNER
    assert setting_up.signer_of(_said("Somebody", other=setting_up.SIGNER)) == "Somebody"


@pytest.mark.parametrize("said", [_said(verdict="failed"), "No signature found", ""])
def test_without_a_good_signature_nobody_has_signed(said):
    assert setting_up.signer_of(said) == ""


def test_a_common_name_is_no_organization():
    assert setting_up.signer_of(_said("Mallory/OU=Python Software Foundation")) == "Mallory"


def test_what_is_missing_is_named_as_apt_calls_it(monkeypatch):
    monkeypatch.setattr(setting_up.shutil, "which", lambda command: None if command == "wine" else f"/bin/{command}")
    monkeypatch.setattr(setting_up.Path, "exists", lambda path: True)
    assert setting_up.missing_packages() == ["wine", "wine64"]


def test_the_examples_of_the_readme_are_tried_as_they_stand_there():
    text = (ROOT / "README.md").read_text("utf-8")
    examples = re.findall(r"^    python3 main\.py (render [a-z][^[\n]*)$", text, re.MULTILINE)
    assert len(examples) == 3
    assert set(examples) <= {command.words for command in rows.COMMANDS}


def test_every_command_without_a_window_is_tried():
    tried = {shlex.split(command.words)[0] for command in rows.COMMANDS}
    assert tried >= {name for name in KNOWN if name != "lesson"}


def test_what_a_command_writes_stands_in_it():
    for command in rows.COMMANDS:
        assert set(command.writes) <= set(shlex.split(command.words)), command


def test_the_parts_of_a_stroll_are_there():
    for part in " ".join(rows.STROLLS).split():
        assert callable(getattr(stroll.Stroll, part))


def test_the_folders_of_tests_are_there():
    assert all((ROOT / folder).exists() for folder in rows.TESTS)


def test_numpy_is_led_to_functions_that_are_there():
    assert len(setting_up.SHIM) == len(setting_up.MATHEMATICS)
    assert "cabsf" in re.findall(r"\bw_(\w+)\(", (setting_up.SOURCES / "shim.c").read_text("utf-8"))


def test_what_windows_wrote_is_read_in_its_own_code_page():
    assert machine.read("学习\r\n".encode("gbk")) == "学习\n"
