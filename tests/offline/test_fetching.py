import socket
import threading
from contextlib import suppress

import pytest
from fakes.host import certified, hosted

from sketch_widget.offline.fetching import MAX_BYTES, Reach, fetched, target_of

NAMES = {
    "localhost": ["127.0.0.1", "::1"],
    "pictures.example": ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"],
    "inside.example": ["10.0.0.7"],
    "both.example": ["93.184.216.34", "192.168.0.1"],
    "mapped.example": ["::ffff:10.0.0.7"],
    "here.example": ["127.0.0.1"],
}


def looked_up(host, _port):
    try:
        return NAMES[host]
    except KeyError:
        raise OSError("no such name") from None


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:8000/a.png", True),
        ("http://127.9.9.9/a.png", True),
        ("http://localhost:8000/a.png", True),
        ("https://localhost:8000/a.png", True),
        ("https://127.0.0.1/a.png", True),
        ("http://[::1]:8000/a.png", True),
        ("http://[::ffff:127.0.0.1]:8000/a.png", True),
        ("http://127.0.0.1.example.com/a.png", False),
        ("http://127.0.0.1@example.com/a.png", False),
        ("http://example.com@127.0.0.1/a.png", False),
        ("http://localhost.example.com/a.png", False),
        ("http://here.example/a.png", False),
        ("http://0.0.0.0/a.png", False),
        ("http://2130706433/a.png", False),
        ("http://192.168.0.1/a.png", False),
        ("http://169.254.169.254/latest", False),
        ("http://93.184.216.34/a.png", False),
        ("http://127.0.0.1/树.png", False),
        ("http://127.0.0.1/a b.png", False),
        ("http://127.0.0.1/a\r\nX: y", False),
        ("http://[::1/a.png", False),
        ("http://127.0.0.1:99999/a.png", False),
        ("http:///a.png", False),
        ("ftp://127.0.0.1/a.png", False),
        ("file:///etc/hostname", False),
        ("", False),
    ],
)
def test_only_plain_addresses_of_this_computer_are_fetched(url, here):
    assert (target_of(url, Reach.HERE, looked_up) is not None) is here
    assert target_of(url, Reach.NOTHING, looked_up) is None


def test_without_leave_for_the_internet_no_name_is_looked_up():
    asked = []
    assert target_of("https://pictures.example/a.png", Reach.HERE, lambda *name: asked.append(name) or []) is None
    assert asked == []


@pytest.mark.parametrize(
    ("url", "addresses"),
    [
        ("https://pictures.example/a.png", tuple(NAMES["pictures.example"])),
        ("http://93.184.216.34/a.png", ("93.184.216.34",)),
        ("http://[::ffff:5db8:d822]/a.png", ("::ffff:5db8:d822",)),
        ("http://inside.example/a.png", None),
        ("http://both.example/a.png", None),
        ("http://mapped.example/a.png", None),
        ("http://here.example/a.png", None),
        ("http://none.example/a.png", None),
        ("http://localhost/a.png", None),
        ("http://127.0.0.1/a.png", None),
        ("http://10.0.0.7/a.png", None),
        ("http://100.64.0.1/a.png", None),
        ("http://169.254.169.254/latest", None),
        ("http://224.0.0.1/a.png", None),
        ("http://0.0.0.0/a.png", None),
        ("http://[fd00::1]/a.png", None),
        ("http://[fe80::1]/a.png", None),
        ("http://[::ffff:127.0.0.1]/a.png", None),
        ("http://[64:ff9b::a00:7]/a.png", None),
        ("http://[2002:a00:7::1]/a.png", None),
        ("http://[2002:7f00:1::1]/a.png", None),
        ("http://[::a00:7]/a.png", None),
        ("http://[fec0::1]/a.png", None),
    ],
)
def test_the_internet_is_asked_at_the_very_machines_that_were_looked_at_and_no_private_network(url, addresses):
    target = target_of(url, Reach.PUBLIC, looked_up)
    assert (target and target.addresses) == addresses


def test_a_file_is_fetched_without_a_proxy_from_the_machine_that_was_looked_at(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with hosted({"/a.png?size=1": b"a picture"}) as host:
        url = host.url("/a.png?size=1", "here.example")
        assert fetched(url, Reach.HERE | Reach.PUBLIC, resolve=looked_up) == b"a picture"
        assert host.asked == [(f"here.example:{host.server_port}", "/a.png?size=1")]


def test_a_redirection_is_not_followed_and_what_is_not_there_is_nothing():
    with hosted({"/a.png": b"a picture"}) as host:
        assert [fetched(host.url(path), Reach.HERE) for path in ("/moved", "/none", "")] == [None] * 3
        assert [path for _, path in host.asked] == ["/moved", "/none", "/"]
    assert fetched("http://127.0.0.1:1/a.png", Reach.HERE) is None  # nobody listens on port 1


def test_no_more_is_read_than_shows_that_a_file_is_too_large():
    with hosted({"/large": bytes(MAX_BYTES + 9)}) as host:
        assert len(fetched(host.url("/large"), Reach.HERE)) == MAX_BYTES + 1


def test_a_machine_that_says_nothing_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/a.png"
        assert fetched(url, Reach.HERE, patience=0.05) is None


@pytest.mark.parametrize(
    ("before", "after"), [(b"", b"Content-Length: 0\r\n\r\n"), (b"Content-Length: 300\r\n\r\n", b"")]
)
def test_a_machine_that_drips_its_answer_is_given_up_though_the_whole_of_it_would_come(before, after):
    def drip(host):
        with host.accept()[0] as caller, suppress(OSError):
            caller.sendall(b"HTTP/1.1 200 OK\r\n" + before)
            for _ in range(50):
                caller.sendall(b"X: y\r\n")
                gone.wait(0.01)
            caller.sendall(after)

    gone = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as host:
        thread = threading.Thread(target=drip, args=(host,))
        thread.start()
        assert fetched(f"http://127.0.0.1:{host.getsockname()[1]}/a.png", Reach.HERE, patience=0.05) is None
        gone.set()
        thread.join()


def test_over_https_the_certificate_must_be_one_that_this_computer_trusts(tmp_path, monkeypatch):
    certificate = certified(tmp_path / "certificate.pem")
    with hosted({"/a.png": b"a picture"}, certificate) as host:
        assert fetched(host.url("/a.png"), Reach.HERE) is None
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert fetched(host.url("/a.png"), Reach.HERE) == b"a picture"
        assert fetched(host.url("/a.png", "localhost"), Reach.HERE) == b"a picture"
        other = host.url("/a.png", "here.example")  # the same machine under a name that the certificate does not have
        assert fetched(other, Reach.HERE | Reach.PUBLIC, resolve=looked_up) is None
