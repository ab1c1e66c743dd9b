"""The place that a sentence tells of."""

from __future__ import annotations

import pytest

from newsledger.ledger.days_and_places.gazetteer import Gazetteer, GazetteerPlace, write_gazetteer
from newsledger.ledger.days_and_places.places import PlaceReader


def _place(number: int, name: str, country: str, at: tuple[float, float], people: int = 1) -> (
    tuple[GazetteerPlace, tuple[str, ...]]
):  # fmt: skip
    return GazetteerPlace(number, name, country, "place", *at, people), ()


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    path = tmp_path_factory.mktemp("gazetteer") / "places.sqlite"
    borno = GazetteerPlace(5, "Borno State", "NG", "district", 11.5, 13.0, 0)
    country = GazetteerPlace(6, "Nigeria", "NG", "country", None, None, 0)
    places = (
        _place(1, "Mubi", "NG", (10.27, 13.26), 225_000),
        _place(2, "Maiduguri", "NG", (11.85, 13.16), 1_000_000),
        _place(3, "Kaduna", "NG", (10.52, 7.44), 1_500_000),
        _place(4, "Ban Buri", "NG", (9.0, 9.0)),
        _place(7, "Gwoza", "NG", (11.08, 13.69), 1_000),
        _place(8, "Gwoza", "NG", (6.0, 5.0), 1_200),
        (borno, ()),
        (country, ()),
    )
    write_gazetteer(places, ("NG",), path)
    return Gazetteer(path)


@pytest.mark.parametrize(
    ("text", "place", "precision"),
    [
        ("Gunmen killed five people in Mubi on Friday.", "Mubi", "place"),
        ("A bomb went off near the town of Mubi, police said.", "Mubi", "place"),
        ("Clashes were reported outside Maiduguri city.", "Maiduguri", "place"),
        ("Three died in Damboa, Borno, on Monday.", "Damboa", "district"),
        ("Soldiers were ambushed in Borno State.", "Borno State", "district"),
        ("Hundreds have been displaced in Nigeria.", "Nigeria", "country"),
        ("The Kaduna governor condemned the attack.", None, None),
        ("Musa Kaduna was shot dead.", None, None),
        ("Kaduna United lost again.", None, None),
        ("Officials of the Mubi Traders Union protested.", None, None),
        ("Nobody was hurt.", None, None),
        ("An air strike on Mubi killed nine civilians.", "Mubi", "place"),
        ("He is an expert on Mubi.", None, None),
    ],
)
def test_a_place_counts_where_the_words_around_it_say_that_it_is_one(
    gazetteer: Gazetteer, text: str, place: str | None, precision: str | None
) -> None:
    found = PlaceReader(gazetteer).read(text)
    assert (found and found.text, found and found.precision) == (place, precision)


def test_of_two_places_of_one_name_that_near_the_articles_others_is_meant(
    gazetteer: Gazetteer,
) -> None:
    reader = PlaceReader(gazetteer)
    alone = reader.read("Two people died in Gwoza.")
    assert alone is None
    reader.read("Troops left Maiduguri.")
    found = reader.read("Two people died in Gwoza.")
    assert found is not None
    assert (found.latitude, found.resolved_from) == (11.08, "article")


@pytest.mark.parametrize(
    ("text", "place", "precision"),
    [
        ("Herders burnt huts in Damboa village (Gwoza, Borno).", "Damboa", "district"),
        ("Soldiers marched in the streets of Maiduguri.", "Maiduguri", "place"),
        ("Two men were shot in Kinyin commune (Mubi).", "Mubi", "district"),
        ("A mine went off near Bani village (Lala, Maiduguri).", "Bani", "district"),
        ("Traders marched in the Municipality of Kaduna.", "Kaduna", "place"),
        ("Police fired into a crowd in the North Zone of Kaduna.", "Kaduna", "place"),
        ("Soldiers patrolled the Streets of Maiduguri.", "Maiduguri", "place"),
        ("Gunmen fought police between Mubi and Lala.", "Mubi", "place"),
        ("The convoy was hit on the road between Maiduguri and Damboa.", "Maiduguri", "place"),
        ("The minister (Kaduna) condemned it.", None, None),
        ("The Bank of Kaduna was robbed of its licence.", None, None),
        ("Musa and Kaduna were not hurt.", None, None),
        ("Halima Mubi and her son were not hurt.", None, None),
    ],
)
def test_a_place_may_be_part_of_a_longer_name_or_stand_in_brackets_behind_an_unknown_one(
    gazetteer: Gazetteer, text: str, place: str | None, precision: str | None
) -> None:
    found = PlaceReader(gazetteer).read(text)
    assert (found and found.text, found and found.precision) == (place, precision)


