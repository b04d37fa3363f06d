"""A sweep as a value: its table, its combinations, its file."""

from pathlib import Path

import pytest
from fakes.shown import Stage

from sketch_widget.errors import RequestError, StoreError
from sketch_widget.jobs.state import JobState
from sketch_widget.jobs.sweep import MOST, Sweep, combinations


def test_the_last_parameter_varies_fastest():
    requests = combinations({"prompt": ["a tree", "a boat"], "sketch_weight": [3, 10]}, {"n": 2})
    assert [(one.prompt, one.sketch_weight, one.n) for one in requests] == [
        ("a tree", 3, 2),
        ("a tree", 10, 2),
        ("a boat", 3, 2),
        ("a boat", 10, 2),
    ]


def test_a_sweep_has_at_most_64_jobs():
    prompts = [f"tree {number}" for number in range(MOST)]
    assert len(combinations({"prompt": prompts}, {})) == 64
    with pytest.raises(RequestError, match="128 jobs"):
        combinations({"prompt": prompts, "n": [1, 2]}, {})


@pytest.fixture
def swept(tmp_path: Path) -> Sweep:
    job = Stage(tmp_path).job(JobState.DONE)
    return Sweep({"prompt": (job.request.prompt,)}, (job,), "en", lambda sweep: f"{len(sweep.jobs)} drawn".encode())


def test_what_draws_the_sheet_is_handed_in_and_written_where_it_is_wanted(swept, tmp_path):
    target = tmp_path / "grid.png"
    assert swept.save(str(target)) == target
    assert target.read_bytes() == b"1 drawn"


def test_a_sheet_that_can_not_be_written_says_where_and_why(swept, tmp_path):
    with pytest.raises(StoreError, match=r"nowhere.*no such file or folder"):
        swept.save(tmp_path / "nowhere" / "grid.png")
