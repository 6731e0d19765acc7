"""Videos from an allow-list of sites, without asking those sites anything.

The player's address follows from the video's, so that pages can be edited and read without a
connection, and so that no reader's browser speaks to a third party before its reader says so.
"""

import re
from dataclasses import dataclass
from typing import Any

from wagtail.embeds.exceptions import EmbedNotFoundException
from wagtail.embeds.finders.base import EmbedFinder


@dataclass(frozen=True, slots=True)
class Player:
    """Where a video can be played: the site's name and the address for a frame."""

    provider: str
    address: str


_SITES: tuple[tuple[str, re.Pattern[str], str], ...] = (
    (
        "YouTube",
        re.compile(
            r"https?://(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#\s]*&)?v=|embed/|shorts/|live/)"
            r"|youtu\.be/)([\w-]{11})(?![\w-])",
            re.ASCII,
        ),
        "https://www.youtube-nocookie.com/embed/{}",
    ),
    (
        "Vimeo",
        re.compile(r"https?://(?:www\.|player\.)?vimeo\.com/(?:video/)?(\d{5,12})(?!\d)", re.ASCII),
        "https://player.vimeo.com/video/{}?dnt=1",
    ),
)


def player_of(url: str) -> Player | None:
    """The player of the video at `url`; None for a site off the list or an address that is no video's."""
    for provider, pattern, address in _SITES:
        if found := pattern.match(url.strip()):
            return Player(provider, address.format(found.group(1)))
    return None


class AllowedSites(EmbedFinder):
    """Wagtail's door to the list above: anything else is refused while editing."""

    def __init__(self, **options: object) -> None:
        super().__init__()

    def accept(self, url: str) -> bool:
        return player_of(url) is not None

    def find_embed(
        self, url: str, max_width: int | None = None, max_height: int | None = None
    ) -> dict[str, Any]:
        player = player_of(url)
        if player is None:
            raise EmbedNotFoundException
        return {
            "title": "",
            "author_name": "",
            "provider_name": player.provider,
            "type": "video",
            "thumbnail_url": None,
            "width": 800,
            "height": 450,
            "html": f'<iframe src="{player.address}" title="{player.provider}" loading="lazy"></iframe>',
        }
