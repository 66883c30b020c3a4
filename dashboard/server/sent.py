"""Files that are sent as they are written: their size is no matter."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from logging import getLogger

from anyio import CapacityLimiter, to_thread
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.types import Send

from geodata.store.answering import Unanswered


async def in_parts(parts: Iterator[bytes], mime: str, headers: Mapping[str, str], limiter: CapacityLimiter) -> Response:
    """An answer of these parts, each made in a thread; of all readers as many at once as the limiter lets.

    Nobody holds a thread while others are before, or while a slow reader takes the last part. Where the engine does not
    answer at once, its reason is the answer; where it fails later, the file is broken off, which the browser tells.
    """
    try:
        first = await to_thread.run_sync(next, parts, None, limiter=limiter)
    except Unanswered as error:
        return PlainTextResponse(str(error), status_code=503)

    async def sent() -> AsyncIterator[bytes]:
        part = first
        while part is not None:
            yield part
            part = await to_thread.run_sync(next, parts, None, limiter=limiter)

    return _Parts(sent(), media_type=mime, headers=headers)


class _Parts(StreamingResponse):
    async def stream_response(self, send: Send) -> None:
        try:
            await super().stream_response(send)
        except Unanswered as error:
            # Without the end of the answer: a file that lacks rows must not pass for a whole one.
            getLogger(__name__).warning("A file that was on its way to a reader is broken off: %s.", error)
