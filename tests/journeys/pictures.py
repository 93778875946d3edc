"""Screenshots for the README: the whole page, at most so high, in few colours so that the repository stays small."""

from io import BytesIO

from playwright.sync_api import Page

from tests.faults.harness import ROOT

FOLDER = ROOT / "docs" / "screenshots"
HIGHEST = {360: 1600, 1440: 1500}
COLOURS = 96


def take(page: Page, name: str, width: int) -> None:
    from PIL import Image

    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 780 if width < 800 else 900})
    page.wait_for_load_state("networkidle")
    raw = page.screenshot(full_page=True, animations="disabled")
    if before:
        page.set_viewport_size(before)
    picture = Image.open(BytesIO(raw)).convert("RGB")
    picture = picture.crop((0, 0, picture.width, min(picture.height, HIGHEST[width])))
    FOLDER.mkdir(parents=True, exist_ok=True)
    picture.quantize(COLOURS).save(FOLDER / f"{name}.png", optimize=True)
