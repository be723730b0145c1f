"""A page to print: what a learner has answered, reached, written and been tested on, as HTML and as PDF."""
