"""One import from first to last: read, ask, fold, write. Nothing is written before all is understood."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta, tzinfo
from pathlib import Path

from django.utils import timezone

from articles.importers.wp_bar import WpBarUnreadable
from articles.models import Article
from reactions import hours
from reactions.importing import apply_wp_bar, set_like
from reactions.models import ReactionKind, ReactionSet
from reactions.old_counts.files import Intake
from reactions.old_counts.folding import Fold, Gathered
from reactions.old_counts.mapping import MappingRefused, read_answers, write_questions
from reactions.old_counts.plugin import Settings, SettingsUnreadable, Site
from reactions.old_counts.record import keeps_voters
from reactions.old_counts.resolving import Resolved
from reactions.old_counts.spool import Spool
from reactions.old_counts.sql_dump import DumpRefused
from reactions.old_counts.writing import Batch, Choices
from reactions.set_style import Style, taken_over

STORIES_AT_ONCE = 200
ROWS_AT_ONCE = 20_000
DATE = "%Y-%m-%d %H:%M:%S"


class ImportRefused(ValueError):
    """Nothing was written; the text says why and what to do."""


@dataclass(frozen=True)
class Options:
    """`edition` is lite, pro or empty: what the tables look like. `voters_days`: only stories with a
    reaction as new as that keep their readers; None: totals only.
    """

    paths: tuple[Path, ...]
    map_path: Path
    tz: tzinfo | None = None
    has_dates: bool = True
    host: str = ""
    prefix: str = ""
    edition: str = ""
    as_is: bool = False
    voters_days: int | None = None
    keep_fakes: bool = False
    with_settings: bool = False
    skip_unknown_posts: bool = False


@dataclass
class Summary:
    """Of a run, beside the lines for each story."""

    intake: Intake
    site: Site
    resolved: Resolved = field(default_factory=Resolved)
    stories: int = 0
    changed: int = 0
    pages: int = 0
    set: ReactionSet | None = None
    refused_colours: list[str] = field(default_factory=list)


Tell = Callable[[list[Gathered], set[int]], None]  # stories, and the numbers of those written


def run(options: Options, tell: Tell) -> Summary:
    """Import; `tell` hears of each story. Raises ImportRefused before anything was written."""
    with Spool() as spool:
        summary = _read(options, spool)
        site, resolved = summary.site, summary.resolved
        _understand(options, spool, summary)
        settings = site.settings() if options.with_settings else None
        if options.with_settings and settings is None:
            raise ImportRefused(
                "--with-settings: no settings of the plugin (wpra_…) are in the files."
            )
        if settings:
            style, summary.refused_colours = taken_over(settings.colours)
            summary.set = _set_of(settings, resolved, style)
        concerned = {*spool.posts(), *site.hidden, *site.fakes}
        spool.aim({post: pk for post, pk in resolved.article_of.items() if post in concerned})
        voters_since = None
        if options.voters_days is not None:
            since = timezone.now().astimezone(options.tz) - timedelta(days=options.voters_days)
            voters_since = since.strftime(DATE)
        choices = Choices(tz=options.tz, voters_since=voters_since, set=summary.set)
        hours.fold()  # ours first: imported hours stay before them
        for stories in _batches(_stories(options, spool, summary)):
            changed = Batch(stories, spool, choices).write()
            summary.stories += len(stories)
            summary.changed += len(changed)
            tell(stories, changed)
        _apply_pages(summary)
        return summary


def _read(options: Options, spool: Spool) -> Summary:
    intake = Intake(spool, prefix=options.prefix)
    for path in options.paths:
        try:
            intake.read(path)
        except (DumpRefused, SettingsUnreadable, WpBarUnreadable, OSError) as error:
            raise ImportRefused(f"{path}: {error}. Nothing was written.") from error
    try:
        site = intake.site()
    except DumpRefused as error:
        raise ImportRefused(f"{error}. Nothing was written.") from error
    if not site.says_something and not intake.pages and not intake.skipped:
        raise ImportRefused(
            "None of these files holds a table of WP Reactions (wpreactions_reacted_users), its post "
            "meta or its settings. Nothing was written."
        )
    if options.has_dates and options.tz is None and spool.has_dates():
        raise ImportRefused(
            "The old site wrote dates by its own clock, without a zone. Say which: --tz Europe/Berlin "
            "(WordPress: Settings → General → Timezone), or --no-dates for totals only. Nothing was "
            "written."
        )
    spool.close()
    return Summary(intake, site)


def _understand(options: Options, spool: Spool, summary: Summary) -> None:
    """Find stories and kinds for everything, or raise ImportRefused with a file to fill."""
    site, resolved = summary.site, summary.resolved
    try:
        answers = read_answers(options.map_path)
        settings = site.settings()
    except (MappingRefused, SettingsUnreadable) as error:
        raise ImportRefused(f"{error}. Nothing was written.") from error
    posts, emojis = _named(options, spool, summary, settings)
    slots = settings.slots if settings else {}
    resolved.know_posts({*posts, *site.hidden, *site.fakes}, answers, host=options.host)
    is_pro = options.edition == "pro" or (site.is_pro and not options.edition)
    resolved.know_emojis(emojis, answers, slots=slots, is_pro=is_pro)
    if resolved.ambiguous:
        some = ", ".join(map(str, sorted(resolved.ambiguous)[:5]))
        raise ImportRefused(
            f"Stories were imported from several sites that have the same post numbers ({some} …). Say "
            "which site these reactions are of: --host www.example.org. Nothing was written."
        )
    unknown_posts = resolved.unknown_posts & set(posts)
    if options.skip_unknown_posts:
        resolved.left_out_posts |= unknown_posts
        unknown_posts = set()
    if unknown_posts or resolved.unknown_emojis:
        write_questions(
            options.map_path, answers,
            posts={post: posts[post] for post in unknown_posts},
            emojis={emoji: emojis[emoji] for emoji in resolved.unknown_emojis},
            hints=site.emoji_names,
        )  # fmt: skip
        raise ImportRefused(
            _ask(len(unknown_posts), len(resolved.unknown_emojis), options.map_path, is_pro)
        )


def _named(
    options: Options, spool: Spool, summary: Summary, settings: Settings | None
) -> tuple[dict[int, int], dict[str, int]]:
    """Posts and emojis of which anything is to be written, with how many reactions hang on each."""
    posts, emojis, fakes = spool.posts(), spool.emojis(), summary.site.fakes
    if options.keep_fakes:
        posts = dict.fromkeys(fakes, 0) | posts
        emojis = {emoji: 0 for counts in fakes.values() for emoji in counts} | emojis
    if options.with_settings and settings:
        emojis = dict.fromkeys(settings.slots.values(), 0) | emojis
    for _, bar in summary.intake.pages:
        emojis = {str(number): n for number, n in bar.counts} | emojis
        posts = {_post_of_page(bar.post_id): bar.total} | posts
    return posts, emojis


def _ask(posts: int, emojis: int, path: Path, is_pro: bool) -> str:
    pro = (
        " WP Reactions Pro numbers its emojis in its own way, so each has to be named once."
        if is_pro
        else ""
    )
    return (
        f"{posts:,} posts and {emojis:,} emojis of the old site are not known here. Nothing was "
        f"written. {path} lists them, with how many reactions hang on each: fill the column “ours” (a "
        "story's number or slug; a reaction kind's slug; or - to leave it out) and run the same command "
        f"again with --map {path}. --skip-unknown-posts leaves out all posts that are not here.{pro}"
    )


def _post_of_page(post_id: str) -> int:
    return int(post_id) if post_id.isascii() and post_id.isdigit() and len(post_id) < 19 else 0


def _set_of(settings: Settings, resolved: Resolved, style: Style) -> ReactionSet:
    kinds = ReactionKind.objects.in_bulk()
    wanted = [resolved.kind_of[e] for e in settings.slots.values() if e in resolved.kind_of]
    return set_like(settings.question, [kinds[pk] for pk in dict.fromkeys(wanted)], style)


def _stories(options: Options, spool: Spool, summary: Summary) -> Iterator[Gathered]:
    resolved, site = summary.resolved, summary.site
    kind_of: dict[str, int | None] = {**resolved.kind_of, **dict.fromkeys(resolved.left_out_emojis)}
    fold = Fold(
        kind_of=kind_of,
        tz=options.tz if options.has_dates else None,
        as_is=options.as_is,
        with_voters=options.voters_days is not None or keeps_voters(),
    )
    for story in fold.all(spool):
        story.is_hidden = any(post in site.hidden for post in story.posts)
        for post in story.posts:
            for emoji, n in site.fakes.get(post, {}).items():
                story.fakes_found += n
                if options.keep_fakes and (kind := kind_of[emoji]):
                    story.fakes[kind] += n
        yield story


def _batches(stories: Iterable[Gathered]) -> Iterator[list[Gathered]]:
    batch: list[Gathered] = []
    rows = 0
    for story in stories:
        batch.append(story)
        rows += story.rows
        if len(batch) >= STORIES_AT_ONCE or rows >= ROWS_AT_ONCE:
            yield batch
            batch, rows = [], 0
    if batch:
        yield batch


def _apply_pages(summary: Summary) -> None:
    resolved = summary.resolved
    slugs = dict(ReactionKind.objects.values_list("pk", "slug"))
    for _, bar in summary.intake.pages:
        article = resolved.article_of.get(_post_of_page(bar.post_id))
        if article is None:
            continue
        known = {
            n: slugs[resolved.kind_of[str(n)]] for n in bar.kind_ids if str(n) in resolved.kind_of
        }
        kinds = tuple(number for number in bar.kind_ids if number in known)
        counts = tuple((number, n) for number, n in bar.counts if number in known)
        kept = replace(bar, kind_ids=kinds, counts=counts)
        apply_wp_bar(Article.objects.get(pk=article), kept, slug_of=known)
        summary.pages += 1
