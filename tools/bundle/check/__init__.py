"""Tests the built files: commands, windows, traces left behind, the Debian package, the wheel, sizes and times."""
