"""The printed map's frame, scale, timeline and caption: where, when and by whom is true of what is drawn."""

from __future__ import annotations

import numpy as np
import pypdfium2
import pytest
import shapely
from geopy.distance import geodesic

from geodata.briefing import SHAPES, caption, pages
from geodata.briefing.composition import compose, labelled
from geodata.briefing.frame import disc, fitted, graticule, outline, scale
from geodata.briefing.inset import wider
from geodata.briefing.land import _edges, _kinds, countries
from geodata.briefing.sheet import Box, drawing
from geodata.briefing.timeline import bins
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.timemap.basemap import DISCLAIMER
from tests.unit.printed import CORE, LINK, MARAGHA, WAR, rows, view

pytestmark = pytest.mark.slow


# --- geography ----------------------------------------------------------------------------------------------------


EXTENTS = ((46.3, 39.5, 47.4, 40.2), (25.0, 30.0, 60.0, 48.0), (-170.0, -60.0, 170.0, 80.0))


@pytest.mark.parametrize(
    ("shape", "extent"),
    [*((shape, None) for shape in SHAPES), *(("a4-landscape", extent) for extent in EXTENTS), ("column", EXTENTS[-1])],
)
def test_the_scale_bar_is_true_in_the_middle(
    shipped: Dataset, shape: str, extent: tuple[float, float, float, float] | None
) -> None:
    with drawing():
        made = compose(view(shipped, MARAGHA, extent=extent), shape)
    x, y = made.frame.box.middle
    half = made.scale.length / 2
    (west, south), (east, north) = made.frame.degrees(x - half, y), made.frame.degrees(x + half, y)
    assert geodesic((south, west), (north, east)).km == pytest.approx(made.scale.kilometres, rel=0.01)
    assert made.scale.length < made.places["scale"].width / 3


def test_the_frame_shows_the_whole_extent_and_points_go_there_and_back() -> None:
    frame = fitted((44.3, 38.7, 48.2, 41.3), Box(10, 20, 300, 200))
    for longitude, latitude in ((44.3, 38.7), (48.2, 41.3), (46.0, 40.0)):
        x, y = frame.page(longitude, latitude)
        assert 10 <= x <= 310
        assert 20 <= y <= 220
        assert frame.degrees(x, y) == pytest.approx((longitude, latitude), abs=1e-6)


def test_a_frame_across_the_antimeridian_is_one_and_its_meridians_have_their_names() -> None:
    frame = fitted((176.0, -20.0, 190.0, -12.0), Box(0, 0, 400, 300))
    fiji, samoa = frame.page(178.4, -18.1), frame.page(-171.8, -13.8)
    assert 0 < fiji[0] < samoa[0] < 400
    west, _, east, _ = frame.bounds()
    assert west < 178.4
    assert 188.2 < east < west + 40
    names = [line.name for line in graticule(frame) if not line.is_parallel]
    assert {"180°", "175°W"} <= set(names)


@pytest.mark.parametrize("extent", [(-190.0, -70.0, -10.0, 80.0), (20.0, -70.0, 330.0, 80.0)])
def test_a_map_of_half_the_world_round_the_pacific_has_it_in_its_middle(
    extent: tuple[float, float, float, float],
) -> None:
    frame = fitted(extent, Box(0, 0, 400, 200))
    assert frame.bounds()[2] - frame.bounds()[0] == pytest.approx(360)
    assert abs(frame.page(179.0, 0.0)[0] - frame.page(-179.0, 0.0)[0]) < 10


def test_a_country_that_is_not_in_a_frame_is_not_smeared_over_it() -> None:
    frame = fitted((98.5, -40.0, 268.5, 13.0), Box(0, 0, 200, 120))
    assert frame.middle == 180
    assert not {"GH", "TG", "BF", "ML", "ES"} & {country.iso for country in countries(frame)}


def test_a_country_on_both_sides_of_180_degrees_is_one() -> None:
    for extent in ((176.0, -20.0, 190.0, -12.0), (100.0, -50.0, 260.0, 75.0)):
        seen = [country.iso for country in countries(fitted(extent, Box(0, 0, 400, 300)))]
        assert "FJ" in seen
        assert len(seen) == len(set(seen))


SOUTH = (100.0, -90.0, 175.0, -77.0)


@pytest.mark.parametrize("extent", [SOUTH, (10.0, 76.0, 35.0, 81.0), (-180.0, 62.0, 180.0, 90.0)])
def test_a_frame_at_a_pole_has_one_scale(extent: tuple[float, float, float, float]) -> None:
    frame = fitted(extent, Box(0, 0, 400, 300))
    across, up = frame.box.middle
    bar = scale(frame, 100)
    for x, y in ((40.0, 0.0), (0.0, 40.0), (30.0, 30.0), (-30.0, 30.0)):
        (west, south), (east, north) = frame.degrees(across - x, up - y), frame.degrees(across + x, up + y)
        paper = 2 * (x**2 + y**2) ** 0.5 / bar.length * bar.kilometres
        assert geodesic((south, west), (north, east)).km == pytest.approx(paper, rel=0.05)


def test_a_frame_with_a_pole_has_all_longitudes_and_land_or_sea_to_the_pole() -> None:
    frame = fitted(SOUTH, Box(0, 0, 400, 300))
    west, south, east, north = frame.bounds()
    assert (east - west, south) == (360.0, -90.0)
    assert -77 < north < -60
    [land] = [kind for name, kind in _kinds(frame.crs, _edges(frame), frame.bounds(), ()) if name == "land"]
    assert land.distance(shapely.Point(0, 0)).min() == 0
    pole = shapely.Point(0, 0).buffer(500_000)
    assert shapely.intersection(pole, frame.rectangle()).area == pytest.approx(
        shapely.intersection(land.union_all(), shapely.intersection(pole, frame.rectangle())).area, rel=0.001
    )
    lines = graticule(frame)
    assert len({line.name for line in lines}) == len(lines)
    assert {"85°S", "180°", "150°E"} <= {line.name for line in lines}


