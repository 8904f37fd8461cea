"""Is what was read a credit? The less sets the words apart, the surer they must be themselves."""

from articles.photos import credits_words as words
from articles.photos.credits_draft import Draft
from articles.photos.credits_names import has_organisation_word

MOST_BARE_NAME_WORDS = 3


def is_credit(draft: Draft) -> bool:
    """May all that was read be a credit, standing where it stands?"""
    who = (draft.people, draft.agencies, draft.via, draft.client)
    given = (draft.courtesy, draft.platform, draft.handle, draft.kinds)
    if not any((*who, *given)):
        return False
    if draft.labelled:
        return True
    if draft.weak:
        return draft.known_agency or "handout" in draft.kinds or _is_person_labelled(draft)
    if draft.place == "bracket":
        return _is_bracket_credit(draft)
    return _is_bare_credit(draft)


def _is_person_labelled(draft: Draft) -> bool:
    """ "Photo/Nola Vale" anywhere, "(Photo Nola Vale)" in brackets."""
    names = draft.people if draft.before_person else ()
    full = all(1 < len(name.split()) <= MOST_BARE_NAME_WORDS for name in names)
    return bool(names) and full


def _is_bracket_credit(draft: Draft) -> bool:
    lonely = len(draft.agencies) == 1 and not (draft.people or draft.via or draft.client)
    if lonely and draft.dated:  # "Harbor" (Netflix, 2023)
        return False
    if lonely and draft.table.find(draft.agencies[0]):
        return draft.table.stands_alone(draft.agencies[0])
    two_words = bool(draft.people) and len(draft.people[0].split()) > 1
    return draft.known or (two_words and bool(draft.agencies or "file" in draft.kinds))


def _is_bare_credit(draft: Draft) -> bool:
    """Nothing sets the words apart, so they must be sure by themselves."""
    if draft.kinds & {"courtesy", "screenshot"} or draft.courtesy:
        known = draft.known_agency and draft.place == "line"
        return bool(draft.courtesy or draft.platform or draft.handle or known)
    if draft.handle:
        return draft.platform is not None or bool(draft.people)
    if draft.people:
        if any(_name_length(name) > MOST_BARE_NAME_WORDS for name in draft.people):
            return False
        by = bool(draft.agencies or draft.via or draft.client or draft.platform)
        return by and (draft.known or _is_of_house(draft))
    if draft.via and not draft.agencies:
        return draft.known_agency
    if len(draft.agencies) > 1 or draft.via:
        return draft.known_agency and draft.place == "line"
    alone = len(draft.agencies) == 1 and draft.table.stands_alone(draft.agencies[0])
    given = bool(draft.agencies and draft.platform)  # "Facebook/Harbor Police Department"
    return draft.place == "line" and (given or (alone and not draft.dated))


def _is_of_house(draft: Draft) -> bool:
    """ "Amos Mwangi/Harbor Pictures" by itself, of a house that no table knows."""
    full = all(" " in name for name in draft.people)
    houses = (name for name in draft.agencies if has_organisation_word(name.split()[-1]))
    return draft.place == "line" and full and any(houses)


def _name_length(name: str) -> int:
    """Words of a name, particles apart: of more, some belong to the caption."""
    return sum(word.casefold() not in words.PARTICLES for word in name.split())
