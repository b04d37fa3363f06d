import pytest
from contract.stage import png

from sketch_widget.offline.refusals import SKETCH_ERRORS, RefusalError
from sketch_widget.offline.sketches import judged


@pytest.mark.parametrize(("width", "height"), [(256, 256), (2048, 2048), (400, 799), (2048, 1025)])
def test_a_picture_within_the_limits_is_the_sketch(width, height):
    assert judged(png(width, height), "oss://a", SKETCH_ERRORS["2026"]).pixels.shape == (height, width, 3)


@pytest.mark.parametrize(
    ("data", "in_2024"),
    [
        (png(255, 300), "InvalidFile.Resolution"),
        (png(2049, 2048), "InvalidFile.Resolution"),
        (png(800, 400), "InvalidFile.Resolution"),
        (png() + bytes(10 << 20), "InvalidFile.Resolution"),
        (png()[:200], "InvalidURL"),
        (b"", "InvalidURL"),
    ],
)
def test_each_edition_has_its_own_words_for_a_bad_picture(data, in_2024):
    for edition, code in (("2024", in_2024), ("2026", "InvalidParameter")):
        with pytest.raises(RefusalError) as refused:
            judged(data, "oss://a", SKETCH_ERRORS[edition])
        assert refused.value.code == code
        assert ("oss://a" in refused.value.message) is (edition == "2026")
