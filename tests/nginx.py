"""A real nginx with deploy/nginx.conf, before a real web server of ours."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/sbin")
TLS = ROOT / "tests/data/tls"
# What nginx's own package puts around a site.
FRAME = """
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes {workers};
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {site}
    {more}
}}
"""


def site_config(folder: Path, *, upstream: int, port: int, var_dir: Path) -> str:
    """deploy/nginx.conf, as an operator changes it: host, ports, folders. In plain HTTP, where the
    test's web server tells https from X-Forwarded-Proto all the same.
    """
    text = (ROOT / "deploy/nginx.conf").read_text()
    plain = re.sub(r"\n    ssl_[a-z_]+ [^;]+;", "", text)
    changes = {
        "/var/cache/nginx/newsroom": f"{folder}/cache",
        "127.0.0.1:8000": f"127.0.0.1:{upstream}",
        "/srv/newsroom/var": str(var_dir),
        "news.example.org": "localhost",
        "    listen 443 ssl http2;\n": f"    listen 127.0.0.1:{port};\n",
        "    listen [::]:443 ssl http2;\n": "",
        "    listen 80;\n    listen [::]:80;\n": f"    listen unix:{folder}/plain.sock;\n",
        "X-Forwarded-Proto $scheme": "X-Forwarded-Proto https",
    }
    for old, new in changes.items():
        assert old in plain, f"deploy/nginx.conf has no {old!r} any more"
        plain = plain.replace(old, new)
    return plain


@contextmanager
def nginx(
    folder: Path, *, upstream: int, port: int, var_dir: Path, workers: int = 1, more: str = ""
) -> Iterator[subprocess.Popen[bytes]]:
    """nginx on `port` of 127.0.0.1, in the foreground, with everything it writes in `folder`."""
    assert NGINX
    folder.mkdir(parents=True, exist_ok=True)
    site = site_config(folder, upstream=upstream, port=port, var_dir=var_dir)
    config = folder / "nginx.conf"
    config.write_text(FRAME.format(folder=folder, workers=workers, site=site, more=more))
    user = ["-g", "daemon off; user root;" if os.getuid() == 0 else "daemon off;"]
    command = [NGINX, "-p", str(folder), "-e", f"{folder}/error.log", "-c", str(config), *user]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            if running.poll() is not None:
                raise RuntimeError((folder / "error.log").read_text())
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield running
    finally:
        running.terminate()
        running.wait()
