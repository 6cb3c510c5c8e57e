"""Readers: exact about what a record says, tolerant of what it lacks, never stopped by a bad one."""

import gzip
import itertools
import json
from datetime import date

import pytest

from index.models import Record, Sex, Source, Status, Study
from index.registries import ctgov, isrctn
from index.registries.fields import text, years
from index.registries.files import Skipped, read_sources
from index.registries.merge import merge

XML = """<allTrials xmlns="http://www.67bricks.com/isrctn" totalCount="1"><fullTrial><trial lastUpdated="2026-01-02">
<isrctn>12345678</isrctn><trialDescription><title>A &amp; B</title><plainEnglishSummary>Background and study aims
We test a walk.
Who can participate?
Adults.</plainEnglishSummary></trialDescription>
<externalRefs><clinicalTrialsGovNumber>NCT00000009</clinicalTrialsGovNumber></externalRefs>
<participants><trialCentres><trialCentre><name>Clinic</name><city>Leeds</city><country>United Kingdom</country></trialCentre></trialCentres>
<lowerAgeLimit value="18" unit="Years"/><gender>Female</gender>
<recruitmentStart>2026-01-01T00:00:00Z</recruitmentStart><recruitmentEnd>2099-01-01T00:00:00Z</recruitmentEnd></participants>
<conditions><condition><description>Asthma</description></condition></conditions></trial></fullTrial></allTrials>"""


def record(nct="NCT00000001", **status):
    return {
        "protocolSection": {
            "identificationModule": {"nctId": nct, "briefTitle": "Walking"},
            "statusModule": {"overallStatus": "RECRUITING", **status},
            "conditionsModule": {"conditions": ["Asthma"]},
            "eligibilityModule": {"minimumAge": "6 Months", "sex": "FEMALE"},
            "contactsLocationsModule": {
                "locations": [
                    {"facility": "A", "city": "Leeds", "status": "COMPLETED"},
                    {"facility": "B", "city": "York"},
                ]
            },
        }
    }


def test_a_v2_record_is_read_exactly():
    study = ctgov.read(record())
    assert (study.id, study.status, study.sex, study.age_min) == (
        "NCT00000001",
        Status.OPEN,
        Sex.FEMALE,
        0.5,
    )
    assert [site.status for site in study.sites] == [Status.CLOSED, Status.OPEN]
    assert study.records[0].url == "https://clinicaltrials.gov/study/NCT00000001"


@pytest.mark.parametrize("broken", [{}, {"protocolSection": []}, {"protocolSection": {"x": 1}}])
def test_a_record_without_an_id_is_refused(broken):
    with pytest.raises(ValueError, match="nctId"):
        ctgov.read(broken)


def test_wrong_types_inside_a_record_do_not_stop_it():
    odd = record()
    odd["protocolSection"]["conditionsModule"] = "asthma"
    odd["protocolSection"]["contactsLocationsModule"]["locations"] = [None, 7, {"geoPoint": "x"}]
    assert ctgov.read(odd).conditions == []


def write(tmp_path, name, content):
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def test_isrctn_is_read_with_its_sections(tmp_path):
    [study] = read_sources([write(tmp_path, "a.xml", XML)])
    assert study.id == "ISRCTN12345678"
    assert study.title == "A & B"
    assert study.sections == {"background": "We test a walk.", "who": "Adults."}
    assert (study.age_min, study.sex, study.status) == (18, Sex.FEMALE, Status.OPEN)


@pytest.mark.parametrize(
    ("override", "start", "end", "status"),
    [
        ("Stopped", date(2020, 1, 1), date(2099, 1, 1), Status.CLOSED),
        ("", date(2020, 1, 1), date(2021, 1, 1), Status.CLOSED),
        ("", date(2098, 1, 1), date(2099, 1, 1), Status.OPENING_SOON),
        ("", date(2020, 1, 1), date(2099, 1, 1), Status.OPEN),
        ("", None, None, Status.UNKNOWN),
    ],
)
def test_isrctn_status_follows_from_override_and_dates(override, start, end, status):
    assert isrctn.status_of(override, start, end, date(2026, 11, 1)) == status


def test_a_bomb_is_refused_by_name(tmp_path):
    bomb = '<!DOCTYPE a [<!ENTITY x "xx"><!ENTITY y "&x;&x;">]><a>&y;</a>'
    [skipped] = read_sources([write(tmp_path, "bomb.xml", bomb)])
    assert isinstance(skipped, Skipped)
    assert "bomb.xml" in str(skipped)


