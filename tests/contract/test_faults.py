import httpx
import pytest
from contract.stage import KEY, SUBMIT, drawing, png, staged

from sketch_widget import errors
from sketch_widget.drawing import picture
from sketch_widget.offline.refusals import DOCUMENTED
from sketch_widget.service.request import GenerationRequest

pytestmark = pytest.mark.anyio

REQUEST = GenerationRequest("a big tree", n=1, sketch_color=())
FINAL = {  # errors with the status 429 that no waiting ends
    *("CommodityNotPurchased", "PrepaidBillOverdue", "PostpaidBillOverdue", "Throttling.AllocationQuota#3"),
}


async def raised(awaitable):
    with pytest.raises(errors.SketchWidgetError) as caught:
        await awaitable
    return caught.value


async def test_every_documented_error_can_be_asked_for_and_is_told_by_our_client(stage):
    client = stage.client()
    for name, entry in DOCUMENTED.items():
        stage.app.faults.add(f"poll code={name}")
        error = await raised(client.task("x"))
        assert (error.http_status, error.code, error.message) == (entry.status, entry.code, entry.example().message)
        assert error.request_id
        stage.clock.pass_(0.1)


async def test_a_429_that_passes_is_told_from_one_that_does_not(stage):
    client = stage.client()
    for name in [name for name, entry in DOCUMENTED.items() if entry.status == 429]:
        stage.app.faults.add(f"submit code={name}")
        error = await raised(client.submit(REQUEST, "oss://x"))
        assert type(error) is (errors.AccountError if name in FINAL else errors.ThrottledError), name
        stage.clock.pass_(1)


async def test_a_429_asks_for_a_wait_only_where_it_is_made_to(stage):
    client = stage.client()
    for _ in range(2):
        await stage.task(n=1)
    refused = await stage.submit()
    assert (refused.status_code, "retry-after" in refused.headers) == (429, False)
    stage.app.faults.add("submit 429 retry-after=20; poll html=429 retry-after=7; upload 429 retry-after=5; list 429")
    waits = [
        (await raised(awaitable)).retry_after
        for awaitable in (client.submit(REQUEST, "oss://x"), client.task("x"), client.upload(png()), client.tasks())
    ]
    assert waits == [20, 7, 5, None]


async def test_a_wait_may_be_asked_for_as_a_moment(stage):
    stage.app.faults.add("poll 503 retry-after=Thu, 01 Jan 1970 00:00:00 GMT")
    answer = await stage.call("GET", "/tasks/x")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "Thu, 01 Jan 1970 00:00:00 GMT")


async def test_a_task_can_fail_with_every_documented_reason(stage):
    url = await stage.upload()
    for name, entry in DOCUMENTED.items():
        output = (await stage.until(await stage.task(url=url, fault=f"task fail={name}"), "FAILED"))["output"]
        assert (output["code"], output["message"]) == (entry.code, entry.example(url).message)
        stage.clock.pass_(1)


async def test_a_status_alone_stands_for_its_commonest_error(stage):
    client = stage.client()
    for status, kind in (
        (400, errors.BadRequestError),
        (401, errors.KeyRefusedError),
        (403, errors.NotAllowedError),
        (404, errors.BadRequestError),
        (429, errors.ThrottledError),
        (500, errors.ServerFaultError),
        (502, errors.ServerFaultError),
        (503, errors.ServerFaultError),
        (504, errors.ServerFaultError),
    ):
        stage.app.faults.add(f"poll {status}")
        error = await raised(client.task("x"))
        assert type(error) is kind
        assert error.http_status == status


async def test_a_refused_submission_leaves_no_task(stage):
    client = stage.client()
    url = await client.upload(png())
    stage.app.faults.add("submit 429; submit code=Arrearage; submit 500")
    for kind in (errors.ThrottledError, errors.AccountError, errors.ServerFaultError):
        assert type(await raised(client.submit(REQUEST, url))) is kind
    assert (await client.tasks()).total == 0
    assert (await client.submit(REQUEST, url)).status == "PENDING"


