"""What the end of `make test` says of the tests that failed."""

from tests.failures import causes

OUTPUT = """..F..E
==================================== ERRORS ====================================
_______________ ERROR at setup of test_the_pier_is_open[dark] __________________
[gw0] linux -- Python 3.11.7 python

    def story():
>       raise RuntimeError("no pier")
E       RuntimeError: no pier

tests/test_pier.py:12: RuntimeError
=================================== FAILURES ===================================
______________________________ test_the_pier_sings _____________________________
[gw1] linux -- Python 3.11.7 python

    def test_the_pier_sings():
>       listen()

tests/test_pier.py:20:
_ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _
tests/test_pier.py:30: in listen
E       AssertionError: silence
E       assert 0 > 1

tests/ears.py:5: AssertionError
------------------------------ Captured log call -------------------------------
=============================== warnings summary ===============================
E       no failure of ours
=========================== short test summary info ============================
FAILED tests/test_pier.py::test_the_pier_sings - AssertionError: silence
""".splitlines(keepends=True)


def test_each_failure_says_where_and_why() -> None:
    assert causes(OUTPUT) == [
        "- ERROR at setup of test_the_pier_is_open[dark]",
        "tests/test_pier.py:12: RuntimeError",
        "E       RuntimeError: no pier",
        "- test_the_pier_sings",
        "tests/test_pier.py:30: in listen",
        "tests/ears.py:5: AssertionError",
        "E       AssertionError: silence",
        "E       assert 0 > 1",
    ]


def test_many_failures_share_the_room() -> None:
    told = causes(OUTPUT * 20, lines=60)
    assert len(told) == 60
    assert told.count("E       AssertionError: silence") > 5


def test_nothing_is_said_of_a_run_that_passed() -> None:
    assert causes(["....\n", "4 passed in 0.01s\n"]) == []
