"""Tags by name: an alias or another spelling finds the tag that is there."""

from collections.abc import Sequence

from django.db import transaction

from articles.models import Article, Tag, TagAlias, TaggedArticle, public_changed
from articles.models.taxonomy import tag_key
from newsroom.lib.text import clean_line


def find_or_create_tag(name: str, *, kind: str = Tag.Kind.TOPIC) -> Tag | None:
    """The tag of this name, alias or spelling, made if there is none; None for a blank name."""
    name = clean_line(name)[:100].strip()
    key = tag_key(name)
    if not key:
        return None
    alias = TagAlias.objects.select_related("tag").filter(norm_key=key).first()
    if alias:
        return alias.tag
    known: Tag | None = Tag.objects.filter(norm_key=key).first()
    return known or Tag.objects.create(name=name, kind=kind)


@transaction.atomic
def set_tags(article: Article, tags: Sequence[Tag]) -> None:
    """Make the article's tags exactly `tags`, in this order; the first one is the primary tag."""
    unique = list(dict.fromkeys(tags))
    article.tag_uses.all().delete()
    TaggedArticle.objects.bulk_create(
        TaggedArticle(content_object=article, tag=tag, order=order, is_primary=order == 0)
        for order, tag in enumerate(unique)
    )
    public_changed()
