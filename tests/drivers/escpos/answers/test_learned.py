from drivers.escpos.answers.learned import Ability, Learned


def test_a_command_that_was_never_answered_is_absent_after_some_times() -> None:
    learned, noted = Learned(), []
    learned.on_absent = noted.append
    learned.missed(Ability.FENCE, most=2)
    assert not learned.lacks(Ability.FENCE)
    learned.missed(Ability.FENCE, Ability.IDENTITY, most=2)
    assert learned.lacks(Ability.FENCE)
    assert not learned.lacks(Ability.IDENTITY)
    learned.missed(Ability.FENCE, most=1)
    assert noted == [Ability.FENCE]


def test_a_command_that_was_answered_once_is_never_absent() -> None:
    learned = Learned()
    learned.answered(Ability.IDENTITY)
    for _ in range(5):
        learned.missed(Ability.IDENTITY, most=1)
    assert learned.has(Ability.IDENTITY)
    assert not learned.lacks(Ability.IDENTITY)


def test_an_answer_ends_what_was_noted() -> None:
    learned = Learned()
    learned.exclude(Ability.REAL_TIME)
    assert learned.lacks(Ability.REAL_TIME)
    assert not learned.is_alive
    learned.answered(Ability.REAL_TIME)
    assert not learned.lacks(Ability.REAL_TIME)
    assert learned.is_alive
