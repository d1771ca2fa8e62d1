"""Points in time and stretches of it, as people say them."""

from datetime import datetime, timedelta

from .language import t


def moment(at: datetime) -> str:
    """The day and the minute; with the year when it is not this one."""
    local = at.astimezone()
    return local.strftime("%m-%d %H:%M" if local.year == datetime.now().year else "%Y-%m-%d %H:%M")


def span(time: timedelta) -> str:
    """How long: in minutes below an hour, in hours below two days, then in days."""
    minutes = max(0.0, time.total_seconds() / 60)
    if minutes < 1:
        return t("span.moment")
    if minutes < 60:
        return t("span.minutes", count=round(minutes))
    if minutes < 48 * 60:
        return t("span.hours", count=f"{minutes / 60:.1f}".removesuffix(".0"))
    return t("span.days", count=f"{minutes / 1440:.1f}".removesuffix(".0"))