async def test_a_page_instead_of_json_is_no_answer(stage):
    client = stage.client()
    stage.app.faults.add("poll html; poll html=200")
    assert isinstance(await raised(client.task("x")), errors.ServerFaultError)
    assert isinstance(await raised(client.task("x")), errors.AnswerError)


async def test_an_answer_without_a_content_type_is_read_all_the_same(stage):
    stage.app.faults.add("poll untyped; list untyped")
    answer = await stage.call("GET", "/tasks/x")
    assert "content-type" not in answer.headers
    assert answer.json()["output"]["task_status"] == "UNKNOWN"
    wrong = await stage.call("GET", "/tasks", key=None)
    assert ("content-type" in wrong.headers, wrong.status_code, wrong.json()["code"]) == (False, 401, "InvalidApiKey")


async def test_a_compressed_answer_of_no_stated_length_is_read_all_the_same(stage):
    stage.app.faults.add("poll gzip")
    answer = await stage.call("GET", "/tasks/x")
    assert (answer.headers["content-encoding"], answer.headers.get("content-length")) == ("gzip", None)
    assert answer.json()["output"]["task_status"] == "UNKNOWN"


async def test_a_connection_cut_before_the_task_leaves_none_and_cut_after_it_leaves_one(stage):
    client = stage.client()
    url = await client.upload(png())
    for kind, tasks in (("cut-before", 0), ("cut-after", 1), ("cut-within", 2)):
        stage.app.faults.add(f"submit {kind}")
        assert isinstance(await raised(client.submit(REQUEST, url)), errors.OutcomeUnknownError)
        assert (await client.tasks()).total == tasks
        stage.clock.pass_(1)


async def test_half_a_picture_is_noticed(stage):
    client = stage.client()
    task = await client.submit(REQUEST, await client.upload(png()))
    await stage.until(task.task_id, "SUCCEEDED")
    (result,) = (await client.task(task.task_id)).results
    stage.app.faults.add("result truncated; result cut-within; result cut-after; result expired; result 503")
    assert isinstance(await raised(client.download(result.url)), errors.AnswerError)
    for _ in range(2):
        assert isinstance(await raised(client.download(result.url)), errors.OutcomeUnknownError)
    assert isinstance(await raised(client.download(result.url)), errors.NotAllowedError)
    assert isinstance(await raised(client.download(result.url)), errors.ServerFaultError)
    assert picture.read(await client.download(result.url)).pixels.shape == (768, 768, 3)


async def test_a_fault_happens_as_often_as_it_is_asked_for_and_to_its_operation_only(stage):
    stage.app.faults.add("poll 503 x2; list 429")
    assert [(await stage.call("GET", "/tasks/x")).status_code for _ in range(3)] == [503, 503, 200]
    assert [(await stage.call("GET", "/tasks")).status_code for _ in range(2)] == [429, 200]


async def test_each_operation_can_fail(stage):
    permit = await stage.permit()
    for fault, method, path in (
        ("submit 503", "POST", SUBMIT),
        ("poll 503", "GET", "/tasks/x"),
        ("list 503", "GET", "/tasks"),
        ("cancel 503", "POST", "/tasks/x/cancel"),
        ("permit 503", "GET", "/uploads"),
        ("upload 503", "POST", permit["upload_host"]),
        ("result 503", "GET", f"{stage.origin}/results/x"),
    ):
        stage.app.faults.add(fault)
        answer = await stage.call(method, path)
        assert answer.status_code == 503
        in_xml = fault.split()[0] in ("upload", "result")
        assert answer.headers["content-type"] == ("application/xml" if in_xml else "application/json")


async def test_a_header_asks_for_a_fault_of_its_own_call_only(stage):
    asked = {"X-Sketch-Widget-Fault": "poll 503; list 429"}
    assert (await stage.call("GET", "/tasks/x", headers=asked)).status_code == 503
    assert (await stage.call("GET", "/tasks", headers=asked)).status_code == 429
    assert (await stage.call("GET", "/tasks/x")).status_code == 200


