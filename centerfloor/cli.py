"""The command `centerfloor`. Each program is imported only when it is started, so that `--help` answers at once."""

import gc
import importlib
import os

import click

_COMMANDS: dict[str, tuple[str, str]] = {
    "hub": (
        "centerfloor.commands.programs",
        "Hold the floor: journal, feed, pages and the floor websocket.",
    ),
    "kiosk": ("centerfloor.commands.programs", "The touch kiosk for citizens."),
    "counter": ("centerfloor.commands.programs", "The program on an officer's desk."),
    "agent": ("centerfloor.commands.programs", "Loudspeaker and LED signs of the hall."),
    "board": ("centerfloor.commands.programs", "A hall board on the screen of this machine."),
    "printer": (
        "centerfloor.commands.printer_setup",
        "Slips of a device: reprints, recovery, calibration.",
    ),
    "simulate": (
        "centerfloor.commands.simulate",
        "Devices that are programs: printer, scanner, sign.",
    ),
    "config": ("centerfloor.commands.configuration", "Check a configuration file."),
    "forms": ("centerfloor.forms.command", "Forms on A4 and A5: previews, templates to edit."),
    "catalogue": ("centerfloor.commands.records", "Import the published list of procedures."),
    "dossiers": ("centerfloor.commands.records", "Import the register of dossiers."),
    "report": ("centerfloor.commands.report", "Reports of a day, such as whether it was fair."),
    "enrol": (
        "centerfloor.commands.enrolment",
        "Get a device its token, by a code typed in the console.",
    ),
    "accounts": ("centerfloor.commands.accounts", "Devices and officers: enrol, revoke, set PINs."),
    "tls": ("centerfloor.commands.tls", "Certificates for a hub that talks encrypted."),
    "journal": ("centerfloor.commands.journal", "Prove the journal, write it out, cut it back."),
    "clock": ("centerfloor.commands.journal", "Confirm a clock that the hub does not believe."),
    "backup": (
        "centerfloor.commands.journal",
        "Copy the journal while the hub runs, and prove the copy.",
    ),
    "restore": ("centerfloor.commands.journal", "Bring a backup back."),
    "demo": ("centerfloor.demo.command", "The main job, end to end, with every device simulated."),
    "licences": ("centerfloor.commands.licences", "The licences of what the suite is built on."),
    "gallery": ("centerfloor.commands.gallery", "Every screen as a picture."),
}


class _Programs(click.Group):
    """A group that imports a command's module when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _ = _COMMANDS[cmd_name]
        # Pydantic would read the metadata of every installed package in search of plugins.
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
        # Nothing that an import makes is garbage, and the collector would look through all of it again and again.
        gc.disable()
        command = getattr(importlib.import_module(module), cmd_name)
        gc.enable()
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Programs"):
            formatter.write_dl([(name, sentence) for name, (_, sentence) in _COMMANDS.items()])


@click.command(cls=_Programs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="center-floor")
def main() -> None:
    """The floor of a public service centre.

    One hub holds the floor; kiosks, counter terminals, boards and agents are windows on it.
    Each program reads the same configuration file and signs in to the hub under its device name:

    \b
      centerfloor config check centre.toml
      centerfloor hub     --config centre.toml --data /var/lib/centerfloor
      centerfloor kiosk   --config centre.toml --device kiosk-1
      centerfloor counter --config centre.toml --device terminal-01
      centerfloor agent   --config centre.toml --device hall
      centerfloor board   --config centre.toml --device board-1

    SIGTERM or Ctrl-C ends each of them cleanly.
    """
