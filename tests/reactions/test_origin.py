import pytest
from django.test import RequestFactory, override_settings

from reactions.origin import is_same_origin

OWN = "http://testserver"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": OWN}, False),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
        ({"Origin": OWN}, True),
        ({"Origin": "https://news.example"}, True),
        ({"Origin": "https://news.example:444"}, False),
        ({"Origin": "http://news.example"}, False),
        ({"Origin": "https://news.example.evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": ""}, False),
        ({"Origin": "https://evil.example", "Referer": f"{OWN}/story/x/"}, False),
        ({"Referer": f"{OWN}/story/x/"}, True),
        ({"Referer": "https://news.example/story/x/?a=b"}, True),
        ({"Referer": "https://evil.example/?https://news.example/"}, False),
        ({"Referer": "https://news.example@evil.example/"}, False),
        ({"Referer": "http://[::1"}, False),
        ({}, False),
    ],
)
@override_settings(SITE_URL="https://news.example")
def test_it_believes_the_browser(headers: dict[str, str], expected: bool) -> None:
    request = RequestFactory().post("/r/1/vote", headers=headers)
    assert is_same_origin(request) is expected
