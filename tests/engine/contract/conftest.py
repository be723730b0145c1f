"""What the laws over the catalogue share with those of guides."""

from tests.engine.guides.conftest import _runs_of_tries_are_kept  # noqa: F401 - a fixture by being here
