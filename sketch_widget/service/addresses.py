"""What may stand in a call: the address of the service, of sketches and of pictures, the key, a workspace, an id.

Refuses every address that two readers could understand differently (a user name, a backslash, a space, a letter outside
ASCII), and every host that is neither the configured service nor its file store.
"""

import re
from urllib.parse import urlsplit

from sketch_widget.errors import InputError, RequestError
from sketch_widget.settings import Secret

# The service's documents give pictures as https://dashscope-result-<city>.oss-cn-<region>.aliyuncs.com/… and the upload
# host as https://dashscope-file-mgr.oss-cn-<region>.aliyuncs.com; the bucket differs even within one task.
_FILE_STORE = re.compile(r"[a-z0-9][a-z0-9-]*\.oss-[a-z0-9-]+\.aliyuncs\.com")
_PLAIN = re.compile(r"(https?)://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?(/[!-\[\]-~]*)?")


def check_base_url(url: str) -> str:
    """Return the service's address without a slash at its end.

    Raises:
        InputError: It is no http or https address, or holds a user name, a query or a fragment.
    """
    plain = url.strip().rstrip("/") if isinstance(url, str) else ""
    if not _PLAIN.fullmatch(plain) or _port(plain) < 0 or "?" in plain or "#" in plain:
        raise InputError("service.base_url")
    return plain


def check_key(key: str | Secret) -> Secret:
    """Return a key, hidden, that a header can carry.

    Raises:
        InputError: It is empty or holds something else than ASCII letters, digits and marks. It is not shown.
    """
    secret = Secret(key) if isinstance(key, str) else key
    if not isinstance(secret, Secret) or not re.fullmatch(r"[!-~]+", secret.reveal()):
        raise InputError("service.key_shape")
    return secret


def check_workspace(workspace: str | None) -> str | None:
    """Return a workspace id that a header can carry, or None for the default workspace.

    Raises:
        InputError: It is empty or holds something else than ASCII letters, digits and marks.
    """
    if workspace is not None and not re.fullmatch(r"[!-~]+", workspace):
        raise InputError("service.workspace_shape", value=workspace)
    return workspace


def check_task_id(task_id: str) -> str:
    """Return a task id that can be asked for.

    Raises:
        RequestError: It is no text, or a blank one.
    """
    if not isinstance(task_id, str) or not task_id.strip():
        raise RequestError("service.task_id", field="task_id", value=task_id)
    return task_id


def ascii_name(name: str) -> str:
    """Return a file name that is safe in an `oss://` address: at most 80 ASCII letters, digits, dots and lines."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", name.replace("\\", "/").rsplit("/", 1)[-1])
    return plain[-80:].lstrip(".") or "sketch.png"


def check_sketch_url(url: str) -> str:
    """Return the address of a sketch that the service can read: http, https or one of its own `oss://` addresses.

    Raises:
        RequestError: It is none of these, or holds a space or a letter outside ASCII.
    """
    if not isinstance(url, str) or not re.fullmatch(r"(https?|oss)://[!-~]+", url):
        raise RequestError("service.sketch_image_url", field="sketch_image_url", value=url)
    return url


def is_trusted(url: str, base_url: str) -> bool:
    """Whether files may go to or come from an address: the service's file store over https, or the service itself."""
    if not _PLAIN.fullmatch(url):
        return False
    if _origin(url) == _origin(base_url):
        return True
    parts = urlsplit(url)
    return parts.scheme == "https" and _port(url) == 443 and bool(_FILE_STORE.fullmatch(parts.hostname or ""))


def host_of(url: str) -> str:
    """Return the host of an address, for messages: the rest of it may hold a signature."""
    found = _PLAIN.fullmatch(url) if isinstance(url, str) else None
    return found.group(2).lower() if found else "?"


def _origin(url: str) -> tuple[str, str, int]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", _port(url)


def _port(url: str) -> int:
    parts = urlsplit(url)
    try:
        return parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:  # above 65535
        return -1
