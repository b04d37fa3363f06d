"""SketchWidget as a whole: the embedded service behind a transport, no page."""

import inspect
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest
from fakes.comms import Comms

from sketch_widget import connect, settings
from sketch_widget.drawing.picture import sketch_png
from sketch_widget.drawing.sketch import Sketch
from sketch_widget.drawing.stroke import Stroke
from sketch_widget.errors import (
    DrawingError,
    JobFailedError,
    KeyMissingError,
    RequestError,
    SketchWidgetError,
    UnknownNameError,
)
from sketch_widget.offline.app import create_app
from sketch_widget.runs.store import RunStore
from sketch_widget.service.client import DashScopeClient
from sketch_widget.service.request import GenerationRequest
from sketch_widget.ui.widget import SketchWidget

LINE = Sketch([Stroke([(100, 600), (400, 80), (660, 600)], color="#7b7b7b", width=9)])


def painter(commission) -> Iterator[np.ndarray]:
    for _ in range(commission.n):
        yield np.full((768, 768, 3), 120, np.uint8)


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait for what a job's own thread does; its result may be there a moment earlier."""
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


@pytest.fixture
def service(tmp_path: Path, comms: Comms) -> Iterator[DashScopeClient]:
    app = create_app(tmp_path / "service", painter=painter)
    client = DashScopeClient(
        "sk-0123456789abcdef", base_url="http://service.example/api/v1", transport=httpx.ASGITransport(app)
    )
    client.app = app
    yield client
    connect.close()
    app.close()


@pytest.fixture
def widget(service: DashScopeClient) -> SketchWidget:
    return SketchWidget(service, name="test", lang="en", prompt="a tree")


def test_generate_sends_what_is_on_the_page_and_keeps_the_run(widget):
    widget.pad.sketch = LINE
    widget.controls.n = 2
    job = widget.generate()
    run = job.result(30)
    assert run.request == GenerationRequest("a tree", n=2, sketch_color=[(123, 123, 123)])
    assert len(run.files) == 2
    assert widget.jobs == (job,)
    assert [each.id for each in widget.runs] == [run.id]


def test_beside_generate_stands_how_the_job_ended_in_the_pages_language(widget):
    assert widget.controls.panel.progress == {}
    widget.pad.sketch = LINE
    job = widget.generate()
    assert widget.controls.panel.progress["text"] != ""
    job.result(30)
    wait_for(lambda: widget.controls.panel.progress["text"] == "Done, 1 of 1 saved")
    widget.lang = "zh"
    assert widget.controls.panel.progress["text"] == "完成，已保存 1/1 张"


def test_an_emptied_pad_leaves_the_last_end_to_its_card_and_the_next_job_is_told_again(widget):
    def said() -> str:
        return widget.controls.panel.progress["text"]

    widget.pad.sketch = LINE
    widget.generate().result(30)
    wait_for(lambda: said() == "Done, 1 of 1 saved")
    widget.pad.clear()
    assert said() == ""
    widget.pad.undo()
    assert said() == ""
    widget.generate().result(30)
    wait_for(lambda: said() == "Done, 1 of 1 saved")


def test_the_ink_colours_follow_every_stroke(widget):
    widget.pad.sketch = LINE
    assert widget.request.sketch_color == ((123, 123, 123),)
    widget.pad.sketch = LINE.add(Stroke([(20, 20), (700, 20)], color="#0000ff", width=20))
    assert set(widget.request.sketch_color) == {(123, 123, 123), (0, 0, 255)}
    widget.pad.undo()
    assert widget.request.sketch_color == ((123, 123, 123),)


def test_an_empty_pad_and_an_empty_prompt_are_refused_and_nothing_is_sent(widget):
    with pytest.raises(DrawingError, match="Draw something first"):
        widget.generate()
    widget.controls.prompt = ""
    with pytest.raises(RequestError):
        widget.request  # noqa: B018 - a property that raises
    assert widget.runs == []


