"""How the program starts: the environment on a fresh machine, the libraries that Qt needs, the command line."""
