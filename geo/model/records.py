"""Everything read out of one article."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from geo.model.articles import Article, Published
from geo.model.events import Event, NotPlotted
from geo.model.places import Mention
from geo.model.times import TimeSpan


@dataclass(frozen=True, slots=True)
class Record:
    """Everything read out of one article.

    `nominals` are the mentions that are no names: "the enclave" for the place it stands for, "southern Chad".
    `language` is the ISO 639 code of the article's language; None where that is not sure.
    """

    article: Article
    published: Published | None
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeSpan, ...] = ()
    events: tuple[Event, ...] = ()
    not_plotted: tuple[NotPlotted, ...] = ()
    nominals: tuple[Mention, ...] = ()
    language: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON object that ``conflict-map parse`` writes."""
        article = self.article
        return {
            "id": article.id,
            "title": article.title,
            "url": article.url,
            "source": article.source,
            "published": self.published.to_dict() if self.published else None,
            "language": self.language,
            "mentions": [mention.to_dict() for mention in self.mentions],
            "times": [span.to_dict() for span in self.times],
            "events": [event.to_dict() for event in self.events],
            "not_plotted": [asdict(item) for item in self.not_plotted],
            "nominals": [mention.to_dict() for mention in self.nominals],
        }
