"""What a 24-megapixel JPEG costs: all its public files, other settings, an upload; what hostile files
cost who opens them.

`photos.py [PART …]`, of formats, settings, decoding, moving, upload, hostile; all of them by default. Each
figure is CPU seconds and the peak of memory above idle of a process that does only that; an upload
is the endpoint in this process, from the request to the answer, on SQLite, the median of nine.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

import PIL
from PIL import Image, features

from articles.photos import animation, decoding
from articles.photos.crops import CROPS
from articles.photos.opening import open_photo
from articles.photos.renditions import WIDTHS, RightsInfo, render_renditions, upright_picture
from tests.bench.photo_parts import apart, photo_like, psnr, ssim, written
from tests.bench.tools import ROOT, environment_of, heading
from tests.hostile_photos import KINDS

RIGHTS = RightsInfo(creator="Ines Lark", credit="Ines Lark/Tidelamp", copyright="© 2026")
HALF = decoding.DRAFT_MARGIN
DESIGN_WIDTHS = tuple(width for width in WIDTHS if width <= 1920)
SETTINGS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("JPEG", {"quality": 76}),
    ("JPEG", {"quality": 76, "optimize": True}),
    ("JPEG", {"quality": 76, "progressive": True}),
    ("JPEG", {"quality": 80, "progressive": True}),
    *(("WEBP", {"quality": 75, "method": method}) for method in (2, 4, 6)),
    ("WEBP", {"quality": 80, "method": 4}),
    *(("AVIF", {"quality": 60, "speed": speed}) for speed in (5, 6, 7, 8, 9)),
    ("AVIF", {"quality": 50, "speed": 6}),
    ("AVIF", {"quality": 50, "speed": 8}),
)


def formats(data: bytes) -> None:
    print("\n| files of one photo | files | KB | CPU-s | MB |\n| --- | --- | --- | --- | --- |")
    runs: dict[str, dict[str, Any]] = {
        **{f"{name}, 320 to 1920": {"formats": (name,), "widths": DESIGN_WIDTHS, "crops": ()}
           for name in ("jpeg", "webp", "avif")},
        **{f"{name}, 320 to 2560": {"formats": (name,), "crops": ()}
           for name in ("jpeg", "webp", "avif")},
        "four crops": {"formats": (), "crops": CROPS},
        "all": {},
    }  # fmt: skip
    for label, options in runs.items():

        def work(options: dict[str, Any] = options) -> list[int]:
            made = render_renditions(BytesIO(data), credit=RIGHTS, **options)
            return [len(each.data) for each in made]

        sizes, seconds, megabytes = apart(work)
        print(
            f"| {label} | {len(sizes)} | {sum(sizes) // 1000} | {seconds:.2f} | {megabytes:.0f} |"
        )


def settings(data: bytes) -> None:
    print("\n| 1280 × 853 | KB | CPU-s | MB | PSNR | SSIM |\n| --- | --- | --- | --- | --- | --- |")
    full = Image.open(BytesIO(data))
    image = full.resize((1280, 853), Image.Resampling.LANCZOS)
    for format_name, options in SETTINGS:
        made = written(image, format_name, **options)
        back = Image.open(BytesIO(made))
        likeness = f"{psnr(image, back):.2f} | {ssim(image, back):.4f}"

        def work(format_name: str = format_name, options: dict[str, Any] = options) -> int:
            return len(written(image, format_name, **options))

        size, seconds, megabytes = apart(work)
        said = ", ".join(f"{name} {value}" for name, value in options.items())
        print(
            f"| {format_name} {said} | {size / 1000:.1f} | {seconds:.2f} | {megabytes:.0f} | {likeness} |"
        )


def decoding_(data: bytes) -> None:
    """Against the full decode, each width resized from it directly."""
    print("\n| width | decoded at | resized | PSNR | SSIM | CPU-s | MB |\n| --- |" + " --- |" * 6)
    for width in (2560, 1280, 320):
        chain = tuple(each for each in reversed(WIDTHS) if each >= width)
        for margin, words in ((HALF, "half"), (99.0, "full")):
            for widths in dict.fromkeys([chain, (width,)]):
                work = partial(_made, data, margin, widths)
                (decibels, alike), _, _ = apart(partial(_likeness, data, work, width))
                _, seconds, megabytes = apart(lambda: work().width)  # noqa: B023
                how = "from the last" if len(widths) > 1 else "from the decoded"
                print(
                    f"| {width} | {words} | {how} | {decibels:.1f} | {alike:.4f} | {seconds:.2f}"
                    f" | {megabytes:.0f} |"
                )


def _made(data: bytes, margin: float, widths: tuple[int, ...]) -> Image.Image:
    decoding.DRAFT_MARGIN = margin  # of this process
    image = upright_picture(open_photo(BytesIO(data)), max(WIDTHS) / 6000)
    for each in widths:
        image = image.resize((each, each * 2 // 3), Image.Resampling.LANCZOS)
    return image


def _likeness(data: bytes, work: Callable[[], Image.Image], width: int) -> tuple[float, float]:
    wanted = Image.open(BytesIO(data)).resize((width, width * 2 // 3), Image.Resampling.LANCZOS)
    made = work()
    return psnr(made, wanted), ssim(made, wanted)


def moving(_data: bytes) -> None:
    """A GIF of 60 frames, 800 × 600, as WebP of that size; then all its public files."""
    base = photo_like((1_100, 800), seed=3)
    frames = [
        base.crop((4 * at, 2 * at, 4 * at + 800, 2 * at + 600)).quantize(255) for at in range(60)
    ]
    gif = written(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=80, loop=0)
    print(f"\n| GIF, {len(gif) / 1e6:.1f} MB | MB | CPU-s | peak MB |\n| --- | --- | --- | --- |")
    ours = animation.OPTIONS
    for options in (ours, {"quality": 75, "method": 4}, {"quality": 70, "method": 2}):

        def work(options: dict[str, int] = options) -> int:
            animation.OPTIONS = options  # of this process
            return len(animation.read_animation(open_photo(BytesIO(gif)), (800, 600)).webp(b""))

        size, seconds, megabytes = apart(work)
        said = ", ".join(f"{name} {value}" for name, value in options.items())
        print(f"| {said} | {size / 1e6:.2f} | {seconds:.1f} | {megabytes:.0f} |", flush=True)
    sizes, seconds, megabytes = apart(
        lambda: [len(each.data) for each in render_renditions(BytesIO(gif), credit=RIGHTS)]
    )
    print(f"| all its files | {sum(sizes) / 1e6:.2f} | {seconds:.1f} | {megabytes:.0f} |")


def upload(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= environment_of(
            folder, DJANGO_SETTINGS_MODULE="newsroom.settings", ALLOWED_HOSTS="testserver",
            CELERY_BROKER_URL="memory://", LOG_LEVEL="ERROR",
        )  # fmt: skip
        import django

        django.setup()
        from django.contrib.auth.models import User
        from django.core.files.uploadedfile import SimpleUploadedFile
        from django.core.management import call_command
        from django.test import Client

        call_command("migrate", verbosity=0)
        Path(folder, "static").mkdir(exist_ok=True)
        client = Client()
        client.force_login(User.objects.create_superuser("desk"))
        taken = []
        for each in range(9):
            file = SimpleUploadedFile("a.jpg", data + bytes([each]), "image/jpeg")
            started, cpu = time.perf_counter(), time.process_time()
            answer = client.post("/admin/articles/photo/upload/", {"files": [file]}).json()
            taken.append((time.perf_counter() - started, time.process_time() - cpu))
            assert len(answer["photos"]) == 1, answer
    clock, cpu = (median(each) * 1000 for each in zip(*taken, strict=True))
    print(
        f"\nAn upload answers after {clock:.0f} ms ({cpu:.0f} ms of CPU), median of {len(taken)}."
    )


def hostile(_data: bytes) -> None:
    print("\n| file | MB sent | CPU-s | MB | answer |\n| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for kind, make in KINDS.items():
            path = Path(folder, kind)
            path.write_bytes(make())
            command = [sys.executable, "-m", "tests.photo_child", str(path)]
            done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
            row = json.loads(done.stdout)
            sent, answer = path.stat().st_size / 1e6, row["code"] or row["verdict"]
            print(
                f"| {kind.replace('_', ' ')} | {sent:.1f} | {row['seconds']:.2f}"
                f" | {row['megabytes']:.0f} | {answer} |",
                flush=True,
            )
            path.unlink()


PARTS: dict[str, Callable[[bytes], None]] = {
    "formats": formats, "settings": settings, "decoding": decoding_, "moving": moving, "upload": upload, "hostile": hostile,
}  # fmt: skip


def main(names: list[str]) -> None:
    versions = [f"{name} {features.version(name)}" for name in ("libjpeg_turbo", "webp", "avif")]
    print(heading(f"Pillow {PIL.__version__}", *versions), flush=True)
    data = written(photo_like(), "JPEG", quality=92, subsampling=2)
    print(f"6000 × 4000, {len(data) / 1e6:.1f} MB", flush=True)
    for name in names or PARTS:
        PARTS[name](data)


if __name__ == "__main__":
    main(sys.argv[1:])
