import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import arrays


@pytest.fixture(autouse=True, scope="module")
def sample_always():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrays, "SAMPLE_FROM", 0)
        yield


@given(
    seed=st.integers(0, 10_000),
    size=st.integers(0, 3000),
    count=st.integers(1, 60),
    kinds=st.sampled_from([2, 5, 1000]),
    low=st.sampled_from([-1.0, 0.0, 0.5]),
)
def test_a_sample_never_changes_which_values_are_the_highest(seed, size, count, kinds, low):
    random = np.random.default_rng(seed)
    values = random.integers(0, kinds, size) / kinds + low
    found = values[arrays.highest(values, count)]
    assert sorted(found, reverse=True) == sorted(values[values > 0], reverse=True)[:count]


def test_a_sample_that_met_only_the_highest_is_not_relied_on():
    values = np.full(3200, 0.1)
    values[:: arrays.ONE_IN] = 1.0
    assert len(arrays.highest(values, 500)) == 500


def test_a_mapped_array_is_a_plain_one(tmp_path):
    np.save(tmp_path / "a.npy", np.arange(5))
    mapped = arrays.mapped(tmp_path / "a.npy")
    assert type(mapped) is np.ndarray
    assert not mapped.flags.writeable
    assert mapped.tolist() == [0, 1, 2, 3, 4]
