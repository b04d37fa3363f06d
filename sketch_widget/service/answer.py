"""An HTTP answer, and which error it is when it is no success.

The service, its file store and whatever stands between say no in their own ways: flat JSON, XML, a page for people.
"""

from dataclasses import dataclass, replace

from sketch_widget.errors import ServiceError
from sketch_widget.service import faults, wire
from sketch_widget.settings import Secret


@dataclass(frozen=True)
class Answer:
    """An HTTP answer, read to its end.

    Attributes:
        status: The HTTP status.
        body: All bytes of it.
        retry_after: Seconds that it asks to wait, or None.
    """

    status: int
    body: bytes
    retry_after: float | None = None

    def without(self, key: Secret) -> "Answer":
        """Return the answer without the key, should the service or a proxy repeat it in a message."""
        secret = key.reveal().encode()
        return replace(self, body=self.body.replace(secret, b"<key>")) if len(secret) >= 8 else self


def refusal(answer: Answer, task_id: str = "") -> ServiceError:
    """Return the error that an answer of the service means."""
    problem = wire.decode_problem(answer.body)
    return _error(answer, faults.fault_of(problem.code, problem.message, answer.status), task_id)


def upload_refusal(answer: Answer) -> ServiceError:
    """Return the error that an answer of the file store to an upload means.

    Except for a sketch that is too large it is the server's fault, and may pass with fresh leave to upload: the service
    itself gave the leave that was refused.
    """
    problem = wire.decode_problem(answer.body)
    if answer.status == 413 or problem.code == "EntityTooLarge":
        return _error(answer, faults.PICTURE)
    return _error(answer, faults.THROTTLED if answer.status == 429 else faults.UPLOAD)


def download_refusal(answer: Answer) -> ServiceError:
    """Return the error that an answer of the file store to a download means.

    A 403 without the file store's own code comes from something in between: the picture may still be there.
    """
    problem = wire.decode_problem(answer.body)
    if answer.status in (404, 410) or (answer.status == 403 and problem.code):
        return _error(answer, faults.GONE)
    return _error(answer, faults.fault_of("", "", answer.status))


def _error(answer: Answer, fault: faults.Fault, task_id: str = "") -> ServiceError:
    problem = wire.decode_problem(answer.body)
    return faults.build(
        fault,
        code=problem.code,
        message=problem.message,
        request_id=problem.request_id,
        http_status=answer.status,
        task_id=task_id,
        retry_after=answer.retry_after,
    )
