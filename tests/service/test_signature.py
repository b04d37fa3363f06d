import io

import pytest
from PIL import Image

from sketch_widget.service.signature import is_whole, kind_of


def picture(kind: str) -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp"])
def test_a_complete_picture_is_known_by_its_bytes(kind):
    assert kind_of(picture(kind)) == kind
    assert is_whole(picture(kind))


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp"])
@pytest.mark.parametrize("part", [0.3, 0.9, 0.999])
def test_a_picture_without_its_end_is_not_complete(kind, part):
    whole = picture(kind)
    assert not is_whole(whole[: int(len(whole) * part)])


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"GIF89a", b"\x89PNG", b"RIFF\0\0\0\0WAVE", b'{"code":"x"}'])
def test_anything_else_is_no_picture(data):
    assert kind_of(data) is None
    assert not is_whole(data)
