"""macOS: restricts this process by one of the system's sandbox profiles."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterable


def restrict(readable: Iterable[str]) -> bool:
    """Allows only computing and reading ``readable``; False if the system does not accept the profile.

    Apple has deprecated the function called here, but browsers use it to restrict their own processes.
    """
    if sys.platform != "darwin":
        return False
    paths = " ".join(f'(subpath "{_quoted(path)}") (literal "{_quoted(path)}")' for path in readable)
    rules = ["(version 1)", "(deny default)", "(allow sysctl-read)", "(allow process-info* (target self))",
             "(allow signal (target self))", "(allow file-read-metadata)"]  # fmt: skip
    if paths:
        rules.append(f"(allow file-read* {paths}) (allow file-map-executable {paths})")
    try:
        library = ctypes.CDLL("/usr/lib/libsandbox.1.dylib")
        message = ctypes.c_char_p()
        return bool(library.sandbox_init("".join(rules).encode(), ctypes.c_uint64(0), ctypes.byref(message)) == 0)
    except (OSError, AttributeError):
        return False


def _quoted(path: str) -> str:
    return path.replace("\\", "\\\\").replace('"', '\\"')
