from drivers.escpos.answers.late_proofs import LateProofs


def test_an_identity_proves_its_job_once() -> None:
    late = LateProofs()
    late.expect((b"Ab1!",), "ticket-t1")
    assert late.heard(b"Ab1!")
    assert not late.heard(b"Ab1!")
    assert (late.take(), late.take()) == (("ticket-t1",), ())


def test_two_names_prove_a_job_in_their_order_only() -> None:
    late = LateProofs()
    late.expect((b"aaaa", b"bbbb"), "ticket-t1")
    assert [late.heard(name) for name in (b"bbbb", b"aaaa", b"bbbb")] == [False, True, True]
    assert late.take() == ("ticket-t1",)


def test_a_job_without_names_and_one_of_a_lost_buffer_are_never_proved() -> None:
    late = LateProofs()
    late.expect((), "ticket-t1")
    late.expect((b"aaaa",), "ticket-t2")
    late.forget()
    assert not late.heard(b"aaaa")
    assert late.take() == ()


def test_only_so_many_are_awaited() -> None:
    late = LateProofs()
    for number in range(40):
        late.expect((b"%04d" % number,), f"t{number}")
    assert not late.heard(b"0000")
    assert late.heard(b"0039")
