"""The demo's pictures as photos of the newsroom: painted, taken in like uploads, credited."""

from collections.abc import Iterable
from hashlib import sha256
from io import BytesIO

from articles.actions.photos import add_photo, apply_credit
from articles.demo.content import DemoPhoto
from articles.demo.pictures import PictureSpec, jpeg_of, jpegs_of
from articles.models import Contributor, Photo
from articles.photos.credits import parse_credit


class PhotoDesk:
    """Gives the Photo of a picture; one that an earlier run took in is found by its bytes."""

    def __init__(self) -> None:
        self.added = 0
        self._files: dict[PictureSpec, bytes] = {}

    def prepare(self, specs: Iterable[PictureSpec]) -> None:
        """Paint these at once, before any transaction is open."""
        wanted = list(dict.fromkeys(specs))
        self._files = dict(zip(wanted, jpegs_of(wanted), strict=True))

    def photo(self, spec: PictureSpec) -> Photo:
        """The photo with what its own file says of it."""
        file = self._files.get(spec) or jpeg_of(spec)
        found = Photo.objects.filter(sha256=sha256(file).hexdigest()).first()
        if found:
            return found
        self.added += 1
        return add_photo(BytesIO(file), name=f"{spec.recipe}-{spec.palette}-{spec.seed}.jpg")

    def credited(self, demo: DemoPhoto) -> Photo:
        """The photo with its credit line read, as the desk would type it in."""
        before = self.added
        photo = self.photo(demo.picture)
        if self.added > before:
            credit = parse_credit(demo.credit)
            if credit.raw:  # else what the file says stands
                apply_credit(photo, credit)
            if demo.contributor:
                photo.photographer = Contributor.objects.get(slug=demo.contributor)
            photo.save()
        return photo
