"""When an environment counts as ready, and how the program gets into it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from start import ensure, environment

SOURCE = Path(__file__).resolve().parents[2]


def is_ready(root: Path, requirements: str = "requirements.txt") -> bool:
    return environment.is_ready(str(root), requirements)


def test_nothing_is_ready_on_a_fresh_machine(root):
    assert not is_ready(root)


def test_a_stamped_environment_is_ready(ready_root):
    assert is_ready(ready_root)


def test_the_stamp_for_the_application_does_not_serve_the_tests(ready_root):
    assert not is_ready(ready_root, "requirements-dev.txt")


def test_a_change_of_the_requirements_ends_readiness(ready_root):
    with open(ready_root / "requirements.txt", "a", encoding="utf-8") as file:
        file.write("delta\n")
    assert not is_ready(ready_root)


def test_a_change_in_an_included_file_changes_the_stamp(root):
    before = environment.stamp_text(str(root), "requirements-dev.txt")
    (root / "requirements.txt").write_text("alpha>=3\n", "utf-8")
    assert environment.stamp_text(str(root), "requirements-dev.txt") != before


def test_another_python_does_not_find_it_ready(ready_root, monkeypatch):
    monkeypatch.setattr(environment, "fingerprint", lambda: "cpython-399 linux x86_64")
    assert not is_ready(ready_root)


def test_it_is_not_ready_when_its_python_is_gone(ready_root):
    os.remove(environment.python_path(str(ready_root)))
    assert not is_ready(ready_root)


@pytest.mark.skipif(os.name == "nt", reason="environments have links on POSIX only")
def test_it_is_not_ready_when_the_python_behind_it_is_gone(ready_root):
    python = environment.python_path(str(ready_root))
    os.remove(python)
    os.symlink(ready_root / "uninstalled" / "python3", python)
    assert not is_ready(ready_root)


def test_a_damaged_stamp_is_not_ready(ready_root):
    Path(environment.stamp_path(str(ready_root), "requirements.txt")).write_bytes(b"\xff\xfe\x00")
    assert not is_ready(ready_root)


def test_the_index_url_is_taken_out_in_both_spellings():
    given = ["--chapter", "3", "--index-url", "https://a/simple", "--theme", "dark"]
    assert ensure.take_index_url(given) == ("https://a/simple", ["--chapter", "3", "--theme", "dark"])
    assert ensure.take_index_url(["--index-url=https://b/simple"]) == ("https://b/simple", [])
    assert ensure.take_index_url(["list", "--json"]) == ("", ["list", "--json"])


@pytest.mark.parametrize("arguments", [["--index-url"], ["--index-url="]])
def test_an_index_url_without_a_value_ends_with_code_2(arguments, root, capsys):
    with pytest.raises(SystemExit) as ended:
        ensure.ensure("main.py", "requirements.txt", arguments, str(root))
    assert ended.value.code == 2
    assert "--index-url: needs the address" in capsys.readouterr().err


class Restarted(Exception):
    """Stands for a restart, which does not return."""


@pytest.fixture
def restarts(monkeypatch):
    calls = []

    def restart(*arguments):
        calls.append(arguments)
        raise Restarted

    monkeypatch.setattr(ensure, "restart", restart)
    return calls


def test_outside_the_environment_the_program_starts_again_in_it(ready_root, restarts):
    with pytest.raises(Restarted):
        ensure.ensure("main.py", "requirements.txt", ["list", "--index-url", "https://a"], str(ready_root))
    assert restarts == [(str(ready_root), "main.py", ["list"])]


def test_inside_it_goes_on_at_once(ready_root, restarts, monkeypatch):
    monkeypatch.setattr(sys, "prefix", str(ready_root / environment.FOLDER))
    assert ensure.ensure("main.py", "requirements.txt", ["list"], str(ready_root)) == ["list"]
    assert restarts == []


def test_inside_with_foreign_packages_on_the_path_it_starts_again_without_them(ready_root, restarts, monkeypatch):
    monkeypatch.setattr(sys, "prefix", str(ready_root / environment.FOLDER))
    monkeypatch.setenv("PYTHONPATH", "/opt/foreign")
    with pytest.raises(Restarted):
        ensure.ensure("main.py", "requirements.txt", [], str(ready_root))
    assert "PYTHONPATH" not in environment.clean_variables()


def test_a_restart_that_does_not_arrive_is_an_error_and_no_loop(ready_root, restarts, monkeypatch, capsys):
    monkeypatch.setenv("LAYERWISE_RESTARTED", "1")
    with pytest.raises(SystemExit) as ended:
        ensure.ensure("main.py", "requirements.txt", [], str(ready_root))
    assert (ended.value.code, restarts) == (1, [])
    assert "delete .venv and start again" in capsys.readouterr().err


def test_the_check_of_a_ready_environment_imports_nothing_slow():
    code = (
        "import sys; before = {*sys.modules, '__future__', 'start', 'start.environment', 'start.ensure'};"
        " import start.ensure as e; e.environment.is_ready(e.ROOT, 'requirements.txt');"
        " print(sorted({*sys.modules} - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=SOURCE, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.fixture
def program(root: Path) -> Path:
    """A copy of the real start with a real, empty environment, stamped as ready; its window is a line of text."""
    shutil.copy(SOURCE / "main.py", root)
    shutil.copytree(SOURCE / "start", root / "start", ignore=shutil.ignore_patterns("__pycache__", "command_line*"))
    (root / "engine").mkdir()
    for name in ("__init__.py", "system.py"):  # of which Windows' restart needs one
        shutil.copy(SOURCE / "engine" / name, root / "engine")
    code = "import json, sys\n\ndef main(argv):\n    print(json.dumps([sys.prefix, argv, sys.path]))\n    return 7\n"
    (root / "start" / "command_line.py").write_text(code, "utf-8")
    venv.create(root / environment.FOLDER, symlinks=os.name != "nt")
    stamp = Path(environment.stamp_path(str(root), "requirements.txt"))
    stamp.write_text(environment.stamp_text(str(root), "requirements.txt"), "utf-8")
    return root


def start(program: Path, *arguments: str, **variables: str) -> tuple[str, list[str], list[str]]:
    """Start the program for real with the Python behind the tests' own: prefix, arguments and path that it saw."""
    import json

    python = getattr(sys, "_base_executable", None) or sys.executable
    done = subprocess.run(
        [python, str(program / "main.py"), *arguments],
        env={**os.environ, **variables},
        capture_output=True,
        encoding="utf-8",
        errors="replace",  # of what Windows' Python writes in Chinese
        cwd=program.parent,
    )
    assert (done.returncode, done.stderr) == (7, "")
    return tuple(json.loads(done.stdout))


def test_a_real_start_arrives_in_its_environment_with_its_arguments(program):
    prefix, arguments, _ = start(program, "--experiment", "gates", "--index-url", "https://a/simple", "异或 门")
    assert os.path.samefile(prefix, program / environment.FOLDER)
    assert arguments == ["--experiment", "gates", "异或 门"]


def test_a_real_start_leaves_foreign_packages_behind(program, tmp_path):
    (tmp_path / "foreign").mkdir()
    _, _, path = start(program, PYTHONPATH=str(tmp_path / "foreign"), PYTHONSAFEPATH="1")
    assert str(tmp_path / "foreign") not in path


def test_a_real_start_works_after_the_folder_was_moved(program, tmp_path):
    moved = tmp_path / "moved, 移动"
    program.rename(moved)
    prefix, _, _ = start(moved)
    assert os.path.samefile(prefix, moved / environment.FOLDER)
