"""What reaches the user when something goes wrong: one paragraph, the right exit code, no traceback."""

import errno

import pytest
import typer

from catering_cli.cli.errors import MOST_PROBLEMS, guarded, paragraph
from catering_cli.cli.exit_codes import Status, worst
from catering_cli.domain.problem import Problem, Refused


def _raise(error: BaseException):
    def call() -> None:
        raise error

    return call


def test_refused_input_is_one_paragraph_that_names_everything(capsys):
    problems = (
        Problem("must be more than 0", "o.json", "order.guests", "0"),
        Problem("is missing; it has to be given", "o.json", "order.event"),
    )
    assert guarded(_raise(Refused(*problems))) == Status.BAD_INPUT
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == "o.json: order.guests (0): must be more than 0; order.event: is missing; it has to be given.\n"


def test_of_very_many_problems_the_rest_is_counted():
    problems = tuple(Problem("is wrong", "o.json", f"order.menu[{index}]") for index in range(MOST_PROBLEMS + 5))
    assert paragraph(problems).endswith("And 5 more.")


def test_a_problem_of_another_file_names_it():
    problems = (Problem("is wrong", "o.json", "order.menu[0].recipe"), Problem("is empty", "soup.json"))
    assert paragraph(problems) == "o.json: order.menu[0].recipe: is wrong; soup.json: is empty."


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (KeyboardInterrupt(), Status.INTERRUPTED, "Interrupted"),
        (ZeroDivisionError("x"), Status.INTERNAL, "a defect of catering"),
        (OSError(errno.ENOSPC, "No space left on device"), Status.INTERNAL, "No space left on device"),
        (typer.BadParameter("no such thing"), Status.BAD_INPUT, "no such thing"),
    ],
)
def test_each_exception_has_its_code_and_message(error, status, says, capsys):
    assert guarded(_raise(error)) == status
    told = capsys.readouterr().err
    assert says in told
    assert "Traceback" not in told
    assert told.count("\n") == 1


def test_a_result_is_the_exit_code():
    assert guarded(lambda: Status.BLOCKING) == 3
    assert guarded(lambda: None) == 0
    assert guarded(_raise(typer.Exit(5))) == 5


def test_the_worst_of_several_codes():
    assert worst([Status.GOOD, Status.BLOCKING, Status.BAD_INPUT, Status.OVER_COST]) == Status.BAD_INPUT
    assert worst([Status.BLOCKING, Status.EXHAUSTED]) == Status.EXHAUSTED
    assert worst([]) == Status.GOOD


@pytest.mark.parametrize(
    "args",
    [
        ("schema", "odrer"),
        ("plna", "x.json"),
        ("plan",),
        (),
        ("plan", "x.json", "--refine", "-1"),
        ("plan", "x.json", "--nonsense"),
        ("convert", "2 cups flour"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(catering, args):
    done = catering(*args)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "--help" in done.stderr
