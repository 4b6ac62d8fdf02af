"""Words of cuts behind meat, poultry and fish name the same food; behind anything else they name nothing."""

from __future__ import annotations

import pytest

from catering_cli.checks.reference.foods import row_of
from catering_cli.kitchen.foods.identify import identify, purchase_name

CUTS = {
    "chicken breast": (
        "chicken breast cutlets, chicken cutlets, chicken breast strips, chicken breast tenderloins, chicken "
        "breast halves, chicken breast portions"
    ),
    "chicken thigh": "chicken thigh pieces, chicken thigh fillets",
    "chicken": "chicken leg quarters, chicken pieces, chicken cubes, chicken supremes, airline chicken breasts",
    "turkey": "turkey breast roast, turkey breast cutlets, turkey tenderloins, turkey breast slices, turkey steaks",
    "duck": "duck breast halves, duck leg portions",
    "pork": (
        "pork loin chops, pork rib chops, pork shoulder cubes, pork shoulder steaks, pork stew meat, pork cutlets, "
        "pork strips"
    ),
    "pork loin": "pork loin cutlets, pork loin steaks",
    "pork tenderloin": "pork tenderloin medallions",
    "beef": (
        "beef stew cubes, beef stew meat, beef strips, beef chuck roast, beef round steak, beef rump roast, "
        "beef short rib portions"
    ),
    "beef steak": "beef tenderloin steaks, beef sirloin strips, beef sirloin cubes",
    "beef tenderloin": "beef tenderloin medallions",
    "beef roast": "beef top round roast",
    "veal": "veal cutlets, veal medallions, veal stew cubes, veal loin chops",
    "rack of lamb": "lamb loin chops, lamb cutlets",
    "lamb": "lamb shoulder cubes, lamb leg steaks, lamb stew meat",
    "salmon": "salmon portions, salmon fillet portions, salmon steaks, salmon loins",
    "cod": "cod loins, cod portions, cod fillet pieces",
    "halibut": "halibut steaks",
    "tuna": "tuna steaks, tuna loin",
    "swordfish": "swordfish steaks",
    "tilapia": "tilapia fillets",
    "trout": "trout fillet halves",
    "monkfish": "monkfish tail medallions",
    "venison": "venison medallions, venison loin steaks",
    "rabbit": "rabbit pieces",
}

OTHER_FOODS = (
    "beef stew", "chicken stew", "nut roast", "hazelnut roast", "chicken salad", "soy chicken strips", "beef roll",
    "veggie chicken pieces", "pork pie", "salmon mousse portions", "breaded cod portions", "seasoned pork loin chops",
    "crab cakes", "turkey roll", "vegan chicken breast fillets", "plant based beef strips", "roast beef stew",
)  # fmt: skip


@pytest.mark.parametrize("food", CUTS)
def test_a_cut_is_the_food_that_it_is_cut_of(food: str) -> None:
    names = CUTS[food].split(", ")
    read = {name: getattr(identify(name), "name", None) for name in names}
    assert read == dict.fromkeys(names, food)
    assert all(row_of(name) for name in names)


@pytest.mark.parametrize("name", OTHER_FOODS)
def test_what_is_more_than_a_cut_stays_unknown(name: str) -> None:
    assert identify(name) is None
    assert row_of(name) is None


def test_a_cut_is_a_line_of_its_own_to_buy() -> None:
    assert purchase_name("Beef top round roast") == "beef top round roast"
    assert purchase_name("boneless salmon portions") == "salmon portion"
