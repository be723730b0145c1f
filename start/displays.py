"""Detects and tests the display that Qt will use on Linux: Qt itself ends the whole process if it cannot open one."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping


def platforms(environ: Mapping[str, str]) -> list[str]:
    """The platform plugins that Qt may choose here, such as ``xcb``; empty when there is no display at all."""
    chosen = environ.get("QT_QPA_PLATFORM", "")
    if chosen:
        return [entry.partition(":")[0] for entry in chosen.split(";") if entry]
    displays = (("WAYLAND_DISPLAY", "wayland"), ("DISPLAY", "xcb"))
    return [platform for variable, platform in displays if environ.get(variable)]


def answers(platform: str) -> bool:
    """Whether the display of ``platform`` can be opened; True for a platform without a display, such as ``offscreen``.

    Needs the platform's own libraries; a system without them gives False.
    """
    try:
        if platform == "xcb":
            return _x_server_answers()
        if platform.startswith("wayland"):
            return _wayland_answers()
    except OSError:
        return False
    return True


def _x_server_answers() -> bool:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


def _wayland_answers() -> bool:
    wayland = ctypes.CDLL("libwayland-client.so.0")
    wayland.wl_display_connect.restype = ctypes.c_void_p
    connection = wayland.wl_display_connect(None)
    if connection is None:
        return False
    wayland.wl_display_disconnect(ctypes.c_void_p(connection))
    return True
