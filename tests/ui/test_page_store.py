"""What stood on a page is found again, and a broken file costs nothing but what was in it."""

import json
from pathlib import Path

import pytest

from sketch_widget.ui.page_store import VERSION, Page, PageFile

LEFT = Page(
    {"prompt": "大树", "style": "<anime>", "n": 3, "sketch_weight": 2, "sketch_extraction": False},
    ((123, 123, 123),),
    ("20260101-000000-000-aaaaaa",),
    "#a0522d",
)


@pytest.fixture
def file(tmp_path: Path) -> PageFile:
    return PageFile(tmp_path / "pads" / "tree-0123.jsonl")


def test_a_page_is_read_as_it_was_written(file):
    file.write(LEFT)
    assert PageFile(file.path.parent / "tree-0123.jsonl").read() == LEFT
    assert [path.name for path in file.path.parent.iterdir()] == ["tree-0123.page.json"]


def test_there_is_an_empty_page_where_there_is_no_file(file):
    assert file.read() == Page()


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "{}", "[" * 100_000, '{"version": 1, "values": 3}'),
        '{"version": 1, "values": {}, "inks": [[1, 2, 999]]}',
        '{"version": 1, "values": {}, "inks": [[1, 2, Infinity]]}',
    ],
)
def test_a_broken_file_counts_as_none_and_is_written_anew(file, text):
    file.path.parent.mkdir()
    file.path.write_text(text)
    assert file.read() == Page()
    file.write(LEFT)
    assert file.read() == LEFT


def test_a_value_that_breaks_its_rule_is_left_out_and_the_others_stay(file):
    file.write(Page({"prompt": "a tree", "style": "<oil paiting>", "n": 9}))
    assert file.read().values == {"prompt": "a tree"}


def test_a_file_of_a_newer_version_is_left_as_it_is(file):
    file.path.parent.mkdir()
    newer = json.dumps({"version": VERSION + 1, "pages": []})
    file.path.write_text(newer)
    assert file.read() == Page()
    file.write(LEFT)
    assert file.path.read_text() == newer


def test_a_file_that_cannot_be_replaced_leaves_nothing_beside_it(file):
    file.path.mkdir(parents=True)  # what is open elsewhere cannot be replaced on Windows; a folder cannot anywhere
    file.write(LEFT)
    assert [path.name for path in file.path.parent.iterdir()] == [file.path.name]


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path):
    (tmp_path / "pads").write_text("a file where the folder should be")
    PageFile(tmp_path / "pads" / "tree.jsonl").write(LEFT)
