import pytest
from contract.stage import MODEL, NOON

pytestmark = pytest.mark.anyio

DAY = 24 * 3600


async def listed(stage, **query):
    answer = await stage.call("GET", "/tasks", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def ids(page):
    return [item["task_id"] for item in page["data"]]


async def three_tasks(stage):
    """One succeeded, one cancelled, one running; ten seconds apart, beginning at NOON."""
    found = []
    for offset in (0, 10, 20):
        stage.clock.now = max(stage.clock.now, NOON + offset)
        if offset:
            stage.brush.may_paint.clear()
        if offset == 10:
            found.append(await stage.task(n=1, fault="task slow=50000"))
            assert (await stage.call("POST", f"/tasks/{found[-1]}/cancel")).status_code == 200
        else:
            found.append(await stage.task(n=1))
            await stage.until(found[-1], "RUNNING" if offset else "SUCCEEDED")
    return found


async def test_a_list_gives_the_newest_first_with_milliseconds_since_1970(stage):
    task_id = await stage.task(n=1)
    await stage.until(task_id, "SUCCEEDED")
    page = await listed(stage)
    assert set(page) == {"total", "data", "total_page", "page_no", "page_size", "request_id"}
    assert (page["total"], page["total_page"], page["page_no"], page["page_size"]) == (1, 1, 1, 10)
    (item,) = page["data"]
    assert set(item) == {
        *(
            "api_key_id",
            "caller_parent_id",
            "caller_uid",
            "gmt_create",
            "start_time",
            "end_time",
            "model_name",
            "region",
        ),
        *("request_id", "status", "task_id", "user_api_unique_key"),
    }
    assert item["gmt_create"] == round(NOON * 1000)
    assert item["gmt_create"] <= item["start_time"] <= item["end_time"]
    assert (item["status"], item["model_name"], item["region"]) == ("SUCCEEDED", MODEL, "cn-beijing")
    assert item["user_api_unique_key"] == f"apikey:v1:aigc:image2image:image-synthesis:{MODEL}"


async def test_an_item_has_the_request_id_of_its_submission_and_no_end_while_it_runs(stage):
    stage.brush.may_paint.clear()
    submitted = (await stage.submit(n=1)).json()
    await stage.until(submitted["output"]["task_id"], "RUNNING")
    (item,) = (await listed(stage))["data"]
    assert item["request_id"] == submitted["request_id"]
    assert "end_time" not in item
    assert "results" not in item


async def test_each_filter_selects(stage):
    succeeded, cancelled, running = await three_tasks(stage)
    assert ids(await listed(stage)) == [running, cancelled, succeeded]
    assert ids(await listed(stage, status="SUCCEEDED")) == [succeeded]
    assert ids(await listed(stage, status="CANCELED")) == [cancelled]
    assert ids(await listed(stage, status="RUNNING")) == [running]
    assert ids(await listed(stage, status="PENDING")) == []
    assert ids(await listed(stage, status="UNKNOWN")) == []
    assert ids(await listed(stage, task_id=cancelled)) == [cancelled]
    assert ids(await listed(stage, model_name=MODEL)) == [running, cancelled, succeeded]
    assert ids(await listed(stage, model_name="wanx-v1")) == []
    assert ids(await listed(stage, region="cn-beijing", api_key_id="42677")) == [running, cancelled, succeeded]


async def test_pages_are_cut_from_the_whole(stage):
    tasks = await three_tasks(stage)
    first, second, third = [await listed(stage, page_no=number, page_size=2) for number in (1, 2, 3)]
    assert ids(first) + ids(second) == tasks[::-1]
    assert (first["total"], first["total_page"], first["page_size"]) == (3, 2, 2)
    assert (ids(third), third["page_no"], third["total"]) == ([], 3, 3)


async def test_an_empty_list_has_no_pages(stage):
    page = await listed(stage)
    assert (page["data"], page["total"], page["total_page"]) == ([], 0, 0)


async def test_times_select_in_china_time_and_one_end_gives_the_other(stage):
    task_id = await stage.task(n=1)  # at 16:53:20 on 9 October 2025, in UTC+8
    stage.clock.pass_(3600)
    assert ids(await listed(stage, start_time="20251009165320", end_time="20251009165320")) == [task_id]
    assert ids(await listed(stage, start_time="20251009165321")) == []
    assert ids(await listed(stage, end_time="20251009165319")) == []
    assert ids(await listed(stage, start_time="20251008165321")) == [task_id]
    assert ids(await listed(stage, end_time="20251010165319")) == [task_id]
    assert ids(await listed(stage, start_time="20251008165319")) == []


async def test_without_times_the_last_day_is_listed(stage):
    task_id = await stage.task(n=1, fault="task slow=86000")
    stage.clock.pass_(DAY - 1)
    assert ids(await listed(stage)) == [task_id]
    stage.clock.pass_(2)
    assert ids(await listed(stage)) == []


async def test_a_query_outside_its_rule_is_refused_by_name(stage):
    for name, query in (
        ("end_time", {"start_time": "20251009000000", "end_time": "20251010000001"}),
        ("end_time", {"start_time": "20251009000001", "end_time": "20251009000000"}),
        ("start_time", {"start_time": "2025-10-09"}),
        ("status", {"status": "DONE"}),
        ("page_no", {"page_no": "0"}),
        ("page_no", {"page_no": "one"}),
        ("page_size", {"page_size": "-1"}),
        ("page_size", {"page_size": "101"}),
        ("page_size", {"page_size": "1" * 5000}),
    ):
        answer = await stage.call("GET", "/tasks", params=query)
        assert (answer.status_code, answer.json()["code"]) == (400, "InvalidParameter")
        assert f"parameter({name})" in answer.json()["message"]


async def test_a_list_shows_ones_own_tasks_only(stage):
    await stage.task(n=1)
    answer = await stage.call("GET", "/tasks", key="sk-other")
    assert answer.json()["total"] == 0


async def test_a_waiting_task_can_be_cancelled(stage):
    stage.brush.may_paint.clear()
    await stage.until(await stage.task(n=1), "RUNNING")
    task_id = await stage.task(n=2)
    answer = await stage.call("POST", f"/tasks/{task_id}/cancel")
    assert (answer.status_code, set(answer.json())) == (200, {"request_id"})
    polled = await stage.poll(task_id)
    assert set(polled) == {"request_id", "output"}
    assert polled["output"]["task_status"] == "CANCELED"
    assert set(polled["output"]) == {"task_id", "task_status", "submit_time", "end_time", "task_metrics"}
    assert polled["output"]["task_metrics"] == {"TOTAL": 2, "SUCCEEDED": 0, "FAILED": 0}


async def test_a_task_that_no_longer_waits_cannot_be_cancelled(stage):
    succeeded, cancelled, running = await three_tasks(stage)
    for task_id in (succeeded, cancelled, running, "none"):
        answer = await stage.call("POST", f"/tasks/{task_id}/cancel")
        assert answer.status_code == 400
        assert answer.json() | {"request_id": ""} == {
            "code": "UnsupportedOperation",
            "message": "Failed to cancel the task, please confirm if the task is in PENDING status.",
            "request_id": "",
        }


async def test_lists_and_cancels_have_a_rate_of_twenty_a_second_each(stage):
    for method, path, good in (("GET", "/tasks", 200), ("POST", "/tasks/none/cancel", 400)):
        statuses = [(await stage.call(method, path)).status_code for _ in range(21)]
        assert statuses == [good] * 20 + [429]
