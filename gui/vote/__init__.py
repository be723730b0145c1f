"""The page on which a question is asked of a room: votes, the talk between them, and what came of it."""
