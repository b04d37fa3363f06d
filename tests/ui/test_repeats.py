"""When the page says that the same pictures come again."""

from pathlib import Path

import pytest
from fakes.shown import JobState as S
from fakes.shown import Stage

from sketch_widget.service.request import GenerationRequest
from sketch_widget.ui.gallery import Gallery
from sketch_widget.ui.repeats import Order, order_of, repeated

TREE = Order(GenerationRequest("a tree", sketch_color=[(0, 0, 0)]), b"drawing")


@pytest.mark.parametrize(
    ("first", "second", "is_repeat"),
    [
        ((S.DONE, TREE), (S.DONE, TREE), True),
        ((S.RUNNING, TREE), (S.QUEUED, TREE), True),
        ((S.DONE, TREE), (S.DONE, Order(GenerationRequest("a bush", sketch_color=[(0, 0, 0)]), b"drawing")), False),
        ((S.DONE, TREE), (S.DONE, Order(TREE.request, b"one more line")), False),
        ((S.FAILED, TREE), (S.DONE, TREE), False),
        ((S.DONE, TREE), (S.CANCELLED, TREE), False),
        ((S.UNCONFIRMED, TREE), (S.DONE, TREE), False),
        ((S.DONE, None), (S.DONE, None), False),
    ],
)
def test_a_job_repeats_another_only_when_request_and_drawing_are_the_same_and_both_bring_pictures(
    first, second, is_repeat
):
    assert repeated([("first", *first), ("second", *second)]) == ({"second"} if is_repeat else set())


def test_every_job_after_the_first_of_its_kind_is_a_repeat():
    other = Order(GenerationRequest("a tree", n=2, sketch_color=[(0, 0, 0)]), b"drawing")
    orders = [("a", S.DONE, TREE), ("b", S.DONE, other), ("c", S.DONE, TREE), ("d", S.DONE, other)]
    assert repeated(orders) == {"c", "d"}


@pytest.mark.parametrize(("service", "is_known"), [("offline", True), ("dashscope", False), ("other", False)])
def test_only_of_the_offline_service_is_it_known_what_comes_again(tmp_path: Path, service, is_known):
    stage = Stage(tmp_path, service=service)
    assert (order_of(stage.job(S.DONE)) is not None) == is_known


def test_a_drawing_that_is_gone_from_the_disk_is_no_repeat(tmp_path: Path):
    job = Stage(tmp_path).job(S.DONE)
    for file in job.run.folder.glob("sketch*"):
        file.unlink()
    assert order_of(job) is None


@pytest.mark.parametrize(
    ("lang", "says"), [("en", "the offline painters give the same pictures"), ("zh", "离线绘制的图片也相同")]
)
def test_the_second_card_says_so_in_both_languages_until_the_first_is_removed(tmp_path: Path, comms, lang, says):
    stage = Stage(tmp_path)
    jobs = [stage.job(S.DONE, prompt=prompt) for prompt in ("a tree", "a bush", "a tree")]
    gallery = Gallery(jobs, on_act=lambda *_: None, lang=lang)

    def repeats() -> list[bool]:
        return [card["is_repeat"] for card in gallery.view["cards"]]

    assert says in gallery.view["repeat"]
    assert repeats() == [True, False, False]
    comms.say(gallery, {"kind": "do", "job": jobs[0].id, "action": "remove"})
    assert repeats() == [False, False, False]
    comms.say(gallery, {"kind": "do", "job": jobs[0].id, "action": "put_back"})
    assert repeats() == [True, False, False]
