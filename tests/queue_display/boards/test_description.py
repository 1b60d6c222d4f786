"""What a board page is told of its centre."""

from importlib import resources
from pathlib import Path

from config.loading import load
from config.model import Installation
from queue_display.boards.description import PAGES, describe, labels


def demo() -> Installation:
    return load(Path(str(resources.files("config"))) / "examples" / "demo.toml")


def test_a_board_knows_its_counters_by_number_and_the_services_behind_them() -> None:
    board = demo().boards[0].model_copy(update={"counters": ("c4", "c2"), "title": "Sảnh B"})

    told = describe(demo(), board, "ws://127.0.0.1:8711")

    assert [counter["number"] for counter in told["counters"]] == [2, 4]
    assert [service["id"] for service in told["services"]] == [
        "certification",
        "civil-status",
        "land",
    ]
    assert told["title"] == "Sảnh B"
    assert told["token"] == board.token.get_secret_value()


def test_without_a_choice_a_board_shows_the_whole_centre_under_its_name() -> None:
    told = describe(demo(), demo().boards[0], "ws://127.0.0.1:8711")

    assert len(told["counters"]) == 6
    assert told["title"] == demo().centre.name


def test_names_are_in_the_language_of_the_screen() -> None:
    told = describe(demo(), demo().boards[0], "ws://127.0.0.1:8711", "en")

    assert told["language"] == "en"
    assert told["title"] == "Lam Son Public Service Centre"
    assert "Land" in [service["name"] for service in told["services"]]
    assert labels(demo())["services"][2]["name"] == "Đất đai"


def test_what_everybody_may_read_holds_no_token_and_no_person() -> None:
    told = str(labels(demo()))

    assert not any(board.token.get_secret_value() in told for board in demo().boards)
    assert not any(officer.name in told for officer in demo().officers)


def test_the_page_is_there() -> None:
    assert (PAGES / "index.html").is_file()
