"""What the window knows of the learner: the path through the book, what was done, goals, and questions asked again."""
