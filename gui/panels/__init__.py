"""The panels of a page: tabs, and what several of them are made of."""
