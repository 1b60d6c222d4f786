"""What browsers may call the hub."""

from pathlib import Path

from config.loading import load
from hub.web.own_names import own_names


def test_the_names_are_those_of_the_configuration_and_the_machine() -> None:
    changes = {"hub.names": ["hub.ubnd"], "hub.public_url": "https://queue.example.vn/a"}
    hub = load(Path(__file__).parents[1] / "hall.toml", changes).hub
    assert {"hub.ubnd", "queue.example.vn", "localhost", "127.0.0.1", hub.address} <= own_names(hub)
