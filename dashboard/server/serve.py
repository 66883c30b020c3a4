"""The server: Streamlit's page, and beside it the map's script and table over plain HTTP."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import math
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from threading import Event, Thread, Timer
from typing import Any

import streamlit as st
from anyio import CapacityLimiter, create_task_group, to_thread
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from dashboard.parts.style import FONT_ADDRESS
from dashboard.server import hosting, packed, sent
from dashboard.server.gate import Gate
from dashboard.server.guard import EVERY_ADDRESS, Guard
from dashboard.server.headers import Told, failed
from dashboard.server.options import options
from dashboard.state import data, first_marks, line, opened
from geodata.exports import EXPORTS, names
from geodata.model import address
from geodata.model.names import LABEL, namings
from geodata.model.selection import Selection, opening
from geodata.model.text import listed
from geodata.store import wanted
from geodata.store.answering import Unanswered
from geodata.store.dataset import Dataset
from geodata.tell import card
from geodata.timemap import cells as squares
from geodata.timemap import far, fonts, layers, marks
from geodata.timemap import land as timemap_land
from geodata.timemap.basemap import archive

IMMUTABLE = {"cache-control": "private, max-age=86400, immutable", "content-encoding": "identity"}
"""For addresses that change with what they name. ``identity``: packing 23 MB takes longer than passing them on."""

PAGE = Path(__file__).parents[1] / "page.py"
"""The script of the page."""

OURS = "/{folder:path}attest"
"""Where our own addresses begin: below the page's, which a base path (``server.baseUrlPath``) puts into a folder. That
is known only once the server runs, and a proxy may leave it in the address."""


def engine(request: Request) -> Response:
    """The map's script, an ES module; packed, which leaves a quarter of it, for a browser that can unpack it."""
    headers = IMMUTABLE | {"vary": "accept-encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(data.engine(), media_type="text/javascript", headers=headers)
    headers["content-encoding"] = "gzip"
    return Response(data.packed_engine(), media_type="text/javascript", headers=headers)


def font(_: Request) -> Response:
    """The font for scripts that the machine has no letters of."""
    return FileResponse(fonts.path(), media_type="font/ttf", headers={"cache-control": IMMUTABLE["cache-control"]})


def table(request: Request) -> Response:
    """The table on screen, as `geodata.timemap.packed`; 404 where the file has changed since the page was sent."""
    token = request.path_params["token"]
    dataset = opened.named(token)
    if dataset is None:
        return PlainTextResponse("The table has changed; reload the page.", status_code=404)
    return Response(data.carried(dataset), media_type="application/octet-stream", headers=IMMUTABLE)


def layer(request: Request) -> Response:
    """The shapes or the picture of a layer of the case on screen; 404 where there is none any more."""
    dataset = opened.named(request.path_params["token"])
    number = request.path_params["number"]
    found = next((one for one in dataset.layers if one.number == number), None) if dataset else None
    if found is None:
        return PlainTextResponse("The layer is gone; reload the page.", status_code=404)
    content, kind = layers.content(found)
    return Response(content, media_type=kind, headers=IMMUTABLE)


def incident(request: Request) -> Response:
    """The card of the incident that a row of the table on screen tells of, see `geodata.tell.card`."""
    dataset = opened.named(request.path_params["token"])
    naming = request.query_params.get("names", LABEL)
    if dataset is not None and naming not in namings(dataset.case):
        naming = LABEL
    found = card.of_row(dataset, request.path_params["row"], naming) if dataset else None
    if found is None:
        return PlainTextResponse("The table has changed; reload the page.", status_code=404)
    return JSONResponse(found, headers=IMMUTABLE)


async def file(request: Request) -> Response:
    """A view of the table as a file, sent as it is written, see `sent`. The query is that of the view."""
    asked = await to_thread.run_sync(_file, request)
    return asked if isinstance(asked, Response) else await sent.in_parts(*asked, _at_once())


def _file(request: Request) -> Response | tuple[Iterator[bytes], str, dict[str, str]]:
    """The parts of the file, its media type and what its answer is headed by; else why there is none."""
    dataset, ending = opened.named(request.path_params["token"]), request.path_params["ending"]
    form = EXPORTS.get(ending)
    if form is None or not form.in_parts:
        kinds = listed([one.name for one in EXPORTS.values() if one.in_parts])
        return PlainTextResponse(f"Only {kinds} have an address; the page Download makes other files.", status_code=404)
    if dataset is None:
        return PlainTextResponse("The table has changed; reload the page.", status_code=404)
    chosen = address.read(request.query_params.getlist, opening(dataset.case, dataset.missing))
    headers = {
        "content-disposition": f'attachment; filename="{names.of_view(dataset, chosen, ending)}"',
        "content-encoding": "identity",
    }
    return form.parts(dataset, chosen), form.mime, headers


@cache
def _at_once() -> CapacityLimiter:
    return CapacityLimiter(options().heavy)


async def _while_here(request: Request, answer: Callable[[Request], Response]) -> Response:
    """The answer, made in a thread in its turn. Where the browser no longer waits, the engine is told to give it up."""
    left = Event()

    def look() -> None:
        if left.is_set():
            raise wanted.Unwanted

    def made() -> Response:
        try:
            with wanted.looking(look):
                return answer(request)
        except wanted.Unwanted:
            return Response(status_code=LEFT)

    async def listen() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass
        left.set()

    async with create_task_group() as group:
        group.start_soon(listen)
        response = await to_thread.run_sync(made, limiter=_at_once())
        group.cancel_scope.cancel()
    return response


LEFT = 499
"""The status of an answer that nobody waits for, as nginx logs it."""


async def shown(request: Request) -> Response:
    """Where the browser says that it shows the first marks of a session."""
    first_marks.shown(request.path_params["name"])
    return Response(status_code=204)


async def cells(request: Request) -> Response:
    """What the map of a large table draws of a view, see `geodata.timemap.far`. The query is that of the view, with
    ``scheme`` and, for a part of the world, ``box`` and ``zoom``.
    """
    return await _while_here(request, lambda asked: _part(asked, far.view, lambda world: world.spots))


async def months(request: Request) -> Response:
    """What a window needs besides what `cells` gives for the same query, where that is not rows: how many reports begin
    and end in which years, or with ``year`` in which months, of what does so in that year.
    """
    year = request.query_params.get("year")

    def of_windows(windows: squares.Windows) -> bytes:
        if year is None:
            return windows.years
        if int(year) not in windows.months:
            raise ValueError(year)
        return windows.months[int(year)]

    def of_view(*asked: Any) -> bytes:
        return of_windows(far.windows(*asked))

    return await _while_here(request, lambda asked: _part(asked, of_view, lambda world: of_windows(world.windows)))


def _part(request: Request, of_view: Callable[..., bytes], of_world: Callable[[squares.Packed], bytes]) -> Response:
    asked = _asked(request)
    if asked is None:
        return PlainTextResponse("The table has changed; reload the page.", status_code=404)
    dataset, chosen, scheme = asked
    try:
        box, zoom = request.query_params.get("box"), float(request.query_params.get("zoom", "0"))
        if not math.isfinite(zoom):
            raise ValueError(zoom)
        if box:
            content = of_view(dataset, chosen, scheme, far.box_of(box), zoom)
        else:
            content = of_world(far.world(dataset, chosen, scheme))
    except ValueError:
        return PlainTextResponse("The box, the zoom or the year cannot be read.", status_code=400)
    except Unanswered as error:
        return PlainTextResponse(str(error), status_code=503)
    headers = IMMUTABLE | {"content-encoding": "gzip"}
    return Response(content, media_type="application/octet-stream", headers=headers)


async def reports(request: Request) -> Response:
    """Some reports of a large table with their number, of a ``kind`` and a ``box``, ``most`` or fewer: `far.listed`; or
    the first `far.MOST_LISTED` of those that ``rows`` numbers.
    """
    return await _while_here(request, _reports)


def _reports(request: Request) -> Response:
    asked, kind, named = _asked(request), request.query_params.get("kind", ""), request.query_params.get("rows")
    if asked is None:
        return PlainTextResponse("The table has changed; reload the page.", status_code=404)
    if named is None and kind not in far.KINDS:
        return PlainTextResponse("There is no such list.", status_code=400)
    dataset, chosen, scheme = asked
    try:
        if named is not None:
            numbers = {int(number) for number in named.split(",")} if named else set()
            rows = tuple(sorted(row for row in numbers if 0 <= row < dataset.size)[: far.MOST_LISTED])
            told = {"total": len(rows), "reports": far.numbered(dataset, scheme, rows)}
            return JSONResponse(told, headers=IMMUTABLE)
        box, most = request.query_params.get("box"), int(request.query_params.get("most", far.MOST_LISTED))
        where = far.Where(kind, far.box_of(box) if box else None)
        found = far.listed(dataset, chosen, scheme, where, min(max(most, 0), far.MOST_LISTED))
        return JSONResponse(found, headers=IMMUTABLE)
    except ValueError:
        return PlainTextResponse("The box or a number cannot be read.", status_code=400)
    except Unanswered as error:
        return PlainTextResponse(str(error), status_code=503)


def _asked(request: Request) -> tuple[Dataset, Selection, str] | None:
    """The large table on screen, the selection and the way to colour; none where there is no such table any more."""
    dataset, scheme = opened.named(request.path_params["token"]), request.query_params.get("scheme", "")
    if dataset is None or not dataset.is_large or scheme not in marks.schemes(dataset):
        return None
    return dataset, address.read(request.query_params.getlist, opening(dataset.case, dataset.missing)), scheme


def land(request: Request) -> Response:
    """A cell of the land, or of the names on it: of the table with this token, or of every table by its version."""
    token, address = request.path_params["token"], request.path_params["address"]
    dataset = opened.named(token)
    if dataset is not None:
        content = timemap_land.member(dataset, address)
    else:
        content = archive.member(address) if token == archive.version() else None
    if content is None:
        return PlainTextResponse("There is no such part of the land.", status_code=404)
    headers = IMMUTABLE | {"content-encoding": "gzip"}
    return Response(content, media_type="application/octet-stream", headers=headers)


def app(query: str = "") -> st.App:
    """The server's program. When it is ready, the browser opens the page with this query of the address."""
    return st.App(PAGE, **beside_the_page(query))


def beside_the_page(query: str = "") -> dict[str, Any]:
    """What ``st.App`` is given beside the page: our addresses, what stands before all answers, and the start."""
    return {
        "routes": [
            Route(f"{OURS}/{{version}}/engine.js", engine),
            Route(f"{OURS}/{{token}}/table", table),
            Route(f"{OURS}/{{name}}/shown", shown, methods=["POST"]),
            Route(f"{OURS}/{{token}}/cells", cells),
            Route(f"{OURS}/{{token}}/months", months),
            Route(f"{OURS}/{{token}}/listed", reports),
            Route(f"{OURS}/{{token}}/layer/{{number:int}}", layer),
            Route(f"{OURS}/{{token}}/incident/{{row:int}}", incident),
            Route(f"{OURS}/{{token}}/file/{{ending}}", file),
            Route(f"{OURS}/{{token}}/land/{{address:path}}", land),
            Route(f"/{{folder:path}}{FONT_ADDRESS}", font),
            *packed.ROUTES,
        ],
        "middleware": [Middleware(Told), Middleware(Guard), Middleware(Gate)],
        "exception_handlers": {Exception: failed},
        "lifespan": lambda _: _ready(query),
    }


@asynccontextmanager
async def _ready(query: str) -> AsyncIterator[None]:
    """What the map needs is imported before the server listens, so that the first reader does not wait for it; what
    pages that draw need besides, once that reader has had time to see it.

    It is imported here and not with this module: a component registers itself with a server that runs.
    """
    options()  # raises before anybody is served
    hosting.check()
    contents = importlib.import_module("dashboard.screens.contents")
    packed.pack_first()

    rest = Timer(SEEN_AFTER, contents.import_all)
    rest.daemon = True
    rest.start()
    # With its first element Streamlit looks through the stack (`env_util.is_repl`), and the first look in a process
    # reads the source of every module: 55 ms that the first reader would wait.
    inspect.stack()
    page = f"{_address()}/?{query}" if query else _address()
    print(f"\n  The page is at {page}\n  Ctrl+C stops it.\n", flush=True)
    # Files that wait in line hold a thread each; asyncio's own threads are a handful, and other readers need some too.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(options().sessions * line.MOST_FILES))
    if not st.get_option("server.headless"):
        Thread(target=webbrowser.open, args=(page,), daemon=True).start()  # some browsers keep their caller waiting
    yield
    rest.cancel()


SEEN_AFTER = 10
"""Seconds after which the first reader sees the map, on a slow machine too."""


def _address() -> str:
    """Where a browser on this machine finds the page."""
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    bound, folder = st.get_option("server.address"), st.get_option("server.baseUrlPath").strip("/")
    host = "localhost" if bound in EVERY_ADDRESS else bound
    return f"{scheme}://{host}:{st.get_option('server.port')}/{folder}".rstrip("/")
