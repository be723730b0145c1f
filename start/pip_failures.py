"""Explains in one sentence why pip failed, if its last lines tell."""

from __future__ import annotations

import platform

from engine.contract.text import Text

_NO_SPACE = ("No space left on device", "[Errno 28]", "There is not enough space on the disk", "Disk quota exceeded")
_NO_NETWORK = (
    "Failed to establish a new connection",
    "Name or service not known",
    "Temporary failure in name resolution",
    "getaddrinfo failed",
    "nodename nor servname",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "Read timed out",
    "Connection refused",
    "Network is unreachable",
    "Connection reset by peer",
    "IncompleteRead",
    "ProxyError",
    "CERTIFICATE_VERIFY_FAILED",
)
_IN_USE = ("[WinError 5]", "[WinError 32]")
_LONG_PATH = ("Windows Long Path support", "[WinError 206]")
_NO_BUILD = "No matching distribution found for "


def explain(last_lines: str) -> Text | None:
    """The reason for a failure in the last lines of pip or venv, in one sentence; None if it is unknown."""
    if any(sign in last_lines for sign in _NO_SPACE):
        return Text("The disk is full: make room (about 600 MB with the temporary folder) and start again.")
    if any(sign in last_lines for sign in _LONG_PATH):
        return Text(
            "The path of this folder is too long for Windows: move the program to a shorter one, such as "
            "C:\\Layerwise, and start again."
        )
    if any(sign in last_lines for sign in _IN_USE):
        return Text("A file of .venv is in use: close the other windows of Layerwise and start again.")
    # Before the next one: without a network pip ends with 'no matching distribution' too.
    if any(sign in last_lines for sign in _NO_NETWORK):
        return Text(
            "The package index cannot be reached (pip's lines above say why): check the network, or name another "
            "index with --index-url, and start again."
        )
    _, found, rest = last_lines.partition(_NO_BUILD)
    if found:
        # An index that cannot be reached and pip's configuration allows no second try: then this is all that pip says.
        return Text(
            "The package index has no {package} for Python {python} on {system}, or it cannot be reached.",
            values={
                "package": rest.split()[0] if rest.split() else "?",
                "python": platform.python_version(),
                "system": f"{platform.system()} {platform.machine()}",
            },
        )
    return None
