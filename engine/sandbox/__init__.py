"""Processes that run untrusted code: their restrictions by the system, and how arrays are passed in and out.

``executor`` is such a process: it has NumPy, and none of the expected results. ``caller`` starts it, enforces its
limits and ends it. ``confinement`` drops all rights that it does not need, by ``seccomp`` and ``landlock`` on Linux,
``seatbelt`` on macOS, ``job_object`` on Windows; ``audit`` is a second line of defence in Python. ``values`` and
``link`` are the protocol for calling functions across processes, ``records`` serialises whole frames.
"""
