"""Words and numbers as people read and type them, in every language of the program."""
