"""The page on which a class votes on a question: first vote, discussion, second vote, results and answer."""
