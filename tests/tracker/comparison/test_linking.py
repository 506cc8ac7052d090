"""Links that are called otherwise and lead where they led."""

import pytest

from tracker.comparison import compare
from tracker.extraction import extract
from tracker.model import Change, Page, Policy

REST = "\n\nWe keep the readings of your barometer for a year.\n\nWrite to us if anything in this text is unclear to you.\n"


def policy(text: str) -> Policy:
    return extract(f"# Privacy\n\n{text}{REST}".encode(), Page("text/markdown"))


def between(old: str, new: str) -> Change:
    return compare(policy(old), policy(new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "To choose what we send you, click [here](https://baro.example/choices).",
            "To choose what we send you, visit the [Mailing Choices](https://www.baro.example/choices/) page.",
        ),
        (
            "The rules of the contest are available at [https://baro.example/contest](https://baro.example/contest).",
            "The rules of the contest are available at [Rules and Fees of the Contest](https://baro.example/contest).",
        ),
        (
            "[Click here](https://baro.example/en/kr) to read what the law of Korea asks of us.",
            "Visit the [Disclosures for Korea](https://baro.example/kr) page to read what the law of Korea asks of us.",
        ),
        (
            "Wie lange wir Messwerte behalten, lesen Sie [hier](https://baro.example/frist).",
            "Wie lange wir Messwerte behalten, lesen Sie auf der Seite [Fristen der Wetterwarte](https://baro.example/frist).",
        ),
        (
            "Pour gérer vos alertes, cliquez [ici](https://baro.example/alertes).",
            "Pour gérer vos alertes, consultez la page [Alertes Météo](https://baro.example/alertes).",
        ),
        (
            "Para elegir sus avisos, haga clic [aquí](https://baro.example/avisos).",
            "Para elegir sus avisos, visite la página [Avisos del Tiempo](https://baro.example/avisos).",
        ),
    ],
)
def test_a_link_called_by_the_name_of_its_page_is_a_matter_of_wording(old: str, new: str) -> None:
    for change in (between(old, new), between(new, old)):
        assert change.kind == "editorial"
        assert [reason.rule for reason in change.reasons] == ["form.link-name"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (  # leads elsewhere
            "To opt out of advertising, click [here](https://baro.example/choices).",
            "To opt out of advertising, visit [Quantimetrix Choices](https://quantimetrix.example/).",
        ),
        (  # both are names
            "We rely on the [Privacy Shield](https://transfers.example/).",
            "We rely on the [Data Privacy Framework](https://transfers.example/).",
        ),
        (  # more than the name differs
            "We share your readings with schools, see [here](https://baro.example/schools).",
            "We share your readings with schools and insurers, see [Schools](https://baro.example/schools).",
        ),
        (  # the name is a right
            "You may visit [opt out of barometer letters](https://baro.example/choices) at any time.",
            "You may visit [here](https://baro.example/choices) at any time.",
        ),
        (  # beside the link a permission goes
            "We can use your readings, see [here](https://baro.example/use).",
            "We use your readings, see [our page](https://baro.example/use).",
        ),
        (  # beside the link somebody else is spoken of
            "We learn from your letters, see [here](https://baro.example/use).",
            "We learn from our letters, see [this page](https://baro.example/use).",
        ),
        (  # the link is set on something said
            "We sell readings: [here](https://baro.example/market).",
            "We sell readings: [you must not object](https://baro.example/market).",
        ),
    ],
)
def test_what_else_differs_is_told(old: str, new: str) -> None:
    assert "form.link-name" not in {reason.rule for reason in between(old, new).reasons}


def test_an_address_that_is_none_breaks_nothing() -> None:
    change = between(
        "Read [here](http://[barometer) of our cellar.", "Read [the notice](http://[barometer) of our cellar."
    )
    assert change.level == "low"
