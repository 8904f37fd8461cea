"""Cases: the list, a case's page, its preview, and a case that a person opens."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from articles.models import Article
from reactions import moderation
from reactions.admin.case_desk import Desk, case_url
from reactions.admin.case_forms import LookForm
from reactions.admin.case_verbs import act, offers
from reactions.admin.read_only import ReadOnly
from reactions.insight import case_charts, history
from reactions.insight.stories import headline_of, seen_by_readers
from reactions.insight.waiting import waiting_stories
from reactions.models import Action, Case, Delta, Tally

STATES = (("open", "Open"), ("closed", "Closed"), ("clean", "Readers"), ("abuse", "Abuse"))


class ByState(admin.SimpleListFilter):
    title, parameter_name = "state", "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> tuple[tuple[str, str], ...]:
        return STATES

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        value = self.value()
        if value in {"open", "closed"}:
            return queryset.filter(closed_at__isnull=value == "open")
        return queryset.filter(verdict=value) if value in Case.Verdict.values else queryset


class Cases(ChangeList):
    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Case]) -> list[Any]:
        """Open ones first, of these the one that was alarmed last."""
        return [F("closed_at").desc(nulls_first=True), "-last_alarm_at", "-pk"]


@admin.register(Case)
class CaseAdmin(ReadOnly):
    """Read and judged, never written by hand."""

    list_display = ["story"]  # templates/admin/reactions/case/change_list.html draws the rows
    list_filter = [ByState]
    list_select_related = ["article", "closed_by"]
    search_fields = ["article__headline", "article__slug"]
    sortable_by = []

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        answer = super().changelist_view(request, extra_context)
        found = getattr(answer, "context_data", None) or {}
        if "cl" in found:
            found["cases"] = [
                {"case": case, "story": headline_of(case.article), "votes": f"{case.votes:,}"}
                for case in found["cl"].result_list
            ]
            found["waiting"] = waiting_stories()
            found["may_look"] = request.user.has_perm("reactions.close_case")
        return answer

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Cases

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        """With the votes that count: folded, and waiting to be."""
        cases: QuerySet[Case] = super().get_queryset(request)
        return cases.annotate(votes=_sum(Tally, "n") + _sum(Delta, "d"))

    def get_urls(self) -> list[URLPattern]:
        wrap, name = self.admin_site.admin_view, "reactions_case"
        return [
            path("look/<int:article>/", wrap(self.look_view), name=f"{name}_look"),
            path("<int:pk>/preview/", wrap(self.preview_view), name=f"{name}_preview"),
            *super().get_urls(),
        ]

    @admin.display(description="Story")
    def story(self, case: Case) -> str:
        return headline_of(case.article)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:  # fmt: skip
        desk = Desk(request, self._case(request, object_id))
        if request.method == "POST":
            answer = act(desk)
            if answer is not None:
                return answer
        elif "look" in request.GET:
            desk.look()
        context = {**self.admin_site.each_context(request), **page(desk), "opts": Case._meta}
        return TemplateResponse(request, "admin/reactions/case/page.html", context)

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The preview alone, for the page's script."""
        desk = Desk(request, self._case(request, str(pk)))
        desk.look()
        context = {"desk": desk, "offers": offers(desk.seen) if desk.seen else []}
        return TemplateResponse(request, "admin/reactions/case/_preview.html", context)

    def look_view(self, request: HttpRequest, article: int) -> HttpResponse:
        """Open a case by hand; where one is open, go there."""
        if not (
            self.has_view_permission(request) and request.user.has_perm("reactions.close_case")
        ):
            raise PermissionDenied
        story = Article.objects.filter(seen_by_readers(), pk=article).first()
        if story is None:
            raise Http404("Readers never saw such a story.")
        case = Case.objects.filter(article=story, closed_at=None).first()
        form = LookForm(request.POST if request.method == "POST" else None)
        if case is None and form.is_valid():
            case = moderation.look_into(story.pk, request.user, **form.cleaned_data)  # type: ignore[arg-type]
        if case is not None:
            return HttpResponseRedirect(case_url(case))
        context = {
            **self.admin_site.each_context(request), "title": "Look into this story",
            "story": story, "form": form, "opts": Case._meta,
        }  # fmt: skip
        return TemplateResponse(request, "admin/reactions/case/look.html", context)

    def _case(self, request: HttpRequest, object_id: str) -> Case:
        if not self.has_view_permission(request):
            raise PermissionDenied
        case: Case = self.get_object(request, object_id)
        return case


def page(desk: Desk) -> dict[str, Any]:
    """All that a case's page shows."""
    case = desk.case
    user = desk.request.user
    actions = history.rows(Action.objects.filter(history.about(case.article_id)))
    if desk.sent or "look" in desk.request.GET:
        desk.votes_form.is_valid()
    return {
        "title": headline_of(case.article),
        "desk": desk,
        "case": case,
        "state": state_of(case),
        "charts": case_charts.draw(desk.figures, desk.kinds, list(desk.marks())),
        "alarms": desk.alarms(),
        "offers": offers(desk.seen) if desk.seen else [],
        "history": history.lines(actions[: history.SHOWN], desk.kinds),
        "may_void": user.has_perm("reactions.void_votes"),
        "may_freeze": user.has_perm("reactions.freeze_board"),
        "may_hide": user.has_perm("reactions.hide_board"),
        "may_ban": user.has_perm("reactions.ban_visitor"),
        "may_close": user.has_perm("reactions.close_case") and case.closed_at is None,
        "may_undo": user.has_perm("reactions.undo_action"),
        "story_url": case.article.get_absolute_url() if desk.is_public else "",
    }


def _sum(model: type[Tally] | type[Delta], column: str) -> Any:
    rows = model._default_manager.filter(article=OuterRef("article_id")).values("article")
    total = Subquery(rows.values(sum=Sum(column)), output_field=IntegerField())
    return Coalesce(total, Value(0))


def state_of(case: Case) -> str:
    if case.closed_at is None:
        return "Open"
    return "Closed: readers" if case.verdict == Case.Verdict.CLEAN else "Closed: abuse"
