"""``layerwise:ID`` opens an experiment and can say nothing else; file addresses of a desktop open their file."""

from __future__ import annotations

import sys
import types
from pathlib import Path

import pytest

from engine.contract.address import address_of, experiment_at, is_address
from engine.contract.catalogue import entries
from engine.contract.text import LANGUAGES, Refused
from start.command_line import main

HOSTILE = [
    "layerwise:",
    "layerwise://",
    "layerwise:///",
    "layerwise:gatez",
    "layerwise:Gates",
    "layerwise:gates ",
    "layerwise: gates",
    "layerwise:gates\n",
    "layerwise:gates\0",
    "layerwise:gates%00",
    "layerwise:%67ates",
    "layerwise:gates%20--theme%20dark",
    "layerwise:--experiment=gates",
    "layerwise:-o",
    "layerwise:gates --open /etc/passwd",
    "layerwise:gates?theme=dark",
    "layerwise:gates#b",
    "layerwise:gates/xor",
    "layerwise:gates//",
    "layerwise:///gates",
    "layerwise:/gates",
    "layerwise:/etc/passwd",
    "layerwise://user@gates",
    "layerwise://gates:80/",
    "layerwise:../gates",
    "layerwise:..\\gates",
    "layerwise:file:///etc/passwd",
    "layerwise:session.layerwise.json",
    "layerwise:list",
    "layerwise:__init__",
    "layerwise:os.system",
    "layerwise:gates;xor",
    "layerwise:$(reboot)",
    "layerwise:<b>gates</b>",
    "layerwise:{ids}",
    "layerwise:ｇａｔｅｓ",
    "layerwise:gаtes",  # one letter is Cyrillic
    "layerwise:门",
    "layerwise:\u202egates",
    "layerwise:\udcff",
    "layerwise:" + "a" * 100_000,
    "layerwise:" + "gates/" * 10_000,
    "LAYERWISE:GATES",
]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """What the window was asked to open."""
    found: list[dict[str, object]] = []
    window = types.ModuleType("gui.app.application")
    window.run_window = lambda **wanted: found.append(wanted) or 0
    monkeypatch.setitem(sys.modules, "gui.app.application", window)
    monkeypatch.setattr("start.system_libraries.require_window", lambda: None)
    return found


@pytest.mark.parametrize("form", ["{}", "{}/", "layerwise://{id}", "layerwise://{id}/", "Layerwise:{id}"])
def test_every_experiment_has_an_address(asked: list[dict[str, object]], form: str) -> None:
    for entry in entries():
        assert main([form.format(address_of(entry.id), id=entry.id)]) == 0
    assert [one["experiment"] for one in asked] == [entry.id for entry in entries()]
    assert {one["session"] for one in asked} == {None}


def test_options_go_on_beside_an_address(asked: list[dict[str, object]]) -> None:
    assert main(["--theme", "dark", "layerwise:xor", "--language", "zh_CN"]) == 0
    assert (asked[0]["experiment"], asked[0]["theme"], asked[0]["language"]) == ("xor", "dark", "zh_CN")


@pytest.mark.parametrize("language", LANGUAGES)
def test_anything_but_a_known_id_is_one_sentence_and_opens_nothing(
    asked: list[dict[str, object]], capsys: pytest.CaptureFixture[str], language: str
) -> None:
    for address in HOSTILE:
        assert is_address(address)
        assert main([address, "--language", language]) == 2, address[:80]
        said = capsys.readouterr()
        assert (said.out, said.err.count("\n")) == ("", 1)
        assert "layerwise:ID" in said.err and "gates, xor" in said.err and "feature_maps" in said.err
        assert len(said.err) < 700 and not {"\0", "\u202e"} & set(said.err)
    assert asked == []


def test_an_address_stands_alone(asked: list[dict[str, object]], capsys: pytest.CaptureFixture[str]) -> None:
    for others in (["layerwise:xor"], ["a.json"], ["--experiment", "xor"], ["--open", "a.json"], ["--chapter", "3"]):
        assert main(["layerwise:gates", *others]) == 2
        assert "too many" in capsys.readouterr().err
    assert asked == []


def test_an_address_is_no_file_and_no_other_command_takes_it(capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["render"], ["check"], ["lesson"], ["answers"]):
        assert main([*command, "layerwise:gates"]) != 0
        said = capsys.readouterr()
        assert "layerwise:gates" in said.out + said.err


def test_what_is_refused_says_what_is_allowed_in_python_too() -> None:
    with pytest.raises(Refused, match="gates, xor"):
        experiment_at("layerwise:nothing")
    assert not is_address("layerwise.json") and not is_address("gates") and not is_address("")


# Files of a desktop, which comes with %u in place of %f


def test_a_file_address_opens_its_file(asked: list[dict[str, object]], tmp_path: Path) -> None:
    session = tmp_path / f"a b#c{'' if sys.platform == 'win32' else '?'}100% 图.layerwise.json"
    assert main(["render", "gates", "-o", str(session)]) == 0
    address = session.as_uri()
    assert main([address]) == 0
    assert main([address.replace("file:///", "file://localhost/", 1)]) == 0
    assert main([address.replace("file:///", "file:/", 1)]) == 0
    assert [one["session"] for one in asked] == [session] * 3


@pytest.mark.parametrize(
    "address",
    [
        "file:",
        "file://",
        "file:///",
        "file:///nothing.json",
        "file:nothing.json",
        "file://elsewhere/tmp/a.json",
        "file:///tmp/a.json?x",
        "file:///tmp/a.json#x",
        "file:///tmp/a%00.json",
        "file:///tmp/a\0.json",
        "file:///dev/zero",
        "file:///" + "a" * 5000,
        "file:///%",
        "file:///%zz",
        "file:///%ff%fe",
    ],
)
def test_a_file_address_is_trusted_no_more_than_a_file(
    asked: list[dict[str, object]], capsys: pytest.CaptureFixture[str], address: str
) -> None:
    assert main([address]) == 2
    assert capsys.readouterr().err.count("\n") == 1 and asked == []


def test_an_address_whose_bytes_are_no_text_is_refused_where_paths_are_text(
    asked: list[dict[str, object]], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("start.given_files.os.fsdecode", lambda path: path.decode("utf-8"))  # as on Windows
    assert main(["file:///%ff%fe"]) == 2
    assert capsys.readouterr().err.count("\n") == 1 and asked == []
