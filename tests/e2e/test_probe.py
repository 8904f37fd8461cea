import pytest
from tests import builders
pytestmark = pytest.mark.django_db(transaction=True)
def test_probe(visit, axe, live_server):
    builders.make_article()
    v = visit("/")
    print(live_server.url)
    print(v.errors, v.foreign)
    import time
    t=time.time()
    print(axe(v.page)); print(time.time()-t)
    v.page.screenshot(path="/tmp/probe/home.png")
    a=v.page.evaluate("performance.getEntriesByType('resource').map(e=>e.name+' '+e.transferSize)")
    print("\n".join(a))
