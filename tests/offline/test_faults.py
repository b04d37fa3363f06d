import pytest

from sketch_widget.errors import InputError
from sketch_widget.offline.faults import Fault, Faults, mishap_of, operation_of, parse
from sketch_widget.offline.refusals import BY_CODE, DOCUMENTED, ON_REQUEST, OWN
from sketch_widget.offline.task import Mishap


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", ()),
        (" ; ", ()),
        ("submit 429", (Fault("submit", "429"),)),
        ("poll 503 x3; list html=504", (Fault("poll", "503", times=3), Fault("list", "html", "504"))),
        ("poll code=NOT AUTHORIZED x2", (Fault("poll", "code", "NOT AUTHORIZED", 2),)),
        ("submit stall=0.5", (Fault("submit", "stall", "0.5"),)),
        ("submit 429 retry-after=20", (Fault("submit", "429", retry_after="20"),)),
        (
            "poll code=NOT AUTHORIZED retry-after=Wed, 21 Oct 2026 07:28:00 GMT x2",
            (Fault("poll", "code", "NOT AUTHORIZED", 2, "Wed, 21 Oct 2026 07:28:00 GMT"),),
        ),
        ("poll html=429 retry-after=3", (Fault("poll", "html", "429", retry_after="3"),)),
    ],
)
def test_faults_are_read_from_their_text(text, faults):
    assert parse(text) == faults


@pytest.mark.parametrize(
    "text",
    [
        *("submit", "429", "nowhere 429", "poll nonsense", "poll 200", "poll 503 x0", "poll 503=1", "poll cut-after=1"),
        *("poll code=Nonsense", "poll html=99", "poll stall=soon", "task 429", "task fail", "task fail=Nonsense"),
        *("task slow", "task partial=some", "poll fail=InternalError", "poll 503 x3 x3"),
        *(
            "poll gzip retry-after=3",
            "task slow=3 retry-after=3",
            "submit 429 retry-after=",
            "submit 429 retry-after=树",
        ),
        *("poll code=Arrearage#2", "poll code=Throttling.AllocationQuota#4", "poll code=Throttling#0"),
    ],
)
def test_a_fault_that_is_not_known_is_refused_with_an_example(text):
    with pytest.raises(InputError, match="submit 429"):
        parse(text)


def test_every_documented_code_can_be_asked_for_with_each_of_its_messages():
    for entry in (*OWN, *ON_REQUEST):
        assert parse(f"poll code={entry.code}") == (Fault("poll", "code", entry.code),)
        assert BY_CODE[entry.code].code == entry.code
    for name, entry in DOCUMENTED.items():
        assert parse(f"poll code={name}") == (Fault("poll", "code", name),)
        assert name.split("#")[0] == entry.code
    assert sorted(DOCUMENTED.values(), key=repr) == sorted((*OWN, *ON_REQUEST), key=repr)
    quota = [DOCUMENTED[f"Throttling.AllocationQuota{number}"].message for number in ("", "#2", "#3")]
    assert quota == [
        "Allocated quota exceeded, please increase your quota limit.",
        "You exceeded your current quota, please check your plan and billing details.",
        "Free allocated quota exceeded.",
    ]


def test_no_message_has_a_blank_left():
    for entry in DOCUMENTED.values():
        assert "{" not in entry.example("oss://a").message


def test_a_fault_is_used_up_by_the_calls_of_its_operation():
    faults = Faults.of("poll 503 x2; submit 429")
    assert faults.take("list") is None
    assert [faults.take("poll"), faults.take("poll")] == [Fault("poll", "503", times=2)] * 2
    assert faults.take("poll") is None
    assert faults.take("submit") == Fault("submit", "429")


def test_faults_can_be_added_while_the_service_runs():
    faults = Faults()
    faults.add("poll 500; poll 503")
    assert [faults.take("poll").kind, faults.take("poll").kind] == ["500", "503"]


@pytest.mark.parametrize(
    ("text", "mishap"),
    [
        ("task fail=Arrearage", Mishap(code="Arrearage")),
        ("task partial=2", Mishap(failures=2)),
        ("task slow=1.5", Mishap(delay=1.5)),
    ],
)
def test_a_fault_of_a_task_is_what_goes_wrong_with_it(text, mishap):
    assert mishap_of(*parse(text)) == mishap


@pytest.mark.parametrize(
    ("method", "path", "operation"),
    [
        ("POST", "/api/v1/services/aigc/image2image/image-synthesis", "submit"),
        ("GET", "/api/v1/tasks/abc", "poll"),
        ("GET", "/api/v1/tasks", "list"),
        ("POST", "/api/v1/tasks/abc/cancel", "cancel"),
        ("GET", "/api/v1/uploads", "permit"),
        ("POST", "/oss", "upload"),
        ("GET", "/results/abc-1.png", "result"),
        ("GET", "/", ""),
        ("POST", "/api/v1/tasks", ""),
    ],
)
def test_a_call_is_told_by_its_method_and_path(method, path, operation):
    assert operation_of(method, path) == operation
