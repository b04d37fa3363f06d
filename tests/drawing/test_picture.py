"""Picture files, good and bad."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from sketch_widget.drawing.image_file import MAX_PIXELS
from sketch_widget.drawing.picture import REQUEST_TEXT, Picture, encode, fitted, read, sketch_png, to_send
from sketch_widget.drawing.sketch import Sketch
from sketch_widget.drawing.stroke import Stroke
from sketch_widget.errors import PictureError

SKETCH = Sketch([Stroke([(50, 50), (700, 300)], "#7b7b7b", 9)])


def saved(image: Image.Image, kind: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def test_a_png_brings_pixels_and_texts_back():
    pixels = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3)
    picture = read(encode(pixels, {"plain": "words", "zh": "一棵参天大树"}))
    assert (picture.pixels == pixels).all()
    assert picture.text == {"plain": "words", "zh": "一棵参天大树"}


def test_a_sketch_file_carries_its_strokes_and_what_was_asked():
    picture = read(sketch_png(SKETCH, '{"prompt": "树"}'))
    assert picture.sketch == SKETCH
    assert (picture.pixels == SKETCH.pixels()).all()
    assert picture.text == {REQUEST_TEXT: '{"prompt": "树"}'}


def test_a_sketch_of_twenty_five_strokes_is_a_small_file():
    rng = np.random.default_rng(1)
    strokes = [Stroke(rng.uniform(0, 768, (1, 2)) + np.cumsum(rng.normal(0, 4, (60, 2)), 0)) for _ in range(25)]
    assert len(sketch_png(Sketch(strokes))) < 40_000


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF", "BMP"])
def test_every_format_that_the_service_names_is_read(kind):
    assert (read(saved(Image.new("RGB", (300, 256), (0, 0, 0)), kind)).pixels == 0).all()


def test_transparency_becomes_paper():
    assert read(Image.new("RGBA", (2, 2), (0, 0, 0, 0))).pixels.tolist() == [[[255] * 3] * 2] * 2


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "CMYK", "I;16"])
def test_pictures_of_other_modes_are_read_as_three_channels(mode):
    assert read(Image.new(mode, (3, 2))).pixels.shape == (2, 3, 3)


def test_a_photograph_taken_sideways_is_read_upright():
    exif = Image.Exif()
    exif[274] = 6
    assert read(saved(Image.new("RGB", (40, 20)), "JPEG", exif=exif)).pixels.shape == (40, 20, 3)


def test_a_path_and_an_array_and_a_sketch_are_read_alike(tmp_path):
    path = tmp_path / "one.png"
    path.write_bytes(sketch_png(SKETCH))
    for source in (path, str(path), SKETCH.pixels(), SKETCH):
        assert (read(source).pixels == SKETCH.pixels()).all()


def bomb() -> bytes:
    """Return a PNG of 40 000 x 40 000 pixels in a few hundred bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(99))) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (b"", "no picture"),
        (b"%PDF-1.7 not a picture", "no picture"),
        (saved(Image.new("P", (9, 9)), "GIF"), "no picture"),
        (sketch_png(SKETCH)[:900], "broken"),
        (bomb(), r"too many pixels \(1600000000\)"),
        ("/nowhere/at/all.png", "cannot be read"),
        ("bad\0name.png", "cannot be read"),
        (b"\0" * 50_000_001, "50000000"),
        (17, "int"),
        (None, "NoneType"),
        (np.zeros((4, 4)), "uint8"),
    ],
    ids=lambda value: value if isinstance(value, str) and "\0" not in value else "",
)
def test_what_is_no_usable_picture_is_refused_in_words(source, says):
    with pytest.raises(PictureError, match=says):
        read(source)


def test_a_picture_just_over_the_limit_is_refused_before_it_is_unpacked():
    side = int(MAX_PIXELS**0.5) + 1
    with pytest.raises(PictureError, match="too many pixels"):
        read(Image.new("1", (side, side)))


def test_a_file_that_is_too_large_is_named_with_its_size_and_not_read(tmp_path):
    with (tmp_path / "video.png").open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(PictureError, match="50000001 bytes; at most 50000000") as refused:
        read(tmp_path / "video.png")
    assert refused.value.key == "picture.file_large"


def test_a_directory_is_no_picture(tmp_path):
    with pytest.raises(PictureError, match="cannot be read"):
        read(tmp_path)


def test_broken_strokes_inside_a_good_picture_do_not_spoil_the_picture():
    picture = read(encode(np.zeros((3, 3, 3), np.uint8), {"sketch_widget:sketch": "not strokes"}))
    assert picture.sketch is None
    assert picture.pixels.shape == (3, 3, 3)


def test_a_wide_picture_gets_white_margins_and_is_not_stretched():
    sent = fitted(np.zeros((100, 300, 3), np.uint8))
    assert sent.shape == (300, 300, 3)
    assert sent[:100].min() == 255
    assert sent[100:200].max() == 0
    assert sent[200:].min() == 255


def test_a_small_drawing_is_enlarged_with_its_colours_unchanged():
    pixels = np.full((64, 64, 3), 255, np.uint8)
    pixels[10:20, 10:50] = (1, 2, 3)
    sent = fitted(pixels)
    assert sent.shape == (256, 256, 3)
    assert len(np.unique(sent.reshape(-1, 3), axis=0)) == 2


def test_a_large_picture_is_reduced_to_what_the_service_takes():
    assert fitted(np.zeros((2100, 1000, 3), np.uint8)).shape == (2048, 2048, 3)


def test_a_drawing_is_sent_with_its_strokes_and_a_painted_result_as_the_picture_that_it_shows():
    painted = Picture(np.full((768, 768, 3), 90, np.uint8), sketch=SKETCH)
    assert read(to_send(Picture(SKETCH.pixels(), SKETCH))).sketch == SKETCH
    assert read(to_send(painted)).sketch is None
    assert (read(to_send(painted)).pixels == 90).all()


def test_a_picture_that_stays_too_heavy_for_the_service_is_refused():
    noise = np.random.default_rng(2).integers(0, 256, (2048, 2048, 3), dtype=np.uint8)
    with pytest.raises(PictureError, match="10000000"):
        to_send(Picture(noise))
