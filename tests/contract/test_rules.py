"""The written list of the service's rules names tests that exist."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
ROWS = [
    line for line in (Path(__file__).parent / "RULES.md").read_text(encoding="utf-8").splitlines() if line[:2] == "| "
]
RULES = [tuple(cell.strip() for cell in row.strip("|").split(" | ")) for row in ROWS if row != "| rule | test |"]


@cache
def names_in(path: str) -> set[str]:
    tree = ast.parse((TESTS / path).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}


def test_the_list_has_rules():
    assert len(RULES) > 60


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule[0][:60])
def test_each_rule_is_held_by_tests_that_exist(rule):
    said, held = rule
    named = re.findall(r"`([\w/]+\.py)::(test_\w+)`", held)
    assert said.endswith((".", '."'))
    assert named
    assert len(named) == held.count("`") / 2, "something in this cell is no test"
    for path, name in named:
        assert name in names_in(path), f"{path}::{name}"
