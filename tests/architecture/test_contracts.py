from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports


def test_the_arrows_of_import_point_as_agreed(capsys, pytestconfig, monkeypatch) -> None:
    monkeypatch.chdir(pytestconfig.rootpath)
    status = lint_imports(config_filename=".importlinter", no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out
