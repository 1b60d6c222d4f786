"""The queue of orders: a technician's command writes it, the program that has the printer reads it."""

from drivers.spool.orders import CLEAR, REPRINT, Order
from drivers.spool.store import SpoolStore


def test_orders_of_another_program_are_seen_in_their_order(file, store):
    technician = SpoolStore(file)
    technician.orders.add(Order(REPRINT, "A001"))
    technician.orders.add(Order(CLEAR))
    technician.close()
    assert [order for _, order in store.orders.waiting()] == [Order(REPRINT, "A001"), Order(CLEAR)]


def test_an_order_that_was_carried_out_leaves_the_queue(store):
    store.orders.add(Order(REPRINT, "A001"))
    store.orders.add(Order(REPRINT, "A002"))
    ((first, _), (second, _)) = store.orders.waiting()
    store.orders.remove(first)
    assert store.orders.waiting() == [(second, Order(REPRINT, "A002"))]
