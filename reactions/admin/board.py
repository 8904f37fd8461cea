from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse

from articles.actions.publishing import is_public
from articles.admin.base import ChangesPages
from articles.models import public_changed
from reactions import moderation
from reactions.admin.board_list import INHERITED, KeepsTicks, SetFilter, VerbForm, stands
from reactions.admin.reaction_set import plain
from reactions.insight.stories import headline_of, seen_by_readers
from reactions.models import Board, ReactionKind, ReactionSet, Tally
from reactions.sets import inherited_by

KEPT = (
    "Its set doesn’t have {kinds}: these votes are kept and in every export, but the bar shows them no "
    "more. They are back as soon as the set has the kind again."
)
KEPT_ALL = "Votes for kinds that a set doesn’t have are kept, and shown again when it has them."


def _question(**which: Any) -> Subquery:
    return Subquery(ReactionSet.objects.filter(**which).values("question")[:1])


def out_of_sight(board: Board) -> list[str]:
    """Kinds with counted votes on the story that its bar doesn't show: "Heart (12)"."""
    shown = board.set or inherited_by(board.article)[0]
    seen = ReactionKind.objects.filter(sets=shown) if shown else ReactionKind.objects.none()
    votes = Tally.objects.filter(article=board.article_id, n__gt=0).exclude(kind__in=seen)
    return [f"{tally.kind.label} ({tally.n:,})" for tally in votes.select_related("kind")]


@admin.register(Board)
class BoardAdmin(KeepsTicks, ChangesPages):
    """Which set an article shows, and the moderators' verbs. The reason stands beside the verb."""

    action_form = VerbForm
    actions = ["freeze", "thaw", "hide", "show", "use_set"]
    list_display = ["story", "how_it_stands", "question"]
    list_filter = ["state", ("set", SetFilter)]
    list_select_related = ["article", "set", "frozen_by"]
    search_fields = ["article__headline", "article__slug"]
    show_full_result_count = False
    autocomplete_fields = ["article"]
    readonly_fields = ["inherits", "state", "who_froze", "frozen_at", "frozen_reason"]

    class Media:
        css = {"all": ["css/desk/reaction-sets.css"]}

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        # Boards are made by the first vote; a moderator may want to freeze before it.
        Board.objects.make_missing()
        return super().changelist_view(request, extra_context)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Board]:
        """No headline of a story that readers never saw."""
        boards: QuerySet[Board] = super().get_queryset(request)
        return boards.filter(seen_by_readers("article__")).annotate(
            inherited=Coalesce(
                _question(section=OuterRef("article__section")), _question(is_default=True)
            )
        )

    def get_fields(self, request: HttpRequest, obj: Board | None = None) -> Any:
        """The story leads to its own form for who may open that."""
        named = obj is not None and not request.user.has_perm("articles.view_article")
        return ["story" if named else "article", "set", *self.readonly_fields]

    @admin.display(description="Story", ordering="article__headline")
    def story(self, board: Board) -> str:
        return headline_of(board.article)

    @admin.display(description="State", ordering="state")
    def how_it_stands(self, board: Board) -> str:
        return stands(board)

    @admin.display(description="Frozen by")
    def who_froze(self, board: Board) -> str:
        """By name: the admin's own link leads to a login's form, which is closed to moderators."""
        return board.frozen_by.get_username() if board.frozen_by else "–"

    def view_on_site(self, board: Board) -> str | None:
        """The story's page, while readers see it."""
        return board.article.get_absolute_url() if is_public(board.article) else None

    @admin.display(description="Set", ordering="set")
    def question(self, board: Board) -> str:
        return str(board.set or f"{board.inherited or 'none'} (inherited)")  # type: ignore[attr-defined]

    @admin.display(description="Without a set of its own")
    def inherits(self, board: Board) -> str:
        if board.pk is None:
            return "its section’s set, else the default"
        found, where = inherited_by(board.article)
        return f"“{found}”, from {where}" if found else where[0].upper() + where[1:]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "set":
            kwargs["empty_label"] = INHERITED
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return plain(super().formfield_for_dbfield(db_field, request, **kwargs))

    def save_model(self, request: HttpRequest, obj: Board, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "set" in form.changed_data and (unseen := out_of_sight(obj)):
            self.message_user(request, KEPT.format(kinds=", ".join(unseen)), messages.WARNING)

    def get_readonly_fields(self, request: HttpRequest, obj: Board | None = None) -> list[str]:
        return [*self.readonly_fields, *(["article", "story"] if obj else [])]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """For stories before their time; every published one has a board without it."""
        return super().has_add_permission(request) and request.user.has_perm(
            "articles.view_article"
        )

    def has_delete_permission(self, request: HttpRequest, obj: Board | None = None) -> bool:
        return False  # without its row a frozen bar would be open again

    def has_freeze_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("reactions.freeze_board")

    def has_hide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("reactions.hide_board")

    @admin.action(description="Freeze: no more votes", permissions=["freeze"])
    def freeze(self, request: HttpRequest, queryset: QuerySet[Board]) -> HttpResponse | None:
        return self._moderate(request, queryset, moderation.freeze)

    @admin.action(description="Thaw: votes again", permissions=["freeze"])
    def thaw(self, request: HttpRequest, queryset: QuerySet[Board]) -> HttpResponse | None:
        return self._moderate(request, queryset, moderation.thaw)

    @admin.action(description="Hide from the page", permissions=["hide"])
    def hide(self, request: HttpRequest, queryset: QuerySet[Board]) -> HttpResponse | None:
        return self._moderate(request, queryset, moderation.hide)

    @admin.action(description="Show on the page again", permissions=["hide"])
    def show(self, request: HttpRequest, queryset: QuerySet[Board]) -> HttpResponse | None:
        return self._moderate(request, queryset, moderation.show)

    @admin.action(description="Use the set that is chosen here", permissions=["change"])
    def use_set(self, request: HttpRequest, queryset: QuerySet[Board]) -> None:
        chosen = ReactionSet.objects.filter(pk=request.POST.get("use") or 0).first()
        boards = list(queryset)
        Board.objects.filter(pk__in=[board.pk for board in boards]).update(set=chosen)
        public_changed()
        words = f"“{chosen}”" if chosen else "what its section or the site has"
        for board in boards:
            self.log_change(request, board, f"Now has {words}.")
        stories = "1 story now has" if len(boards) == 1 else f"{len(boards)} stories now have"
        self.message_user(request, f"{stories} {words}. {KEPT_ALL}")

    def _moderate(
        self, request: HttpRequest, boards: QuerySet[Board], verb: Callable[..., int]
    ) -> HttpResponse | None:
        try:
            changed = verb(boards, request.user, reason=request.POST.get("reason", ""))
        except moderation.ReasonMissing as missing:
            return self.asked_again(request, str(missing), "reason")
        stories = "1 story" if len(boards) == 1 else f"{len(boards)} stories"
        self.message_user(request, f"Reactions changed on {changed} of {stories}.")
        return None