@pytest.mark.parametrize("repeated", ["greater City of ", "City of ", "the city in ", "rural "])
def test_words_that_repeat_for_ever_are_read_in_the_end(
    gazetteer: Gazetteer, repeated: str
) -> None:
    found = PlaceReader(gazetteer).read(f"X {repeated * 60}Mubi was hit, it happened in Kaduna.")
    assert found is not None


@pytest.mark.parametrize(
    ("text", "place", "precision"),
    [
        ("A shop was looted in Wuro Gayandi, Borno.", "Wuro Gayandi", "district"),
        ("Two farmers were killed in Ngoshe town.", "Ngoshe", "place"),
        ("Shells fell near Post 12 on Friday.", None, None),
        ("Clashes broke out in Talala district.", "Talala", "district"),
        ("A drone struck the village of Sabon Garin Kimba.", "Sabon Garin Kimba", "place"),
        ("Five people drowned near Alagarno.", "Alagarno", "place"),
        ("The talks were held in Arabic.", None, None),
        ("A convoy was hit in Operation Hadin Kai.", None, None),
        ("Police arrested ten men at the Kanuri Hotel.", None, None),
        ("Soldiers raided a camp of Ansaru.", None, None),
        ("Traders fled in March.", None, None),
        ("Gunmen seized cattle in Duhu Kura in Borno.", "Duhu Kura", "district"),
        ("Protesters met in Musa Bello Square.", None, None),
        ("Two died in the Fulani community.", None, None),
    ],
)
def test_a_place_that_the_gazetteer_lacks_has_its_name_and_what_surrounds_it(
    gazetteer: Gazetteer, text: str, place: str | None, precision: str | None
) -> None:
    found = PlaceReader(gazetteer).read(text)
    assert (found and found.text, found and found.precision) == (place, precision)


def test_where_a_place_lies_that_the_gazetteer_lacks_is_known_by_what_surrounds_it(
    gazetteer: Gazetteer,
) -> None:
    inside = PlaceReader(gazetteer).read("A shop was looted in Wuro Gayandi, Borno.")
    alone = PlaceReader(gazetteer).read("Five people drowned near Alagarno.")
    assert inside is not None
    assert alone is not None
    assert (inside.latitude, inside.longitude, inside.country) == (11.5, 13.0, "NG")
    assert (alone.latitude, alone.longitude, alone.country) == (None, None, "NG")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Troops killed 12 gunmen in Borno State, an aid official said in London.", "Borno State"),
        ("The raid in Borno State was the deadliest attack in Africa.", "Borno State"),
        ("The attack in Borno State was aimed at Christians.", "Borno State"),
        ("Soldiers raided a Fulani settlement in Borno State.", "Borno State"),
        ("They fought near Borno State for a cause in Le Monde.", "Borno State"),
        ("The talks were held in Paris, France.", None),
        ("Youths threw stones at Governor Zulum.", None),
        ("Militants opened fire at Musa Ibrahim.", None),
        ("Troops killed 12 people in 'self-defence'.", None),
        ("Thousands fled in Cyclone Idai.", None),
        ("In Gakara village, gunmen killed two.", "Gakara"),
        ("Near Gakara gunmen killed two.", "Gakara"),
        ("Gunmen killed two in the Nigerian village of Gakara.", "Gakara"),
        ("Gunmen killed two near the Ukrainian village of Mineralne.", "Mineralne"),
        ("Ten died in Mubi Local Council, and troops in Maiduguri shot three.", "Maiduguri"),
    ],
)
def test_what_is_no_place_or_lies_elsewhere_takes_the_place_of_none(
    gazetteer: Gazetteer, text: str, place: str | None
) -> None:
    found = PlaceReader(gazetteer).read(text)
    assert (found and found.text) == place
