"""When a document is due: intervals ("1 day", "6 hours") and five cron fields in UTC. Pure: the clock is an argument.

Intervals drift by a share that follows from the document's name, so two hundred daily documents do not fall due at once, and the
same document is due at the same moment whoever computes it. Cron fields are taken at their word.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from apscheduler.triggers.cron import CronTrigger

JITTER = 0.1
"""The largest share of an interval that is added to it."""
LONGEST_BACK_OFF = timedelta(weeks=1)
"""A failing document is looked at at least this often, unless its own interval is longer."""
SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(weeks=52)

_UNITS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
_INTERVAL = re.compile(r"(\d{1,6})\s+([a-z]+?)s?", re.IGNORECASE)
_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LEAP_YEAR = datetime(2024, 1, 1, tzinfo=UTC)

Schedule: TypeAlias = timedelta | CronTrigger


def parse(text: str) -> Schedule:
    """Read a schedule.

    Raises:
        ValueError: in one sentence that says what is expected.
    """
    text = text.strip()
    if (rule := interval(text)) is not None:
        if not SHORTEST <= rule <= LONGEST:
            raise ValueError(f'expected an interval between 1 minute and 52 weeks, got "{text}"')
        return rule
    if _INTERVAL.fullmatch(text):
        raise ValueError(f'expected minutes, hours, days or weeks, got "{text}"')
    fields = text.split()
    if len(fields) == 5:
        return _cron(fields, text)
    raise ValueError(
        f'expected an interval such as "1 day" or "6 hours", or five cron fields such as "0 6 * * mon", got "{text}"'
    )


def interval(text: str) -> timedelta | None:
    """ "6 hours" and the like, of any length; None where it is no interval."""
    match = _INTERVAL.fullmatch(text.strip())
    unit = _UNITS.get(match[2].lower()) if match else None
    return int(match[1]) * unit if match and unit else None


def next_due(schedule: str, now: datetime, name: str, failures: int = 0) -> datetime:
    """The moment of the next look (UTC) at the document `name`, which was looked at `now`, the last `failures` times in vain.

    A first failure changes nothing; from the second on, the wait doubles each time, up to a week.

    Raises:
        ValueError: on a schedule that `parse` refuses.
    """
    now = now.astimezone(UTC)
    rule = parse(schedule)
    if isinstance(rule, timedelta):
        return now + _backed_off(rule, failures) * (1 + JITTER * _share(name))
    first = _fires(rule, now)
    second = _fires(rule, first) if first else None
    if first is None or second is None:  # only near the end of the calendar, as parse() has seen it fire
        return now + LONGEST
    step = second - first
    return _fires(rule, now + _backed_off(step, failures) - step) or first


def _cron(fields: list[str], text: str) -> CronTrigger:
    minute, hour, day, month, weekday = fields
    if day != "*" and weekday != "*":
        # Cron itself would look on either day, APScheduler on days that are both; neither is what every reader expects.
        raise ValueError(f'expected a day of the month or a weekday, not both, got "{text}"')
    try:
        trigger = CronTrigger(
            minute=minute, hour=hour, day=day, month=month, day_of_week=_weekdays(weekday), second=0, timezone=UTC
        )
    except ValueError as error:
        raise ValueError(f'expected five cron fields (minute hour day month weekday), got "{text}": {error}') from error
    if _fires(trigger, _LEAP_YEAR) is None:
        raise ValueError(f'expected a date that exists, got "{text}"')
    return trigger


def _weekdays(field: str) -> str:
    """Cron counts weekdays from Sunday (0, again 7), APScheduler from Monday: name them."""
    if not re.fullmatch(r"[\d,*/-]+", field) or field == "*":
        return field.lower()
    return ",".join(name for part in field.split(",") for name in _weekday_range(part))


def _weekday_range(part: str) -> tuple[str, ...]:
    match = re.fullmatch(r"(?:\*|([0-7])(?:-([0-7]))?)(?:/([1-7]))?", part)
    if not match:
        raise ValueError(f'expected weekdays 0 to 7 or sun to sat, got "{part}"')
    low, high, step = match.groups()
    first = int(low or 0)
    last = int(high) if high else (first if low and not step else 6)
    if first > last:
        raise ValueError(f'expected a range of weekdays from low to high, got "{part}"')
    return tuple(_WEEKDAYS[first : last + 1 : int(step or 1)])


def _fires(trigger: CronTrigger, after: datetime) -> datetime | None:
    fire: datetime | None = trigger.get_next_fire_time(after, after)
    return fire


def _backed_off(interval: timedelta, failures: int) -> timedelta:
    factor: int = 1 << min(max(failures - 1, 0), 20)
    return max(interval, min(interval * factor, LONGEST_BACK_OFF))


def _share(name: str) -> float:
    """A number in [0, 1) that follows from a name."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest()) / 2**32
