"""The company seal: its own image, or as SVG ring, star and the name on an arc of 222°. An unissued paper gets an empty
dashed ring."""

from base64 import b64encode
from html import escape
from math import cos, pi, radians, sin

from ehr.documents.storage import read_stored

RED = "#c02a1e"
ARC = 222.0
RADIUS = 43.0
LARGEST, SMALLEST = 11.5, 5.0
FONTS = "Noto Serif CJK SC, Source Han Serif SC, SimSun, serif"


def seal_of(name: str, key: str) -> str:
    """The company's own image where it has given one, else one drawn from its name."""
    label = f"{name} 公章"
    return seal_image(read_stored(key), label=label) if key else seal_svg(name, label=label)


def seal_svg(name: str, *, label: str) -> str:
    return (
        f'<svg class="seal" viewBox="0 0 120 120" role="img" aria-label="{escape(label)}">'
        f'<circle cx="60" cy="60" r="57" fill="none" stroke="{RED}" stroke-width="2.6"/>'
        f'<polygon points="{_star()}" fill="{RED}"/>'
        f'<g fill="{RED}" font-family="{FONTS}" font-weight="600">{"".join(_letters(name))}</g></svg>'
    )


def slot_svg(text: str) -> str:
    return (
        f'<svg class="seal seal--slot" viewBox="0 0 120 120" role="img" aria-label="{escape(text)}">'
        '<circle cx="60" cy="60" r="57" fill="none" stroke="#8b8f97" stroke-width="1.4" stroke-dasharray="5 4"/>'
        f'<text x="60" y="22" font-size="8.5" text-anchor="middle" fill="#5b6472" font-family="{FONTS}">'
        f"{escape(text)}</text></svg>"
    )


def seal_image(data: bytes, *, label: str) -> str:
    kind = "png" if data.startswith(b"\x89PNG") else "jpeg"
    return f'<img class="seal" src="data:image/{kind};base64,{b64encode(data).decode()}" alt="{escape(label)}">'


def font_size(letters: int) -> float:
    """Long names shrink until they fit the arc."""
    room = RADIUS * radians(ARC) / max(letters, 1)
    return round(max(SMALLEST, min(LARGEST, room * 0.82)), 2)


def _letters(name: str) -> list[str]:
    step = ARC / (len(name) - 1) if len(name) > 1 else 0.0
    start = -ARC / 2 if len(name) > 1 else 0.0
    return [_letter(sign, start + step * place, font_size(len(name))) for place, sign in enumerate(name)]


def _letter(sign: str, angle: float, size: float) -> str:
    x, y = 60 + RADIUS * sin(radians(angle)), 60 - RADIUS * cos(radians(angle))
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" transform="rotate({angle:.1f} {x:.1f} {y:.1f})" font-size="{size}" '
        f'text-anchor="middle" dominant-baseline="central">{escape(sign)}</text>'
    )


def _star(outer: float = 15.0) -> str:
    inner = outer * sin(pi / 10) / sin(3 * pi / 10)
    corners = ((outer if place % 2 == 0 else inner, pi / 5 * place) for place in range(10))
    return " ".join(f"{60 + r * sin(turn):.2f},{60 - r * cos(turn):.2f}" for r, turn in corners)
