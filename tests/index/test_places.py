"""Places: found when one is meant, asked when several are, refused when abroad."""

import math
import random

import pytest

from index.places import Places, haversine_miles
from index.places.postcode_file import PostcodeFileError, read_outcodes
from index.places.postcodes import read_postcode


@pytest.fixture(scope="module")
def places():
    return Places.load()


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("Leeds", "Leeds"),
        ("i live near barnsley", "Barnsley"),
        ("Hull", "Hull"),
        ("Stoke", "Stoke-on-Trent"),
        ("Newport, Wales", "Newport, South Wales"),
        ("Newport in Shropshire", "Newport, Shropshire"),
        ("Ashford Kent", "Ashford, Kent"),
        ("Manchestr", "Manchester"),
        ("the north east", "North East England"),
        ("ls6 3ab", "LS6 (Leeds)"),
        ("LS6", "LS6 (Leeds)"),
        ("Saint Helens", "St Helens"),
    ],
)
def test_a_place_is_found(places, said, label):
    found = places.find(said)
    assert found.kind == "found"
    assert found.place.label == label


def test_namesakes_are_asked_about(places):
    found = places.find("Newport")
    assert found.kind == "ambiguous"
    assert "Newport, South Wales" in [place.label for place in found.candidates]
    assert "Newport, Shropshire" in [place.label for place in found.candidates]


def test_places_abroad_are_known_to_be_abroad(places):
    assert places.find("Dublin").kind == "abroad"
    assert places.find("Paris").kind == "abroad"


def test_nonsense_is_unknown_and_never_raises(places):
    for said in ("", "xyzzy", "😀", "<b>", "a" * 5000, "12345678"):
        assert places.find(said).kind == "unknown"


@pytest.mark.parametrize(
    ("written", "outward"),
    [("ls63ab", "LS6"), ("S1O 2JF", "S10"), ("P03 6AD", "PO3"), ("sw1a 1aa", "SW1A"), ("M1", "M1")],
)
def test_dirty_postcodes_are_read(written, outward):
    assert read_postcode(written).outward == outward


@pytest.mark.parametrize("written", ["Hull", "ABCDE", "12345", "", "Q"])
def test_words_are_no_postcodes(written):
    assert read_postcode(written) is None


def test_an_outcode_file_gives_exact_places(tmp_path):
    file = tmp_path / "codes.csv"
    file.write_text("postcode,latitude,longitude\nLS6,53.82,-1.57\nZZ99,1,1\n", encoding="utf-8")
    assert read_outcodes(file) == {"LS6": (53.82, -1.57)}


def test_a_wrong_postcode_file_is_named(tmp_path):
    file = tmp_path / "codes.csv"
    file.write_bytes(b"\xff\xfe\x00nonsense")
    with pytest.raises(PostcodeFileError, match=r"codes\.csv"):
        read_outcodes(file)


def vincenty_miles(lat1, lon1, lat2, lon2):
    """The WGS 84 geodesic by Vincenty's inverse formula, in miles."""
    a, f = 6378137.0, 1 / 298.257223563
    b = a * (1 - f)
    u1, u2 = (math.atan((1 - f) * math.tan(math.radians(lat))) for lat in (lat1, lat2))
    length = lam = math.radians(lon2 - lon1)
    for _ in range(200):
        x = math.cos(u2) * math.sin(lam)
        y = math.cos(u1) * math.sin(u2) - math.sin(u1) * math.cos(u2) * math.cos(lam)
        sin_s = math.hypot(x, y)
        if sin_s == 0:
            return 0.0
        cos_s = math.sin(u1) * math.sin(u2) + math.cos(u1) * math.cos(u2) * math.cos(lam)
        sigma = math.atan2(sin_s, cos_s)
        sin_a = math.cos(u1) * math.cos(u2) * math.sin(lam) / sin_s
        cos2_a = 1 - sin_a**2
        cos_2m = cos_s - 2 * math.sin(u1) * math.sin(u2) / cos2_a if cos2_a else 0
        c = f / 16 * cos2_a * (4 + f * (4 - 3 * cos2_a))
        before, lam = (
            lam,
            length + (1 - c) * f * sin_a * (sigma + c * sin_s * (cos_2m + c * cos_s * (2 * cos_2m**2 - 1))),
        )
        if abs(lam - before) < 1e-12:
            break
    k = cos2_a * (a**2 - b**2) / b**2
    big_a = 1 + k / 16384 * (4096 + k * (-768 + k * (320 - 175 * k)))
    big_b = k / 1024 * (256 + k * (-128 + k * (74 - 47 * k)))
    change = big_b * sin_s * (cos_2m + big_b / 4 * (cos_s * (2 * cos_2m**2 - 1)))
    return b * big_a * (sigma - change) / 1609.344


def test_distances_are_within_half_a_percent_of_the_geodesic():
    chance = random.Random(4)
    for _ in range(300):
        one = chance.uniform(49.9, 60.8), chance.uniform(-8, 1.7)
        two = chance.uniform(49.9, 60.8), chance.uniform(-8, 1.7)
        exact = vincenty_miles(*one, *two)
        assert haversine_miles(*one, [two[0]], [two[1]])[0] == pytest.approx(exact, rel=0.005)
