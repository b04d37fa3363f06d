import numpy as np
import pytest
from PIL import Image, ImageDraw

from sketch_widget.offline.paint import photo
from sketch_widget.offline.paint.commission import Commission
from sketch_widget.offline.paint.lexicon import words_of_painting
from sketch_widget.offline.paint.photo import Margins
from sketch_widget.offline.paint.plan import plan_of
from sketch_widget.offline.paint.reading import Reading, read

SKY, SKIN, RED = (120, 170, 220), (224, 172, 140), (190, 40, 30)


def picture(ground: tuple[int, int, int], *shapes: tuple[str, tuple[int, ...], tuple[int, int, int]]) -> np.ndarray:
    image = Image.new("RGB", (768, 768), ground)
    for kind, place, colour in shapes:
        getattr(ImageDraw.Draw(image), kind)(place, fill=colour)
    return np.asarray(image)


def wide(colours: np.ndarray, bar: int = 150) -> np.ndarray:
    """The picture with white bars above and below."""
    pixels = colours.copy()
    pixels[:bar] = pixels[-bar:] = 255
    return pixels


def photographed(pixels: np.ndarray, prompt: str = "") -> Reading:
    return read(Commission(pixels, prompt, sketch_extraction=True))


def in_the_middle(reading: Reading, x: int = 192, y: int = 192) -> int:
    return int(reading.labels[y, x])


def test_white_bars_of_one_width_on_two_opposite_sides_are_margins() -> None:
    pixels = np.zeros((100, 100, 3), np.uint8)
    pixels[:20] = pixels[-21:] = 255
    assert photo.margins(pixels) == Margins(top=20, bottom=21)
    assert photo.margins(pixels.transpose(1, 0, 2)) == Margins(left=20, right=21)


@pytest.mark.parametrize("box", [(20, 80, 0, 100), (1, 99, 0, 100), (20, 95, 0, 100)])
def test_the_white_around_a_drawing_is_no_margin(box: tuple[int, int, int, int]) -> None:
    top, bottom, left, right = box
    pixels = np.full((100, 100, 3), 255, np.uint8)
    pixels[top:bottom, left:right:9] = 0
    assert photo.margins(pixels) == Margins()


def test_a_thick_line_alone_is_no_photograph_between_margins() -> None:
    pixels = np.full((100, 100, 3), 255, np.uint8)
    pixels[45:55] = 0
    assert photo.margins(pixels) == Margins()


def test_where_the_margins_of_a_photograph_begin_there_is_no_line() -> None:
    pixels = wide(picture(SKY, ("ellipse", (284, 284, 484, 484), RED)))
    ink = photographed(pixels).ink
    assert ink[270:500, 270:500].any()
    assert not ink[:260].any()
    assert not ink[510:].any()


def test_the_ground_of_a_photograph_goes_on_in_its_margins() -> None:
    reading = photographed(wide(picture(SKY, ("ellipse", (284, 284, 484, 484), RED))))
    assert sum(region.paper for region in reading.regions) == 1
    assert reading.horizons == ()


def test_what_the_margins_cut_off_is_still_a_thing() -> None:
    reading = photographed(wide(picture(SKY, ("ellipse", (234, 80, 534, 380), RED))))
    assert not reading.regions[in_the_middle(reading, y=130) - 1].paper
    assert reading.silhouette[70:].any()
    assert not reading.silhouette[:70].any()


def test_a_portrait_that_the_lower_side_cuts_off_is_a_thing() -> None:
    pixels = picture(SKY, ("ellipse", (284, 180, 484, 420), SKIN), ("ellipse", (184, 440, 584, 1200), RED))
    reading = photographed(pixels)
    assert not reading.regions[in_the_middle(reading, y=370) - 1].paper
    assert reading.regions[in_the_middle(reading, x=10, y=370) - 1].paper


def test_regions_of_a_photograph_show_their_colours() -> None:
    reading = photographed(picture(SKY, ("ellipse", (184, 184, 584, 584), RED)))
    assert reading.seen[in_the_middle(reading) - 1] == RED


def test_a_grey_photograph_shows_no_colours() -> None:
    reading = photographed(picture((190, 190, 190), ("ellipse", (184, 184, 584, 584), (60, 60, 60))))
    assert set(reading.seen) == {None}


def test_a_drawing_on_a_sheet_in_warm_light_was_not_coloured() -> None:
    image = Image.fromarray(picture((214, 200, 178)))
    ImageDraw.Draw(image).ellipse((184, 184, 584, 584), outline=(70, 60, 55), width=6)
    darker = np.linspace(1, 0.8, 768)[:, None]  # towards one side
    reading = photographed((np.asarray(image) * darker).astype(np.uint8))
    assert not reading.regions[in_the_middle(reading) - 1].paper
    assert reading.seen[in_the_middle(reading) - 1] is None


@pytest.mark.parametrize(("depth", "is_bare"), [(0.0, True), (0.6, False)])
def test_what_lies_on_the_folds_of_a_cushion_is_no_drawing_on_a_sheet(depth: float, is_bare: bool) -> None:
    image = Image.fromarray(picture((198, 188, 170)))
    ImageDraw.Draw(image).ellipse((184, 184, 584, 584), fill=(190, 180, 162), outline=(70, 60, 55), width=6)
    ImageDraw.Draw(image).ellipse((290, 290, 370, 370), fill=(60, 140, 60), outline=(70, 60, 55), width=6)
    outside = np.hypot(*(np.mgrid[0:768, 0:768] - 384)) > 201
    folds = 1 - depth * outside * (1 + np.sin(np.arange(768) / 60)) / 2
    reading = photographed((np.asarray(image) * folds[..., None]).astype(np.uint8))
    assert (reading.seen[in_the_middle(reading, y=250) - 1] is None) == is_bare


def test_white_in_a_coloured_picture_is_white() -> None:
    sheet = (235, 230, 220)
    shapes = (("rectangle", (150, 150, 620, 620), RED), ("rectangle", (330, 330, 440, 440), sheet))
    reading = photographed(picture(sheet, *shapes))
    assert reading.seen[in_the_middle(reading) - 1] == sheet


@pytest.mark.parametrize(("prompt", "hue"), [("a ball", 29), ("a blue ball", 250)])
def test_a_photograph_keeps_its_colours_unless_the_prompt_asks_for_others(prompt: str, hue: int) -> None:
    reading = photographed(picture((210, 226, 214), ("ellipse", (184, 184, 584, 584), RED)))
    colours = plan_of(reading, words_of_painting(prompt), "seed", 0).palette.regions
    assert abs(colours[in_the_middle(reading)].hue - hue) < 20
