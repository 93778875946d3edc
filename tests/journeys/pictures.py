"""Screenshots for the README: a screen as high as the page, up to a limit, so that bars stand where they belong.
In few colours, so that the repository stays small."""

from io import BytesIO

from playwright.sync_api import Page

from tests.faults.harness import ROOT

FOLDER = ROOT / "docs" / "screenshots"
LOWEST = {360: 780, 1440: 900}
HIGHEST = {360: 1600, 1440: 1500}
COLOURS = 96


def take(page: Page, name: str, width: int) -> None:
    from PIL import Image

    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": LOWEST[width]})
    page.wait_for_load_state("networkidle")
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(height, HIGHEST[width])})
    page.evaluate("scrollTo(0, 0)")
    raw = page.screenshot(animations="disabled")
    if before:
        page.set_viewport_size(before)
    picture = Image.open(BytesIO(raw)).convert("RGB")
    FOLDER.mkdir(parents=True, exist_ok=True)
    picture.quantize(COLOURS).save(FOLDER / f"{name}.png", optimize=True)
