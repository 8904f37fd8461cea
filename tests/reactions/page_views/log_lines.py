"""Lines as front servers write them."""

import json

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
WHEN = "04/Mar/2026:05:06:07 +0000"


def combined(
    target: str = "/story/a/",
    *,
    when: str = WHEN,
    method: str = "GET",
    status: int = 200,
    agent: str = FIREFOX,
    rest: str = "",
    address: str = "203.0.113.9",
    size: int = 5120,
) -> str:
    request = f"{method} {target} HTTP/2.0"
    return f'{address} - - [{when}] "{request}" {status} {size} "-" "{agent}"{rest}\n'


def caddy(
    uri: str = "/story/a/",
    *,
    ts: float | str = 1_772_600_767.25,
    agent: str = FIREFOX,
    purpose: str = "",
) -> str:
    headers = {"User-Agent": [agent], "Accept": ["*/*"]}
    if purpose:
        headers["Sec-Purpose"] = [purpose]
    said = {
        "level": "info", "ts": ts, "logger": "http.log.access.log0", "msg": "handled request",
        "request": {
            "remote_ip": "203.0.113.9", "proto": "HTTP/2.0", "method": "GET",
            "host": "news.example", "uri": uri, "headers": headers,
        },
        "bytes_read": 0, "user_id": "", "duration": 0.002, "size": 5120, "status": 200,
        "resp_headers": {},
    }  # fmt: skip
    return json.dumps(said) + "\n"
