import pytest

from sketch_widget.errors import InputError, RequestError
from sketch_widget.service import addresses
from sketch_widget.settings import Secret

BASE = "https://dashscope.aliyuncs.com/api/v1"


@pytest.mark.parametrize(
    "url",
    [
        "https://dashscope-result-bj.oss-cn-beijing.aliyuncs.com/1d/d4/a-1.png?Expires=1709372333&Signature=a%2Bb%3D",
        "https://dashscope-result-wlcb.oss-cn-wulanchabu.aliyuncs.com/a.png",
        "https://DashScope-Result-SH.oss-cn-shanghai.aliyuncs.com/a.png",
        "https://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com",
        "https://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com:443/",
        "https://dashscope.aliyuncs.com/files/a.png",
    ],
)
def test_the_file_store_and_the_service_itself_are_trusted(url):
    assert addresses.is_trusted(url, BASE)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "a.png",
        "file:///etc/passwd",
        "ftp://dashscope-result-bj.oss-cn-beijing.aliyuncs.com/a.png",
        "http://dashscope-result-bj.oss-cn-beijing.aliyuncs.com/a.png",
        "http://dashscope-result-bj.oss-cn-beijing.aliyuncs.com:443/a.png",
        "http://dashscope.aliyuncs.com/a.png",
        "https://dashscope-result-bj.oss-cn-beijing.aliyuncs.com.evil.example/a.png",
        "https://dashscope-result-bj.oss-cn-beijing.aliyuncs.com@evil.example/a.png",
        "https://evil.example/dashscope-result-bj.oss-cn-beijing.aliyuncs.com",
        "https://evil.example\\@dashscope-result-bj.oss-cn-beijing.aliyuncs.com/a.png",
        "https://evil.example#@dashscope-result-bj.oss-cn-beijing.aliyuncs.com/a.png",
        "https://oss-cn-beijing.aliyuncs.com/a.png",
        "https://evilaliyuncs.com/a.png",
        "https://dashscope-result-bj.oss-cn-beijing.aliyuncs.com:8443/a.png",
        "https://dashscope-result-bj.oss-cn-beijing.aliyuncs.com:99999/a.png",
        "https://dashscope-result-bj.oss-cn-beijing.aliyuncs.com/a b.png",
        "https://dashscope-result-bj.oss-cn-beijing.aliyuncs.com/图.png",
        "https://dashscope-result-bj.oss-cn-beijing.aliyuncs.com/a.png\r\nX: y",
        "https://169.254.169.254/latest/meta-data",
        "http://127.0.0.1:8888/api",
        "https://[::1]/a.png",
    ],
)
def test_no_other_address_is_trusted(url):
    assert not addresses.is_trusted(url, BASE)


@pytest.mark.parametrize(
    ("url", "trusted"),
    [
        ("http://127.0.0.1:8931/files/a.png?Expires=1", True),
        ("http://127.0.0.1/files/a.png", False),
        ("https://127.0.0.1:8931/files/a.png", False),
        ("http://localhost:8931/files/a.png", False),
    ],
)
def test_a_service_of_ones_own_is_trusted_at_its_very_address(url, trusted):
    assert addresses.is_trusted(url, "http://127.0.0.1:8931/api/v1") is trusted


@pytest.mark.parametrize(
    ("url", "checked"),
    [
        (BASE, BASE),
        (BASE + "/", BASE),
        (" http://127.0.0.1:8931/api/v1 ", "http://127.0.0.1:8931/api/v1"),
        ("http://[::1]:8931", "http://[::1]:8931"),
    ],
)
def test_a_base_url_loses_its_last_slash(url, checked):
    assert addresses.check_base_url(url) == checked


@pytest.mark.parametrize(
    "url",
    [
        "",
        "dashscope.aliyuncs.com",
        "ftp://a/b",
        "https://",
        "https://user:pass@host/api",
        "https://host/api?x=1",
        "https://host/api#x",
        "https://ho st/api",
        "https://主机/api",
        "https://host:99999/api",
        None,
        7,
    ],
)
def test_a_base_url_that_is_none_is_refused_without_showing_it(url):
    with pytest.raises(InputError) as caught:
        addresses.check_base_url(url)
    assert "pass" not in caught.value.text("en")


@pytest.mark.parametrize("url", ["oss://dir/sketch.png", "https://example.com/a.png?x=%20", "http://example.com/a"])
def test_a_sketch_may_stand_at_a_public_address_or_in_the_file_store(url):
    assert addresses.check_sketch_url(url) == url


@pytest.mark.parametrize("url", ["", "sketch.png", "data:image/png;base64,AA", "https://例子/a.png", "oss://a b", None])
def test_a_sketch_that_the_service_cannot_read_is_refused(url):
    with pytest.raises(RequestError) as caught:
        addresses.check_sketch_url(url)
    assert caught.value.field == "sketch_image_url"


@pytest.mark.parametrize("key", ["sk-0123456789abcdef", Secret("sk-0123456789abcdef")])
def test_a_key_is_hidden_at_once(key):
    secret = addresses.check_key(key)
    assert secret == Secret("sk-0123456789abcdef")
    assert "0123" not in repr(secret)


@pytest.mark.parametrize(
    "key",
    ["", " ", "sk-abc\n", "sk-abc\r\nX-Evil: 1", "sk abc", "sk-密钥", "sk-abc\u200b", Secret("sk-abc\n"), 7, b"sk-abc"],
)
def test_a_key_that_no_header_can_carry_is_refused_and_not_shown(key):
    with pytest.raises(InputError) as caught:
        addresses.check_key(key)
    shown = caught.value.text("en") + caught.value.text("zh") + repr(caught.value) + repr(caught.value.fields)
    assert "sk-" not in shown


@pytest.mark.parametrize("workspace", ["", "llm abc", "llm-abc\n", "工作空间"])
def test_a_workspace_that_no_header_can_carry_is_refused(workspace):
    with pytest.raises(InputError):
        addresses.check_workspace(workspace)


@pytest.mark.parametrize("task_id", ["", "  ", None, 7])
def test_a_blank_task_id_is_refused(task_id):
    with pytest.raises(RequestError):
        addresses.check_task_id(task_id)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("sketch.png", "sketch.png"),
        ("my sketch (1).png", "my_sketch_1_.png"),
        ("草图.png", "_.png"),
        ("/home/me/a.png", "a.png"),
        ("C:\\me\\a.png", "a.png"),
        ("..", "sketch.png"),
        (".hidden", "hidden"),
        ("", "sketch.png"),
        ("a" * 200 + ".png", "a" * 76 + ".png"),
    ],
)
def test_a_file_name_becomes_plain_ascii(name, plain):
    assert addresses.ascii_name(name) == plain


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Host.example/a?Signature=x", "host.example"),
        ("http://127.0.0.1:8931/x", "127.0.0.1"),
        ("nonsense", "?"),
    ],
)
def test_only_the_host_of_an_address_is_told(url, host):
    assert addresses.host_of(url) == host
