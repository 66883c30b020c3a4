"""Times of day in other zones."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

UTC_NAMES = frozenset(("z", "utc", "gmt"))

_OFFSET = re.compile(r"(?:utc|gmt)?\s?([-+−])(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)


def zone_of(text: str) -> tzinfo | None:
    """The zone of "Z", "UTC", "+04:00", "GMT-3" or a name such as "Europe/Paris"; ``None`` for any other text.

    Letters such as "EST" name several zones and are none here.
    """
    text = text.strip()
    if text.lower() in UTC_NAMES:
        return UTC
    if offset := _OFFSET.fullmatch(text):
        sign, hours, minutes = offset.groups()
        shift = timedelta(hours=int(hours), minutes=int(minutes or 0))
        return timezone(shift if sign == "+" else -shift) if shift < timedelta(hours=24) else None
    try:
        return ZoneInfo(text) if "/" in text else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def moved(day: date, clock: str, written: str, wanted: tzinfo) -> tuple[date, str] | None:
    """The day and the time of day in another zone; ``None`` where the zone as ``written`` is not known.

    ``clock`` is "21:30" or "21:30:05".
    """
    if (zone := zone_of(written)) is None:
        return None
    moment = datetime.combine(day, time.fromisoformat(clock), zone).astimezone(wanted)
    return moment.date(), moment.strftime("%H:%M:%S" if clock.count(":") == 2 else "%H:%M")
