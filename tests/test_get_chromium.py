"""How the test command gets its browser."""

from browser.get_chromium import apt_commands


def test_a_root_user_installs_what_is_missing_by_apt():
    assert apt_commands(["chromium"], is_root=True, programs={"apt-get"}) == [
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-q", "-y", "chromium"],
    ]


def test_another_user_asks_sudo_which_must_not_prompt():
    commands = apt_commands(["libatomic1", "chromium"], is_root=False, programs={"apt-get", "sudo"})
    assert commands[1] == ["sudo", "-n", "apt-get", "install", "-q", "-y", "libatomic1", "chromium"]


def test_apt_is_left_alone_where_it_may_not_be_used_or_nothing_is_missing():
    assert apt_commands(["chromium"], is_root=False, programs={"apt-get"}) == []
    assert apt_commands(["chromium"], is_root=True, programs=set()) == []
    assert apt_commands([], is_root=True, programs={"apt-get"}) == []
