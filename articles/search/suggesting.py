"""What to offer where a search found nothing: names that are spelt nearly so, topics of the day."""

from collections import Counter
from difflib import get_close_matches
from itertools import islice

from articles.models import Article, Contributor, Tag, TagAlias, TaggedArticle
from articles.models.taxonomy import tag_key

RECENT_STORIES = 200
POPULAR = 12
NEAR = 4
NEAR_ENOUGH = 0.7
MAX_KEY_CHARS = 60
POOL = 400  # names with the same beginning that are compared, of each kind


def popular_tags() -> list[Tag]:
    """The tags of the newest stories, the most used first. 2 queries, whatever the archive holds."""
    newest = list(
        Article.objects.published().newest().values_list("pk", flat=True)[:RECENT_STORIES]
    )
    uses = TaggedArticle.objects.filter(content_object__in=newest).values_list("tag_id", flat=True)
    ids = [pk for pk, _ in Counter(uses).most_common(POPULAR)]
    tags = Tag.objects.in_bulk(ids)
    return [tags[pk] for pk in ids]


def near_names(text: str) -> list[Tag | Contributor]:
    """Topics and people whose name is nearly what was typed and who are in a public story."""
    key = tag_key(text)[:MAX_KEY_CHARS]
    if len(key) < 3:
        return []
    by_key: dict[str, Tag | Contributor] = {}
    start = key[:2]
    for tag in Tag.objects.filter(norm_key__startswith=start)[:POOL]:
        by_key.setdefault(tag.norm_key, tag)
    aliases = TagAlias.objects.filter(norm_key__startswith=start).select_related("tag")
    for alias in aliases[:POOL]:
        by_key.setdefault(alias.norm_key, alias.tag)
    for person in Contributor.objects.filter(name__istartswith=text[:1])[:POOL]:
        by_key.setdefault(tag_key(person.name), person)
    near = get_close_matches(key, by_key, n=NEAR * 2, cutoff=NEAR_ENOUGH)
    return list(islice(filter(_is_public, dict.fromkeys(by_key[k] for k in near)), NEAR))


def _is_public(name: Tag | Contributor) -> bool:
    """A topic of drafts alone is nobody's business yet."""
    public = Article.objects.published()
    if isinstance(name, Tag):
        return public.filter(tags=name).exists()
    return public.filter(bylines__contributor=name).exists()
