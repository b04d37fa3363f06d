"""The files of the embedded service: uploaded sketches, painted pictures, and the signed addresses of the pictures.

File names are made here and nowhere else, so that no caller's text ever becomes a path.
"""

import base64
import hashlib
import hmac
import os
import re
import secrets
import tempfile
import uuid
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

ACCESS_KEY_ID = "offline"  # stands where the real address names the access key
_OURS = re.compile(r"(uploads|results)/[0-9a-f-]{36}(-1\.png)?")


class Files:
    """A folder of files, each under a name of its own."""

    def __init__(self, folder: Path) -> None:
        """Open the folder, or make it.

        Raises:
            OSError: It cannot be written.
        """
        self._folder = folder
        for name in ("uploads", "results"):
            (folder / name).mkdir(parents=True, exist_ok=True, mode=0o700)
        self._secret = self._own_secret(folder / "signing")

    def keep_upload(self, data: bytes) -> str:
        """Write a sketch and return its name."""
        return self._write(f"uploads/{uuid.uuid4()}", data)

    def keep_result(self, data: bytes) -> str:
        """Write a painted picture and return its name."""
        return self._write(f"results/{uuid.uuid4()}-1.png", data)

    def read(self, name: str) -> bytes:
        """Return a file's bytes.

        Raises:
            FileNotFoundError: There is no such file.
        """
        if not _OURS.fullmatch(name):
            raise FileNotFoundError(name)
        return (self._folder / name).read_bytes()

    def drop(self, name: str) -> None:
        """Delete a file; one that is gone already is no error."""
        if _OURS.fullmatch(name):
            (self._folder / name).unlink(missing_ok=True)

    def sweep(self, moment: float) -> None:
        """Delete what was written before a moment (seconds since 1970): a killed process leaves files behind."""
        for path in [*self._folder.glob("uploads/*"), *self._folder.glob("results/*")]:
            with suppress(FileNotFoundError):  # another process sweeps too
                if path.stat().st_mtime < moment:
                    path.unlink()

    def signed(self, path: str, expires: int) -> str:
        """Return a path with the query that opens it until `expires`, seconds since 1970."""
        signature = quote(self.signature(f"{expires} {path}"), safe="")
        return f"{path}?Expires={expires}&OSSAccessKeyId={ACCESS_KEY_ID}&Signature={signature}"

    def opens(self, path: str, expires: str, signature: str) -> bool:
        """Whether a query opens a path; its time is for the caller to look at."""
        return self.is_signed(f"{expires} {path}", signature)

    def signature(self, text: str) -> str:
        """Return the signature of a text, in the file store's form: 20 bytes as base64."""
        return base64.b64encode(hmac.digest(self._secret, text.encode(), hashlib.sha1)).decode()

    def is_signed(self, text: str, signature: str) -> bool:
        """Whether a signature was made here for this text."""
        return hmac.compare_digest(self.signature(text).encode(), signature.encode())

    def _write(self, name: str, data: bytes) -> str:
        self._place(self._folder / name, data)
        return name

    def _place(self, path: Path, data: bytes) -> None:
        """Write a file so that nobody ever sees half of it."""
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).replace(path)

    def _own_secret(self, path: Path) -> bytes:
        """Return the folder's secret; all processes share it, so that an address outlives the one that gave it."""
        if not path.exists():
            self._place(path, secrets.token_bytes(32))
        return path.read_bytes()
