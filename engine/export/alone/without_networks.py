"""What a run that uses no network of the learner's has in place of what would read one."""

from __future__ import annotations

from collections.abc import Mapping

from engine.contract.fields import Network
from engine.contract.params import Params, fields_of

_INSTEAD = {
    ("engine.networks.chosen", "chosen"): (
        "def chosen(path: str) -> tuple[None, None]:\n"
        '    """The network that comes with the program is at work here, not one that was kept."""\n'
        "    return None, None"
    ),
    ("engine.networks.kept", "KeptNetwork"): (
        'class KeptNetwork:\n    """A network that somebody trained and kept; none is used here."""'
    ),
    ("engine.networks.digit_reader", "DigitReader"): (
        'class DigitReader:\n    """Would read digits with a network that was kept."""'
    ),
    ("engine.networks.layers", "built"): (
        "def built(layers: object, arrays: object) -> object:\n"
        '    """Would build a network that was kept."""\n'
        "    raise NotImplementedError"
    ),
}
"""By module and name, a text that needs nothing else."""


def instead_of_networks(params: Params) -> Mapping[tuple[str, str], str]:
    """What takes the place of these definitions for parameters; nothing where a network was chosen."""
    names = [name for name, field in fields_of(type(params)).items() if isinstance(field, Network)]
    return {} if any(getattr(params, name) for name in names) else _INSTEAD
