import re
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import anyio
import numpy as np
import pytest
from contract.stage import NOON, drawing, staged

from sketch_widget.drawing import picture
from sketch_widget.offline.app import OfflineApp, create_app
from sketch_widget.offline.options import Options
from sketch_widget.offline.tasks import LEASE
from sketch_widget.offline.worker import paint

DAY = 24 * 3600
POLLED = "application/json;charset=UTF-8"


@pytest.mark.anyio
async def test_a_waiting_task_has_a_submit_time_and_no_other(stage):
    stage.brush.may_paint.clear()
    await stage.task(n=1)
    answer = await stage.poll(await stage.task(n=3))
    output = answer["output"]
    assert set(answer) == {"request_id", "output"}
    assert set(output) == {"task_id", "task_status", "submit_time", "task_metrics"}
    assert output["submit_time"] == "2025-10-09 16:53:20.000"
    assert output["task_metrics"] == {"TOTAL": 3, "SUCCEEDED": 0, "FAILED": 0}


@pytest.mark.anyio
async def test_a_running_task_has_a_scheduled_time_and_shows_no_results_yet(stage):
    stage.brush.may_paint.clear()
    answer = await stage.until(await stage.task(n=2), "RUNNING")
    assert set(answer) == {"request_id", "output"}
    output = answer["output"]
    assert set(output) == {"task_id", "task_status", "submit_time", "scheduled_time", "task_metrics"}
    assert output["task_metrics"] == {"TOTAL": 2, "SUCCEEDED": 0, "FAILED": 0}


@pytest.mark.anyio
async def test_a_task_that_succeeded_has_addresses_metrics_and_usage(stage):
    task_id = await stage.task(n=2)
    answer = await stage.until(task_id, "SUCCEEDED")
    output = answer["output"]
    assert set(answer) == {"request_id", "output", "usage"}
    assert output["task_id"] == task_id
    assert output["task_metrics"] == {"TOTAL": 2, "SUCCEEDED": 2, "FAILED": 0}
    assert answer["usage"] == {"image_count": 2}
    assert [set(result) for result in output["results"]] == [{"url"}, {"url"}]
    assert output["submit_time"] <= output["scheduled_time"] <= output["end_time"]


@pytest.mark.anyio
async def test_times_are_written_in_china_without_a_zone_to_the_millisecond(stage):
    stage.clock.now = datetime(2024, 12, 31, 17, 38, 24, 817000, UTC).timestamp()
    output = (await stage.until(await stage.task(n=1), "SUCCEEDED"))["output"]
    assert output["submit_time"] == "2025-01-01 01:38:24.817"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}", output["end_time"])


@pytest.mark.anyio
async def test_every_poll_has_its_own_request_id_and_the_recorded_content_type(stage):
    task_id = await stage.task(n=1)
    answers = [await stage.call("GET", f"/tasks/{task_id}") for _ in range(2)]
    assert {answer.headers["content-type"] for answer in answers} == {POLLED}
    assert len({answer.json()["request_id"] for answer in answers}) == 2


@pytest.mark.parametrize("task_id", ["1111", "9e2b6ef6-285d-4efa-8651-4dbda7d571fa", "树"])
@pytest.mark.anyio
async def test_a_task_that_does_not_exist_is_unknown_and_no_error(stage, task_id):
    answer = await stage.poll(task_id)
    assert answer["output"] == {"task_id": task_id, "task_status": "UNKNOWN"}


@pytest.mark.anyio
async def test_another_account_finds_a_task_unknown(stage):
    task_id = await stage.task(n=1)
    assert (await stage.poll(task_id, key="sk-other"))["output"]["task_status"] == "UNKNOWN"


@pytest.mark.anyio
async def test_a_task_is_unknown_a_day_after_its_end(stage):
    task_id = await stage.task(n=1)
    await stage.until(task_id, "SUCCEEDED")
    stage.clock.pass_(DAY - 10)
    assert (await stage.poll(task_id))["output"]["task_status"] == "SUCCEEDED"
    stage.clock.pass_(10)
    assert (await stage.poll(task_id))["output"] == {"task_id": task_id, "task_status": "UNKNOWN"}


