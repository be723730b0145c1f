"""The terms of all chapters, one accurate sentence each, in both languages, and the search over them."""

from engine.glossary.search import find, mentioned, term
from engine.glossary.term import Term, terms

__all__ = ["Term", "find", "mentioned", "term", "terms"]
