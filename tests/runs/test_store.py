"""The history on disk."""

import json
import os
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from sketch_widget.drawing.picture import encode, read, sketch_png
from sketch_widget.drawing.sketch import REQUEST_TEXT, Sketch, Stroke
from sketch_widget.errors import JobFailedError, StoreError
from sketch_widget.jobs.ports import Failure
from sketch_widget.jobs.state import JobState
from sketch_widget.runs.files import picture_name
from sketch_widget.runs.store import ENDED, UNCONFIRMED, RunStore
from sketch_widget.service.request import GenerationRequest

PICTURE = encode(np.full((2, 2, 3), 90, np.uint8))
REQUEST = GenerationRequest("a big tree", n=2, sketch_color=[(123, 123, 123)])
NOON = 1_800_000_000.0


@pytest.fixture
def store(tmp_path) -> RunStore:
    return RunStore(tmp_path, owner="kernel-1", now=lambda: NOON)


def begin(store, request=REQUEST, sketch=b"sketch"):
    return store.begin(request, sketch, service="dashscope")


def test_a_run_comes_back_as_it_was_written(store, tmp_path):
    run = begin(store)
    run = store.update(run.id, state="running", task_id="task-1", send_window=(NOON, NOON + 1))
    run = store.save_picture(run.id, 2, PICTURE)
    again = RunStore(tmp_path).get(run.id)
    assert again == run
    assert again.request == REQUEST
    assert again.task_id == "task-1"
    assert [image.size for image in again.images] == [(2, 2)]
    assert again.sketch_bytes() == b"sketch"


def test_a_run_has_the_drawing_that_was_sent(store):
    sketch = Sketch([Stroke([(100, 100), (300, 300)], color="#7b7b7b")])
    assert begin(store, sketch=sketch_png(sketch)).sketch == sketch


def test_a_picture_alone_brings_back_what_was_asked_and_the_drawing(store):
    sketch = Sketch([Stroke([(100, 100), (300, 300)], color="#7b7b7b")])
    run = store.save_picture(begin(store, sketch=sketch_png(sketch)).id, 1, PICTURE)
    picture = read(run.files[0])
    assert picture.sketch == sketch
    assert GenerationRequest.from_json(picture.text[REQUEST_TEXT]) == REQUEST
    assert picture.pixels.tolist() == read(PICTURE).pixels.tolist()


def test_a_picture_that_is_no_png_is_kept_byte_for_byte(store):
    run = store.save_picture(begin(store).id, 1, b"\xff\xd8\xff a JPEG")
    assert run.files[0].read_bytes() == b"\xff\xd8\xff a JPEG"


def test_the_states_named_by_the_store_are_states_of_jobs():
    assert {state.value for state in JobState if state.final} == ENDED
    assert JobState.UNCONFIRMED == UNCONFIRMED


def test_runs_come_newest_first_and_can_be_limited(tmp_path):
    now = [0.0]
    store = RunStore(tmp_path, now=lambda: now[0])
    runs = []
    for now[0] in (NOON, NOON + 0.005, NOON + 86400):
        runs.append(begin(store))
    assert [run.id for run in store.runs()] == [run.id for run in reversed(runs)]
    assert [run.id for run in store.runs(limit=1)] == [runs[2].id]


def test_an_empty_home_has_no_runs(tmp_path):
    assert RunStore(tmp_path / "nowhere").runs() == []


def test_runs_begun_at_the_same_moment_do_not_meet(tmp_path):
    def kernel(number):
        store = RunStore(tmp_path, owner=f"kernel-{number}", now=lambda: NOON)
        for _ in range(5):
            run = begin(store)
            for index in (1, 2):
                store.save_picture(run.id, index, PICTURE)
        return store

    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(kernel, range(4)))
    assert all(len(run.files) == 2 for run in stores[0].runs())
    assert len(stores[0].runs()) == 20


def test_two_quick_changes_are_both_seen(store, tmp_path):
    other = RunStore(tmp_path)
    run = begin(store)
    for number in range(50):
        store.update(run.id, task_id=f"task-{number}")
        assert other.get(run.id).task_id == f"task-{number}"


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("a big tree", "watercolor-a-big-tree-1.png"),
        ("../../etc/passwd", "watercolor-etc-passwd-1.png"),
        ("C:\\temp\\..", "watercolor-C-temp-1.png"),
        ("con\x00\n<b>", "watercolor-con-b-1.png"),
        ("一棵参天大树", "watercolor-一棵参天大树-1.png"),
        ("🎨🎨", "watercolor-picture-1.png"),
        ("x" * 500, f"watercolor-{'x' * 20}-1.png"),
    ],
)
def test_a_pictures_name_is_readable_and_cannot_leave_its_folder(prompt, expected):
    name = picture_name(NOON, GenerationRequest(prompt, sketch_color=[]), 1, PICTURE)
    stamp = time.strftime("%Y%m%d-%H%M%S", time.localtime(NOON))
    assert name == f"{stamp}-{expected}"
    assert os.sep not in name


@pytest.mark.parametrize(
    ("style", "data", "expected"),
    [("<3d cartoon>", b"\xff\xd8\xff", "3d-cartoon-tree-4.jpg"), ("<auto>", b"RIFF", "auto-tree-4.webp")],
)
def test_a_pictures_name_tells_its_style_and_format(style, data, expected):
    request = GenerationRequest("tree", style=style, sketch_color=[])
    assert picture_name(NOON, request, 4, data).endswith(expected)


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "/etc", "a/b", None, 5])
def test_a_name_that_is_no_run_is_refused(store, name):
    begin(store)
    with pytest.raises(StoreError):
        store.get(name)


