"""The sketch of a submission: found by its address, and judged by the documented limits.

Three kinds of address lead somewhere: `oss://` to a file uploaded here, the address of a picture painted here, and web
addresses as far as the service may fetch them (`fetching`). Every other address is answered like one that could not be
downloaded. Base64 text is no address.
"""

from sketch_widget.drawing import picture
from sketch_widget.drawing.picture import Picture
from sketch_widget.errors import PictureError
from sketch_widget.offline.fetching import MAX_BYTES
from sketch_widget.offline.refusals import SketchErrors

LEAST, MOST = 256, 2048  # pixels a side
MAX_RATIO = 2.0  # of the longer side to the shorter one; the limit itself is refused


def judged(data: bytes, url: str, errors: SketchErrors) -> Picture:
    """Return the picture in a file.

    Raises:
        RefusalError: It is none, or too heavy, too small, too large or too long.
    """
    if len(data) > MAX_BYTES:
        raise errors.resolution.refusal(url=url)
    try:
        found = picture.read(data)
    except PictureError:
        raise errors.format.refusal(url=url) from None
    height, width = found.pixels.shape[:2]
    longer, shorter = max(height, width), min(height, width)
    if shorter < LEAST or longer > MOST or longer >= MAX_RATIO * shorter:
        raise errors.resolution.refusal(url=url)
    return found
