"""The program's start: its environment on a fresh machine, the libraries that Qt needs, and the command line."""