def test_a_failure_leaves_drawing_and_prompt_and_can_be_tried_again(widget, service, comms):
    service.app.faults.add("task fail=DataInspectionFailed")
    widget.pad.sketch = LINE
    job = widget.generate()
    with pytest.raises(JobFailedError):
        job.result(30)
    assert (widget.pad.sketch, widget.controls.prompt) == (LINE, "a tree")
    gallery = widget.children[1]
    comms.say(gallery, {"kind": "do", "job": job.id, "action": "retry"})
    assert widget.jobs[-1].result(30).request == job.request


def test_use_again_brings_drawing_words_and_settings_back(widget, comms):
    widget.pad.sketch = LINE
    job = widget.generate()
    job.result(30)
    widget.pad.clear()
    widget.controls.prompt, widget.controls.style, widget.controls.sketch_weight = "a bush", "anime", 2
    comms.say(widget.children[1], {"kind": "do", "job": job.id, "action": "again"})
    assert widget.pad.sketch == LINE
    assert widget.request == job.request
    assert widget.pad.pen.notice["en"].endswith("Undo brings the former drawing back.")
    widget.pad.undo()
    assert widget.pad.sketch.is_empty
    assert widget.pad.pen.notice == {}


def test_use_again_of_the_drawing_that_stands_on_the_pad_takes_no_undo_step(widget, comms):
    widget.pad.sketch = LINE
    job = widget.generate()
    job.result(30)
    comms.say(widget.children[1], {"kind": "do", "job": job.id, "action": "again"})
    assert widget.pad.pen.notice["en"].endswith("The drawing on the pad is as it was.")
    widget.pad.undo()
    assert widget.pad.sketch.is_empty


def test_the_language_of_the_whole_page_switches_while_it_runs(widget):
    widget.lang = "zh"
    controls, gallery = widget.controls, widget.children[1]
    assert (widget.pad.lang, controls.lang, gallery.lang) == ("zh", "zh", "zh")
    controls.lang = "en"
    assert (widget.lang, widget.pad.lang, gallery.lang) == ("en", "en", "en")


def test_without_a_key_the_offline_preview_is_used_and_dashscope_is_refused(comms):
    assert SketchWidget(lang="en").controls.details.view["service"]["name"] == "Offline preview"
    with pytest.raises(KeyMissingError):
        SketchWidget(service="dashscope")
    connect.close()


def test_the_same_click_twice_brings_the_same_pictures_from_the_offline_preview_and_says_so(comms):
    widget = SketchWidget("offline", lang="en", prompt="a tree", style="anime")
    widget.pad.sketch = LINE
    first, second = (widget.generate().result(30) for _ in range(2))
    widget.controls.prompt = "a bush"
    other = widget.generate().result(30)
    connect.close()
    assert [card["is_repeat"] for card in widget.children[1].view["cards"]] == [False, True, False]
    pixels = [run.images[0].tobytes() for run in (first, second, other)]
    assert pixels[0] == pixels[1] != pixels[2]


@pytest.mark.parametrize(
    ("values", "refused", "says"),
    [
        ({"n": 9}, RequestError, "1 to 4, not 9"),
        ({"sketch_weight": "5"}, RequestError, "0 to 10, not '5'"),
        ({"prompt": 3}, RequestError, "must be a text"),
        ({"style": "waterclor"}, RequestError, "Did you mean watercolor"),
        ({"promt": "a tree"}, UnknownNameError, "nothing named 'promt'. Did you mean prompt"),
        ({"PROMPT": "a tree"}, UnknownNameError, "nothing named 'PROMPT'. Did you mean prompt"),
        ({"langs": "zh"}, UnknownNameError, "Did you mean lang"),
        ({"colour": "red"}, UnknownNameError, "Leave it out, or use one of prompt, style, n, .*, service, lang, name"),
    ],
)
def test_values_that_a_form_cannot_begin_with_are_refused_in_words(service, values, refused, says):
    with pytest.raises(refused, match=says):
        SketchWidget(service, **values)
    assert SketchWidget(service, prompt="", n=4).controls.n == 4


