"""Processes in which foreign code runs: what the system forbids them, and how arrays go in and come out.

``executor`` is such a process: it knows NumPy, and nothing of what is expected. ``caller`` starts it, keeps its limits
and ends it. ``confinement`` gives up what it has no use for, by ``seccomp`` and ``landlock`` on Linux, ``seatbelt`` on
macOS, ``job_object`` on Windows; ``audit`` is the second line, Python's own. ``values`` and ``link`` are how both sides
talk while a function is called, ``records`` how whole frames come out.
"""
