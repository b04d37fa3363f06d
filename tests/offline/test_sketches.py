import pytest

from sketch_widget.offline.sketches import fetched, is_on_this_computer


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:8000/a.png", True),
        ("http://127.9.9.9/a.png", True),
        ("http://localhost:8000/a.png", True),
        ("http://[::1]:8000/a.png", True),
        ("https://127.0.0.1/a.png", False),
        ("http://127.0.0.1.example.com/a.png", False),
        ("http://127.0.0.1@example.com/a.png", False),
        ("http://localhost.example.com/a.png", False),
        ("http://0.0.0.0/a.png", False),
        ("http://2130706433/a.png", False),
        ("http://192.168.0.1/a.png", False),
        ("http://169.254.169.254/latest", False),
        ("http://127.0.0.1/树.png", False),
        ("http://[::1/a.png", False),
        ("file:///etc/hostname", False),
        ("", False),
    ],
)
def test_only_plain_addresses_of_this_computer_are_fetched(url, here):
    assert is_on_this_computer(url) is here


def test_what_cannot_be_fetched_is_nothing_and_no_error():
    assert fetched("http://127.0.0.1:1/a.png") is None  # nobody listens on port 1
    assert fetched("http://127.0.0.1:99999/a.png") is None
