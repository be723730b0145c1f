"""What can be searched for in the program, and the search for it in all languages at once."""
