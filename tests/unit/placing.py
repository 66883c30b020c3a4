"""Small tables that name places, and a small dump of GeoNames, for tests of geocoding."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from geodata.store.geocoding.columns import PlaceColumns
from geodata.store.geocoding.gazetteer import Gazetteer
from geodata.store.geocoding.learned import LearnedNames
from geodata.store.geocoding.proposals import Proposal, propose

Row = tuple[str, str, str, float | None, float | None]
"""Place, country, province, latitude, longitude."""


def columns(*rows: Row, precision: list[str] | None = None) -> PlaceColumns:
    place, country, admin1, latitude, longitude = zip(*rows, strict=True)
    return PlaceColumns(
        pa.array(place), pa.array(latitude, pa.float64()), pa.array(longitude, pa.float64()), pa.array(country),
        pa.array(admin1), pa.array(precision) if precision else None,
    )  # fmt: skip


def proposed(table: PlaceColumns, *others: Gazetteer) -> dict[str, Proposal]:
    """Proposals by the place's text, from the table's own names and then from ``others``."""
    return {one.named.place: one for one in propose(table, [[LearnedNames(table)], [*others]])}


DUMP = """\
1|Ararat|Ararat|Արարատ,Davalu|39.8317|44.7049|P|PPL|AM|02|28832
2|Ararat Province|Ararat Province|Ararat|39.9|44.8|A|ADM1|AM|02|260000
3|Berd|Berd|Բերդ|40.8816|45.3917|P|PPL|AM|09|7957
4|Tavush Province|Tavush Province|Tavush,Tavowsh|40.9|45.2|A|ADM1|AM|09|134213
5|Nor Kyank|Nor Kyank||40.5|43.9|P|PPL|AM|02|500
6|Nor Kyank|Nor Kyank||40.9|45.1|P|PPL|AM|09|300
7|Berd Fortress|Berd Fortress|Berd|40.8822|45.3890|S|CSTL|AM|09|0
8|Goy Gol|Goy Gol||40.41|46.33|H|LK|AZ|01|0
9|Republic of Armenia|Republic of Armenia|Armenia,Hayastan|40|45|A|PCLI|AM|00|2951776
10|NA|NA||40.6|45.0|P|PPL|AM|09|10
"""
"""Places as a dump of GeoNames lists them, in the columns that differ between them; names and numbers are ours."""


def dump_in(folder: Path) -> Path:
    """The path of the dump, written into a folder."""
    path = folder / "AM.txt"
    with path.open("w", encoding="utf-8") as file:
        for line in DUMP.splitlines():
            number, name, plain, others, latitude, longitude, kind, code, country, admin1, people = line.split("|")
            cells = [
                number,
                name,
                plain,
                others,
                latitude,
                longitude,
                kind,
                code,
                country,
                "",
                admin1,
                "",
                "",
                "",
                people,
            ]
            file.write("\t".join([*cells, "", "900", "Asia/Yerevan", "2020-01-01"]) + "\n")
    return path
