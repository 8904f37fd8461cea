"""Brings the demo in: creates what is missing by slug, and never touches what is there.

Everything goes through the verbs of articles.actions, as a writer's work would.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from articles.actions.editing import note_corrections, record_revision, save_article
from articles.actions.photos import set_lead
from articles.actions.publishing import publish, send_for_review, withdraw
from articles.actions.tagging import find_or_create_tag, set_tags
from articles.demo.arranging import arrange
from articles.demo.content import DemoArticle, DemoContent, DemoPerson, DemoTag
from articles.demo.photo_desk import PhotoDesk
from articles.demo.posts import know_posts
from articles.demo.references import ARTICLE_LINK, PHOTO_PLACE, photos_of, problems_of
from articles.demo.toml_table import ContentError
from articles.models import (
    Agency,
    Article,
    Byline,
    Contributor,
    Correction,
    Photo,
    PhotoUse,
    Redirect,
    Related,
    Revision,
    Section,
    Tag,
    TagAlias,
)
from newsroom.lib.text import normalise_key


@dataclass(frozen=True, slots=True)
class LoadReport:
    """How many of each were made by this run."""

    articles: int
    people: int
    photos: int


def load_demo(content: DemoContent, *, now: datetime | None = None) -> LoadReport:
    """Create what is missing of the demo. Times count back from `now`.

    Raises ContentError, before anything is written, when the content contradicts itself.
    """
    problems = problems_of(content)
    if problems:
        raise ContentError("\n".join(problems))
    now = now or timezone.now()
    people = [person for person in content.people if not _has(Contributor, person.slug)]
    articles = [article for article in content.articles if not _was_loaded(article.slug)]
    articles.sort(key=lambda article: article.ago, reverse=True)  # the related ones are older
    desk = PhotoDesk()
    tags = [tag for tag in content.tags if not _is_known(tag)]
    faces = [person.portrait for person in people if person.portrait]
    faces += [content.photos[tag.image].picture for tag in tags if tag.image]
    desk.prepare(
        faces + [content.photos[key].picture for article in articles for key in photos_of(article)]
    )
    desk.wait_for(faces)
    with transaction.atomic():
        _load_frame(content)
        for tag in tags:
            _load_tag(tag)
        for person in people:
            _load_person(person, desk)
        for tag in tags:  # a picture's photographer may be one of the people
            _load_tag_image(tag, content, desk)
    for article in articles:
        desk.wait_for(content.photos[key].picture for key in photos_of(article))
        _load_article(article, content, desk=desk, now=now)
    arrange(content, desk=desk, now=now)
    return LoadReport(len(articles), len(people), desk.added)


def _has(model: type[Contributor | Article], slug: str) -> bool:
    return model._default_manager.filter(slug=slug).exists()


def _was_loaded(slug: str) -> bool:
    """It is there, or a writer gave it another address since."""
    old_path = reverse("articles:article", args=[slug])
    return _has(Article, slug) or Redirect.objects.filter(old_path=old_path).exists()


def _load_frame(content: DemoContent) -> None:
    """Sections and agencies."""
    for order, section in enumerate(content.sections):
        Section.objects.get_or_create(
            slug=section.slug,
            defaults={"name": section.name, "description": section.description, "order": order},
        )
    for agency in content.agencies:
        parent = Agency.objects.filter(norm_key=normalise_key(agency.parent)).first()
        Agency.objects.get_or_create(
            norm_key=normalise_key(agency.name), defaults={"name": agency.name, "parent": parent}
        )


def _is_known(demo: DemoTag) -> bool:
    return bool(Tag.objects.filter(norm_key=normalise_key(demo.name)).exists())


def _load_tag(demo: DemoTag) -> None:
    tag = Tag.objects.create(name=demo.name, kind=demo.kind, description=demo.description)
    for alias in demo.aliases:
        TagAlias.objects.get_or_create(
            norm_key=normalise_key(alias), defaults={"tag": tag, "name": alias}
        )


def _load_tag_image(demo: DemoTag, content: DemoContent, desk: PhotoDesk) -> None:
    if demo.image:
        photo = desk.credited(content.photos[demo.image])
        Tag.objects.filter(norm_key=normalise_key(demo.name)).update(image=photo)


def _tags(demo: tuple[DemoTag, ...]) -> list[Tag]:
    tags = (find_or_create_tag(tag.name, kind=tag.kind) for tag in demo)
    return [tag for tag in tags if tag]


def _load_person(person: DemoPerson, desk: PhotoDesk) -> None:
    user = User.objects.filter(username=person.login).first() if person.login else None
    if user and Contributor.objects.filter(user=user).exists():
        user = None
    contributor = Contributor.objects.create(
        slug=person.slug,
        name=person.name,
        kind=person.kind,
        title=person.title,
        bio=person.bio,
        email_public=person.email,
        user=user,
        portrait=desk.photo(person.portrait) if person.portrait else None,
    )
    contributor.beats.set(_tags(person.beats))


@transaction.atomic
def _load_article(
    demo: DemoArticle, content: DemoContent, *, desk: PhotoDesk, now: datetime
) -> None:
    article = Article(
        slug=demo.slug,
        headline=demo.headline,
        headline_home=demo.headline_home,
        kicker=demo.kicker,
        dek=demo.dek,
        dateline=demo.dateline,
        kind=demo.kind,
        section=Section.objects.get(slug=demo.section),
        updated_at_public=now - demo.updated_ago if demo.updated_ago is not None else None,
        **dict.fromkeys(demo.flags, True),
    )
    # A photo's place in the body is the number of its use, which needs the article's row first.
    save_article(article, by=None)
    _load_bylines(article, demo)
    set_tags(article, _tags(demo.tags))
    photos = {key: desk.credited(content.photos[key]) for key in photos_of(demo)}
    if demo.lead:
        lead = demo.lead
        set_lead(article, photos[lead.photo], caption=lead.caption, alt=lead.alt, crop=lead.crop)
    _load_gallery(article, demo, photos)
    _load_related(article, demo)
    article.body_html = _body(article, demo.body, photos)
    know_posts(article.body_html, demo.embeds, now=now)
    save_article(article, by=None)
    _load_corrections(article, demo, now)
    _bring_to_status(article, demo, now)


def _bring_to_status(article: Article, demo: DemoArticle, now: datetime) -> None:
    if demo.status in ("published", "withdrawn"):
        publish(article, at=demo.publish_at(now))
    else:
        record_revision(article, kind=Revision.Kind.SAVE)
    if demo.status == "withdrawn":
        withdraw(article)
    if demo.status == "review":
        send_for_review(article)


def _load_gallery(article: Article, demo: DemoArticle, photos: dict[str, Photo]) -> None:
    PhotoUse.objects.bulk_create(
        PhotoUse(
            article=article,
            photo=photos[use.photo],
            slot=PhotoUse.Slot.GALLERY,
            order=order,
            caption=use.caption,
            alt=use.alt,
            crop=use.crop,
        )
        for order, use in enumerate(demo.gallery, start=1)
    )


def _load_related(article: Article, demo: DemoArticle) -> None:
    """The stories beside it, which are older and so are there; one that moved since is left out."""
    stories = Article.objects.in_bulk(demo.related, field_name="slug")
    Related.objects.bulk_create(
        Related(article=article, to=stories[slug], order=order)
        for order, slug in enumerate(demo.related)
        if slug in stories
    )


def _load_bylines(article: Article, demo: DemoArticle) -> None:
    people = Contributor.objects.in_bulk(
        [byline.contributor for byline in demo.bylines], field_name="slug"
    )
    Byline.objects.bulk_create(
        Byline(
            article=article, contributor=people[byline.contributor], role=byline.role, order=order
        )
        for order, byline in enumerate(demo.bylines)
    )


def _body(article: Article, body: str, photos: dict[str, Photo]) -> str:
    """The body with its places filled: photo markers and the addresses of other articles."""
    for order, key in enumerate(PHOTO_PLACE.findall(body)):
        use = PhotoUse.objects.create(
            article=article, photo=photos[key], slot=PhotoUse.Slot.BODY, order=order + 1
        )
        body = body.replace(f"{{{{photo:{key}}}}}", f'<figure data-photo="{use.pk}"></figure>')
    return ARTICLE_LINK.sub(lambda link: reverse("articles:article", args=[link[1]]), body)


def _load_corrections(article: Article, demo: DemoArticle, now: datetime) -> None:
    for correction in demo.corrections:
        Correction.objects.create(
            article=article,
            kind=correction.kind,
            position=correction.position,
            text=correction.text,
            published_at=now - correction.ago,
        )
    note_corrections(article)
