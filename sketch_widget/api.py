"""What people call from Python: from a sketch and a few words to a job, without any widget."""

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sketch_widget import connect, settings
from sketch_widget.drawing.inks import Inks, inks_of
from sketch_widget.drawing.picture import Picture, Source, read, to_send
from sketch_widget.errors import DrawingError, PictureError, SketchWidgetError, SketchWidgetWarning
from sketch_widget.jobs.job import Job
from sketch_widget.jobs.sweep import Sweep, combinations
from sketch_widget.runs.run import Run
from sketch_widget.runs.store import RunStore
from sketch_widget.service.request import RGB, GenerationRequest, Style

if TYPE_CHECKING:
    from sketch_widget.service.client import DashScopeClient


def generate(
    sketch: Source,
    *,
    prompt: str,
    style: Style | str = Style.WATERCOLOR,
    n: int = 1,
    sketch_weight: int = 10,
    sketch_extraction: bool = False,
    sketch_color: str | list[RGB] = "auto",
    service: "str | DashScopeClient" = "auto",
) -> Job:
    """Turn a sketch and a few words into pictures; returns at once with a job to await, watch or cancel.

    Args:
        sketch: A `Sketch`, an (H, W, 3) or (H, W, 4) uint8 array, the path or the bytes of a picture, or a PIL image:
            lines on white. It is made square with white margins, because the service would stretch it.
        prompt: What the picture shows, in English or Chinese; the service reads 75 characters of it.
        style: One of the service's eight styles, with or without its angle brackets. Default watercolor.
        n: How many pictures, 1 to 4. Default 1.
        sketch_weight: How closely the pictures follow the sketch, 0 to 10. Default 10, the closest.
        sketch_extraction: Whether the sketch is an ordinary picture, of which the service takes the edges; switches
            `sketch_color` off. Default false.
        sketch_color: The colours (red, green, blue) that count as ink, matched exactly. Default "auto": the exact inks
            of the drawing.
        service: "auto", the default (DashScope where a key is found, else the offline preview), "offline",
            "dashscope", or a `DashScopeClient`.

    Raises:
        RequestError: A parameter lies outside its rule.
        DrawingError: Nothing is drawn.
        PictureError: `sketch` is no picture that can be used.
        KeyMissingError: "dashscope" was asked for and there is no key.
        StoreError: The history cannot be written; nothing was sent.
    """
    request = GenerationRequest(prompt, style, n, sketch_weight, sketch_extraction, sketch_color)
    picture = read(sketch)
    return submit(request, picture, connect.open(service))


def sweep(
    sketch: Source,
    *,
    prompts: Sequence[str],
    styles: Sequence[Style | str] = (Style.WATERCOLOR,),
    n: int | Sequence[int] = 1,
    sketch_weight: int | Sequence[int] = 10,
    sketch_extraction: bool | Sequence[bool] = False,
    sketch_color: str | list[RGB] = "auto",
    service: "str | DashScopeClient" = "auto",
    lang: str = "auto",
) -> Sweep:
    """Turn one sketch into pictures with every combination of some parameters; returns at once.

    In a notebook it shows itself as a table that fills as the pictures come, with the number of all pictures above it:
    with a key each of them is paid for. All combinations are checked before the first is sent. They take their turns at
    the service like any other jobs, and those that were not sent yet are cancelled at no cost.

    Args:
        sketch: As for `generate`.
        prompts: The prompts to try.
        styles: The styles to try. Default watercolor.
        n: How many pictures for each combination, or several such numbers. Default 1.
        sketch_weight: A weight, or several to try. Default 10.
        sketch_extraction: Whether to take the sketch's edges, or both to try. Default false.
        sketch_color: As for `generate`.
        service: As for `generate`.
        lang: The language of the table: "en", "zh", or "auto", the default, which asks the environment.

    Raises:
        InputError: `lang` is a language that is not spoken here.
        RequestError: A value lies outside its rule, there are none, or more than 64 combinations.
        DrawingError, PictureError, KeyMissingError, StoreError: As for `generate`.
    """
    lang = settings.language(lang)
    given = {
        "prompt": prompts,
        "style": styles,
        "n": n,
        "sketch_weight": sketch_weight,
        "sketch_extraction": sketch_extraction,
    }
    varied = {name: value for name, value in given.items() if isinstance(value, list | tuple | range)}
    fixed = {name: value for name, value in given.items() if name not in varied}
    requests = combinations(varied, fixed | {"sketch_color": sketch_color})
    picture, connection = read(sketch), connect.open(service)
    jobs: list[Job] = []
    try:
        for request in requests:
            jobs.append(submit(request, picture, connection))
    except SketchWidgetError:
        for job in jobs:
            job.cancel()  # nobody would hold them
        raise
    return Sweep({name: tuple(values) for name, values in varied.items()}, tuple(jobs), lang, _sheet)


def submit(request: GenerationRequest, picture: Picture, connection: connect.Connection) -> Job:
    """Send a request with a picture that was read; `generate` in two steps, for many requests of one sketch.

    Raises:
        DrawingError: Nothing is drawn.
        PictureError: A file shows nothing but white, or the picture stays too large for the service.
        StoreError: The history cannot be written; nothing was sent.
    """
    strokes = () if picture.sketch is None else picture.sketch.strokes
    inks = inks_of(picture.pixels, {stroke.rgb for stroke in strokes})
    if not inks.ink_pixels:
        raise PictureError("picture.no_lines", name=picture.name) if picture.name else DrawingError("drawing.empty")
    for note in notes(request, inks):
        warnings.warn(note, stacklevel=3)
    request = request.resolved(inks)
    return connection.queue.submit(request, to_send(picture, request.to_json()))


def history() -> list[Run]:
    """Return the runs on this machine's disk, newest first; each shows its pictures in a notebook."""
    return _store().runs()


def open_run(run_id: str) -> Run:
    """Return one run of the history by its id; it shows its pictures in a notebook.

    Raises:
        StoreError: There is no such run.
    """
    return _store().get(run_id)


def _sheet(sweep: Sweep) -> bytes:
    from sketch_widget.runs.sweep_sheet import sweep_png  # late: few save a sheet

    return sweep_png(sweep.axes, [job.run for job in sweep.jobs if isinstance(job.run, Run)], sweep.lang)


def _store() -> RunStore:
    return RunStore(settings.read().home)


def notes(request: GenerationRequest, inks: Inks) -> list[SketchWidgetWarning]:
    """Return what is allowed and probably not meant."""
    said = []
    read, cut = request.prompt_cut
    if cut.strip():
        said.append(SketchWidgetWarning("api.prompt_cut", limit=len(read), cut=cut))
    if request.sketch_color == "auto" and not request.sketch_extraction and not inks.exact:
        said.append(inks.warning())
    return said
