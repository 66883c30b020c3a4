"""Texts of separated cells: any separator, any header, wrong quotation marks; and no row is lost in silence."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from geodata.model.mapping import Form
from geodata.store.readers import dialect, read, separated
from tests.unit.raw_table import fault_of, opened

HEAD = ("id", "date", "latitude", "longitude", "source", "title")

ROWS = (
    ("a1", "2020-10-04", "39.81", "46.75", "Wire A", "Blast"),
    ("a2", "2020-10-05", "39.82", "46.76", "Wire B", "Second"),
    ("a3", "2020-10-06", "39.83", "46.77", "Wire B", "Third"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "table.csv"


def text(separator: str = ",", end: str = "\n") -> str:
    return "".join(separator.join(row) + end for row in (HEAD, *ROWS))


def cells(path: Path) -> list[tuple[str, ...]]:
    return [tuple(row.values()) for row in opened(path).rows]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "^", "~", "\u00a6"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_separator_and_any_line_end_is_read(path: Path, separator: str, end: str) -> None:
    path.write_bytes(text(separator, end).encode())
    assert opened(path).table.columns == HEAD
    assert cells(path) == [*ROWS]


def test_the_last_line_needs_no_line_end(path: Path) -> None:
    path.write_bytes(text().rstrip().encode())
    assert cells(path) == [*ROWS]


def test_a_line_that_names_the_separator_is_followed_and_is_no_row(path: Path) -> None:
    path.write_text("sep=;\n" + text(";"))
    assert cells(path) == [*ROWS]


def test_decimal_commas_do_not_win_over_the_separator(path: Path) -> None:
    path.write_text("id;lat;lon\na1;39,81;46,75\na2;39,82;46,76\n")
    assert cells(path) == [("a1", "39,81", "46,75"), ("a2", "39,82", "46,76")]


def test_lists_in_a_cell_do_not_win_over_the_separator(path: Path) -> None:
    path.write_text("id,who,date\n" + "".join(f"a{n},A|B|C|D|E,2020-01-0{n}\n" for n in range(1, 9)))
    assert opened(path).table.columns == ("id", "who", "date")


@pytest.mark.parametrize("mark", ["#", "#a", "//", "%", "--"])
def test_a_row_that_begins_with_a_sign_of_comments_is_a_row(path: Path, mark: str) -> None:
    path.write_text("id,source,title\n" + "".join(f"{mark if n % 2 else ''}{n},Wire,T{n}\n" for n in range(1, 13)))
    assert [row["id"] for row in opened(path).rows] == [f"{mark if n % 2 else ''}{n}" for n in range(1, 13)]


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ("Log of the office\nprinted 4 Oct 2020\n", 3),
        ("Log of the office,,,,,\n,,,,,\n", 3),
        ("# made by the office, 2020\n", 2),
        ("Extract | of 2020\n", 2),
        ("Title\n\nSource: the office\n\n", 5),
    ],
)
def test_what_stands_above_the_header_is_left_out_and_told(path: Path, above: str, line: int) -> None:
    path.write_text(above + text())
    read = opened(path)
    assert (read.table.columns, len(read.rows)) == (HEAD, 3)
    assert any(note.startswith(f"The header is line {line};") for note in read.table.notes)


def test_blank_lines_alone_above_the_header_are_not_told_as_lost(path: Path) -> None:
    path.write_text("\n\n" + text())
    assert opened(path).table.columns == HEAD


def test_a_file_without_a_header_loses_no_row(path: Path) -> None:
    path.write_text("".join(",".join(row) + "\n" for row in ROWS))
    read = opened(path)
    assert read.table.columns == tuple(f"column {number}" for number in range(1, 7))
    assert [tuple(row.values()) for row in read.rows] == [*ROWS]
    assert "No line names the columns: they are numbered." in read.table.notes


def test_a_person_may_say_where_the_header_is_and_what_separates(path: Path) -> None:
    path.write_text("a,b;c\nx,y;z\n1,2;3\n")
    read = opened(path, Form(header=2, separator=","))
    assert read.table.columns == ("x", "y;z")
    assert read.rows == [{"x": "1", "y;z": "2;3"}]
    assert len(opened(path, Form(header=0)).rows) == 3
    assert "a separator is one sign" in fault_of(path, Form(separator="||")).message


def test_a_row_of_hxl_tags_is_no_row_and_its_tags_are_kept(path: Path) -> None:
    path.write_text("When,Lat,Note\n#date+occurred,#geo +lat,\n2020-10-04,39.81,x\n")
    read = opened(path)
    assert read.table.tags == {"When": "#date+occurred", "Lat": "#geo +lat"}
    assert (len(read.rows), read.rows[0]["When"]) == (1, "2020-10-04")


def test_tags_alone_name_the_columns(path: Path) -> None:
    path.write_text("#date,#geo+lat\n2020-10-04,39.81\n")
    read = opened(path)
    assert (read.table.columns, len(read.rows)) == (("#date", "#geo+lat"), 1)
    assert read.table.tags == {"#date": "#date", "#geo+lat": "#geo+lat"}


def test_names_lose_what_no_reader_sees_and_none_stands_twice(path: Path) -> None:
    path.write_text("\ufeffid,\u200bdate,date\u00a0,DATE,,lat\u202c\n1,2,3,4,5,6\n", encoding="utf-8")
    assert opened(path).table.columns == ("id", "date", "date (2)", "DATE", "column 5", "lat")


def test_a_short_row_is_filled_with_blanks_and_named(path: Path) -> None:
    path.write_text("id,a,b\n1,x,y\n2,x\n3,x,y\n4\n5,x\n6,x\n7,x,y\n")
    read = opened(path)
    assert read.numbers == [*range(1, 8)]
    assert read.rows[1] == {"id": "2", "a": "x", "b": ""}
    assert "Lines 3, 5, 6 and 1 more have fewer cells" in " ".join(read.table.notes)


def test_a_long_row_is_taken_if_its_surplus_is_blank_and_set_aside_if_not(path: Path) -> None:
    path.write_text("id,a,b\n1,x,y,,\n2,x,y,more, and more\n3,x,y\n4,x,y\n5,x,y\n6,x,y\n")
    read = opened(path)
    assert read.numbers == [1, 3, 4, 5, 6]
    (aside,) = read.table.set_aside.to_pylist()
    assert (aside["row"], aside["line"], aside["text"]) == (2, 3, "2,x,y,more, and more")
    assert aside["reason"].startswith("has 5 cells where the header names 3:")


@pytest.mark.parametrize(
    ("separator", "quote", "above"), [(",", '"', ""), (";", "'", ""), ("\t", '"', "A title\n\n"), ("~", "'", "sep=~\n")]
)
def test_rows_that_do_not_fit_are_named_by_their_own_line(path: Path, separator: str, quote: str, above: str) -> None:
    several = f"{quote}two\r\nlines{separator} and\na third{quote}"
    rows = [f"{n}~{quote}x, y; z{quote}~39.{n}" for n in range(3, 9)]
    text = "\n".join(["id~a~b", f"1~{several}~39.8", "", "2~x", "9~x~39.8~more", *rows, ""])
    path.write_text(above + text.replace("~", separator), newline="")
    short = path.read_bytes().decode().split("\n").index(f"2{separator}x") + 1
    read = opened(path)
    assert f"Line {short} has fewer cells than the header names" in " ".join(read.table.notes)
    assert read.table.set_aside.select(["row", "line"]).to_pylist() == [{"row": 3, "line": short + 1}]


def test_the_line_of_a_row_is_told_of_a_cell_too_long_for_python(path: Path) -> None:
    path.write_text(f"id,a,b\n1,{'x' * 200_000},y\n2,x\n3,x,y\n")
    assert "Line 3 has fewer cells" in " ".join(opened(path).table.notes)


def test_columns_that_the_header_does_not_name_are_kept(path: Path) -> None:
    path.write_text("id,a\nx,1,2\ny,3,4\nz,5,6\n")
    assert opened(path).table.columns == ("id", "a", "column 3")
    path.write_text("id,a\n1,x,2\n2,y,4\n3,z,6\n")
    assert opened(path).table.columns == ("column 1", "id", "a"), (
        "R writes the numbers of rows before the named columns"
    )


def test_wholly_empty_rows_are_counted_and_have_no_number(path: Path) -> None:
    path.write_text("id,a,b\n1,x,y\n,,\n , ,\t\n2,x\n\n\n,\n3,x,y,z\n4,x,y\n,,\n")
    read = opened(path)
    assert [row["id"] for row in read.rows] == ["1", "2", "4"]
    assert (read.numbers, read.table.rows) == ([1, 2, 4], 4)
    assert "4 wholly empty rows are left out." in read.table.notes


def test_quoted_cells_hold_separators_line_breaks_and_doubled_quotes(path: Path) -> None:
    written = [("a1", 'at the bridge,\n"old" side\r\nand on'), ("a2", "x;y"), ("a3", '"'), ("", "\u200bz")]
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("id", "title"), *written])
    assert cells(path) == written


def test_marks_inside_a_cell_are_signs_of_the_text(path: Path) -> None:
    path.write_text('id,title\na1,The "old bridge\na2,5" gun\na3,"so" called\na4,Third "x"\n')
    assert [row["title"] for row in opened(path).rows] == ['The "old bridge', '5" gun', '"so" called', 'Third "x"']


def test_cells_in_apostrophes_are_read_as_quoted(path: Path) -> None:
    path.write_text("id;who;title\na1;'Wire A';'Blast; two hurt'\na2;'Wire B';'Second'\n")
    assert cells(path) == [("a1", "Wire A", "Blast; two hurt"), ("a2", "Wire B", "Second")]


def test_a_blank_before_a_quotation_mark_and_an_escaped_mark_are_understood(path: Path) -> None:
    path.write_text('id, title, n\n1, "a, b", 2\n2, "c, d", 3\n3, "e, f", 4\n')
    assert [row["title"] for row in opened(path).rows] == ["a, b", "c, d", "e, f"]
    path.write_text('id,title,n\n1,"say \\"a, b\\"",2\n2,"say \\"c, d\\" now",3\n')
    assert [row["title"] for row in opened(path).rows] == ['say "a, b"', 'say "c, d" now']


@pytest.mark.parametrize("following", ['a2,d,"Second, third"\n', 'a2,d,"Second"\n', 'a2,d,Second\n"a3",d,Third\n'])
def test_an_open_quotation_mark_swallows_no_other_row(path: Path, following: str) -> None:
    path.write_text('id,date,title\na1,d,"Blast at bridge\n' + following + "a9,d,Last\n")
    read = opened(path)
    assert read.rows[0] == {"id": "a1", "date": "d", "title": '"Blast at bridge'}
    assert read.rows[-1]["title"] == "Last"
    assert len(read.rows) == path.read_text().count("\n") - 1
    assert "Line 2: a quotation mark out of place is read as a sign of the text." in read.table.notes


def test_an_open_mark_closes_at_the_end_of_its_line_where_that_fits(path: Path) -> None:
    path.write_text('id,date,title\na1,d,"Blast, at bridge\na2,d,x\n')
    assert opened(path).rows[0]["title"] == "Blast, at bridge"


def test_a_row_that_an_open_mark_makes_unreadable_is_set_aside(path: Path) -> None:
    path.write_text('id,date,title\na1,d,e,"Blast, at bridge\na2,d,x\na3,d,y\n')
    read = opened(path)
    assert (read.numbers, read.table.set_aside["line"].to_pylist()) == ([2, 3], [2])
    assert "quotation mark out of place" in read.table.set_aside["reason"][0].as_py()


def test_a_cell_of_very_many_lines_is_taken_for_a_stray_mark(path: Path) -> None:
    lines = [f"a{n},d,t{n}\n" for n in range(2, dialect.MOST_LINES + 100)]
    path.write_text('id,date,title\na1,d,"open\n' + "".join(lines) + 'a0,d,"\nlast,d,z\n')
    assert len(opened(path).rows) == len(lines) + 3


def test_marks_that_mean_the_same_as_above_join_no_rows(path: Path) -> None:
    path.write_text('id,date,who,n\na1,2020-01-01,Wire,1\na2,2020-01-02,",2\na3,2020-01-03,",3\na4,2020-01-04,Wire,4\n')
    assert [(row["id"], row["who"]) for row in opened(path).rows] == [
        ("a1", "Wire"),
        ("a2", '"'),
        ("a3", '"'),
        ("a4", "Wire"),
    ]


def test_a_text_of_several_lines_with_many_commas_stays_one_cell(path: Path) -> None:
    written = [
        ("a1", "2020-01-01", "2", "Blast\nat a, b, c, d"),
        ("a2", "2020-01-02", "3", "x\ny, z, 1, 2\n2, 3, 4, 5"),
    ]
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("id", "date", "n", "title"), *written])
    assert cells(path) == written


def test_a_row_longer_than_a_block_is_read(path: Path) -> None:
    long = "x" * (separated.BLOCK * 2)
    path.write_text(f"id,title,z\n1,{long},2\n3,y,4\n")
    assert [len(row["title"]) for row in opened(path).rows] == [len(long), 1]


def test_rows_keep_their_numbers_over_many_blocks(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(separated, "BLOCK", 512)
    odd = {17: "17,short", 400: ",,", 401: "401,x,y,surplus", 999: "999,short"}
    path.write_text("id,a,b\n" + "".join(odd.get(n, f"{n},x,y") + "\n" for n in range(1, 1501)))
    read = opened(path)
    assert [
        int(row["id"]) - (number > 399) for row, number in zip(read.rows, read.numbers, strict=True)
    ] == read.numbers
    assert read.table.set_aside["row"].to_pylist() == [400]
    assert "Lines 18 and 1,000 have fewer cells" in " ".join(read.table.notes)


def test_more_ragged_rows_than_are_kept_aside_are_read_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(separated, "MOST_RAGGED", 50)
    path.write_text("id,a,b\n" + "".join(f"{n},x\n" if n % 2 else f"{n},x,y\n" for n in range(1, 301)))
    assert [row["id"] for row in opened(path).rows] == [str(number) for number in range(1, 301)]


@pytest.mark.parametrize("seed", range(6))
def test_both_ways_to_read_give_what_was_written(path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(seed)
    words = [
        'he said "no"', "a, b", "x; y", "tab\there", "line\nbreak", "  lead", "#1", "'q'", "39.81", "", "NA", '""', '"',
        "قصف", "C:\\x", "|p|", "\u2019",
    ]  # fmt: skip
    rows = [(f"r{n}", *(chance.choice(words) for _ in range(5))) for n in range(40)]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=chance.choice(",;\t|"), quoting=chance.choice([0, 1]))
        writer.writerows([tuple(f"name {n}" for n in range(6)), *rows])
    assert cells(path) == rows
    monkeypatch.setattr(separated.Layout, "is_regular", False)
    assert cells(path) == rows


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_file_loses_no_cell(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    rows = [[f"r{n}c{m}" + chance.choice(["", ", and", '"', "\nnext"]) for m in range(5)] for n in range(30)]
    file = io.StringIO(newline="")
    csv.writer(file).writerows([[f"name {m}" for m in range(5)], *rows])
    damaged = list(file.getvalue())
    for _ in range(4):
        damaged.insert(chance.randrange(60, len(damaged)), chance.choice(['"', ",", "\n", '""', "\\", "\r"]))
    path.write_text("".join(damaged), newline="")
    read = opened(path)
    told = str([[*row.values()] for row in read.rows]) + str(read.table.set_aside["text"].to_pylist())
    broken_apart = [f"r{n}c{m}" for n in range(30) for m in range(5) if f"r{n}c{m}" in "".join(damaged)]
    assert [name for name in broken_apart if name not in told] == []


def test_a_file_without_rows_is_told(path: Path) -> None:
    path.write_text("id,date\n")
    assert "has no row below them" in fault_of(path).message
    path.write_text("\n \n")
    assert fault_of(path).message.startswith("is empty")


class Stopped(BaseException):
    """What a watcher raises to end a reading, as Streamlit does."""


def test_reading_stops_when_it_is_asked_to(path: Path) -> None:
    def stop(_: str, __: float | None) -> None:
        raise Stopped

    path.write_text(text())
    with pytest.raises(Stopped):
        read(path, duckdb.connect(), progress=stop)


def test_progress_is_told_as_a_share(path: Path) -> None:
    told: list[float | None] = []
    path.write_text(text())
    read(path, duckdb.connect(), progress=lambda _, share: told.append(share))
    assert told and all(share is not None and 0 <= share <= 1 for share in told)


def lines_of(text: str) -> Iterator[str]:
    return iter(io.StringIO(text, newline=""))


def test_a_record_knows_the_line_it_begins_on() -> None:
    read = [*dialect.records(lines_of('a,b\n\n"x\ny",2\n3,"4\n5,6\n'), dialect.Dialect())]
    assert [(record.line, record.cells) for record in read] == [
        (1, ["a", "b"]), (3, ["x\ny", "2"]), (5, ["3", '"4']), (6, ["5", "6"]),
    ]  # fmt: skip
