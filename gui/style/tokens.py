"""The colours and measures of the program: one value per meaning for the light theme and one for the dark theme.

Nothing else in the program names a colour. Colours are ``#rrggbb`` strings, which Qt and pyqtgraph both read. The
colours of the classes come from the palette of Okabe and Ito, made darker on a light background and lighter on a dark
one until they are readable there; each class has a symbol too, so that colour never carries a meaning alone.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

# Every margin and gap is a multiple of this many pixels.
GRID = 8

ThemeName = Literal["light", "dark"]


@dataclass(frozen=True)
class Theme:
    """The colours of a theme, one for each meaning. Text has a contrast of at least 4.5 : 1 to its background, marks 3
    : 1.
    """

    name: ThemeName

    # Grounds: the window, what lies on it (plots, panels, fields), and what lies above (menus, tips, buttons).
    window: str
    surface: str
    raised: str

    # Ink.
    text: str
    muted_text: str
    disabled_text: str
    accent: str
    accent_text: str

    # Lines that only divide or guide; they stay faint on purpose.
    grid: str
    hairline: str

    # The outline of what can be filled in or ticked; it has to be found, so it is a mark.
    control_outline: str

    # Signed values: positive pushes towards class 1 and has its colour, negative pushes towards class 0.
    positive: str
    negative: str
    zero: str

    # The value that goes forward through a graph and the gradient that comes back.
    forward: str
    backward: str

    # Answers. They always come with a sign as well, ✓ and ×.
    right: str
    wrong: str

    # What can be dragged, and what is being looked at.
    handle: str
    selection: str
    selection_fill: str

    # Classes 0 to 3: colour of the marks and pale tint of their region.
    class_colors: tuple[str, str, str, str]
    region_fills: tuple[str, str, str, str]

    # The same hues for words, such as "wanted 0": they can be read on every ground, selected ones and regions too.
    class_inks: tuple[str, str, str, str] = ("",) * 4

    # Words on a ground of any colour, such as the numbers in cells: on each, one of the two can be read.
    darkest: str = "#000000"
    lightest: str = "#ffffff"

    # pyqtgraph's names for circle, triangle, square, diamond.
    class_symbols: tuple[str, str, str, str] = ("o", "t1", "s", "d")

    # Qt's pen styles for the two curves of a training.
    train_line: str = "SolidLine"
    test_line: str = "DashLine"

    # Curves that stand in one plot and are named at their ends, such as activation functions; each has its own dashes
    # too (lengths of strokes and gaps in widths of the line, none for a solid one). They are text as well. Of more
    # curves the colours come again, and ``gui/plots/drawing/ink.py`` goes on with the dashes.
    curve_colors: tuple[str, ...] = ()
    curve_dashes: tuple[tuple[float, ...], ...] = (
        (0.1, 2), (), (5, 2.5), (5, 2, 0.1, 2), (2.5, 2), (9, 2.5), (9, 2, 0.1, 2, 0.1, 2),
        (9, 2, 2.5, 2),
    )  # fmt: skip

    # Ten classes that are drawn as their own numerals.
    digit_inks: tuple[str, str, str, str, str, str, str, str, str, str] = ("",) * 10

    # The strength of the previous run's picture behind the present one.
    ghost_opacity: float = 1 / 3

    def colors(self) -> dict[str, str]:
        """Every colour by its name; the colours of tuples are named ``class_colors[0]`` and so on."""
        found: dict[str, str] = {}
        for entry in fields(self):
            value = getattr(self, entry.name)
            parts = value if isinstance(value, tuple) else (value,)
            for index, part in enumerate(parts):
                if isinstance(part, str) and part.startswith("#"):
                    found[f"{entry.name}[{index}]" if isinstance(value, tuple) else entry.name] = part
        return found


LIGHT = Theme(
    name="light",
    window="#f4f5f6",
    surface="#ffffff",
    raised="#fbfbfc",
    text="#1d2126",
    muted_text="#5a626b",
    disabled_text="#9aa1a9",
    accent="#3a566e",
    accent_text="#ffffff",
    grid="#e6e8ea",
    hairline="#d3d7db",
    control_outline="#7c848c",
    positive="#0068a8",
    negative="#ba7400",
    zero="#f2f2f0",
    forward="#4b45c6",
    backward="#b93b18",
    right="#497100",
    wrong="#990a29",
    handle="#1d2126",
    selection="#3a566e",
    selection_fill="#dfe7ee",
    class_colors=("#ba7400", "#0068a8", "#00805c", "#be649e"),
    class_inks=("#915a00", "#0068a8", "#007655", "#964f7d"),
    region_fills=("#fbf0dd", "#e0eef7", "#dff1eb", "#f7e8f2"),
    curve_colors=(
        "#383a3b",
        "#0a52ae",
        "#c23c30",
        "#ac4c8f",
        "#087d5e",
        "#5f31dd",
        "#4f5500",
        "#3f0051",
        "#00007f",
        "#332800",
    ),
    digit_inks=(
        "#383a3b",
        "#0a52ae",
        "#09805c",
        "#c23c30",
        "#5f31dd",
        "#4f5500",
        "#00007f",
        "#ac4c8f",
        "#332800",
        "#3f0051",
    ),
)

DARK = Theme(
    name="dark",
    window="#15181b",
    surface="#1c2024",
    raised="#262b30",
    text="#e6e9ec",
    muted_text="#a3acb5",
    disabled_text="#666e76",
    accent="#a9c1d6",
    accent_text="#15181b",
    grid="#2a2f34",
    hairline="#3a4047",
    control_outline="#858d95",
    positive="#56b4e9",
    negative="#f0a830",
    zero="#2d3033",
    forward="#a4a0ff",
    backward="#ff8a65",
    right="#a6cf4a",
    wrong="#ff8595",
    handle="#f4f6f8",
    selection="#a9c1d6",
    selection_fill="#2e3b46",
    class_colors=("#f0a830", "#56b4e9", "#2fbf91", "#f2a0c8"),
    class_inks=("#f0a830", "#56b4e9", "#31c092", "#f2a0c8"),
    region_fills=("#3a2f1c", "#1d3342", "#1a352e", "#3a2935"),
    curve_colors=(
        "#d9dce1",
        "#6e9dfc",
        "#e0693e",
        "#d884a6",
        "#55d180",
        "#bda3ea",
        "#ecb00c",
        "#f3fc87",
        "#d6fecc",
        "#eaccfe",
    ),
    digit_inks=(
        "#d9dce1",
        "#568bfa",
        "#55d180",
        "#df6134",
        "#bda3ea",
        "#ecb00c",
        "#eaccfe",
        "#c46d90",
        "#d6fecc",
        "#f3fc87",
    ),
)

THEMES: dict[str, Theme] = {LIGHT.name: LIGHT, DARK.name: DARK}