def test_a_cut_off_gzip_gives_what_came_before_and_says_so(tmp_path):
    lines = "".join(json.dumps(record(f"NCT{n:08d}")) + "\n" for n in range(3000))
    whole = gzip.compress(lines.encode())
    found = list(read_sources([write(tmp_path, "cut.jsonl.gz", whole[: len(whole) // 2])]))
    assert isinstance(found[-1], Skipped)
    assert len(found) > 100


def test_broken_lines_are_named_and_skipped(tmp_path):
    content = json.dumps(record()) + "\n{oops\n[1]\n" + json.dumps(record("NCT00000002")) + "\n"
    found = list(read_sources([write(tmp_path, "a.jsonl", content)]))
    assert [isinstance(item, Skipped) for item in found] == [False, True, True, False]
    assert "line 2" in str(found[1])


def test_a_missing_file_is_named(tmp_path):
    [skipped] = read_sources([tmp_path / "none.json"])
    assert "none.json" in str(skipped)


def test_one_study_in_two_registries_is_shown_once(tmp_path):
    [from_isrctn] = read_sources([write(tmp_path, "a.xml", XML)])
    from_ctgov = ctgov.read(record("NCT00000009"))
    for order in ([from_isrctn, from_ctgov], [from_ctgov, from_isrctn]):
        [study] = merge(order)
        assert study.source == Source.ISRCTN
        assert {r.id for r in study.records} == {"ISRCTN12345678", "NCT00000009"}


def test_studies_of_one_registry_are_never_tied():
    assert len(merge([ctgov.read(record()), ctgov.read(record("NCT00000002"))])) == 2


def test_text_loses_markup_and_escapes():
    assert text("a <i>c</i> \\>= 5\x00") == "a c >= 5"
    assert text("age < 18 or > 70, &lt;5") == "age < 18 or > 70, <5"
    assert text("<p>one</p>") == "one"
    assert text(None) == ""
    assert (years("18 Years"), years("6 Months"), years("")) == (18, 0.5, None)


def isrctn_study(number, *others, **changed):
    source = {"source": Source.ISRCTN, "url": "u", "status": changed.get("status", Status.OPEN)}
    source |= {key: changed[key] for key in ("start", "end", "updated") if key in changed}
    return Study(
        id=f"ISRCTN{number:08}",
        records=[Record(id=f"ISRCTN{number:08}", **source)],
        other_ids=list(others),
        status=changed.get("status", Status.OPEN),
        updated=changed.get("updated"),
        summary=changed.get("summary", ""),
        sections=changed.get("sections", {}),
    )


def nct_study(number, *others, **changed):
    study = isrctn_study(number, *others, **changed)
    record = study.records[0].model_copy(
        update={"source": Source.CTGOV, "id": f"NCT{number:08}", "url": "v"}
    )
    return study.model_copy(update={"id": f"NCT{number:08}", "records": [record]})


def tied(*studies):
    """Which studies stand together, whatever the order they come in."""
    found = {
        tuple(sorted(tuple(sorted(r.id for r in s.records)) for s in merge(order)))
        for order in itertools.permutations(studies)
    }
    assert len(found) == 1, found
    return [set(ids) for ids in found.pop() if len(ids) > 1]


def test_either_record_may_name_the_other():
    both = {"ISRCTN00000001", "NCT00000001"}
    assert tied(isrctn_study(1, "NCT00000001"), nct_study(1)) == [both]
    assert tied(isrctn_study(1), nct_study(1, "ISRCTN00000001")) == [both]


def test_a_shared_iras_number_ties_one_pair_and_no_crowd():
    assert tied(isrctn_study(1, "IRAS250250"), nct_study(1, "IRAS250250")) != []
    crowd = [nct_study(1, "IRAS250250"), nct_study(2, "IRAS250250")]
    assert tied(isrctn_study(1, "IRAS250250"), *crowd) == []


def test_two_claims_on_one_record_tie_neither_unless_it_names_one():
    claims = [nct_study(1, "ISRCTN00000001"), nct_study(2, "ISRCTN00000001")]
    assert tied(isrctn_study(1), *claims) == []
    named = tied(isrctn_study(1, "NCT00000002"), *claims)
    assert named == [{"ISRCTN00000001", "NCT00000002"}]


def test_a_record_that_names_another_study_is_not_tied():
    assert tied(isrctn_study(1, "NCT00000009"), nct_study(1, "ISRCTN00000001")) == []


def test_what_two_registries_say_differently_is_kept():
    one = isrctn_study(
        1, "NCT00000001", updated=date(2026, 1, 1), start=date(2025, 1, 1), end=date(2027, 1, 1)
    )
    two = nct_study(
        1,
        status=Status.CLOSED,
        updated=date(2026, 5, 1),
        start=date(2025, 1, 20),
        end=date(2026, 4, 1),
        summary="Plain.",
    )
    [study] = merge([one, two])
    assert (study.status, study.summary) == (Status.CLOSED, "Plain.")
    says = {found.about: found.says for found in study.disagreements}
    assert says == {
        "status": {"ISRCTN": "open", "ClinicalTrials.gov": "closed"},
        "end": {"ISRCTN": "2027-01-01", "ClinicalTrials.gov": "2026-04-01"},
    }


@pytest.mark.parametrize(
    ("entry", "kept"),
    [
        ({"id": "ISRCTN 12345678"}, "ISRCTN12345678"),
        ({"id": "IRAS ID: 250250"}, "IRAS250250"),
        ({"id": "250250", "type": "OTHER", "domain": "IRAS"}, "IRAS250250"),
        ({"id": "IRAS 123456"}, "IRAS 123456"),
        ({"id": "2020-001234-10"}, "2020-001234-10"),
    ],
)
def test_numbers_of_other_registries_are_known_however_written(entry, kept):
    odd = record()
    odd["protocolSection"]["identificationModule"]["secondaryIdInfos"] = [entry]
    assert ctgov.read(odd).other_ids == [kept]
