"""The briefing as Markdown and as one HTML page, for pasting into a text. What a cell holds stays text."""

from __future__ import annotations

import base64
from html import escape
from urllib.parse import quote

from geodata.briefing import picture, wording
from geodata.briefing.incidents import Briefing
from geodata.briefing.sheet import drawing, save
from geodata.model.markdown import inert
from geodata.tell import fields
from geodata.tell.fields import Comparison
from geodata.timemap import basemap


def to_markdown(briefing: Briefing) -> bytes:
    """The briefing as Markdown (CommonMark), UTF-8; signs that Markdown would read are escaped."""
    map_page = briefing.map_page("slide")
    lines = [f"# {_plain(wording.title(briefing.printed))}", "", *(_plain(text) for text in _said(briefing)), ""]
    for incident in briefing.written_out(map_page):
        lines += [f"## {_plain(incident.title)}", "", _plain(incident.about), ""]
        lines += [_plain(incident.noted), ""] if incident.noted else []
        lines += _fields_listed(incident.compared) if incident.compared else []
        for report in incident.reports:
            entry = report.entry
            side = f" ({_plain(report.side)})" if report.side else ""
            lines.append(f"- **{_plain(entry.claimant)}**{side}: {_plain(entry.title)}")
            lines += [f"  - {_plain(name)}: {_plain(text)}" for name, text in report.facts]
        lines.append("")
    lines += [
        f"## {briefing.noun.said('Documents')}",
        "",
        *(f"- {letter}: {_plain(text)}" for letter, text in briefing.documents()),
        "",
    ]
    link = _link(briefing)
    lines += [_plain(_foot(briefing)) + (f" This view: <{link}>" if link else "")]
    return ("\n".join(lines) + "\n").encode()


def to_html(briefing: Briefing) -> bytes:
    """The briefing as one HTML page with the map as pictures inside it: no script, and nothing is fetched."""
    with drawing():
        map_page = briefing.map_page("slide")
        drawn = save(picture.draw(map_page), "svg", title=wording.title(briefing.printed), made_by="Attest")
    title = escape(wording.title(briefing.printed))
    said = escape(" ".join(_said(briefing)))
    maps = "".join(
        f'<img alt="{f"Map. {said}" if at == 0 else "Key of the map, in the text below"}" '
        f'src="data:image/svg+xml;base64,{base64.b64encode(svg).decode()}">'
        for at, svg in enumerate(drawn)
    )
    parts = [f"<h1>{title}</h1>", *(f"<p>{escape(text)}</p>" for text in _said(briefing)), maps]
    for incident in briefing.written_out(map_page):
        noted = f"<p><em>{escape(incident.noted)}</em></p>" if incident.noted else ""
        parts.append(f"<h2>{escape(incident.title)}</h2><p>{escape(incident.about)}</p>{noted}")
        parts.append(_fields_table(incident.compared) if incident.compared else "")
        parts.append("<div class='side'>")
        for report in incident.reports:
            facts = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in report.facts)
            parts.append(
                f"<section><h3>{escape(report.entry.claimant)}</h3>{_side(report.side)}"
                f"<p><b>{escape(report.entry.title)}</b></p><dl>{facts}</dl></section>"
            )
        parts.append("</div>")
    documents = "".join(f"<li><b>{letter}</b> {escape(text)}</li>" for letter, text in briefing.documents())
    parts.append(f"<h2>{briefing.noun.said('Documents')}</h2><ul>{documents}</ul>")
    link = escape(_link(briefing))
    linked = f" This view: <a href='{link}' rel='noopener noreferrer'>{link}</a>" if link else ""
    parts.append(f"<p class='foot'>{escape(_foot(briefing))}{linked}</p>")
    page = (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
        f"</head><body>{''.join(parts)}</body></html>\n"
    )
    return page.encode()


_STYLE = (
    "body{font:15px/1.45 sans-serif;color:#1d2733;max-width:1100px;margin:24px auto;padding:0 16px}"
    "img{width:100%;border:1px solid #c3cad2;margin:4px 0}h2{margin:28px 0 4px}h3{margin:0}"
    ".side{display:flex;flex-wrap:wrap;gap:16px}section{flex:1 1 280px;border-top:2px solid #8994a1;padding-top:8px}"
    "dt{color:#4a5562;font-size:13px;margin-top:6px}dd{margin:0}ul{list-style:none;padding:0}li{margin:6px 0}"
    "table{border-collapse:collapse;margin:12px 0}caption{text-align:left;font-weight:600}"
    "th,td{border:1px solid #c3cad2;padding:4px 8px;text-align:left;vertical-align:top}thead th{background:#f3f5f7}"
    ".sharp{background:#1d2733;color:#fff;font-weight:700}.mild{background:#fff4d6}.one-sided{border:1px dashed}"
    ".foot{color:#4a5562;font-size:13px;margin:4px 0}section p{margin:2px 0}"
)


def _fields_listed(compared: Comparison) -> list[str]:
    """How each field stands, and below it what each who tells the incident says of it."""
    lines = [f"**{_plain(compared.caption)}**", ""]
    for line in compared.lines:
        how = f" ({_plain(line.how)})" if line.how else ""
        lines.append(f"- {_plain(line.name)}: **{_plain(line.said)}**{how}")
        told = zip(compared.heads, line.cells, strict=True)
        lines += [f"  - {_plain(head)}: {_plain('; '.join(sayings))}" for head, sayings in told]
    return [*lines, ""]


def _fields_table(compared: Comparison) -> str:
    heads = "".join(f'<th scope="col">{escape(text)}</th>' for text in (fields.HEAD, *compared.heads, fields.LAST))
    rows = []
    for line in compared.lines:
        cells = "".join(f"<td>{'<br>'.join(map(escape, sayings))}</td>" for sayings in line.cells)
        stand = f'<span class="{line.stand or ""}">{escape(line.said)}</span>'
        how = f"<br>{escape(line.how)}" if line.how else ""
        rows.append(f'<tr><th scope="row">{escape(line.name)}</th>{cells}<td>{stand}{how}</td></tr>')
    caption = f"<caption>{escape(compared.caption)}</caption>"
    return f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _side(side: str) -> str:
    return f"<p>Side: {escape(side)}</p>" if side else ""


def _said(briefing: Briefing) -> list[str]:
    sentence, notes = wording.said(briefing.printed)
    return [sentence, notes]


def _foot(briefing: Briefing) -> str:
    return f"{wording.credit(briefing.printed)} {basemap.DISCLAIMER} {wording.colophon(briefing.printed)}"


def _link(briefing: Briefing) -> str:
    """The address of the same view on screen, the one link of a text; blank where it is none that a browser opens."""
    return (
        quote(briefing.link, safe=":/?#[]@!$&'()*+,;=%~") if briefing.link.startswith(("https://", "http://")) else ""
    )


def _plain(text: str) -> str:
    """The text on one line, in which Markdown finds no sign and no address."""
    return inert(text.strip())
