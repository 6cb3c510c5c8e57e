"""What the API says of itself, taken at its word and against it: no request brings a 5xx."""

from collections import Counter

import hypothesis
import schemathesis
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode

from tests.running import Service
from tests.soak.size import size

CASES = size(100, 10_000)


def test_no_generated_request_brings_a_server_error(service: Service) -> None:
    schema = schemathesis.openapi.from_url(f"{service.url}/api/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) >= 8
    cases = st.one_of(
        *(
            operation.as_strategy(generation_mode=mode)
            for operation in operations
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
        )
    )
    person, seen = service.chat(), Counter[int]()

    @hypothesis.settings(
        max_examples=CASES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(case=cases, known=st.booleans())
    def send(case: schemathesis.Case, known: bool) -> None:
        # Half of them come from somebody with a live chat, so that the inside is reached as well.
        headers = person.headers if known and case.method != "DELETE" else None
        answer = case.call(headers=headers, timeout=120)
        seen[answer.status_code] += 1
        assert answer.status_code < 500, f"{case.method} {case.path} -> {answer.status_code}"
        if answer.status_code in (401, 413, 422, 429):
            assert answer.headers["content-type"][0] == "application/problem+json"

    send()
    print(f"\n{sum(seen.values())} generated requests: {dict(sorted(seen.items()))}")
    # Hypothesis stops early where a space is small; what was sent is what counts.
    assert sum(seen.values()) >= CASES
    assert seen[200]
