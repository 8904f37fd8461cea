"""A bounded store, and the answers in it."""

from articles.caching.store import Answer, Store


def test_what_was_used_longest_ago_goes_first() -> None:
    store: Store[str] = Store(300)
    for name in ("a", "b", "c"):
        store.put(name, name, 100)
    store.get("a")
    store.put("d", "d", 100)
    assert [store.get(name) for name in "abcd"] == ["a", None, "c", "d"]
    assert store.bytes == 300


def test_what_is_larger_than_the_store_is_not_kept_and_pushes_nothing_out() -> None:
    store: Store[str] = Store(300)
    store.put("a", "a", 100)
    store.put("b", "b", 400)
    assert (store.get("a"), store.get("b"), store.bytes) == ("a", None, 100)


def test_a_new_answer_takes_the_place_and_the_bytes_of_the_old_one() -> None:
    store: Store[str] = Store(300)
    store.put("a", "old", 200)
    store.put("a", "new", 50)
    assert (store.get("a"), store.bytes, len(store)) == ("new", 50, 1)
    store.drop("a")
    store.drop("a")
    assert (store.bytes, len(store)) == (0, 0)


def test_an_encoding_is_made_once() -> None:
    answer = Answer("200 OK", [("X-A", "b"), ("Vary", "X"), ("ETag", "x")], b"<p>word</p>" * 200)
    assert answer.variant("br") is answer.variant("br")
    assert dict(answer.variant("br").headers)["Vary"] == "Accept-Encoding"


def test_a_few_bytes_are_sent_as_they_are() -> None:
    answer = Answer("200 OK", [], b"ok")
    assert answer.variant("gzip").body == (b"ok",)
    assert "Content-Encoding" not in dict(answer.variant("gzip").headers)
