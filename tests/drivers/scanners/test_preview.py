from threading import Thread

from drivers.protocols import Preview, Sight
from drivers.scanners.preview import NewestPreview

SIGHT = Sight(4, 3)
OLD, NEW = (Preview(1, 1, memoryview(bytes([n, n, n, 255]))) for n in (1, 2))


def test_the_newest_picture_takes_the_place_of_one_that_nobody_has_taken() -> None:
    announced: list[None] = []
    newest = NewestPreview(lambda: announced.append(None))
    newest.want(SIGHT)
    newest.show(OLD)
    newest.show(NEW)
    assert newest.take() is NEW
    assert newest.take() is None
    assert len(announced) == 1
    newest.show(OLD)
    assert len(announced) == 2


def test_nothing_is_kept_for_a_screen_that_does_not_look() -> None:
    announced: list[None] = []
    newest = NewestPreview(lambda: announced.append(None))
    newest.show(OLD)
    assert newest.wanted() is None
    newest.want(SIGHT)
    assert newest.wanted() == SIGHT
    newest.show(OLD)
    newest.want(None)
    newest.show(NEW)
    assert newest.take() is None
    assert len(announced) == 1


def test_a_thousand_pictures_are_one_picture() -> None:
    newest = NewestPreview(lambda: None)
    newest.want(SIGHT)
    camera = Thread(target=lambda: [newest.show(OLD) for _ in range(1000)])
    camera.start()
    camera.join()
    newest.show(NEW)
    assert [newest.take(), newest.take()] == [NEW, None]
