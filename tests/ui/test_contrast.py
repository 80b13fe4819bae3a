"""The colours of both themes can be read: computed from the file that Streamlit reads."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

import pytest

from assistant.ui.charts import ACTIVITY_COLORS, DARK_INK, LIGHT_INK, PROGRESS_COLORS, QUIET_LINE
from tests.conftest import REPOSITORY
from tests.ui.contrast import AA, AA_MARKS, contrast, mixed

THEMES = ("light", "dark")
THEME_CSS = (REPOSITORY / "assistant" / "ui" / "assets" / "theme.css").read_text(encoding="utf-8")
GROUNDS = ("backgroundColor", "secondaryBackgroundColor")
TINT = {"light": 0.1, "dark": 0.3}
"""How much of the primary colour Streamlit 1.67 lays under its badges and marked words, as Chromium computed it."""
QUIET_WORDS = 0.6
"""How opaque Streamlit 1.67 draws captions, as axe measured it."""


def colors(theme: str) -> Mapping[str, str]:
    config = tomllib.loads((REPOSITORY / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    found: Mapping[str, str] = config["theme"][theme]
    return found


def fill_letters(theme: str) -> str:
    """What theme.css letters fillings of the primary colour with."""
    (pair,) = re.findall(r"color: light-dark\((#\w{6}), (#\w{6})\) !important;", THEME_CSS)
    return str(pair[THEMES.index(theme)])


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_is_that_of_the_standard(one: str, other: str, expected: float) -> None:
    assert round(contrast(one, other), 2) == round(contrast(other, one), 2) == expected


def test_mixing_lays_one_colour_over_another() -> None:
    assert (mixed("#ffffff", 0.5, "#000000"), mixed("#8cdad0", 0.3, "#131a1a")) == ("#808080", "#375451")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("name", ["textColor", "linkColor", "primaryColor"])
def test_words_can_be_read_on_both_backgrounds(theme: str, ground: str, name: str) -> None:
    found = colors(theme)
    assert contrast(found[name], found[ground]) >= AA


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_quiet_and_marked_words_can_be_read(theme: str, ground: str) -> None:
    found = colors(theme)
    assert contrast(mixed(found["textColor"], QUIET_WORDS, found[ground]), found[ground]) >= AA
    under = mixed(found["primaryColor"], TINT[theme], found[ground])
    assert contrast(found["primaryColor"], under) >= AA
    assert contrast(found["textColor"], under) >= AA


@pytest.mark.parametrize("theme", THEMES)
def test_notices_can_be_read(theme: str) -> None:
    found = colors(theme)
    assert contrast(found["blueTextColor"], found["blueBackgroundColor"]) >= AA


@pytest.mark.parametrize("theme", THEMES)
def test_what_can_be_picked_has_an_edge_that_stands_out(theme: str) -> None:
    (pair,) = re.findall(r"--edge: light-dark\((#\w{6}), (#\w{6})\);", THEME_CSS)
    assert contrast(pair[THEMES.index(theme)], colors(theme)["backgroundColor"]) >= AA_MARKS


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_a_link_with_the_focus_has_an_edge_that_stands_out(theme: str, ground: str) -> None:
    (pair,) = re.findall(r"outline: 2px solid light-dark\((#\w{6}), (#\w{6})\);", THEME_CSS)
    assert contrast(pair[THEMES.index(theme)], colors(theme)[ground]) >= AA_MARKS


def test_letters_of_a_disabled_button_are_left_alone() -> None:
    """It has no filling: lettered like one that has, it would be an empty frame."""
    assert re.findall(r"stBaseButton-primary\"\](?!:not\(:disabled\))", THEME_CSS) == []


@pytest.mark.parametrize("theme", THEMES)
def test_letters_on_a_primary_button_can_be_read(theme: str) -> None:
    assert contrast(fill_letters(theme), colors(theme)["primaryColor"]) >= AA


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("color", sorted({*ACTIVITY_COLORS.values(), *PROGRESS_COLORS.values(), QUIET_LINE}))
def test_marks_in_charts_stand_out(theme: str, color: str) -> None:
    assert contrast(color, colors(theme)["backgroundColor"]) >= AA_MARKS


def test_labels_in_charts_have_the_ink_of_their_theme() -> None:
    assert (colors("light")["textColor"], colors("dark")["textColor"]) == (LIGHT_INK, DARK_INK)


def test_the_dark_primary_colour_there_was_would_not_pass() -> None:
    assert contrast("#23807a", colors("dark")["backgroundColor"]) < AA


def test_a_button_that_cannot_be_pressed_is_not_lettered_for_a_filling() -> None:
    css = (REPOSITORY / "assistant" / "ui" / "assets" / "theme.css").read_text(encoding="utf-8")
    lettered = re.findall(r'\[data-testid\^="stBaseButton-primary"\](\S*)', css)
    assert lettered
    assert all(state.startswith(":not(:disabled)") for state in lettered)
