import pytest

from directory.choices import CostBand
from directory.derived.costs import CostTotals, cost_band, cost_totals
from tests.factories.directory import innovation


def test_cost_totals__sums_once_and_yearly():
    values = [
        {"amount": 10, "frequency": "once"},
        {"amount": 5, "frequency": "yearly"},
        {"amount": 7, "frequency": "once"},
        {"amount": None, "frequency": "once"},
    ]
    assert cost_totals(values) == CostTotals(once=17, yearly=5)
    assert cost_totals(values).first_year == 22


@pytest.mark.parametrize("values", [[], [{"amount": None, "frequency": "once"}]])
def test_cost_totals__nothing_reported_is_not_zero(values):
    assert cost_totals(values) is None
    assert cost_band(None) == ""


@pytest.mark.parametrize(
    ("rupiah", "band"),
    [
        (0, CostBand.NONE),
        (1, CostBand.UNDER_50M),
        (49_999_999, CostBand.UNDER_50M),
        (50_000_000, CostBand.UNDER_250M),
        (249_999_999, CostBand.UNDER_250M),
        (250_000_000, CostBand.UNDER_1B),
        (999_999_999, CostBand.UNDER_1B),
        (1_000_000_000, CostBand.UNDER_5B),
        (4_999_999_999, CostBand.UNDER_5B),
        (5_000_000_000, CostBand.FROM_5B),
    ],
)
def test_cost_band__bounds(rupiah, band):
    assert cost_band(CostTotals(once=rupiah, yearly=0)) == band
    assert cost_band(CostTotals(once=0, yearly=rupiah)) == band


@pytest.mark.django_db
def test_cost_band__is_stored_on_save():
    page = innovation(
        costs=[
            {"type": "cost", "value": {"item": "Alat", "amount": 40_000_000, "frequency": "once"}},
            {"type": "cost", "value": {"item": "Honor", "amount": 20_000_000, "frequency": "yearly"}},
        ]
    )
    page.refresh_from_db()
    assert page.cost_band == CostBand.UNDER_250M
