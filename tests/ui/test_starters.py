"""The drawings to start from."""

import pytest

from sketch_widget.errors import DrawingError
from sketch_widget.ui.pen import SPOKEN
from sketch_widget.ui.starters import NAMES, licence, starter


@pytest.mark.parametrize("name", NAMES)
def test_each_starter_is_a_drawing_that_lies_on_the_pad(name: str) -> None:
    sketch = starter(name)
    assert sketch.size == (768, 768)
    assert len(sketch.strokes) >= 3
    assert all(((stroke.points >= 40) & (stroke.points <= 728)).all() for stroke in sketch.strokes)
    assert [tuple(ink) for ink in sketch.inks()] == [(0, 0, 0)]
    assert f"start-{name}" in SPOKEN


def test_the_licence_goes_with_them() -> None:
    assert "Quick, Draw! Dataset by Google, Inc., CC BY 4.0" in licence()


def test_an_unknown_starter_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(DrawingError, match="cat, house, flower, fish, sailboat"):
        starter("dragon")