@pytest.mark.anyio
async def test_a_task_may_fail_with_its_reason_inside_the_output(stage):
    answer = await stage.until(await stage.task(n=4, fault="task fail=DataInspectionFailed"), "FAILED")
    output = answer["output"]
    assert output["code"] == "DataInspectionFailed"
    assert output["message"] == "Input or output data may contain inappropriate content."
    assert output["task_metrics"] == {"TOTAL": 4, "SUCCEEDED": 0, "FAILED": 4}
    assert "results" not in output
    assert answer["usage"] == {"image_count": 0}
    assert {"submit_time", "scheduled_time", "end_time"} < set(output)


@pytest.mark.anyio
async def test_a_task_with_a_failed_picture_still_succeeds_and_counts_the_good_ones(stage):
    answer = await stage.until(await stage.task(n=3, fault="task partial=1"), "SUCCEEDED")
    *good, bad = answer["output"]["results"]
    assert [set(result) for result in good] == [{"url"}, {"url"}]
    assert set(bad) == {"code", "message"}
    assert bad["code"] == "InternalError.Timeout"
    assert answer["output"]["task_metrics"] == {"TOTAL": 3, "SUCCEEDED": 2, "FAILED": 1}
    assert answer["usage"] == {"image_count": 2}


@pytest.mark.anyio
async def test_a_task_of_failed_pictures_only_fails_for_the_reason_of_the_first(stage):
    output = (await stage.until(await stage.task(n=2, fault="task partial=2"), "FAILED"))["output"]
    assert output["code"] == "InternalError.Timeout"


@pytest.mark.anyio
async def test_a_picture_is_a_png_of_768_pixels_that_says_how_it_was_made(stage):
    answer = await stage.until(await stage.task(n=1, prompt="a big 树"), "SUCCEEDED")
    fetched = await stage.http.get(answer["output"]["results"][0]["url"])
    assert (fetched.status_code, fetched.headers["content-type"]) == (200, "image/png")
    assert int(fetched.headers["content-length"]) == len(fetched.content)
    found = picture.read(fetched.content)
    assert found.pixels.shape == (768, 768, 3)
    assert found.text["Software"] == "sketch_widget offline preview"
    assert found.text["Description"] == "a big 树"
    assert found.text["Words heard"] == "树"


@pytest.mark.anyio
async def test_a_pictures_address_is_signed_and_names_its_end_a_day_after_the_tasks(stage):
    answer = await stage.until(await stage.task(n=1), "SUCCEEDED")
    url = answer["output"]["results"][0]["url"]
    assert url.startswith(stage.origin + "/")
    assert urlsplit(url).path.endswith("-1.png")
    query = parse_qs(urlsplit(url).query)
    assert set(query) == {"Expires", "OSSAccessKeyId", "Signature"}
    assert NOON + DAY <= int(query["Expires"][0]) <= stage.clock() + DAY


@pytest.mark.anyio
async def test_a_pictures_address_no_longer_opens_after_a_day(stage):
    url = (await stage.until(await stage.task(n=1), "SUCCEEDED"))["output"]["results"][0]["url"]
    stage.clock.pass_(DAY + 1)
    answer = await stage.http.get(url)
    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/xml")
    assert "<Code>AccessDenied</Code><Message>Request has expired.</Message>" in answer.text


@pytest.mark.anyio
async def test_a_changed_address_opens_nothing(stage):
    url = (await stage.until(await stage.task(n=1), "SUCCEEDED"))["output"]["results"][0]["url"]
    later = url.replace(f"Expires={int(parse_qs(urlsplit(url).query)['Expires'][0])}", "Expires=9999999999")
    for changed in (later, url.split("?")[0], url[:-6] + "AAA%3D", url.replace("-1.png", "-2.png")):
        answer = await stage.http.get(changed)
        assert answer.status_code == 403, changed
        assert "<Code>SignatureDoesNotMatch</Code>" in answer.text


