"""How an import of old reactions is remembered, a row a story in ImportRecord."""

from articles.models import ImportRecord

HOST = "wpreactions"
KIND = "reactions"


def came_from_tables(article_id: int) -> bool:
    """Were the article's old reactions imported from the plugin's tables?"""
    return ImportRecord.objects.filter(host=HOST, kind=KIND, external_id=str(article_id)).exists()


def keeps_voters() -> bool:
    """Are there stories whose old readers came in as votes?"""
    return ImportRecord.objects.filter(host=HOST, kind=KIND, extra__voters=True).exists()
