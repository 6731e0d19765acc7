from dataclasses import dataclass


@dataclass
class Clock:
    """A clock that stands still until somebody sets it."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now
