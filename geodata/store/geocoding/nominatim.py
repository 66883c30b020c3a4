"""Nominatim, a geocoder that asks the network: one name at a time, within bounds, and each name once only."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any, TypeVar
from urllib.error import HTTPError, URLError
from urllib.request import Request

from geopy.adapters import AdapterHTTPError, URLLibAdapter
from geopy.exc import GeocoderParseError, GeocoderQueryError, GeocoderServiceError
from geopy.geocoders import Nominatim
from pydantic import TypeAdapter, ValidationError

from geodata.model.faults import plainly, reason
from geodata.store.geocoding.online_answers import Answer, Cache

SILENCE, PATIENCE = 10.0, 20.0
"""Seconds without a byte from the server, and for an answer as a whole: a server that drips is never silent."""

LARGEST = 1_000_000
"""Bytes of an answer; one place takes less than a thousand."""

Answered = TypeVar("Answered")


class OnlineUnavailable(RuntimeError):
    """The geocoder did not answer; it is asked no more by this run."""


class Unusable(ValueError):
    """The geocoder answered what is no place."""


class _Bounded(URLLibAdapter):  # type: ignore[misc]  # geopy carries no types
    """Fetches answers within bounds of time and size, and passes on none that is no place."""

    patience = PATIENCE

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> list[dict[str, Any]]:
        """Raises ``GeocoderParseError`` for what is no place, ``GeocoderServiceError`` where there is no answer."""
        try:
            content = _within(self.patience, lambda: self._content(url, timeout, headers))
        except HTTPError as error:
            raise AdapterHTTPError(f"status {error.code}", status_code=error.code, headers={}, text="") from error
        except TimeoutError as error:
            raise GeocoderServiceError("it takes too long") from error
        except (OSError, HTTPException) as error:
            raise GeocoderServiceError(_why(error)) from error
        if len(content) > LARGEST:
            raise GeocoderParseError(f"it has more than {LARGEST:,} bytes")
        try:
            answers = _ANSWERS.validate_json(content)
        except ValidationError as error:
            problem = error.errors()[0]
            where = ".".join(str(part) for part in problem["loc"][1:])
            raise GeocoderParseError(f"{where}: {plainly(problem)}" if where else plainly(problem)) from error
        return [
            {"lat": one.latitude, "lon": one.longitude, "addresstype": one.type, "display_name": ""} for one in answers
        ]

    def _content(self, url: str, timeout: float, headers: Mapping[str, str]) -> bytes:
        with self.urlopen(Request(url, headers=dict(headers)), timeout=timeout) as page:
            content: bytes = page.read(LARGEST + 1)
            return content


_ANSWERS = TypeAdapter(list[Answer])


def _why(error: Exception) -> str:
    cause = error.reason if isinstance(error, URLError) else error
    return reason(cause) if isinstance(cause, OSError) else str(cause)


def _within(seconds: float, ask: Callable[[], Answered]) -> Answered:
    """What ``ask`` returns or raises; ``TimeoutError`` where it does neither within these seconds."""
    answer: Future[Answered] = Future()

    def run() -> None:
        try:
            answer.set_result(ask())
        except Exception as error:
            answer.set_exception(error)

    threading.Thread(target=run, daemon=True).start()  # a thread that is still waiting keeps no program from ending
    return answer.result(seconds)


@dataclass
class Asking:
    """One run's questions to a Nominatim. ``url`` names another than that of OpenStreetMap.

    A request follows the one before after ``pause`` seconds, as the usage policy asks. One that fails is tried once
    more, after five times that. Making it raises ``OSError`` where the cache cannot be read.
    """

    cache: Cache
    url: str = ""
    pause: float = 1.0
    silence: float = SILENCE
    patience: float = PATIENCE
    silent_since: str = ""
    """The name for which it gave no answer, twice; nothing is asked after that."""
    _next: float = 0.0
    _known: dict[str, Answer | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        scheme, _, domain = self.url.rpartition("://")
        self._service = Nominatim(
            user_agent="attest-incident-map",
            timeout=self.silence,
            scheme=scheme or "https",
            adapter_factory=_Bounded,
            **({"domain": domain} if domain else {}),
        )
        self._service.adapter.patience = self.patience
        self._known = self.cache.read()

    def __call__(self, name: str) -> Answer | None:
        """The place of a name, ``None`` where Nominatim knows none. An answer is in the cache before it is returned.

        Raises `OnlineUnavailable`, `Unusable`, and `writing.Unwritten` where the answer cannot be kept.
        """
        if name in self._known:
            return self._known[name]
        if self.silent_since:
            raise OnlineUnavailable(
                f"not asked, for Nominatim did not answer for '{self.silent_since}'; try again later"
            )
        answer = self._asked(name)
        self.cache.keep(name, answer)
        self._known[name] = answer
        return answer

    def _asked(self, name: str) -> Answer | None:
        for is_last in (False, True):
            time.sleep(max(0.0, self._next - time.monotonic()))
            self._next = time.monotonic() + self.pause
            try:
                location = self._service.geocode(name, exactly_one=True)
            except (GeocoderParseError, GeocoderQueryError) as error:
                raise Unusable(f"Nominatim's answer for '{name}' is no place ({error})") from error
            except GeocoderServiceError as error:
                self._next += 4 * self.pause
                if is_last:
                    self.silent_since = name
                    raise OnlineUnavailable(f"Nominatim did not answer ({error}); try again later") from error
            else:
                return Answer.model_validate(location.raw) if location else None
        raise AssertionError("the last question is answered or raises")