def test_a_name_that_there_is_not_is_told_in_both_languages_and_is_the_error_that_python_has_for_it(service):
    with pytest.raises(TypeError) as caught:
        SketchWidget(service, promt="a tree")
    assert isinstance(caught.value, SketchWidgetError)
    assert "您是想用 prompt 吗？" in caught.value.text("zh")
    parameters = inspect.signature(SketchWidget).parameters.values()
    named = [one.name for one in parameters if one.kind is not inspect.Parameter.VAR_KEYWORD]
    assert f"{', '.join(named)}." in caught.value.text("en")


def test_runs_that_were_never_sent_are_neither_offered_nor_sent_by_the_fetch_button(service, comms):
    left = RunStore(settings.read().home, owner="a kernel that is gone")
    request, png = GenerationRequest("a tree", sketch_color=[]), sketch_png(LINE)
    unsent, sent = (left.begin(request, png, service="dashscope") for _ in range(2))
    now = time.time()
    left.update(sent.id, state="running", task_id="task-1", send_window=(now, now + 1))
    widget = SketchWidget(service, name="test", lang="en")
    assert widget.children[1].waiting == 1
    comms.say(widget.children[1], {"kind": "resume"})
    assert [job.id for job in widget.jobs] == [sent.id]
    assert left.get(unsent.id).state == "queued"


def test_runs_of_another_key_or_service_and_expired_ones_are_named_and_stay_as_they_are(service, comms):
    left = RunStore(settings.read().home, owner="a kernel that is gone")
    now = time.time()
    for name, account, sent in (("dashscope", "other@host", now), ("offline", "", now), ("dashscope", "", now - 90000)):
        run = left.begin(GenerationRequest(f"of {name}", sketch_color=[]), b"", service=name, account=account)
        left.update(run.id, state="running", task_id="task-1", send_window=(sent, sent + 1))
    shown = SketchWidget(service, name="test", lang="en").children[1]
    assert (shown.waiting, shown.elsewhere, shown.expired) == (0, 2, ("of dashscope",))
    comms.say(shown, {"kind": "resume"})
    assert sorted(run.state for run in left.runs()) == ["expired", "running", "running"]
    assert SketchWidget(service, name="test", lang="en").children[1].expired == ()


def test_no_key_is_in_any_widgets_state(widget):
    widget.pad.sketch = LINE
    widget.generate().result(30)
    states = [str(each.get_state()) for each in (widget, widget.controls, widget.children[1], widget.pad)]
    assert not any("0123456789abcdef" in state for state in states)
    assert "0123456789abcdef" not in repr(widget)


@pytest.mark.parametrize("is_new_kernel", [False, True])
def test_the_cell_run_again_shows_form_and_cards_as_they_were_left_and_sends_nothing(widget, service, is_new_kernel):
    widget.pad.sketch = LINE
    job = widget.generate()
    run = job.result(30)
    widget.controls.fill_in(GenerationRequest("a bush", "anime", 3, 4, sketch_color=[(0, 0, 255)]))
    asked = widget.request
    if is_new_kernel:
        connect.close()
    again = SketchWidget(service, name="test", lang="en")
    assert (again.request, again.pad.sketch) == (asked, LINE)
    assert [each.id for each in again.jobs] == [run.id]
    assert again.jobs[0].result(0).files == run.files
    assert (again.jobs[0] is job) is not is_new_kernel
    assert [each.id for each in again.runs] == [run.id]
    assert run.id in again.children[1].view["line"]


