"""A draft as a value: what is stored of it comes back, and two of them can be told apart and joined."""

from dataclasses import replace
from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.actions.editing import record_revision
from articles.draft_merge import LISTS, PARTS, differences, marks_of, merge, resolve, with_part
from articles.drafts import (
    DRAFT_FIELDS,
    TIMES,
    Draft,
    DraftByline,
    DraftUse,
    draft_from,
    draft_of,
    live_draft,
    snapshot_of,
)
from articles.models import Article, Related, Revision
from tests import builders

ids = st.integers(min_value=1, max_value=2**31)
text = st.text(max_size=30)
uses = st.builds(
    DraftUse,
    id=ids,
    photo_id=ids,
    slot=st.sampled_from(["body", "gallery", "social"]),
    caption=text,
    alt=text,
    decorative=st.booleans(),
    credit_override=text,
    crop=st.dictionaries(text, st.floats(allow_nan=False, allow_infinity=False), max_size=2),
)
bylines = st.builds(DraftByline, contributor_id=ids, role=text, text_override=text)
times = st.none() | st.datetimes(timezones=st.just(UTC))
FLAGS = {"sensitive", "legally_sensitive", "no_ads", "no_related", "noindex"}


def values_of(name: str) -> st.SearchStrategy[object]:
    if name in TIMES:
        return times
    if name.endswith("_id"):
        return st.none() | ids
    return st.booleans() if name in FLAGS else text


