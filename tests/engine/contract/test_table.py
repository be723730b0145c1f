"""Tables: a column may come with its label, and single values make a row."""

from __future__ import annotations

import numpy as np

from engine.contract.api import table_of
from tests.bilingual import both


def test_a_column_may_come_with_what_people_read_and_a_single_value_makes_a_row():
    table = table_of("outcome", both("outcome", "结果"), steps=(3, both("steps", "步数")), f=2.5, limit=None)
    assert (table.label, table.columns[0].label) == (both("outcome", "结果"), both("steps", "步数"))
    np.testing.assert_equal(table.rows, [(3, 2.5, np.nan)])
