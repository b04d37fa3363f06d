"""From a sketch and a few words to pictures, with the real offline service."""

import warnings

import numpy as np
import pytest
from PIL import Image

from sketch_widget import connect
from sketch_widget.api import generate, sweep
from sketch_widget.drawing.picture import read
from sketch_widget.drawing.sketch import Sketch, Stroke
from sketch_widget.errors import DrawingError, InputError, PictureError, RequestError

SKETCH = Sketch([Stroke([(100, 600), (400, 80), (660, 600)], color="#7b7b7b", width=6)])
LONG = 60  # seconds; an upper bound, waiting ends when the pictures are there


@pytest.fixture(autouse=True)
def everything_closed():
    yield
    connect.close()


def test_a_sketch_becomes_pictures_with_the_service_that_needs_nothing():
    run = generate(SKETCH, prompt="a big tree", style="watercolor", n=2).result(timeout=LONG)
    assert [image.size for image in run.images] == [(768, 768), (768, 768)]
    assert run.service == "offline"
    assert run.request.sketch_color == ((123, 123, 123),)
    assert run.sketch == SKETCH
    assert run.task_id
    assert connect.open().store.get(run.id) == run


def pixels():
    return SKETCH.pixels()


@pytest.mark.parametrize(
    "given",
    [
        pixels,
        lambda: np.dstack([pixels(), np.full((768, 768), 255, np.uint8)]),
        lambda: Image.fromarray(pixels()),
        lambda: pixels()[:, 100:400],
    ],
    ids=["array", "with alpha", "PIL image", "not square"],
)
def test_whatever_holds_a_picture_can_be_sent(given):
    job = generate(given(), prompt="a big tree")
    job.cancel()
    sent = read(job.run.sketch_bytes())
    assert sent.pixels.shape[0] == sent.pixels.shape[1]
    assert job.request.sketch_color == ((123, 123, 123),)


def test_a_file_can_be_sent_and_keeps_its_strokes(tmp_path):
    SKETCH.save(tmp_path / "sketch.png")
    job = generate(tmp_path / "sketch.png", prompt="a big tree")
    job.cancel()
    assert job.run.sketch == SKETCH


@pytest.mark.parametrize("nothing", [Sketch(), np.full((300, 300, 3), 255, np.uint8)], ids=["sketch", "array"])
def test_an_empty_drawing_is_refused_and_nothing_is_written(nothing):
    with pytest.raises(DrawingError):
        generate(nothing, prompt="a big tree")
    assert connect.open().store.runs() == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"style": "cubism"}, "style"),
        ({"n": 5}, "n"),
        ({"sketch_weight": -1}, "sketch_weight"),
        ({"prompt": " "}, "prompt"),
    ],
)
def test_a_parameter_outside_its_rule_is_refused_by_name(wrong, field):
    with pytest.raises(RequestError) as caught:
        generate(SKETCH, **({"prompt": "a big tree"} | wrong))
    assert caught.value.field == field


def test_what_is_no_picture_is_refused(tmp_path):
    (tmp_path / "text.png").write_text("no picture")
    with pytest.raises(PictureError):
        generate(tmp_path / "text.png", prompt="a big tree")


def test_a_prompt_that_the_service_cuts_is_sent_with_a_warning_that_shows_the_cut():
    with pytest.warns(UserWarning, match="forgotten end"):
        job = generate(SKETCH, prompt="x" * 75 + " forgotten end")
    job.cancel()
    assert job.request.prompt.endswith("forgotten end")


def test_a_picture_without_exact_inks_is_sent_with_a_warning():
    grey = np.arange(300 * 300 * 3, dtype=np.uint32).reshape(300, 300, 3).astype(np.uint8)
    with pytest.warns(UserWarning, match="sketch_extraction"):
        generate(grey, prompt="a big tree").cancel()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        job = generate(grey, prompt="a big tree", sketch_extraction=True)
    job.cancel()
    assert job.request.sketch_color == ()


def test_a_sweep_tries_every_combination_and_keeps_them_in_a_table_and_in_a_file(tmp_path):
    tried = sweep(SKETCH, prompts=["a tree", "a castle"], styles=["anime"], sketch_weight=[3, 10])
    runs = tried.result(timeout=LONG)
    asked = [(run.request.prompt, run.request.style, run.request.sketch_weight) for run in runs]
    assert asked == [(p, "<anime>", w) for p in ("a tree", "a castle") for w in (3, 10)]
    assert [run.state for run in runs] == ["done"] * 4
    assert [[job.request.sketch_weight for job in row] for row in tried.rows] == [[3, 10], [3, 10]]
    assert tried.done
    assert repr(tried).splitlines()[1].startswith("prompt=a tree, style=<anime>, sketch_weight=3: Done")
    assert read(tried.save(tmp_path / "grid.png")).pixels.shape[1] > 2 * 384


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"prompts": []}, "prompts has no values"),
        ({"prompts": ["a tree"], "sketch_weight": [3, 11]}, "0 to 10"),
        ({"prompts": ["a tree"] * 65}, "65 jobs"),
        ({"prompts": ["a tree"], "lang": "fr"}, "fr"),
    ],
)
def test_a_sweep_with_a_wrong_value_sends_nothing(values, said):
    with pytest.raises(InputError, match=said):
        sweep(SKETCH, **values)
    assert connect.open().store.runs() == []


def test_a_sweep_that_is_cancelled_sends_no_more():
    tried = sweep(SKETCH, prompts=[f"tree {number}" for number in range(12)])
    tried.cancel()
    tried.result(timeout=LONG)
    assert "cancelled" in {job.state.value for job in tried.jobs}
