"""Books in memory."""

from service_floor.dossiers.life.books import MemoryBooks
from service_floor.dossiers.life.records import Trail, Visit


def test_records_are_found_by_class_and_key() -> None:
    books = MemoryBooks()
    books.put(Visit("a"))
    books.put(Trail("a"))
    books.put(Visit("a", ended=True))
    assert books.find(Visit, "a") == Visit("a", ended=True)
    assert books.find(Trail, "a") == Trail("a")
    assert books.find(Visit, "b") is None


def test_books_with_the_same_records_are_equal() -> None:
    one, two = MemoryBooks(), MemoryBooks()
    one.put(Visit("a"))
    assert one != two
    two.put(Visit("a"))
    assert one == two
    assert one != "books"
