"""Keeps the console of a double click on Windows until its last sentence was read. Every Python can read this file."""

import os
import sys


def wait_for_key():
    """Waits where the console goes with this process: no shell is there to keep it, and a person reads what is said."""
    if sys.platform != "win32" or getattr(sys, "frozen", False):
        return
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):  # pythonw has none
        return
    programs = console_programs()
    if programs and all(name.lower().startswith("py") for name in programs):
        os.system("pause")  # which says in the system's language what it waits for


def console_programs():
    """The file names of the programs that share the console, this one too; '' for one that tells none."""
    import ctypes

    kernel = getattr(ctypes, "WinDLL")("kernel32")  # noqa: B009 (other systems know no such name)
    kernel.OpenProcess.restype = ctypes.c_void_p
    numbers = (ctypes.c_uint32 * 64)()
    names = []
    for number in numbers[: kernel.GetConsoleProcessList(numbers, len(numbers))]:
        path, length = ctypes.create_unicode_buffer(1024), ctypes.c_uint32(1024)
        process = ctypes.c_void_p(kernel.OpenProcess(0x1000, False, number))  # to ask for its name, no more
        told = kernel.QueryFullProcessImageNameW(process, 0, path, ctypes.byref(length))
        kernel.CloseHandle(process)
        names.append(os.path.basename(path.value) if told else "")
    return names
