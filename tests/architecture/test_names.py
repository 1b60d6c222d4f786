"""Names are found by searching: no class twice in a package, no module beside its own twin."""

import ast
import re
from collections import Counter, defaultdict
from pathlib import PurePath

_ENDING = re.compile(r"(?:ations?|ating|ated?|ings?|ed|er|ers|ions?|es|s|e)$")

# Modules of one package whose names share a stem, each pair with the reason.
TWINS = {
    (
        "config/checks/references.py",
        "config/reference.py",
    ): "checks of references; generated reference of settings",
    ("drivers/filling.py", "drivers/spool/file.py"): "other words: filling of a template; a file",
    ("drivers/slip.py", "drivers/spool/slips.py"): "the value, and its codec in the spool's file",
    (
        "drivers/simulators/printer/mechanics/pace.py",
        "drivers/transports/pacing.py",
    ): "the speed of a simulated head; the pace of bytes on a slow wire",
    (
        "hub/client/session.py",
        "hub/web/console/access/sessions.py",
        "hub/wire/session.py",
    ): "the two ends of the wire; the sessions of signed-in people",
    ("hub/web/serving.py", "hub/wire/server.py"): "pages by uvicorn; the floor wire by websockets",
    (
        "drivers/escpos/graphics/pictures.py",
        "drivers/scanners/decoding/pictures.py",
        "drivers/simulators/signs/picture.py",
    ): "pictures on paper, before the camera, and of a sign",
}


def stem(module: str) -> str:
    """The name without the ending that makes `work`, `working` and `worker` of one word."""
    *first, last = module.split("_")
    short = re.sub(r"([^aeiou])\1$", r"\1", _ENDING.sub("", last))
    return "_".join([*first, short if len(short) >= 3 else last])


def twins(product):
    """Groups of modules of a package with one stem and different names."""
    groups = defaultdict(list)
    for source in product:
        path = PurePath(source.name)
        if path.stem != "__init__" and "versions" not in path.parts:
            groups[path.parts[0], stem(path.stem)].append(source.name)
    for names in groups.values():
        if len({PurePath(name).stem for name in names}) > 1:
            yield tuple(sorted(names))


def test_no_class_name_stands_twice_in_a_package(product) -> None:
    names = Counter(
        (source.name.split("/")[0], node.name)
        for source in product
        for node in source.nodes(ast.ClassDef)
    )
    assert {name for name, count in names.items() if count > 1} == set()


def test_no_module_stands_beside_its_twin(product) -> None:
    assert set(twins(product)) == set(TWINS)


def test_the_stem_of_a_twin_is_one() -> None:
    assert {stem(name) for name in ("calibrating", "calibration")} == {"calibr"}
    assert {stem(name) for name in ("scans", "scanned")} == {"scan"}
    assert stem("file_reader") == stem("file_reading")
