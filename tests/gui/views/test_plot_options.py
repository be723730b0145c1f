"""A plot's options are pyqtgraph's own, and its menu, which nobody opens, is not made of widgets."""

from __future__ import annotations

import pytest
from pyqtgraph.graphicsItems.PlotItem import plotConfigTemplate_generic
from PySide6.QtWidgets import QApplication, QWidget

from gui.plots.axes.axis import Ui_Form
from gui.plots.axes.chart import Chart


def _said(options):
    """What can be asked of options: the values that a plot draws by."""
    found = {}
    for name, option in vars(options).items():
        if hasattr(option, "isChecked"):
            found[name] = bool(option.isChecked())
        if hasattr(option, "value"):
            found[f"{name}, a number"] = option.value(), option.maximum()
    return found


@pytest.fixture
def theirs(qtbot):
    form, options = QWidget(), plotConfigTemplate_generic.Ui_Form()
    qtbot.addWidget(form)
    options.setupUi(form)
    yield options


def test_options_have_the_names_and_the_values_of_pyqtgraphs_own(theirs):
    ours = Ui_Form()
    ours.setupUi(QWidget())
    expected, found = _said(theirs), _said(ours)
    assert {name: found.get(name) for name in expected} == expected
    assert all(hasattr(ours, name) for name in ("avgParamList", "decimateGroup", "transformGroup", "gridGroup"))


def test_a_plot_brings_few_widgets(qtbot):
    before = len(QApplication.allWidgets())
    plots = [Chart() for _ in range(4)]
    assert (len(QApplication.allWidgets()) - before) / len(plots) < 20


def test_an_option_that_is_set_is_heard(qtbot):
    plot = Chart()
    plot.showGrid(y=True, alpha=0.5)
    assert plot.getAxis("left").grid == 127 and plot.getAxis("bottom").grid is False
    plot.setLogMode(x=True)
    assert plot.getAxis("bottom").logMode and not plot.getAxis("left").logMode
