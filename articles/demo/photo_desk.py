"""The demo's pictures as photos of the newsroom: painted, taken in like uploads, credited."""

from collections.abc import Iterable
from concurrent.futures import Future
from hashlib import sha256
from io import BytesIO

from articles.actions.photo_reading import apply_credit
from articles.actions.photos import add_photo
from articles.demo.content import DemoPhoto
from articles.demo.pictures import PictureSpec, begin_jpegs, jpeg_of
from articles.models import Contributor, Photo
from articles.photos.credits import parse_credit


class PhotoDesk:
    """Gives the Photo of a picture; one that an earlier run took in is found by its bytes."""

    def __init__(self) -> None:
        self.added = 0
        self._files: dict[PictureSpec, Future[bytes]] = {}

    def prepare(self, specs: Iterable[PictureSpec]) -> None:
        """Begin to paint these, in this order, while others are taken in."""
        self._files = begin_jpegs(list(specs))

    def wait_for(self, specs: Iterable[PictureSpec]) -> None:
        """Until these are painted: called before a transaction, which is no place to wait in."""
        for spec in specs:
            if spec in self._files:
                self._files[spec].result()

    def photo(self, spec: PictureSpec) -> Photo:
        """The photo with what its own file says of it."""
        begun = self._files.get(spec)
        file = begun.result() if begun else jpeg_of(spec)
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
