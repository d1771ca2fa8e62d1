"""The A/B kit: variants as a table with ids and tracked links, for loading into platforms and reading results back."""

import csv
import re
from collections.abc import Mapping, Sequence
from io import StringIO
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from .models import Variant

_MEDIUM: Mapping[str, str] = {
    "baidu_search": "cpc", "google_search": "cpc", "sms": "sms", "email": "email", "product_page": "referral",
    "poster": "print",
}  # fmt: skip
_COLUMNS = ("id", "channel", "angle", "audience", "headline", "body", "call_to_action", "hashtags", "link")


def tracked(link: str, campaign: str, variant: Variant) -> str:
    """``link`` with UTM parameters: the channel as source, the variant's id as content. Its own query stays."""
    parts = urlsplit(link)
    utm = {
        "utm_source": variant.channel,
        "utm_medium": _MEDIUM.get(variant.channel, "social"),
        "utm_campaign": campaign,
        "utm_content": variant.id,
    }
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in utm]
    return urlunsplit(parts._replace(query=urlencode([*query, *utm.items()])))


def kit(variants: Sequence[Variant], link: str, campaign: str) -> bytes:
    """The table as CSV (UTF-8 with a mark, so that Excel reads it). Cells that look like formulas are made text.

    ``id`` is the creative's name to give on the platform: ``marketing performance`` then reads results by it.
    """
    rows = StringIO()
    writer = csv.writer(rows)
    writer.writerow(_COLUMNS)
    for one in variants:
        tags = " ".join(f"#{tag}" for tag in one.hashtags)
        words = (one.audience, one.headline, one.body, one.call_to_action, tags)
        url = tracked(link, campaign, one) if link else ""
        writer.writerow([one.id, one.channel, one.angle, *map(_plain, words), url])
    return rows.getvalue().encode("utf-8-sig")


def slug(words: str) -> str:
    """A campaign's name for a link: letters and figures of any script, joined by hyphens."""
    return re.sub(r"[\W_]+", "-", words.casefold()).strip("-") or "campaign"


def _plain(words: str) -> str:
    return f"'{words}" if words.startswith(("=", "+", "-", "@", "\t", "\r")) else words