def test_foreign_and_broken_folders_are_named_and_left_alone(store):
    run = begin(store)
    (store.folder / "holiday").mkdir()
    (store.folder / "holiday" / "photo.txt").write_text("mine")
    broken = begin(store)
    (broken.folder / "run.json").write_text('{"version": 1, "id": ')
    (store.folder / "notes.txt").write_text("mine too")
    assert [one.id for one in store.runs()] == [run.id]
    assert {path.name for path, _ in store.broken()} == {"holiday", broken.id}
    assert (store.folder / "holiday" / "photo.txt").read_text() == "mine"


def test_a_run_of_a_later_version_is_refused_by_name(store):
    run = begin(store)
    path = run.folder / "run.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"version": 2}))
    with pytest.raises(StoreError, match="version 2"):
        store.get(run.id)


def test_fields_of_another_program_do_no_harm(store):
    run = begin(store)
    path = run.folder / "run.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"stars": 5}))
    assert store.get(run.id).request == REQUEST


def test_a_picture_name_with_a_folder_in_it_is_not_followed(store):
    run = begin(store)
    path = run.folder / "run.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"pictures": {"1": "../../secret.png", "2": "fine.png"}}))
    assert [file.name for file in store.get(run.id).files] == ["fine.png"]


def test_a_write_that_was_cut_off_leaves_the_run_as_it_was(store):
    run = begin(store)
    (run.folder / ".run.json.1234.part").write_text('{"version": 1, "sta')
    assert store.get(run.id) == run


def test_a_home_that_cannot_be_written_says_so(tmp_path):
    (tmp_path / "runs").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="SKETCH_WIDGET_HOME"):
        begin(RunStore(tmp_path))


def test_only_the_kernel_that_carries_a_run_writes_it(store, tmp_path):
    run = begin(store)
    other = RunStore(tmp_path, owner="kernel-2", alive=lambda name: name == "kernel-1")
    with pytest.raises(StoreError):
        other.update(run.id, state="failed")
    with pytest.raises(StoreError):
        other.take_over(run.id)
    assert store.get(run.id).state == "queued"


def test_a_run_of_a_kernel_that_is_gone_can_be_taken_over(store, tmp_path):
    run = begin(store)
    other = RunStore(tmp_path, owner="kernel-2")
    assert other.take_over(run.id).owner == "kernel-2"
    with pytest.raises(StoreError):
        store.update(run.id, state="sending")


def test_unfinished_are_the_last_days_runs_that_no_living_kernel_carries(tmp_path):
    now = [NOON - 90000]
    dead = RunStore(tmp_path, owner="dead", now=lambda: now[0])
    alive = RunStore(tmp_path, owner="alive", now=lambda: now[0])
    begin(dead)
    now[0] = NOON
    waiting, ended = begin(dead), begin(dead)
    dead.update(waiting.id, state="waiting", task_id="task-1")
    dead.update(ended.id, state="done")
    begin(alive)
    here = RunStore(tmp_path, owner="here", alive=lambda name: name == "alive", now=lambda: now[0])
    begin(here)
    assert [run.id for run in here.unfinished()] == [waiting.id]


def test_a_run_that_nobody_took_up_for_a_day_is_named_as_ended(tmp_path):
    now = [NOON]
    dead = RunStore(tmp_path, owner="dead", now=lambda: now[0])
    unsent, sent, unsure = begin(dead), begin(dead), begin(dead)
    dead.update(sent.id, state="running", task_id="task-1", send_window=(NOON, NOON + 1))
    dead.update(unsure.id, state="unconfirmed", send_window=(NOON, NOON + 1))
    here = RunStore(tmp_path, owner="here", now=lambda: now[0])
    alive = RunStore(tmp_path, owner="here", alive=lambda name: True, now=lambda: now[0])
    assert {run.id for run in here.unfinished()} == {unsent.id, sent.id, unsure.id}
    now[0] += 86401
    assert here.unfinished() == []
    assert [here.get(run.id).state for run in (unsent, sent, unsure)] == ["cancelled", "expired", "unconfirmed"]
    assert "costs nothing" in here.get(unsent.id).error
    assert "24 hours" in here.get(sent.id).error
    assert alive.get(sent.id).state == dead.get(sent.id).state == "running"
    assert [run.id for run in here.close_expired()] == [sent.id]
    assert here.close_expired() == []
    assert [alive.get(run.id).state for run in (unsent, sent, unsure)] == ["cancelled", "expired", "unconfirmed"]


def test_claimed_tasks_and_unsure_runs_are_found(store):
    first, second = begin(store), begin(store)
    store.update(first.id, state="waiting", task_id="task-1", send_window=(NOON, NOON + 1))
    store.update(second.id, state="sending", send_window=(NOON, NOON + 120))
    assert store.claimed(NOON) == {"task-1"}
    assert store.unsure(NOON + 60, NOON + 70) == {second.id}
    assert store.unsure(NOON + 121, NOON + 130) == frozenset()


def test_errors_are_kept_in_both_languages(store):
    run = begin(store)
    problem = JobFailedError("job.failed", reason=StoreError("runs.none", value="x", folder="y"))
    run = store.update(run.id, state="failed", error=problem, failures=(Failure(2, problem),))
    assert run.problem["en"] == problem.text("en")
    assert "没有记录" in run.problem["zh"]
    assert set(run.failures) == {2}
    assert store.get(run.id).error == problem.text()


@pytest.mark.parametrize(
    ("service", "caption"),
    [("dashscope", "a big tree · Watercolor"), ("offline", "a big tree · Watercolor · offline preview")],
)
def test_a_caption_says_what_was_asked_and_whether_it_is_a_preview(store, service, caption):
    assert store.begin(REQUEST, b"", service=service).caption_in("en") == caption
