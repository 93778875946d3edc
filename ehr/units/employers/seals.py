"""The image of a company's own seal on its way in: looked at, drawn anew without what else was in the file, and kept."""

from io import BytesIO
from typing import IO, TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from ehr.documents.digests import sha256_of_bytes
from ehr.documents.sniffing import media_type_of
from ehr.errors import Refused

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST = 1024**2
FEWEST, MOST = 400, 4000
KEPT = 800
"""Pixels a side: printed 42 mm wide, that is as sharp as a printer draws."""
LONGEST = 1.6
"""Oval seals are 45 mm by 30 mm."""

PROBLEMS = {
    "seal_too_big": _("The file of a seal may have at most 1 MB."),
    "seal_no_png": _("A seal is a PNG image. Save it as one and choose it again."),
    "seal_unclear": _("A seal has 400 to 4000 pixels a side; fewer would print blurred."),
    "seal_too_long": _("A seal is about as high as wide. Cut away what stands around it."),
    "seal_blank": _("Nothing is to be seen on this image."),
}


def cleaned(content: IO[bytes], *, size: int) -> bytes:
    """As a square PNG of its own; the same image gives the same bytes."""
    if size > LARGEST:
        raise _refused("seal_too_big")
    if media_type_of(content) != "image/png":
        raise _refused("seal_no_png")
    out = BytesIO()
    _squared(_opened(content)).save(out, "PNG", optimize=True)
    return out.getvalue()


def keep(image: bytes) -> tuple[str, str]:
    """Its key and digest. Named by its content: papers refer to it for good, so it is never written over."""
    sha256 = sha256_of_bytes(image)
    key = f"seals/{sha256}.png"
    if not default_storage.exists(key):
        key = default_storage.save(key, ContentFile(image))
    return key, sha256


def _opened(content: IO[bytes]) -> "Image":
    from PIL import Image

    try:
        image = Image.open(content, formats=["PNG"])
        _measure(image.size)
        image.verify()  # whole, and every part as it was written; after that it has to be opened anew
        return Image.open(content, formats=["PNG"]).convert("RGBA")
    except Image.DecompressionBombError as error:
        raise _refused("seal_unclear") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise _refused("seal_no_png") from error


def _measure(size: tuple[int, int]) -> None:
    """Before it is unpacked: a small file may hold a huge image."""
    if min(size) < FEWEST or max(size) > MOST:
        raise _refused("seal_unclear")
    if max(size) > LONGEST * min(size):
        raise _refused("seal_too_long")


def _squared(image: "Image") -> "Image":
    from PIL import Image

    image.thumbnail((KEPT, KEPT))
    on_paper = Image.new("RGB", image.size, "white")
    on_paper.paste(image, mask=image)
    if on_paper.getcolors(1):
        raise _refused("seal_blank")
    square = Image.new("RGBA", (max(image.size),) * 2)
    square.paste(image, ((square.width - image.width) // 2, (square.height - image.height) // 2))
    return square


def _refused(code: str) -> Refused:
    return Refused(code, str(PROBLEMS[code]), field="file")
