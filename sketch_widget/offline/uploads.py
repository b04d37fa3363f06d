"""Leave to upload a sketch: the certificate that is given, and the form that must fit it.

The file store checks what it signed: time, folder, size, and that no file replaces another. A file lives 48 hours and
serves the account and the model that it was uploaded for.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from sketch_widget.offline.accounts import Account
from sketch_widget.offline.files import ACCESS_KEY_ID, Files
from sketch_widget.offline.ledger import Ledger, Upload
from sketch_widget.offline.refusals import RefusalError
from sketch_widget.service.moments import CHINA
from sketch_widget.service.wire import Permit

UPLOAD_LIFE = 48 * 3600.0  # seconds
PERMIT_SECONDS = 300  # the documents' `expire_in_seconds`
MAX_FILE_MB = 100  # as in the documents' sample; the sketch's own limit is 10
MAX_KEY = 1023  # bytes; the file store's own limit
_BUCKET = "dashscope-file-mgr"


class Leave(Permit):
    """Leave to upload, with the field that no client reads."""

    capacity_limit_mb: int = 999_999_999  # as recorded: no limit


def permit(account: Account, model: str, request: str, host: str, now: float, files: Files) -> Permit:
    """Return leave to upload one file within five minutes.

    Args:
        account: Who asks.
        model: What the file is for.
        request: The id of this very call; it becomes part of the folder.
        host: Where to send the form.
        now: Seconds since 1970.
        files: Signs.
    """
    expires = int(now) + PERMIT_SECONDS
    folder = f"dashscope-instant/{owner(account, model)}/{datetime.fromtimestamp(now, CHINA):%Y-%m-%d}/{request}"
    conditions = [
        ["content-length-range", 0, MAX_FILE_MB << 20],
        ["starts-with", "$key", folder],
        {"bucket": _BUCKET},
        {"x-oss-object-acl": "private"},
        {"x-oss-forbid-overwrite": "true"},
    ]
    until = datetime.fromtimestamp(expires, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    policy = base64.b64encode(json.dumps({"expiration": until, "conditions": conditions}).encode()).decode()
    return Leave(
        policy=policy,
        signature=files.signature(policy),
        upload_dir=folder,
        upload_host=host,
        oss_access_key_id=ACCESS_KEY_ID,
        expire_in_seconds=PERMIT_SECONDS,
        max_file_size_mb=MAX_FILE_MB,
    )


def owner(account: Account, model: str) -> str:
    """Return the 32 digits that stand for an account and a model in an upload's address."""
    return hashlib.md5(f"{account.name} {model}".encode(), usedforsecurity=False).hexdigest()


def check_form(form: Mapping[str, str], size: int, now: float, files: Files) -> str:
    """Return the key of a form that fits its certificate; `size` is the file's, in bytes.

    The owner of the file is the key's second part.

    Raises:
        RefusalError: It does not fit.
    """
    policy = form.get("policy", "")
    if not files.is_signed(policy, form.get("Signature", "")) or form.get("OSSAccessKeyId") != ACCESS_KEY_ID:
        raise RefusalError(
            403,
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided. Check your key and signing "
            "method.",
        )
    told = json.loads(base64.b64decode(policy))
    if datetime.fromisoformat(told["expiration"]).timestamp() <= now:
        raise RefusalError(403, "AccessDenied", "Invalid according to Policy: Policy expired.")
    (_, _, most), (_, _, folder), *_ = told["conditions"]
    key = form.get("key", "")
    if not key.startswith(f"{folder}/") or key == f"{folder}/":
        raise _condition(["starts-with", "$key", folder])
    if len(key.encode()) > MAX_KEY:
        raise RefusalError(400, "InvalidObjectName", "The specified object is not valid.")
    for name, value in (("x-oss-object-acl", "private"), ("x-oss-forbid-overwrite", "true")):
        if form.get(name) != value:
            raise _condition(["eq", f"${name}", value])
    if size > most:
        raise RefusalError(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size.")
    return key


def _condition(condition: list[str]) -> RefusalError:
    return RefusalError(
        403, "AccessDenied", f"Invalid according to Policy: Policy Condition failed: {json.dumps(condition)}"
    )


def keep(ledger: Ledger, files: Files, upload: Upload, data: bytes) -> bool:
    """Keep a file that was sent; False when one of its address is there already. Files older than 48 hours go."""
    name = files.keep_upload(data)
    with ledger.change() as rows:
        old = rows.remove_uploads(upload.created - UPLOAD_LIFE)
        added = rows.put_upload(replace(upload, file=name))
    for other in old:
        files.drop(other.file)
    if not added:
        files.drop(name)
    return added


def keep_fetched(ledger: Ledger, files: Files, data: bytes, now: float) -> str:
    """Keep a file that was fetched, and return its name; it goes with the files uploaded at the same time."""
    name = files.keep_upload(data)
    with ledger.change() as rows:
        rows.put_upload(Upload(key=name, owner="", created=now, file=name))
    return name


def find(ledger: Ledger, key: str, holder: str, now: float) -> str | None:
    """Return the file behind an `oss://` address, or None where there is none for this holder, or no longer."""
    with ledger.look() as rows:
        upload = rows.upload(key)
    if upload is None or upload.owner != holder or upload.created + UPLOAD_LIFE <= now:
        return None
    return upload.file
