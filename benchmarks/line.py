"""One measured number, beside the limit that was measured in the same run."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, kw_only=True)
class Line:
    name: str
    value: float
    unit: str
    n: int
    limit_name: str = ""
    limit_value: float | None = None

    @property
    def ratio(self) -> float | None:
        return round(self.value / self.limit_value, 3) if self.limit_value else None

    def to_json(self) -> str:
        return json.dumps({**asdict(self), "value": round(self.value, 4), "ratio": self.ratio}, ensure_ascii=False)
