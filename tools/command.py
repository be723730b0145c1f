"""The command line: rebuilds every derived file that is out of date, or only names them."""

from __future__ import annotations

import argparse
import sys

from tools.registry import NotSettled, build_stale, find_tools, stale_tools


def main(arguments: list[str]) -> int:
    """Runs the command and returns its exit status: 0 if everything is up to date at the end, otherwise 1."""
    parser = argparse.ArgumentParser(prog="python3 -m tools", description=__doc__)
    parser.add_argument("--check", action="store_true", help="make nothing; exit 1 when something is out of date")
    check = parser.parse_args(arguments).check
    try:
        among = find_tools()
        if check:
            late = stale_tools(among)
            for tool in late:
                print(f"out of date: {tool}: {tool.purpose}")
            return 1 if late else 0
        if not build_stale(among, print):
            print("Everything is up to date.")
        return 0
    except ModuleNotFoundError as error:
        print(f"{error.name} is not installed: `python3 -m tests` prepares .venv with it.", file=sys.stderr)
    except (FileNotFoundError, NotSettled, ValueError) as error:
        print(error, file=sys.stderr)
    return 1
