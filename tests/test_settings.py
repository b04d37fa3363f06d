"""What the surroundings say, and that the key never shows itself."""

import json
import pickle
from pathlib import Path

import pytest

from sketch_widget import settings
from sketch_widget.errors import InputError
from sketch_widget.settings import Secret

KEY = "sk-0123456789abcdef"


def test_nothing_set_means_no_key_the_services_own_address_and_english(tmp_path):
    found = settings.read({}, tmp_path)
    assert found.api_key is None
    assert found.base_url == "https://dashscope.aliyuncs.com/api/v1"
    assert (found.service, found.lang, found.workspace) == ("auto", "en", None)
    assert found.home.is_absolute()


def test_the_key_is_found_where_the_services_own_sdk_finds_it(tmp_path):
    own = tmp_path / ".dashscope" / "api_key"
    own.parent.mkdir()
    own.write_text("from-home\n")
    named = tmp_path / "named"
    named.write_text("from-file\n")
    file_path = {"DASHSCOPE_API_KEY_FILE_PATH": str(named)}
    assert settings.read({}, tmp_path).api_key == Secret("from-home")
    assert settings.read(file_path, tmp_path).api_key == Secret("from-file")
    assert settings.read(file_path | {"DASHSCOPE_API_KEY": " from-variable "}, tmp_path).api_key == Secret(
        "from-variable"
    )


@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [
        ("none", "there is no such file or folder", "文件或文件夹不存在"),
        (".", "it is a folder", "这是一个文件夹"),
        ("binary", "can't decode", "can't decode"),
    ],
)
def test_a_file_that_is_named_for_the_key_and_cannot_be_read_is_a_problem_and_no_other_key_is_taken(
    name, english, chinese, tmp_path
):
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    own = tmp_path / ".dashscope" / "api_key"
    own.parent.mkdir()
    own.write_text("from-home")
    environ = {"DASHSCOPE_API_KEY_FILE_PATH": str(tmp_path / name)}
    found = settings.read(environ, tmp_path)
    assert found.api_key is None
    assert english in found.key_problem.text("en")
    assert chinese in found.key_problem.text("zh")
    assert str(tmp_path / name) in found.key_problem.text("en")
    assert settings.read(environ | {"DASHSCOPE_API_KEY": "given"}, tmp_path).key_problem is None


def test_an_empty_or_missing_key_file_is_no_key(tmp_path):
    empty = tmp_path / "empty"
    empty.write_text(" \n")
    assert settings.read({"DASHSCOPE_API_KEY_FILE_PATH": str(empty)}, tmp_path).api_key is None
    assert settings.read({}, tmp_path).api_key is None
    assert settings.read({"DASHSCOPE_API_KEY": ""}, tmp_path).api_key is None


def test_variables_choose_service_address_language_and_home(tmp_path):
    found = settings.read(
        {
            "SKETCH_WIDGET_SERVICE": "offline",
            "DASHSCOPE_HTTP_BASE_URL": "http://127.0.0.1:8931/api/v1/",
            "SKETCH_WIDGET_LANG": "zh",
            "SKETCH_WIDGET_HOME": str(tmp_path / "history"),
            "DASHSCOPE_WORKSPACE": "llm-1",
        },
        tmp_path,
    )
    assert found.service == "offline"
    assert found.base_url == "http://127.0.0.1:8931/api/v1"
    assert (found.lang, found.workspace, found.home) == ("zh", "llm-1", tmp_path / "history")


def test_an_unknown_service_is_refused_with_what_is_allowed(tmp_path):
    with pytest.raises(InputError, match=r"'cloud'.*auto, offline, dashscope"):
        settings.read({"SKETCH_WIDGET_SERVICE": "cloud"}, tmp_path)


@pytest.mark.parametrize("show", [repr, str, "{}".format, "{:>40}".format, lambda secret: f"{secret!r:>60}"])
def test_a_key_shows_itself_in_no_text(show):
    assert KEY not in show(Secret(KEY))


@pytest.mark.parametrize("show", [repr, str])
def test_settings_show_everything_but_the_key(show):
    shown = show(settings.read({"DASHSCOPE_API_KEY": KEY}, Path("/nowhere")))
    assert KEY not in shown
    assert "dashscope.aliyuncs.com" in shown


@pytest.mark.parametrize("write", [pickle.dumps, json.dumps])
def test_a_key_is_never_written(write):
    with pytest.raises(TypeError):
        write(Secret(KEY))


def test_a_fingerprint_tells_keys_apart_and_gives_none_away():
    assert Secret(KEY).fingerprint() != Secret(KEY + "0").fingerprint()
    assert len(Secret(KEY).fingerprint()) == 16
    assert KEY[3:9] not in Secret(KEY).fingerprint()


def test_a_language_that_is_not_spoken_here_is_refused_in_our_own_variable_and_not_in_the_locale(tmp_path):
    with pytest.raises(InputError, match="SKETCH_WIDGET_LANG is 'fr'; it may be one of auto, en, zh"):
        settings.read({"SKETCH_WIDGET_LANG": "fr"}, tmp_path)
    assert settings.read({"LANG": "fr_FR.UTF-8"}, tmp_path).lang == "en"
    for given, lang in (("zh-CN", "zh"), ("en_US", "en"), ("auto", "en"), (" ", "en")):
        assert settings.read({"SKETCH_WIDGET_LANG": given}, tmp_path).lang == lang


@pytest.mark.parametrize("lang", ["fr", "", None, 3])
def test_a_language_that_is_asked_for_must_be_spoken_here(lang):
    with pytest.raises(InputError, match=r"lang is .*; it may be one of auto, en, zh"):
        settings.language(lang, {})
    assert settings.language("zh-CN", {}) == "zh"
