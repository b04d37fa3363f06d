import base64
import json
import re

import pytest
from contract.stage import MODEL, png

pytestmark = pytest.mark.anyio


def told(answer):
    assert answer.headers["content-type"] == "application/xml"
    code, message = re.search("<Code>(.*)</Code><Message>(.*)</Message>", answer.text).groups()
    return answer.status_code, code, message


async def test_leave_to_upload_has_the_recorded_fields(stage):
    answer = await stage.call("GET", "/uploads", params={"action": "getPolicy", "model": MODEL})
    given = answer.json()
    assert set(given) == {"data", "request_id"}
    data = given["data"]
    assert set(data) == {
        *("policy", "signature", "upload_dir", "upload_host", "expire_in_seconds", "max_file_size_mb"),
        *("oss_access_key_id", "x_oss_object_acl", "x_oss_forbid_overwrite", "capacity_limit_mb"),
    }
    assert [data[name] for name in ("max_file_size_mb", "capacity_limit_mb")] == [100, 999_999_999]
    assert (data["expire_in_seconds"], data["x_oss_object_acl"], data["x_oss_forbid_overwrite"]) == (
        300,
        "private",
        "true",
    )
    folder = rf"dashscope-instant/[0-9a-f]{{32}}/2025-10-09/{given['request_id']}"
    assert re.fullmatch(folder, data["upload_dir"])
    assert data["upload_host"].startswith(stage.origin)
    policy = json.loads(base64.b64decode(data["policy"]))
    assert policy["expiration"] == "2025-10-09T08:58:20.000Z"
    assert ["starts-with", "$key", data["upload_dir"]] in policy["conditions"]


async def test_leave_is_given_for_the_one_action_and_model_only(stage):
    for query, message in (
        ({"model": MODEL}, "Required parameter(action) missing or invalid, please check the request parameters."),
        ({"action": "getPolicy", "model": "wanx-v1"}, "Model not exist."),
        ({"action": "getPolicy"}, 'Required parameter "model" missing from request.'),
    ):
        answer = await stage.call("GET", "/uploads", params=query)
        assert (answer.status_code, answer.json()["message"]) == (400, message)


async def test_a_form_is_answered_with_200_and_nothing_or_with_204_when_it_does_not_ask(stage):
    answer = await stage.send_form(await stage.permit(), png())
    assert (answer.status_code, answer.content) == (200, b"")
    answer = await stage.send_form(await stage.permit(), png(), success_action_status=None)
    assert (answer.status_code, answer.content) == (204, b"")


async def test_leave_is_good_for_300_seconds(stage):
    early, late = await stage.permit(), await stage.permit()
    stage.clock.pass_(299)
    assert (await stage.send_form(early, png())).status_code == 200
    stage.clock.pass_(1)
    assert told(await stage.send_form(late, png())) == (
        403,
        "AccessDenied",
        "Invalid according to Policy: Policy expired.",
    )


async def test_a_form_that_does_not_fit_its_leave_is_refused(stage):
    permit, other = await stage.permit(), await stage.permit()
    for changes, code in (
        ({"Signature": other["signature"][::-1]}, "SignatureDoesNotMatch"),
        ({"policy": other["policy"]}, "SignatureDoesNotMatch"),
        ({"policy": None}, "SignatureDoesNotMatch"),
        ({"OSSAccessKeyId": "somebody"}, "SignatureDoesNotMatch"),
        ({"key": "elsewhere/sketch.png"}, "AccessDenied"),
        ({"key": f"{other['upload_dir']}/sketch.png"}, "AccessDenied"),
        ({"key": f"{permit['upload_dir']}/"}, "AccessDenied"),
        ({"key": None}, "AccessDenied"),
        ({"x-oss-object-acl": "public-read"}, "AccessDenied"),
        ({"x-oss-forbid-overwrite": None}, "AccessDenied"),
    ):
        assert told(await stage.send_form(permit, png(), **changes))[:2] == (403, code), changes


async def test_a_form_of_no_stated_length_or_of_too_much_is_refused_before_it_is_read(stage):
    async def endless():
        while not stage.over_socket:
            yield bytes(1 << 20)
        yield b"x"

    host = (await stage.permit())["upload_host"]
    assert told(await stage.http.post(host, content=endless()))[:2] == (411, "MissingContentLength")
    for length in (102 << 20, 10**18 - 1):
        request = stage.http.build_request("POST", host, content=b"x", headers={"Content-Length": str(length)})
        if not stage.over_socket:  # a real connection would hold such a client to its word
            assert told(await stage.http.send(request))[:2] == (400, "EntityTooLarge")


async def test_a_name_longer_than_the_file_store_allows_is_refused(stage):
    permit = await stage.permit()
    room = 1023 - len(f"{permit['upload_dir']}/")
    assert told(await stage.send_form(permit, png(), key=f"{permit['upload_dir']}/{'k' * (room + 1)}"))[:2] == (
        400,
        "InvalidObjectName",
    )
    assert (await stage.send_form(permit, png(), key=f"{permit['upload_dir']}/{'k' * room}")).status_code == 200


async def test_no_file_replaces_another(stage):
    permit = await stage.permit()
    assert (await stage.send_form(permit, png())).status_code == 200
    assert told(await stage.send_form(permit, png()))[:2] == (409, "FileAlreadyExists")


async def test_what_is_no_form_or_has_no_file_is_refused(stage):
    host = (await stage.permit())["upload_host"]
    assert told(await stage.http.post(host, data={"key": "x"}))[:2] == (400, "InvalidArgument")
    headers = {"Content-Type": "multipart/form-data"}
    assert told(await stage.http.post(host, content=b"--x", headers=headers))[:2] == (400, "MalformedPOSTRequest")


async def test_fields_after_the_file_are_not_looked_at(stage):
    permit = await stage.permit()
    part = '--b\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n{}\r\n'
    file = part.format("file", '; filename="a.png"', "data")
    rest = part.format("policy", "", permit["policy"]) + part.format("Signature", "", permit["signature"])
    answer = await stage.http.post(
        permit["upload_host"],
        content=f"{file}{rest}--b--\r\n".encode(),
        headers={"Content-Type": "multipart/form-data; boundary=b"},
    )
    assert told(answer)[:2] == (403, "SignatureDoesNotMatch")


async def test_the_upload_needs_no_key(stage):
    permit = await stage.permit()
    answer = await stage.send_form(permit, png())
    assert "Authorization" not in answer.request.headers
    assert answer.status_code == 200


async def test_a_name_with_spaces_and_chinese_letters_is_kept(stage):
    permit = await stage.permit()
    key = f"{permit['upload_dir']}/我的 涂鸦.png"
    assert (await stage.send_form(permit, png(), key=key)).status_code == 200
    await stage.until(await stage.task(url=f"oss://{key}", n=1), "SUCCEEDED")


async def test_leave_has_a_rate_of_a_hundred_a_second(stage):
    query = {"action": "getPolicy", "model": MODEL}
    statuses = [(await stage.call("GET", "/uploads", params=query)).status_code for _ in range(101)]
    assert statuses == [200] * 100 + [429]
