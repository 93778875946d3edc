"""The QR code in the foot of each page: level M, one path, readable from a copy at 100 dpi."""


def qr_svg(text: str, *, label: str) -> str:
    import segno

    matrix = segno.make(text, error="m", micro=False).matrix
    return (
        f'<svg class="qr" viewBox="0 0 {len(matrix)} {len(matrix)}" role="img" aria-label="{label}" '
        f'shape-rendering="crispEdges"><path d="{_path(matrix)}" fill="#1d2430"/></svg>'
    )


def _path(matrix: "tuple[bytearray, ...]") -> str:
    return "".join(_row(y, row) for y, row in enumerate(matrix))


def _row(y: int, row: bytearray) -> str:
    """Runs of dark modules as one rectangle each: a third of the size of one square per module."""
    parts, x = [], 0
    while x < len(row):
        run = x
        while run < len(row) and row[run]:
            run += 1
        if run > x:
            parts.append(f"M{x} {y}h{run - x}v1h-{run - x}z")
        x = run + 1
    return "".join(parts)
