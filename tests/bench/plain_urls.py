"""A plain Django article page and home page: four queries and two, a template each, nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template import engines
from django.urls import path

from articles.models import Article

# Templates of the benchmark, not of the product: kept here so that the product's folder stays its own.
ARTICLE = engines["django"].from_string(
    """<!doctype html><html lang="en"><head><title>{{ article.headline }}</title></head><body>
<h1>{{ article.headline }}</h1><p>{{ article.dek }}</p>
<p>By {% for byline in bylines %}{{ byline.contributor.name }}{% if not forloop.last %}, {% endif %}{% endfor %}</p>
<p>{{ article.publish_at|date:"j F Y" }}</p><div>{% autoescape off %}{{ article.body_html }}{% endautoescape %}</div>
<ul>{% for tag in tags %}<li><a href="/tag/{{ tag.slug }}/">{{ tag.name }}</a></li>{% endfor %}</ul>
<aside>{% for other in latest %}<p><a href="/story/{{ other.slug }}/">{{ other.headline }}</a></p>{% endfor %}</aside>
</body></html>"""
)
HOME = engines["django"].from_string(
    """<!doctype html><html lang="en"><head><title>Home</title></head><body><h1>Home</h1>
{% for article in articles %}<article><h2><a href="/story/{{ article.slug }}/">{{ article.headline }}</a></h2>
<p>{{ article.section.name }}, {{ article.publish_at|date:"j F Y" }}</p><p>{{ article.dek }}</p>
<p>By {% for byline in article.bylines.all %}{{ byline.contributor.name }}{% endfor %}</p></article>{% endfor %}
</body></html>"""
)


def article(request: HttpRequest, slug: str) -> HttpResponse:
    story = get_object_or_404(Article.objects.select_related("section"), slug=slug)
    context = {
        "article": story,
        "bylines": list(story.bylines.select_related("contributor")),
        "tags": list(story.tags.all()),
        "latest": Article.objects.order_by("-publish_at").only("slug", "headline")[:5],
    }
    return HttpResponse(ARTICLE.render(context, request))


def home(request: HttpRequest) -> HttpResponse:
    articles = Article.objects.order_by("-publish_at").select_related("section")
    context = {"articles": articles.prefetch_related("bylines__contributor")[:30]}
    return HttpResponse(HOME.render(context, request))


urlpatterns = [path("", home), path("story/<str:slug>/", article)]
