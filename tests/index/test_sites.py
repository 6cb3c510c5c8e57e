"""Sites are placed by their address or not at all."""

import pytest

from index.models import Record, Site, Source, Study
from index.places import Places
from index.places.grid import to_degrees
from index.places.loading import load_postcodes
from index.places.postcode_file import CODE_POINT, GEONAMES, ONS, TABLE, PostcodeFileError
from index.places.sites import place_sites


@pytest.fixture(scope="module")
def places():
    return Places.load()


def placed(places, *sites):
    record = Record(source=Source.ISRCTN, id="ISRCTN1", url="u")
    made = [Site(**({"country": "United Kingdom"} | site)) for site in sites]
    unplaced = place_sites([Study(id="ISRCTN1", records=[record], sites=made)], places)
    return [(site.lat, site.lon) for site in made], unplaced


@pytest.mark.parametrize(
    ("hint", "lat"),
    [
        ({"country": "Wales"}, 51.6),
        ({"county": "Shropshire"}, 52.8),
        ({"county": "Isle of Wight"}, 50.7),
        ({"county": "Gwent"}, 51.6),
    ],
)
def test_two_newports_are_told_apart_by_nation_or_county(places, hint, lat):
    [(found, _)], _ = placed(places, {"town": "Newport"} | hint)
    assert found == pytest.approx(lat, abs=0.15)


def test_a_newport_without_more_is_not_guessed_but_listed(places):
    [point], [site] = placed(places, {"town": "Newport", "name": "The Surgery"})
    assert point == (None, None)
    assert site["town"] == "Newport"


def test_a_town_in_another_nation_than_the_record_says_is_another_town(places):
    [point], unplaced = placed(places, {"town": "Leeds", "country": "Scotland"})
    assert (point, len(unplaced)) == ((None, None), 1)


def test_a_hospital_known_from_another_site_is_found_by_its_name(places):
    known = {"name": "Hope Valley Hospital", "lat": 53.3, "lon": -1.7}
    points, _ = placed(places, known, {"name": "Hope Valley Hospital", "town": "Nowhere-by-Sea"})
    assert points[1] == (53.3, -1.7)


@pytest.mark.parametrize("name", ["General Hospital", "Research Site", "St Mary's Hospital", "X"])
def test_a_name_that_could_be_anywhere_places_nothing(places, name):
    points, unplaced = placed(places, {"name": name, "lat": 53.3, "lon": -1.7}, {"name": name})
    assert (points[1], len(unplaced)) == ((None, None), 1)


def test_one_name_in_two_towns_places_nothing(places):
    both = [{"name": "Hope Valley Hospital", "lat": lat, "lon": -1.7} for lat in (51.0, 53.3)]
    points, _ = placed(places, *both, {"name": "Hope Valley Hospital"})
    assert points[2] == (None, None)


def test_the_grid_reference_of_the_ordnance_survey_s_own_example():
    # Guide to coordinate systems, annex C: 651409.903, 313177.270 is 52 39 27.25 N, 1 43 4.52 E on
    # OSGB36, which WGS 84 calls 52.657977 N, 1.716038 E.
    assert to_degrees(651409.903, 313177.270) == pytest.approx((52.657977, 1.716038), abs=0.0001)


FILES = [
    ("codes.csv", '"LS1 3EX",10,429300,434000,"E92000001","","","","",""\n', CODE_POINT),
    (
        "ons.csv",
        "pcd,pcds,doterm,lat,long\nLS1 3EX,LS1 3EX,,53.8,-1.55\nW1N 1AA,W1N 1AA,200001,51.52,-0.14\n",
        ONS,
    ),
    (
        "GB.txt",
        "GB\tLS1 3EX\tLeeds\tEngland\tENG\t\t\t\t\t53.8\t-1.55\t6\n",
        GEONAMES,
    ),
    ("mine.csv", "postcode,latitude,longitude\nLS1,53.8,-1.55\n", TABLE),
]


@pytest.mark.parametrize(("name", "content", "kind"), FILES)
def test_each_kind_of_postcode_file_is_told_and_read(tmp_path, name, content, kind):
    (tmp_path / name).write_text(content, encoding="utf-8")
    table = tmp_path / "places" / "postcodes.sqlite"
    loaded = load_postcodes(tmp_path / name, table)
    assert (loaded.kind, loaded.postcodes >= 1) == (kind, True)
    known = Places.load(table)
    [(lat, lon)], _ = placed(known, {"town": "Nowhere", "postcode": "ls13ex"})
    assert (lat, lon) == pytest.approx((53.8, -1.55), abs=0.02)
    assert known.find("LS1").place.label == "LS1"


def test_a_withdrawn_postcode_still_has_its_place(tmp_path):
    (tmp_path / "ons.csv").write_text(FILES[1][1], encoding="utf-8")
    table = tmp_path / "postcodes.sqlite"
    load_postcodes(tmp_path / "ons.csv", table)
    [(lat, _)], _ = placed(Places.load(table), {"town": "", "postcode": "W1N 1AA"})
    assert lat == pytest.approx(51.52)


def test_a_wrong_file_is_refused_and_the_loaded_one_stays(tmp_path):
    (tmp_path / "good.csv").write_text(FILES[3][1], encoding="utf-8")
    table = tmp_path / "postcodes.sqlite"
    load_postcodes(tmp_path / "good.csv", table)
    before = table.read_bytes()
    for name, content in (("a.csv", b"name,age\nx,1\n"), ("b.csv", b"\xff\xfe\x00"), ("c.zip", b"PK")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(PostcodeFileError, match=r"[abc]\.(csv|zip)"):
            load_postcodes(tmp_path / name, table)
    assert table.read_bytes() == before
    assert sorted(file.name for file in tmp_path.glob("*sqlite*")) == ["postcodes.sqlite"]
