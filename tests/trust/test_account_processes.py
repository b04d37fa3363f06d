"""Real processes on one account: they keep its limits, wait in the order in which they came, and survive a kill.

The bars on time are measured by `tests/benchmarks/bench_account.py`, where nothing else runs. The limits here are on a
scaled clock, where half a second that the machine is busy elsewhere counts as many, so they only catch a line that
stands still: one that waits for a lease, a time limit or the next hour.
"""

import pytest
from trust.account_lab import Lab, durations, killed, measured

STILL = 3.0  # times the ideal
STILL_SECONDS = 60.0  # on the service's scale, 7.5 s of the clock on the wall


@pytest.mark.parametrize(("mode", "probes"), [("queue", 0), ("strict", 1)])
def test_eight_kernels_keep_the_accounts_limits_and_wait_their_turn(tmp_path, mode, probes):
    found = measured(tmp_path / "lab", "widget", mode, 24.0, durations(1, jobs=2))
    assert found.pictures == 16
    assert found.refused <= probes
    assert found.makespan < STILL
    assert found.longest < STILL * found.ideal_longest
    assert found.fairness > 0.85


@pytest.mark.parametrize("mode", ["queue", "strict"])
def test_after_the_holder_is_killed_its_task_is_seen_out_and_its_picture_filed(tmp_path, mode):
    found = killed(tmp_path / "lab", mode, 8.0)
    assert found.gap < STILL_SECONDS
    assert found.refused == 0
    assert found.refused_before <= (mode == "strict")
    assert found.runs == [("done", 1)] * 3


def test_a_task_whose_id_died_with_its_kernel_is_found_in_the_list_before_anything_is_sent(tmp_path):
    with Lab(tmp_path / "lab", "queue", 8.0) as lab:
        fatal, other = lab.kernel("widget", [12.0], dies="submit"), lab.kernel("widget", [6.0])
        lab.until(lambda: all(kernel.facts("ready") for kernel in lab.kernels))
        fatal.go()
        lab.until(lambda: fatal.is_over)
        other.go()
        lab.finish()
        submits, lists = lab.calls("submit"), lab.calls("list")
        assert [status for _, status in submits] == [200, 200]
        assert submits[0] < lists[0] < submits[1]
        assert set(lab.tasks()) == {"kernel0.0", "kernel1.0"}
        assert sorted((run.request.prompt.split()[0], run.state, len(run.files)) for run in lab.runs()) == [
            ("kernel0.0", "done", 1),
            ("kernel1.0", "done", 1),
        ]
