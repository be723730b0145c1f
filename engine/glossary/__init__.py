"""The terms of all chapters, one accurate sentence each, in both languages, and the search over them."""

from engine.glossary.search import TERMS, find, mentioned, term
from engine.glossary.term import Term

__all__ = ["TERMS", "Term", "find", "mentioned", "term"]
