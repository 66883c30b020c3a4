"""Draw reports as a map to print on one page, or with a key on as many as it takes to say who claims each report."""

from __future__ import annotations

import argparse

from geodata.commands.arguments import (
    Misused,
    add_output,
    add_print,
    add_table,
    format_of,
    is_standard_output,
    naming_of,
    opened,
    put,
    tell,
)
from geodata.formats import PICTURES, SHAPES
from geodata.options import add_filters, selection_of


def add(parser: argparse.ArgumentParser) -> None:
    add_table(parser)
    add_output(parser, PICTURES)
    parser.add_argument("--shape", choices=list(SHAPES), default=next(iter(SHAPES)), help="the page (%(default)s)")
    parser.add_argument("--pages", choices=["one", "all"], default="one",
                        help="one, with what of the key has room, or all pages of the key (%(default)s)")  # fmt: skip
    parser.add_argument("--map", choices=["marks", "opening"], default="marks",
                        help="fitted to the marks, or what the map opens on (%(default)s)")  # fmt: skip
    add_print(parser)
    add_filters(parser)


def run(options: argparse.Namespace) -> None:
    from geodata.briefing import Print, caption, pages

    dataset = opened(options.events)
    printed = Print(
        dataset,
        selection_of(options, dataset),
        made=options.made,
        naming=naming_of(options, dataset.case),
        title=options.title,
        fitted=options.map == "marks",
    )
    target = options.output
    whole = options.pages == "all"
    files = pages(printed, options.shape, format_of(options, PICTURES), whole=whole)
    if is_standard_output(target) and len(files) > 1:
        raise Misused(
            f"the map and its key take {len(files)} files, and standard output is one: ask for pdf or one page"
        )
    for page, content in enumerate(files, start=1):
        numbered = target if page == 1 else target.with_stem(f"{target.stem}-{page}")
        put(content, numbered, "map" if page == 1 else "key")
    tell(f"\n{caption(printed, whole=whole)}".rstrip("\n"), target)
