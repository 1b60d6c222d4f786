"""Words of docstrings and comments: those that an engineer searches for are there, and private ones are rare."""

import ast
import io
import re
import tokenize

import pytest

# What reports, notifies, sends, answers or shows does just that: "tell" and "say" hide which.
SPOKEN = re.compile(r"\b(?:tell|tells|told|telling|say|says|said)\b", re.IGNORECASE)
TRADE = re.compile(
    r"\b(?:retry|retries|limits?|locks?|auth\w*|caches?|timeouts?|threads?|process|processes|validat\w*"
    r"|parse|parses|parser|parsing|handlers?|callbacks?|buffer\w*|queue\w*|event loops?|exceptions?"
    r"|iterators?|subprocess\w*)\b",
    re.IGNORECASE,
)
# Per 1,000 words.
MOST_SPOKEN = 1.5
LEAST_TRADE = 7.0

# Each stands in at least one module's docstring: the words by which a reader looks for a place.
SEARCHED = """
    authentication, authorisation, back-off, buffer, cache, checksum, codec, composition root, connection limit,
    cookie, CSRF, dispatcher, driver, event loop, executor, hash chain, heartbeat, idempotent, lock,
    log, migration, outbox, parser, permission, projection, protocol, quarantine, queue, rate limit, retry,
    serialisation, session, simulator, snapshot, state machine, subprocess, thread, timeout, token, transaction,
    transport, validation, worker process
"""


def prose(source):
    """The docstrings and comments of a module."""
    for node in source.nodes(ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef):
        for part in node.body:
            value = part.value if isinstance(part, ast.Expr) else None
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value.value
    for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string[1:]


@pytest.fixture(scope="module")
def texts(product):
    shipped = (source for source in product if not source.name.startswith("benchmarks/"))
    return [text for source in shipped for text in prose(source)]


def per_thousand(pattern, texts):
    words = sum(len(text.split()) for text in texts)
    return 1_000 * sum(len(pattern.findall(text)) for text in texts) / words


@pytest.mark.slow
def test_code_reports_and_notifies_and_seldom_tells(texts) -> None:
    assert per_thousand(SPOKEN, texts) < MOST_SPOKEN


def test_code_is_described_in_the_words_of_the_trade(texts) -> None:
    assert per_thousand(TRADE, texts) > LEAST_TRADE


def test_the_words_that_one_searches_for_are_found_in_a_docstring_of_a_module(product) -> None:
    heads = "\n".join(
        ast.get_docstring(source.tree) or ""
        for source in product
        if not source.name.startswith("benchmarks/")
    )
    words = {" ".join(word.split()) for word in SEARCHED.split(",")}
    absent = {w for w in words if not re.search(rf"\b{w}", heads, re.IGNORECASE)}
    assert len(words) >= 40
    assert sorted(absent) == []


def test_words_are_counted_in_docstrings_and_comments_alone() -> None:
    assert per_thousand(SPOKEN, ["he says so", "a b c d e f g"]) == 100
