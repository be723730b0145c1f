"""Making a lesson: steps taken from the stage, with typed and checked words, questions and goals."""