@pytest.mark.parametrize("extent", [SOUTH, (-180.0, 62.0, 180.0, 90.0)])
def test_the_inset_of_a_frame_with_a_pole_holds_all_of_it(extent: tuple[float, float, float, float]) -> None:
    frame = fitted(extent, Box(0, 0, 400, 300))
    edge = outline(frame, wider(frame, Box(0, 0, 100, 60)))
    assert np.isfinite(edge).all()
    assert ((edge >= 0) & (edge <= (100, 60))).all()
    assert shapely.Polygon(edge).is_valid


def test_meridians_that_meet_at_the_edge_are_not_named_over_each_other() -> None:
    named = [line.edge for line in graticule(fitted(SOUTH, Box(0, 0, 400, 300))) if not line.is_parallel and line.edge]
    assert len({round(edge / 20) for edge in named}) == len(named)


def test_a_frame_beside_a_pole_has_its_own_longitudes() -> None:
    west, south, east, north = fitted((10.0, 76.0, 35.0, 81.0), Box(0, 0, 400, 300)).bounds()
    assert -40 < west < 10
    assert 35 < east < 85
    assert 70 < south < 76
    assert 81 < north < 90


def test_a_disc_has_its_radius_on_the_globe() -> None:
    frame = fitted((44.3, 38.7, 48.2, 41.3), Box(0, 0, 400, 300))
    for x, y in disc(frame, 46.6969, 39.9874, 60.0):
        longitude, latitude = frame.degrees(x, y)
        assert geodesic((39.9874, 46.6969), (latitude, longitude)).km == pytest.approx(60, rel=1e-3)


def test_the_graticule_lies_where_its_names_say() -> None:
    frame = fitted((44.3, 38.7, 48.2, 41.3), Box(0, 0, 400, 300))
    lines = {line.name: line for line in graticule(frame)}
    assert {"40°N", "46°E"} <= set(lines)
    assert {round(frame.degrees(x, y)[1], 4) for x, y in lines["40°N"].pieces[0]} == {40.0}
    assert frame.degrees(lines["46°E"].edge, 0)[0] == pytest.approx(46, abs=1e-3)


@pytest.mark.parametrize("extent", [(44, 41, 48, 39), (170, 38, -170, 41), (0, -91, 10, 0)])
def test_an_extent_that_is_none_is_refused(shipped: Dataset, extent: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="not an extent"):
        pages(view(shipped, MARAGHA, extent=extent))


# --- time ---------------------------------------------------------------------------------------------------------


def test_the_timeline_counts_every_dated_report(shipped: Dataset) -> None:
    shown = bins(view(shipped, WAR), 120)
    assert shown is not None
    dated = [row for row in rows(shipped, CORE) if row["first_day"] is not None]
    assert sum(shown.solid) + sum(shown.possible) == pytest.approx(len(dated))
    assert list(shown.edges) == sorted(shown.edges)


def test_an_empty_selection_gives_a_picture_that_says_so(shipped: Dataset) -> None:
    (file,) = pages(view(shipped, Selection(text="zzzz")), "slide", "pdf")
    text = pypdfium2.PdfDocument(file)[0].get_textpage().get_text_range()
    assert "No report matches these filters" in text
    assert "No report shown has a date" in text


# --- caption ------------------------------------------------------------------------------------------------------


def test_the_caption_tells_what_when_by_whom_and_where_to_see_it(shipped: Dataset) -> None:
    said = caption(view(shipped, WAR))
    for part in ("27 Sep – 10 Nov 2020", "scope core", "Keghart, 7 May 2021", "Reliability D", "5 Nov 2026", LINK,
                 DISCLAIMER, "GeoNames, CC BY 4.0", "no evidence that nothing happened"):  # fmt: skip
        assert part in said


def test_a_scheme_a_naming_a_shape_or_a_format_that_is_none_is_refused(shipped: Dataset) -> None:
    for wrong in ({"scheme": "mood"}, {"naming": "xx"}):
        with pytest.raises(ValueError, match="one of"):
            view(shipped, **wrong)
    with pytest.raises(ValueError, match="one of"):
        pages(view(shipped), "poster")
    with pytest.raises(ValueError, match="one of"):
        pages(view(shipped), "slide", "gif")


def test_marks_and_labels_of_a_page_that_is_cut_to_its_text_stand_where_its_map_has_them(shipped: Dataset) -> None:
    made = compose(view(shipped), "column")
    assert made.leaves[0].height < made.shape.height
    shown, placed = labelled(made.printed, made.frame, made.shape.text)
    for mark, anew in zip(made.shown.marks, shown.marks, strict=True):
        assert (mark.x, mark.y) == pytest.approx((anew.x, anew.y))
        assert mark.is_area == anew.is_area
        if mark.is_area:
            assert mark.rim == pytest.approx(anew.rim)
    assert any(mark.is_area for mark in shown.marks)
    for label, again in zip(made.labels, placed, strict=True):
        assert (label.box.x, label.box.y) == pytest.approx((again.box.x, again.box.y))
        assert np.ravel(label.leader or ()) == pytest.approx(np.ravel(again.leader or ()))
    assert any(label.leader for label in placed)
