"""The sketch of a submission: found by its address, and judged by the documented limits.

Three kinds of address lead somewhere: `oss://` to a file uploaded here, the address of a picture painted here, and,
when the service is reached over a socket, `http://` on this same computer. There is no network by design, so every
other address is answered like one that could not be downloaded. Base64 text is no address.
"""

import http.client
import ipaddress
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from sketch_widget.drawing import picture
from sketch_widget.drawing.picture import Picture
from sketch_widget.errors import PictureError
from sketch_widget.offline.refusals import SketchErrors

LEAST, MOST = 256, 2048  # pixels a side
MAX_BYTES = 10 << 20  # the documents: "smaller than 10 MB"
MAX_RATIO = 2.0  # of the longer side to the shorter one; the limit itself is refused
FETCH_SECONDS = 5.0  # for a file on this same computer


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


def is_on_this_computer(url: str) -> bool:
    """Whether an address leads to this same computer, over plain http."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme != "http" or not url.isascii():
        return False
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def fetched(url: str) -> bytes | None:
    """Return the file at an address on this same computer, or None; blocks for up to five seconds.

    No proxy is asked and no redirection followed, because either could lead elsewhere.
    """
    try:
        with _opener().open(url, timeout=FETCH_SECONDS) as answer:
            data: bytes = answer.read(MAX_BYTES + 1)
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError):
        return None
    return data


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


def _opener() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())
