"""Drains the outbox. Each subscription with something due has a thread; one that hangs holds up itself alone."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from crawler.guard.limits import LONGEST_PAUSE
from crawler.sending import files, mail, services, webhooks
from crawler.sending.message import Channel, Message, NoSecret, Payload, Receipt, Surroundings, failed
from crawler.work import Clock, utc_now
from tracker.history import History, Taken
from tracker.model import Level
from tracker.registry import Registry
from tracker.rendering.picking import visible
from tracker.subscription import Subscription, retry_wait

log = logging.getLogger(__name__)

CHANNELS: dict[str, Channel] = {
    "jsonl": files.lines,
    "feed": files.feeds,
    "webhook": webhooks.send,
    "mail": mail.send,
    "apprise": services.send,
}
TOGETHER = {"jsonl": 100, "feed": 1000}
"""Events that are sent at once where no person reads them."""
IN_A_DIGEST = 100
HANGS = 60.0
"""Seconds after which a message that is being sent counts as hanging."""
LONGEST_REST = timedelta(hours=1)
"""A receiver that fails again and again is asked at least this often, so that it is noticed when it is back."""


def deliver(history: History, registry: Registry, message: Message) -> Receipt:
    """Send one message. Whatever its channel does becomes a receipt."""

    def recent(vendor: str | None, level: Level) -> Iterator[Payload]:
        return history.payloads(vendor=vendor, level=level, newest_first=True)

    settings = registry.settings
    around = Surroundings(recent, settings.allow_networks, settings.resolve, settings.user_agent)
    try:
        return CHANNELS[message.subscription.channel](message, around)
    except NoSecret as error:
        return failed(str(error))
    except Exception as error:  # a channel's trouble is never the sender's
        log.debug("%s", message.subscription.name, exc_info=error)
        return failed(f"unexpected {type(error).__name__}")


@dataclass
class _Run:
    """A subscription's thread, and since when (monotonic) it has been sending the message under way."""

    thread: threading.Thread
    since: float = field(default_factory=time.monotonic)
    told: bool = False

    @property
    def hangs(self) -> bool:
        return time.monotonic() - self.since > HANGS


class Sender:
    """Sends what is due, and remembers which receivers fail and rest for a while. `tick` never waits."""

    def __init__(self, path: Path, registry: Registry, clock: Clock = utc_now) -> None:
        self.path = path
        self.registry = registry
        self.clock = clock
        self.sent: Counter[str] = Counter()
        self.failed: dict[str, str] = {}
        """The subscriptions whose last message did not arrive, and why."""
        self._runs: dict[str, _Run] = {}
        self._failures: Counter[str] = Counter()
        self._rests: dict[str, datetime] = {}
        self._stopping = threading.Event()

    def tick(self, history: History) -> None:
        """Start to send where something is due."""
        self._runs = {name: run for name, run in self._runs.items() if run.thread.is_alive()}
        for name, run in self._runs.items():
            if run.hangs and not run.told:
                run.told = True
                self.failed[name] = "sending hangs; nothing more is sent to it until that ends"
                log.error("subscription %s: %s", name, self.failed[name])
        known = {each.name: each for each in self.registry.subscriptions}
        if not known or self._stopping.is_set():
            return
        now = self.clock()
        for name in history.to_send(now):
            if name in known and name not in self._runs and not self._rests_at(name, now):
                thread = threading.Thread(target=self._drain, args=(known[name],), daemon=True, name=f"send-{name}")
                self._runs[name] = _Run(thread)
                thread.start()

    def _rests_at(self, name: str, now: datetime) -> bool:
        """Whether a receiver is left alone; a rest longer than any was begun by a clock that has been set back since."""
        return now < self._rests.get(name, now) <= now + LONGEST_PAUSE

    def drain(self, history: History) -> None:
        """Send what is due, and wait for it; not for what hangs."""
        self.tick(history)
        while any(not run.hangs for run in self._runs.values()):
            time.sleep(0.02)
            self.tick(history)

    def stop(self, seconds: float) -> None:
        """Begin no message any more, and wait so long at most for those under way."""
        self._stopping.set()
        until = time.monotonic() + seconds
        for run in self._runs.values():
            run.thread.join(max(0.0, until - time.monotonic()))

    def _drain(self, subscription: Subscription) -> None:
        try:
            with History(self.path) as history:
                while not self._stopping.is_set():
                    taken = history.take(subscription.name, self.clock(), _together(subscription))
                    if taken is None or not self._send(history, subscription, taken):
                        return
        except Exception as error:  # a locked history, a full disk: it stays due
            self._rest(subscription.name)
            log.error("subscription %s: %s: %s", subscription.name, type(error).__name__, error)

    def _send(self, history: History, subscription: Subscription, taken: Taken) -> bool:
        """Send one message and note what became of it: whether the next one may follow."""
        name = subscription.name
        if name in self._runs:
            self._runs[name].since = time.monotonic()
        receipt = deliver(history, self.registry, Message(taken.id, subscription, taken.payloads, self.clock()))
        now = self.clock()
        if receipt.status == "sent":
            history.sent(taken, now, receipt.why)
            self.sent[name] += len(taken.payloads)
            self._failures.pop(name, None)
            self.failed.pop(name, None)
            return True
        self.failed[name] = visible(receipt.why)
        if receipt.status == "gone":
            history.disable(name, now, receipt.why)
            log.error("subscription %s: disabled, because %s", name, self.failed[name])
            return False
        again = history.failed(taken, now, receipt.why, receipt.wait)
        said = f"tried again {again:%Y-%m-%d %H:%M} UTC" if again else "given up after three days"
        log.warning("subscription %s: %s; %s", name, self.failed[name], said)
        self._rest(name, receipt.wait)
        return False

    def _rest(self, name: str, wait: timedelta | None = None) -> None:
        self._failures[name] += 1
        rest = max(retry_wait(self._failures[name], name), wait or timedelta())
        self._rests[name] = self.clock() + min(rest, max(LONGEST_REST, wait or timedelta()))


def _together(subscription: Subscription) -> int:
    if subscription.digest:
        return IN_A_DIGEST
    return TOGETHER.get(subscription.channel, 1)
