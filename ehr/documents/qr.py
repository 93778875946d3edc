"""The QR code in the foot of each page: level M, an image, readable from a copy at 100 dpi."""

from html import escape

SCALE = 4
"""Dots of a module's side, so that a viewer that smooths what it enlarges leaves the edges sharp."""


def qr_image(text: str, *, label: str) -> str:
    """An image, because drawing each module as a path takes a tenth of the time that a paper is made in."""
    import segno

    code = segno.make(text, error="m", micro=False)
    return f'<img class="qr" src="{code.png_data_uri(scale=SCALE, border=0)}" alt="{escape(label)}">'
