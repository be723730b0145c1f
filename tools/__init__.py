"""One script for each file that is derived from others; ``python3 -m tools`` makes anew what is out of date.

A script here is any module with ``stale() -> bool`` and ``build() -> None``; its docstring's first line says what it
makes. Nothing has to be entered anywhere.
"""