@pytest.mark.parametrize("is_new_kernel", [False, True])
def test_a_removed_card_stays_away_when_the_cell_runs_again_and_its_run_stays_in_the_history(
    widget, service, comms, is_new_kernel
):
    widget.pad.sketch = LINE
    kept, removed = [widget.generate() for _ in range(2)]
    runs = [job.result(30) for job in (kept, removed)]
    comms.say(widget.children[1], {"kind": "do", "job": removed.id, "action": "remove"})
    if is_new_kernel:
        connect.close()
    again = SketchWidget(service, name="test", lang="en")
    assert [job.id for job in again.jobs] == [kept.id]
    assert {run.id for run in again.runs} == {run.id for run in runs}
    assert all(file.exists() for run in runs for file in run.files)
    assert kept.id in again.children[1].view["line"]


def test_a_card_that_was_put_back_comes_back_with_the_cell_in_its_place(widget, service, comms):
    widget.pad.sketch = LINE
    jobs = [widget.generate() for _ in range(2)]
    for job in jobs:
        job.result(30)
    for action in ("remove", "put_back"):
        comms.say(widget.children[1], {"kind": "do", "job": jobs[0].id, "action": action})
    again = SketchWidget(service, name="test", lang="en")
    assert [job.id for job in again.jobs] == [job.id for job in jobs]


def test_the_line_for_a_new_cell_follows_what_is_removed_and_put_back(widget, comms):
    widget.pad.sketch = LINE
    jobs = [widget.generate() for _ in range(2)]
    for job in jobs:
        job.result(30)
    gallery = widget.children[1]
    wait_for(lambda: jobs[1].id in gallery.line)
    for job, action, latest in (
        (jobs[1], "remove", jobs[0].id),
        (jobs[1], "put_back", jobs[1].id),
        (jobs[0], "remove", jobs[1].id),
        (jobs[1], "remove", ""),
    ):
        comms.say(gallery, {"kind": "do", "job": job.id, "action": action})
        assert gallery.line.endswith(f"{latest!r})" if latest else "")
        assert bool(gallery.line) == bool(latest)


def test_a_job_that_goes_on_is_shown_alive_in_the_cell_run_again(widget, service):
    widget.pad.sketch = LINE
    job = widget.generate()
    again = SketchWidget(service, name="test", lang="en")
    assert again.jobs == (job,)
    wait_for(lambda: again.children[1].view["cards"][0]["state"] == "done")


def test_what_the_cell_says_wins_over_what_was_left(widget, service):
    widget.controls.fill_in(GenerationRequest("a bush", "anime", 3))
    again = SketchWidget(service, name="test", lang="en", prompt="a tree", n=1)
    assert (again.request.prompt, again.request.n, again.request.style.value) == ("a tree", 1, "<anime>")


@pytest.mark.parametrize(
    ("written", "color"), [("#a0522d", "#a0522d"), ("#ffffff", "#000000"), ("sienna-ish", "#000000")]
)
def test_the_free_colour_of_the_pen_is_found_again_where_it_is_an_ink(widget, service, written, color):
    widget.pad.color = "#a0522d"
    file = widget.pad.file.with_suffix(".page.json")
    file.write_text(file.read_text().replace("#a0522d", written))
    again = SketchWidget(service, name="test", lang="en")
    assert (again.pad.color, again.pad.picker.value) == (color, color)


def test_another_pad_begins_empty_and_a_page_that_was_replaced_writes_no_more(widget, service):
    widget.pad.sketch = LINE
    widget.generate().result(30)
    other = SketchWidget(service, name="other", lang="en")
    assert (other.jobs, other.controls.prompt) == ((), "")
    SketchWidget(service, name="test", lang="en").controls.prompt = "the newer page"
    widget.controls.prompt = "the older page"
    assert SketchWidget(service, name="test", lang="en").controls.prompt == "the newer page"


def test_the_line_for_a_new_cell_names_the_latest_run(widget):
    widget.pad.sketch = LINE
    run = widget.generate().result(30)
    line = f"from sketch_widget import open_run; open_run('{run.id}')"
    wait_for(lambda: widget.children[1].view["line"] == line)