async def test_a_header_that_asks_for_an_unknown_fault_is_told_so(stage):
    answer = await stage.call("GET", "/tasks/x", headers={"X-Sketch-Widget-Fault": "poll nonsense"})
    assert (answer.status_code, answer.json()["code"]) == (400, "InvalidParameter")
    assert "poll nonsense" in answer.json()["message"]
    assert answer.headers["x-request-id"] == answer.json()["request_id"]


@pytest.mark.service(faults="task fail=IPInfringementSuspect; task partial=1; task slow=60")
async def test_faults_of_tasks_fall_on_one_task_after_the_other(stage):
    failed, partial = await stage.task(n=2), await stage.task(n=2)
    stage.clock.pass_(1)
    slow, usual = await stage.task(n=2), await stage.task(n=2)
    assert (await stage.until(failed, "FAILED"))["output"]["code"] == "IPInfringementSuspect"
    assert (await stage.until(partial, "SUCCEEDED"))["output"]["task_metrics"]["FAILED"] == 1
    assert (await stage.poll(slow))["output"]["task_status"] == "PENDING"
    assert (await stage.poll(usual))["output"]["task_status"] == "PENDING"
    stage.clock.pass_(60)
    await stage.until(slow, "SUCCEEDED")
    await stage.until(usual, "SUCCEEDED")


async def test_a_stalled_answer_comes_late_or_never_though_the_task_is_accepted(port, tmp_path):
    # A client's time limit has no effect in process.
    async with staged(tmp_path, port) as stage:
        client, hurried = stage.client(), stage.client(timeout=0.2)
        url = await client.upload(png())
        stage.app.faults.add("submit stall; poll stall=0.01")
        assert isinstance(await raised(hurried.submit(REQUEST, url)), errors.OutcomeUnknownError)
        while (await client.tasks()).total == 0:  # a busy computer may act on it only after the client has given up
            stage.clock.pass_(0.06)
        assert (await client.task("x")).status == "UNKNOWN"


async def test_our_client_does_the_whole_errand(stage):
    client = stage.client()
    request = GenerationRequest("a big tree", style="anime", n=2, sketch_color=((123, 123, 123),))
    url = await client.upload(picture.sketch_png(drawing()))
    task = await client.submit(request, url)
    assert task.status == "PENDING"
    await stage.until(task.task_id, "SUCCEEDED")
    done = await client.task(task.task_id)
    assert [picture.read(await client.download(result.url)).pixels.shape for result in done.results] == [
        (768, 768, 3)
    ] * 2
    page = await client.tasks(status="SUCCEEDED")
    assert [item.task_id for item in page.items] == [task.task_id]
    assert page.items[0].gmt_create == done.submit_time
    assert isinstance(await raised(client.cancel(task.task_id)), errors.CancelRefusedError)
    (commission,) = stage.brush.commissions
    assert (commission.style, commission.sketch_color, commission.strokes) == ("<anime>", ((123, 123, 123),), drawing())


async def test_our_client_cancels_a_waiting_task(stage):
    client = stage.client()
    stage.brush.may_paint.clear()
    url = await client.upload(png())
    running, waiting = await client.submit(REQUEST, url), await client.submit(REQUEST, url)
    await stage.until(running.task_id, "RUNNING")
    await client.cancel(waiting.task_id)
    assert (await client.task(waiting.task_id)).status == "CANCELED"


async def test_the_answers_never_hold_the_key(stage):
    answers = [
        await stage.call("GET", "/tasks/x"),
        await stage.call("GET", "/nowhere"),
        await stage.submit("oss://none"),
        await stage.call("GET", "/uploads", params={"action": "getPolicy", "model": "x"}),
    ]
    await stage.task(n=1)
    answers.append(await stage.call("GET", "/tasks"))
    for answer in answers:
        assert isinstance(answer, httpx.Response)
        assert KEY not in answer.text
