"""Processes in which foreign code runs: what the system forbids them, and how arrays go in and come out.

``executor`` is such a process: it knows NumPy, and nothing of what is expected. ``caller`` starts it from outside, keeps
its limits and ends it. What it may do is ``confinement``, which asks the system for it: ``seccomp`` and ``landlock`` on
Linux, ``seatbelt`` on macOS, ``job_object`` on Windows. ``audit`` is the second line, Python's own.
"""