def tuples(values: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(values, max_size=3).map(tuple)


drafts = st.builds(
    Draft,
    st.fixed_dictionaries({name: values_of(name) for name in DRAFT_FIELDS}),
    bylines=tuples(bylines),
    tags=tuples(ids),
    photo_uses=tuples(uses),
    related=tuples(ids),
)


def plain(**fields: object) -> Draft:
    return draft_from({"headline": "One", "body_html": "<p>a</p>", **fields})


@settings(max_examples=50)
@given(drafts)
def test_what_is_stored_of_a_draft_comes_back(draft: Draft) -> None:
    again = draft_from(snapshot_of(draft))
    assert again == draft
    assert marks_of(again) == marks_of(draft)
    assert differences(again, draft) == ()


@settings(max_examples=30)
@given(drafts, drafts, drafts)
def test_a_merge_loses_nothing_that_one_side_alone_changed(
    base: Draft, mine: Draft, theirs: Draft
) -> None:
    merged = merge(marks_of(base), mine, theirs)
    before, ours, others, both = map(marks_of, (base, mine, theirs, merged.draft))
    clashing = {clash.part for clash in merged.clashes}
    for part in set(PARTS) - {"slug"}:
        changed_by_both = len({before[part], ours[part], others[part]}) == 3
        if before[part] == ours[part]:
            assert both[part] == others[part]
        elif part in LISTS and changed_by_both:
            assert (part in clashing) != (part in merged.taken)
        else:
            assert both[part] == ours[part]
            assert (part in clashing) == changed_by_both
    lead = merged.draft.lead.id if merged.draft.lead else None
    assert merged.draft.fields["lead_id"] in {mine.fields["lead_id"], lead}


def test_an_older_snapshot_gets_what_it_does_not_know() -> None:
    older = {
        "headline": "Old",
        "bylines": [{"contributor_id": 3, "role": "author", "order": 0, "text_override": "A"}],
        "tags": [{"tag_id": 7, "is_primary": True, "order": 0}],
        "photo_uses": [{"id": 5, "photo_id": 6, "slot": "lead", "order": 0, "caption": "C"}],
    }
    draft = draft_from(older)
    assert (draft.fields["headline"], draft.fields["kind"]) == ("Old", "news")
    assert draft.fields["publish_at"] is None
    assert draft.fields["lead_id"] == 5
    assert draft.bylines == (DraftByline(3, "author", "A"),)
    assert draft.tags == (7,)
    assert draft.lead == DraftUse(5, 6, "lead", caption="C")
    assert draft.related == ()


def test_without_marks_every_difference_is_a_clash() -> None:
    mine, theirs = plain(headline="Mine"), plain(headline="Theirs", dek="New")
    assert {clash.part for clash in merge({}, mine, theirs).clashes} == {"headline", "dek"}


def test_an_empty_address_never_stands_against_another() -> None:
    base, mine, theirs = plain(slug="a"), plain(slug=""), plain(slug="b")
    merged = merge(marks_of(base), mine, theirs)
    assert (merged.clashes, merged.draft.fields["slug"]) == ((), "b")


def test_a_clash_is_settled_either_way() -> None:
    photo = DraftUse(1, 1, "lead", caption="The pier")
    mine = Draft(plain(headline="Mine", dek="A").fields, tags=(1, 2), photo_uses=(photo,))
    other = DraftUse(2, 2, "lead")
    theirs = Draft(plain(headline="Theirs", dek="B").fields, tags=(2, 3), photo_uses=(other,))
    told = {each.part: each for each in differences(mine, theirs)}
    assert told["photo_uses"].label == "photos"
    joined = resolve(mine, theirs, dict.fromkeys(told, "both"), base={})
    assert joined.fields["headline"] == "Mine / Theirs"
    assert joined.fields["dek"] == "A\nB"
    assert joined.tags == (1, 2, 3)
    assert [use.slot for use in joined.photo_uses] == ["lead", "body"]
    assert resolve(mine, theirs, dict.fromkeys(told, "theirs"), base={}).tags == theirs.tags
    assert resolve(mine, theirs, dict.fromkeys(told, "mine"), base={}) == mine
    assert resolve(mine, theirs, {"kind": "both", "nonsense": "theirs"}, base={}) == mine


# --- Lists, row by row ---------------------------------------------------------------------------
def with_photos(*uses: DraftUse) -> Draft:
    draft = plain()
    lead = next((use.id for use in uses if use.slot == "lead"), None)
    return Draft({**draft.fields, "lead_id": lead}, photo_uses=uses)


ONE, TWO, THREE = DraftUse(1, 1, "body"), DraftUse(2, 2, "body"), DraftUse(0, 3, "body")


def test_a_caption_of_theirs_and_a_photo_of_mine_go_together() -> None:
    base, mine = with_photos(ONE, TWO), with_photos(ONE, THREE, TWO)
    told = replace(TWO, caption="Theirs")
    merged = merge(marks_of(base), mine, with_photos(ONE, told))
    assert (merged.clashes, merged.taken) == ((), ("photo_uses",))
    assert merged.draft.photo_uses == (ONE, THREE, told)


def test_a_crop_of_theirs_and_a_caption_of_mine_are_one_row_told_twice() -> None:
    base, mine = with_photos(ONE, TWO), with_photos(ONE, replace(TWO, caption="Mine"))
    cropped = replace(ONE, crop={"ratio": "1:1", "x": 0.2, "y": 0.8})
    merged = merge(marks_of(base), mine, with_photos(cropped, TWO))
    assert merged.clashes == ()
    assert merged.draft.photo_uses == (cropped, replace(TWO, caption="Mine"))
    both = merge(
        marks_of(base), with_photos(replace(ONE, caption="Mine"), TWO), with_photos(cropped, TWO)
    )
    assert [clash.part for clash in both.clashes] == ["photo_uses"]


def test_what_they_took_out_and_moved_stays_so() -> None:
    base, mine = with_photos(ONE, TWO), with_photos(replace(ONE, alt="Mine"), TWO)
    assert merge(marks_of(base), mine, with_photos(ONE)).draft.photo_uses == (
        replace(ONE, alt="Mine"),
    )
    assert merge(marks_of(base), mine, with_photos(TWO, ONE)).draft.photo_uses == (
        TWO, replace(ONE, alt="Mine"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        # One caption, written twice: mine; the other row of theirs all the same.
        (
            [replace(ONE, caption="Mine"), TWO],
            [replace(ONE, caption="Theirs"), replace(TWO, alt="Theirs")],
            [replace(ONE, caption="Mine"), replace(TWO, alt="Theirs")],
        ),
        # Taken out by one, changed by the other: nobody's words go.
        ([TWO], [replace(ONE, caption="Theirs"), TWO], [replace(ONE, caption="Theirs"), TWO]),
        # Two leads.
        (
            [ONE, TWO, DraftUse(0, 8, "lead")],
            [DraftUse(9, 9, "lead"), ONE, TWO],
            [DraftUse(9, 9, "body"), ONE, TWO, DraftUse(0, 8, "lead")],
        ),
    ],
)
def test_rows_that_stand_against_each_other_are_a_clash(
    mine: list[DraftUse], theirs: list[DraftUse], both: list[DraftUse]
) -> None:
    base, ours, others = with_photos(ONE, TWO), with_photos(*mine), with_photos(*theirs)
    merged = merge(marks_of(base), ours, others)
    assert [clash.part for clash in merged.clashes] == ["photo_uses"]
    assert merged.draft.photo_uses == ours.photo_uses
    joined = resolve(ours, others, {"photo_uses": "both"}, base=marks_of(base))
    assert list(joined.photo_uses) == both


def test_the_same_photo_twice_stays_twice() -> None:
    base, mine = with_photos(ONE), with_photos(ONE, THREE, THREE)
    merged = merge(marks_of(base), mine, with_photos(ONE, TWO))
    assert merged.draft.photo_uses == (ONE, THREE, THREE, TWO)


def test_a_part_of_another_draft_brings_its_lead() -> None:
    theirs = Draft(plain().fields, photo_uses=(DraftUse(4, 4, "lead"),))
    assert with_part(plain(), "photo_uses", of=theirs).fields["lead_id"] == 4


@pytest.mark.django_db
def test_a_draft_of_rows_has_all_that_makes_the_article() -> None:
    article = builders.make_article(section=builders.make_section(), kicker="K")
    use = builders.make_lead(article)
    article.photo_uses.create(photo=use.photo, slot="body", live=False)
    byline, tag = builders.add_byline(article), builders.add_tag(article)
    beside = Related.objects.create(article=article, to=builders.make_article())
    draft = live_draft(Article.objects.get(pk=article.pk))
    assert draft.fields["section_id"] == article.section_id
    assert draft.fields["lead_id"] == use.pk
    assert [each.contributor_id for each in draft.bylines] == [byline.contributor_id]
    assert (draft.tags, draft.related) == ((tag.tag_id,), (beside.to_id,))
    assert [each.id for each in draft.photo_uses] == [use.pk]
    assert live_draft(Article()).fields["headline"] == ""


@pytest.mark.django_db
def test_the_working_draft_comes_before_the_rows() -> None:
    article = builders.make_article(headline="Live")
    revision = record_revision(article, kind=Revision.Kind.SAVE)
    revision.snapshot["headline"] = "Working"
    revision.save()
    assert draft_of(article).fields["headline"] == "Live"
    article.current_draft = revision
    assert draft_of(article).fields["headline"] == "Working"
