"""Whom the server hands parts of the case over plain HTTP, where the page itself is not asked.

The map fetches its table by an address that nobody can guess and that only a page of the case tells. An address can be
kept, though, by whoever was listed once. So where readers sign in each of these requests shows who asks, by the cookie
that Streamlit gives who signs in; and where no files are taken in, none is taken by the address for files either.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from dashboard.state import rights
from dashboard.state.rights import Deed

ASKED_FOR: Mapping[re.Pattern[str], Deed] = {
    re.compile(r"/_stcore/upload_file"): "upload",
    re.compile(
        r"/_stcore/metrics|/media/|attest/[^/]+/(table|shown|cells|months|listed|layer|incident|file|land)\b"
    ): "read",
}
"""What an address asks for, by what stands in it; ours may stand in any folder (`serve.OURS`). The map's script and the
font are the same for every case, and the page itself asks `rights`."""


class Gate:
    """ASGI middleware that refuses what the reader may not have."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        deed = asked_for(scope["path"]) if scope["type"] == "http" else None
        if deed is None or deed in rights.deeds_of(signed_in(HTTPConnection(scope))):
            await self.app(scope, receive, send)
        else:
            await PlainTextResponse(rights.REASONS[deed], 403)(scope, receive, send)


def asked_for(path: str) -> Deed | None:
    """What a request for this address does; ``None`` where everybody may."""
    return next((deed for part, deed in ASKED_FOR.items() if part.search(path)), None)


def signed_in(request: HTTPConnection) -> Mapping[str, Any]:
    """What the provider said of whoever sends a request, by Streamlit's signed cookie; nothing where there is none."""
    if not rights.is_by_sign_in():
        return {}

    def decoded(name: str) -> bytes | None:
        value = request.cookies.get(name)
        return decode_signed_value(get_cookie_secret(), name, value.encode("latin-1")) if value else None

    found = get_cookie_with_chunks(decoded, USER_COOKIE_NAME)
    said = json.loads(found) if found else {}
    return said if isinstance(said, dict) else {}