@pytest.mark.anyio
async def test_a_painted_picture_can_be_the_next_sketch(stage):
    url = (await stage.until(await stage.task(n=1), "SUCCEEDED"))["output"]["results"][0]["url"]
    await stage.until(await stage.task(url=url, n=1), "SUCCEEDED")
    assert (stage.brush.commissions[1].sketch == 0).all()


@pytest.mark.anyio
async def test_twenty_polls_a_second_are_answered_and_no_more(stage):
    statuses = [(await stage.call("GET", "/tasks/x")).status_code for _ in range(21)]
    assert statuses == [200] * 20 + [429]
    assert (await stage.call("GET", "/tasks")).status_code == 200
    assert (await stage.call("GET", "/tasks/x", key="sk-other")).status_code == 200
    stage.clock.pass_(1)
    assert (await stage.call("GET", "/tasks/x")).status_code == 200


@pytest.mark.service(options=Options(minimum_seconds=30))
@pytest.mark.anyio
async def test_a_task_may_be_made_to_run_a_minimum_of_time(stage):
    task_id = await stage.task(n=1)
    with anyio.fail_after(10):
        while (output := (await stage.poll(task_id))["output"])["task_metrics"]["SUCCEEDED"] < 1:
            await anyio.sleep(0.01)
            stage.clock.pass_(0.06)
    assert output["task_status"] == "RUNNING"
    assert "results" not in output
    stage.clock.pass_(30)
    await stage.until(task_id, "SUCCEEDED")


@pytest.mark.anyio
async def test_a_painter_that_fails_is_a_failed_task_and_not_a_dead_service(tmp_path, caplog):
    def broken(commission):
        raise ZeroDivisionError

    async with staged(tmp_path, painter=broken) as stage:
        for _ in range(2):
            output = (await stage.until(await stage.task(n=1), "FAILED"))["output"]
            assert output["code"] == "InternalError.Algo"
    assert "could not be painted" in caplog.text


@pytest.mark.anyio
async def test_a_new_process_finds_the_finished_and_the_unfinished_tasks_of_a_dead_one(tmp_path):
    async with staged(tmp_path) as dead, staged(tmp_path) as new:
        done = await dead.task(key="offline-1", n=1)
        await dead.until(done, "SUCCEEDED", key="offline-1")
        dead.brush.may_paint.clear()
        dead.clock.pass_(1)
        begun, waiting = await dead.task(key="offline-1", n=1), await dead.task(key="offline-1", n=1)
        await dead.until(begun, "RUNNING", key="offline-1")

        new.clock.now = dead.clock.now + LEASE
        url = (await new.poll(done, key="offline-2"))["output"]["results"][0]["url"]
        assert (await new.http.get(url)).status_code == 200
        for task_id in (begun, waiting):
            await new.until(task_id, "SUCCEEDED", key="offline-2")
        assert len(new.brush.commissions) == 2


@pytest.mark.anyio
async def test_a_service_that_ends_leaves_its_task_to_the_next_one_at_once(tmp_path):
    async with staged(tmp_path, options=Options(minimum_seconds=1e6)) as old:
        task_id = await old.task(n=1)
        await old.until(task_id, "RUNNING")
    async with staged(tmp_path) as new:
        new.clock.now = old.clock.now
        await new.until(task_id, "SUCCEEDED")


@pytest.mark.anyio
async def test_the_painters_of_this_package_paint_when_no_other_is_given(tmp_path):
    async with staged(tmp_path, painter=paint) as stage:
        url = await stage.upload(picture.sketch_png(drawing()))
        answer = await stage.until(await stage.task(url=url, n=1, prompt="a big tree"), "SUCCEEDED")
        fetched = await stage.http.get(answer["output"]["results"][0]["url"])
        painted = picture.read(fetched.content).pixels
        assert painted.shape == (768, 768, 3)
        assert len(np.unique(painted.reshape(-1, 3), axis=0)) > 1000


def test_the_service_is_an_asgi_application_with_an_end(tmp_path):
    app = create_app(tmp_path / "new" / "folder")
    assert isinstance(app, OfflineApp)
    app.close()
    assert (tmp_path / "new" / "folder" / "tasks.sqlite3").exists()
