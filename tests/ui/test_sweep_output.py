"""The sheet of a sweep as a plain output: it grows with the sweep and stays in the saved notebook."""

from base64 import b64decode
from pathlib import Path

import pytest
from fakes.comms import Comms
from fakes.shown import Stage
from fakes.thread import ToldThread

from sketch_widget.jobs.state import JobState
from sketch_widget.jobs.sweep import Sweep
from sketch_widget.ui.job_view import register
from sketch_widget.ui.outputs import HIDING_RULE, MARK, Snapshot
from sketch_widget.ui.sweep_output import GrowingSheet, is_due, sweep_bundle

S = JobState


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def swept(stage: Stage, *states: JobState) -> Sweep:
    weights = tuple(range(len(states)))
    jobs = [stage.job(state, sketch_weight=weight) for weight, state in enumerate(states)]
    return Sweep({"sketch_weight": weights}, tuple(jobs), "en")


def sheets(total: int, seconds: float) -> list[int]:
    """Return how many squares each sheet shows when they come to rest one after the other, so many seconds apart."""
    made, moment = [0], 0.0
    for resting in range(total + 1):
        if is_due(resting, made[-1], total, resting * seconds - moment):
            made.append(resting)
            moment = resting * seconds
    return made[1:]


def test_quick_pictures_make_few_sheets_and_slow_ones_each_their_own():
    assert sheets(64, 0.5) == [1, 2, 4, 8, 16, 32, 52, 64]
    assert sheets(6, 27.0) == [1, 2, 3, 4, 5, 6]
    assert not is_due(0, 0, 6, 1000.0)


def test_a_sheet_grows_with_its_sweep_in_one_output(shell, stage):
    sweep, thread = swept(stage, S.QUEUED, S.QUEUED), ToldThread()
    snapshot = Snapshot("en")
    snapshot.show()
    sheet = GrowingSheet(sweep, snapshot, thread)
    sheet.follow()
    thread.work()
    assert (len(shell.display_pub.outputs), sheet.is_whole) == (1, False)
    stage.lead(sweep.jobs[1], S.DONE)
    thread.work()
    assert (len(shell.display_pub.outputs), sheet.is_whole) == (2, False)
    stage.lead(sweep.jobs[0], S.FAILED)
    thread.work()
    assert (len(shell.display_pub.outputs), sheet.is_whole) == (3, True)
    first, _, last = shell.display_pub.outputs
    assert last["transient"] == first["transient"]
    assert HIDING_RULE.split('img[src*="')[1].split('"')[0] in last["data"]["image/png"]


def test_a_sweep_that_is_shown_again_when_it_is_done_has_its_sheet_at_once(shell, stage):
    thread = ToldThread()
    GrowingSheet(swept(stage, S.DONE, S.DONE), snapshot := Snapshot("en"), thread).follow()
    snapshot.show()
    thread.work()
    blank, sheet = shell.display_pub.outputs
    assert len(sheet["data"]["image/png"]) > len(blank["data"]["image/png"])


def test_the_output_is_described_in_words_for_those_who_see_no_pictures(stage):
    data, metadata = sweep_bundle(swept(stage, S.DONE, S.QUEUED), MARK)
    assert b64decode(data["image/png"]).startswith(b"\x89PNG")
    alt = metadata["image/png"]["alt"]
    assert alt.startswith("sketch_weight: 2 pictures. Across: sketch_weight\u00a00, sketch_weight\u00a01.")
    assert "Offline preview" in alt
    assert data["text/plain"].splitlines()[0] == alt
    assert "sketch_weight=0: Done, 1 of 1 saved" in data["text/plain"]


def test_a_sweep_as_the_last_line_of_a_cell_is_a_live_table_with_a_plain_output_beside_it(shell, comms: Comms, stage):
    register(shell)
    assert shell.display_formatter.format(swept(stage, S.QUEUED, S.QUEUED)) == ({}, {})
    table, sheet = shell.display_pub.outputs
    assert "application/vnd.jupyter.widget-view+json" in table["data"]
    assert table["data"]["text/plain"].startswith("A sweep of 2 jobs")
    assert "image/png" in sheet["data"]
