"""The kitchen day: whatever is scheduled holds before a verifier that shares nothing with the scheduler."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from timeline_proof import faults

from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import Recipe
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.cook import scheduled as schedule
from catering_cli.kitchen.day.dish_jobs import jobs
from catering_cli.kitchen.menu.decisions import fold
from catering_cli.kitchen.repairs.order_patch import applied

NOON = "2027-04-17T12:30:00-04:00"


def recipe(name: str, *steps: dict, portions: int = 40) -> Recipe:
    lines = [{"item": "rice", "quantity": {"amount": 1, "unit": "kg"}}]
    rows = [{"text": f"Step of {name}", "grows": "per_batch", **step} for step in steps]
    return Recipe.model_validate({"name": name, "yield": {"portions": portions}, "ingredients": lines, "steps": rows})


def day(recipes: list[Recipe], portions: int = 60, *, event: dict | None = None, **more):
    """Order, dishes and timeline of a menu."""
    info = {"name": "Lunch", "service_at": NOON, "timezone": "America/New_York", **(event or {})}
    order = Order.model_validate({"event": info, "guests": portions, "menu": [r.name for r in recipes], **more})
    dishes = [
        Dish(id=f"d{n}", name=r.name, course=r.course or "main", needed=portions, portions=portions, recipe=r)
        for n, r in enumerate(recipes, start=1)
    ]
    return order, dishes, schedule(order, dishes, fold(order))


def block(timeline, name: str):
    return next(block for block in timeline.blocks if block.id == name)


def roast(name: str, minutes: int = 90, **more) -> Recipe:
    cook = {"minutes": minutes, "active_minutes": 10, "kind": "cook", "equipment": "oven", "max_hold_minutes": 60}
    return recipe(name, {**cook, **more})


# --- what it does -------------------------------------------------------------------------------------------


def test_work_ends_as_late_as_its_holds_and_service_allow():
    order, dishes, timeline = day([roast("Beef")])
    assert faults(order, dishes, timeline) == []
    assert block(timeline, "d1.s1.b1").end == datetime.fromisoformat(NOON) - timedelta(minutes=30)
    assert timeline.status == "scheduled"


def test_two_roasts_in_one_oven_follow_each_other():
    order, dishes, timeline = day([roast("Beef", 50), roast("Lamb", 40)], kitchen={"equipment": {"oven": 1}})
    assert faults(order, dishes, timeline) == []
    first, second = sorted((block(timeline, "d1.s1.b1"), block(timeline, "d2.s1.b1")), key=lambda b: b.start)
    assert first.end <= second.start


def test_a_job_asks_for_each_resource_once_by_whatever_names_the_step_calls_it():
    """The searches look at each need alone: two needs of one resource would be taken to fit where only one does."""
    names = ["stove", "burner", "Burners", "oven", "combi"]
    cook = {"minutes": 20, "kind": "cook", "equipment": names, "max_hold_minutes": 60}
    order, dishes, _ = day([recipe("Both", cook)], event={"travel_minutes": 30}, staff={"cook": 2, "driver": 1})
    for job in jobs(order, dishes, fold(order)):
        asked = [resource for need in job.needs for resource in need.options]
        assert len(asked) == len(set(asked))
        if job.dish:
            assert {need.options[0].name: need.count for need in job.needs} == {"burner": 3, "oven": 2, "cook": 1}


def test_batches_flow_on_one_by_one():
    """The second batch of a fry is served while the first waits for nobody: no step waits for all of the one before."""
    fry = {"minutes": 10, "batch_portions": 20, "kind": "cook", "equipment": "burner", "max_hold_minutes": 120}
    plate = {"minutes": 5, "batch_portions": 20, "kind": "finish", "max_hold_minutes": 120}
    order, dishes, timeline = day([recipe("Fritters", fry, plate)], staff={"cook": 1})
    assert faults(order, dishes, timeline) == []
    assert [w.block for w in block(timeline, "d1.s2.b2").after] == ["d1.s1.b2"]


def test_chilling_goes_on_overnight_behind_the_door_but_nobody_works_then():
    cook = {"minutes": 60, "kind": "cook", "equipment": "oven", "max_hold_minutes": 30}
    chill = {"minutes": 840, "active_minutes": 5, "kind": "chill", "equipment": "fridge_shelf", "shelf_life_hours": 48}
    order, dishes, timeline = day([recipe("Terrine", cook, chill, {"minutes": 30, "kind": "finish"})])
    assert timeline.status == "scheduled"
    assert faults(order, dishes, timeline) == []
    assert block(timeline, "d1.s2.b1").start.day == 16


def test_hot_food_is_chilled_soon_even_where_the_recipe_does_not_say_so():
    cook = {"minutes": 60, "kind": "cook", "equipment": "oven"}
    chill = {"minutes": 90, "active_minutes": 0, "kind": "chill", "equipment": "blast_chiller"}
    _, _, timeline = day([recipe("Beef", cook, chill), recipe("Pork", cook, chill)])
    for dish in ("d1", "d2"):
        wait = block(timeline, f"{dish}.s2.b1").start - block(timeline, f"{dish}.s1.b1").end
        assert timedelta(0) <= wait <= timedelta(minutes=30)


def test_a_dish_of_thirty_hours_begins_two_days_before():
    order, dishes, timeline = day([recipe("Stock", {"minutes": 1800, "active_minutes": 0, "kind": "cook"})])
    assert timeline.status == "scheduled"
    assert faults(order, dishes, timeline) == []
    assert timeline.span_minutes >= 1800


@pytest.mark.parametrize(("minutes", "nights"), [(80, 1), (20, 0)])
def test_what_waits_overnight_is_done_the_day_before_if_that_is_an_hours_work(minutes, nights):
    rub = {"text": "Rub the lamb; chill overnight", "minutes": minutes, "kind": "prep", "storage": "fridge"}
    order, dishes, timeline = day([recipe("Lamb", rub, {"minutes": 120, "kind": "cook", "equipment": ["oven"]})])
    assert faults(order, dishes, timeline) == []
    rubbed = [one for one in timeline.blocks if one.step == 1]
    assert {(order.event.service_at.date() - one.start.date()).days for one in rubbed} == {nights}
    assert not nights or max(one.end.hour for one in rubbed) <= 19


def test_make_ahead_is_not_exceeded():
    early = {"minutes": 60, "kind": "prep", "make_ahead_hours": 2}
    order, dishes, timeline = day([recipe(f"Salad {n}", early, portions=60) for n in range(4)], staff={"cook": 2})
    assert faults(order, dishes, timeline) == []
    for n in range(1, 5):
        assert block(timeline, f"d{n}.s1.b1").end >= datetime.fromisoformat(NOON) - timedelta(hours=2)


def test_hours_are_local_on_the_night_the_clocks_change():
    """New York springs forward on 14 March 2027 at 02:00: 06:00 is 10:00 UTC on the day, 11:00 UTC the day before."""
    slow = recipe("Brisket", {"minutes": 300, "kind": "cook", "equipment": "oven", "max_hold_minutes": 30})
    event = {"service_at": "2027-03-14T12:00:00-04:00"}
    order, dishes, timeline = day([slow], event=event)
    assert faults(order, dishes, timeline) == []
    opens = {opening.start.astimezone(UTC).hour for opening in timeline.openings}
    assert opens == {10, 11}
    assert block(timeline, "d1.s1.b1").start >= datetime(2027, 3, 14, 6, 0, tzinfo=ZoneInfo("America/New_York"))


def test_work_through_the_night_of_the_clocks_lasts_as_long_as_it_says():
    """Soaked overnight into 14 March 2027, when an hour is missing: eight hours are eight hours."""
    soak = {"minutes": 480, "active_minutes": 5, "equipment": "fridge_shelf", "max_hold_minutes": 300}
    event = {"service_at": "2027-03-14T12:00:00-04:00"}
    order, dishes, timeline = day([recipe("Beans", soak, {"minutes": 200, "kind": "cook"})], event=event)
    assert faults(order, dishes, timeline) == []
    soaked = block(timeline, "d1.s1.b1")
    assert soaked.end - soaked.start == timedelta(hours=8)
    assert soaked.start.utcoffset() != soaked.end.utcoffset()


def test_service_in_another_time_zone_than_the_offset_it_was_written_in():
    _, _, timeline = day([roast("Beef")], event={"service_at": "2027-04-17T16:30:00+00:00"})
    assert block(timeline, "service.serve").start.isoformat() == NOON


def test_a_service_past_midnight_is_cooked_in_the_evening():
    event = {"service_at": "2027-05-01T00:30:00-04:00", "ends_at": "2027-05-01T02:00:00-04:00"}
    order, dishes, timeline = day([roast("Late pie")], event=event)
    assert timeline.status == "scheduled"
    assert faults(order, dishes, timeline) == []


def test_plated_courses_follow_one_another_and_each_is_plated_before_it_is_served():
    dishes = [("Soup", "soup"), ("Beef", "main"), ("Cake", "dessert")]
    recipes = [roast(name, 40).model_copy(update={"course": course}) for name, course in dishes]
    order, made, timeline = day(recipes, event={"style": "plated"})
    assert faults(order, made, timeline) == []
    plates = [block(timeline, f"service.plate.{course}") for course in ("soup", "main", "dessert")]
    assert plates[0].end == datetime.fromisoformat(NOON)
    assert [a.end < b.end for a, b in pairwise(plates)] == [True, True]
    assert {wait.block for wait in plates[1].after} == {"d2.s1.b1"}


def test_food_for_a_venue_is_packed_loaded_driven_and_set_up_before_service():
    keeps = roast("Beef", max_hold_minutes=240)
    order, dishes, timeline = day([keeps], event={"travel_minutes": 40})
    assert faults(order, dishes, timeline) == []
    names = ("d1.s1.b1", "service.pack", "service.load", "service.drive", "service.set_up", "service.serve")
    chain = [block(timeline, name) for name in names]
    assert all(a.end <= b.start for a, b in pairwise(chain))
    assert chain[3].end - chain[3].start == timedelta(minutes=40)


def test_what_keeps_too_shortly_for_the_main_trip_is_driven_behind():
    order, dishes, timeline = day(
        [roast("Fries", 20), roast("Beef", max_hold_minutes=240)], event={"travel_minutes": 30}
    )
    assert timeline.status == "scheduled"
    assert faults(order, dishes, timeline) == []
    assert {w.block for w in block(timeline, "service.pack.hot").after} == {"d1.s1.b1"}
    assert block(timeline, "service.drive").start < block(timeline, "service.drive.hot").start


def test_several_drop_offs_each_get_their_own_food_and_drive():
    box = {"minutes": 30, "kind": "finish", "grows": "linear", "max_hold_minutes": 90}
    services = [
        {"id": "a", "at": "2027-04-17T11:00:00-04:00", "guests": 20, "place": "A"},
        {"id": "b", "at": "2027-04-17T15:00:00-04:00", "guests": 40, "place": "B"},
    ]
    legs = [{"from": "base", "to": "A", "minutes": 10}, {"from": "A", "to": "B", "minutes": 15}]
    more = {"services": services, "legs": legs}
    order, dishes, timeline = day([recipe("Wrap", box)], event={"style": "boxed"}, **more)
    assert timeline.status == "scheduled"
    assert faults(order, dishes, timeline) == []
    assert block(timeline, "service.b.drive").end - block(timeline, "service.b.drive").start == timedelta(minutes=25)
    packed = {name: {w.block for w in block(timeline, f"service.{name}.pack").after} for name in "ab"}
    portions = {n: sum(b.portions for b in timeline.blocks if b.id in packed[n]) for n in "ab"}
    assert portions == {"a": 20, "b": 40}


def test_a_decision_on_a_step_changes_the_block_and_names_who_made_it():
    split = {"kind": "split_task", "dish": "Beef", "step": 1, "minutes": 33, "equipment": ["burner"]}
    _, _, timeline = day([roast("Beef")], decisions=[split])
    changed = block(timeline, "d1.s1.b1")
    assert changed.end - changed.start == timedelta(minutes=33)
    assert [use.name for use in changed.equipment] == ["burner"]
    assert changed.by == "client"


def test_a_dish_without_recipe_or_steps_has_no_blocks():
    bare = recipe("Bare")
    _, _, timeline = day([bare, roast("Beef")])
    assert {b.dish for b in timeline.blocks if b.dish} == {"d2"}


# --- who and what there is ----------------------------------------------------------------------------------


def test_without_staff_the_timeline_states_the_cooks_it_needs():
    order, dishes, timeline = day([roast(f"Roast {n}", 30) for n in range(4)])
    cooks = next(c for c in timeline.capacities if c.name == "cook")
    assert cooks.assumed
    assert 1 <= cooks.count <= 4
    assert faults(order, dishes, timeline) == []


def test_a_chef_can_do_a_cooks_work_but_a_server_cannot():
    assert day([roast("Beef")], staff={"chef": 1})[2].status == "scheduled"
    refused = day([roast("Beef")], staff={"server": 5})[2]
    assert refused.status == "infeasible"
    assert any("cook" in line for line in refused.conflict)


def test_listed_skills_count():
    staff = [{"role": "hand", "available": 1, "skills": ["cook"]}]
    assert day([roast("Beef")], staff=staff)[2].status == "scheduled"


def test_plant_that_is_not_listed_is_not_there_but_tools_are():
    whip = recipe("Cream", {"minutes": 10, "equipment": "mixer"})
    fry = recipe("Fries", {"minutes": 10, "equipment": "fryer"})
    assert day([whip], kitchen={"equipment": {"oven": 1}})[2].status == "scheduled"
    refused = day([fry], kitchen={"equipment": {"oven": 1}})[2]
    assert refused.status == "infeasible"
    assert any("fryer" in line and "there is none" in line for line in refused.conflict)


def test_names_of_equipment_are_read_as_people_write_them():
    order, dishes, timeline = day([roast("Beef")], kitchen={"equipment": {"Ovens": 3}})
    assert [(c.name, c.count, c.assumed) for c in timeline.capacities if c.name == "oven"] == [("oven", 3, False)]
    assert faults(order, dishes, timeline) == []


# --- when it cannot work ------------------------------------------------------------------------------------


def test_three_roasts_and_one_oven_name_the_oven_the_dishes_and_what_would_help():
    recipes = [roast(name, 90) for name in ("Beef", "Lamb", "Pork")]
    _, _, timeline = day(recipes, kitchen={"equipment": {"oven": 1}})
    assert timeline.status == "infeasible"
    assert "oven: Beef, Lamb and Pork need 270 oven-minutes between 10:00 and 12:30, 1 gives 150" in timeline.conflict
    assert any("more oven" in repair.text for repair in timeline.repairs)
    assert {b.dish for b in timeline.blocks if b.dish} == {"d1", "d2", "d3"}  # the rest is still printed
    assert next(c.count for c in timeline.capacities if c.name == "oven") == 1


def test_too_little_time_names_the_dish_and_the_hour_that_would_do():
    slow = recipe("Pulled pork", {"minutes": 300, "active_minutes": 10, "kind": "cook", "equipment": "oven"})
    kitchen = {"available_from": "2027-04-17T10:00:00-04:00"}
    _, _, timeline = day([slow], kitchen=kitchen)
    assert timeline.status == "infeasible"
    assert any("Pulled pork" in line and "5 h" in line and "2 h 30 min" in line for line in timeline.conflict)
    assert timeline.repairs[0].text == "open at 07:00 instead of 10:00"


def test_food_that_does_not_keep_for_the_drive_is_named():
    event = {"travel_minutes": 120}
    _, _, timeline = day([roast("Soufflé")], event=event)
    assert timeline.status == "infeasible"
    assert any("Soufflé" in line and "keeps 1 h" in line for line in timeline.conflict)


def test_without_cooks_all_dishes_are_named_and_nobody_is_invented():
    _, _, timeline = day([roast("Beef")], staff={"cook": 0})
    assert timeline.status == "infeasible"
    assert next(c.count for c in timeline.capacities if c.name == "cook") == 0
    assert any(line.startswith("cook: Beef") for line in timeline.conflict)


@pytest.mark.parametrize("cut", [{"oven": 1}, {"oven": 2}])
def test_the_relief_that_is_named_works_when_the_order_is_changed_so(cut):
    recipes = [roast(f"Roast {n}", 100) for n in range(6)]
    order, dishes, timeline = day(recipes, kitchen={"equipment": cut})
    assert timeline.status == "infeasible"
    repair = next(repair for repair in timeline.repairs if "more oven" in repair.text)
    changed = applied(order, repair.changes)
    assert changed.kitchen.equipment["oven"] > cut["oven"]
    mended = schedule(changed, dishes, fold(changed))
    assert mended.status == "scheduled"
    assert faults(changed, dishes, mended) == []


def _lunch(size: int, seed: int) -> list[Recipe]:
    """Dishes of different lengths that just about fill a small kitchen."""
    return [
        recipe(
            f"Dish {n}",
            {"minutes": 20 + (7 * n + seed) % 25, "equipment": "burner", "kind": "cook", "max_hold_minutes": 90},
            {"minutes": 30 + (11 * n + 3 * seed) % 30, "active_minutes": 10, "kind": "cook", "equipment": "oven",
             "max_hold_minutes": 75},
        )
        for n in range(size)
    ]  # fmt: skip


FULL = {"staff": {"cook": 4}, "kitchen": {"equipment": {"oven": 4, "burner": 6}}}
CUTS = {
    "oven": ({"kitchen": {"equipment": {"oven": 1, "burner": 6}}}, ("oven",)),
    "burner": ({"kitchen": {"equipment": {"oven": 4, "burner": 0}}}, ("burner",)),
    "cook": ({"staff": {"cook": 0}}, ("cook",)),
    "hour": ({"kitchen": {"available_from": "2027-04-17T11:40:00-04:00", **FULL["kitchen"]}}, ("opens", "open at")),
    "hold": ({"event": {"travel_minutes": 100}}, ("keeps", "keep")),
}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("cut", CUTS)
def test_the_constraint_that_was_cut_is_named(cut, seed):
    recipes = _lunch(7, seed)
    order, dishes, whole = day(recipes, 40, **FULL)
    assert whole.status == "scheduled"
    assert faults(order, dishes, whole) == []
    change, words = CUTS[cut]
    refused = day(recipes, 40, **{**FULL, **change})[2]
    assert refused.status == "infeasible"
    assert any(word in line for line in refused.conflict for word in words), refused.conflict


@pytest.mark.parametrize("seed", range(5))
def test_opening_when_the_conflict_says_makes_the_day_work(seed):
    change, _ = CUTS["hour"]
    order, dishes, refused = day(_lunch(7, seed), 40, **{**FULL, **change})
    changed = applied(order, next(repair for repair in refused.repairs if "open at" in repair.text).changes)
    mended = schedule(changed, dishes, fold(changed))
    assert mended.status == "scheduled"
    assert faults(changed, dishes, mended) == []


# --- properties ---------------------------------------------------------------------------------------------

plant = st.sampled_from(["oven", "burner", "prep_table", "mixer", "fridge_shelf", "blast_chiller"])


@st.composite
def step_rows(draw):
    minutes = draw(st.integers(0, 120))
    row = {
        "minutes": minutes,
        "active_minutes": draw(st.none() | st.integers(0, minutes)),
        "kind": draw(st.sampled_from(["prep", "cook", "rest", "chill", "finish"])),
        "equipment": draw(st.lists(plant, max_size=2, unique=True)),
        "batch_portions": draw(st.none() | st.integers(15, 80)),
        "grows": draw(st.sampled_from(["fixed", "per_batch", "linear"])),
        "max_hold_minutes": draw(st.none() | st.integers(30, 300)),
        "make_ahead_hours": draw(st.none() | st.integers(24, 72)),
        "shelf_life_hours": draw(st.none() | st.integers(24, 72)),
    }
    return {name: value for name, value in row.items() if value is not None}


@st.composite
def menus(draw):
    recipes = []
    for n in range(draw(st.integers(1, 5))):
        steps = draw(st.lists(step_rows(), min_size=1, max_size=4))
        for i, step in enumerate(steps[1:], start=1):
            if draw(st.booleans()):
                step["after"] = sorted(draw(st.sets(st.integers(1, i), max_size=2)))
        course = draw(st.sampled_from(["starter", "main", "side", "dessert", "drink"]))
        made = recipe(f"Dish {n}", *steps, portions=draw(st.integers(10, 60)))
        recipes.append(made.model_copy(update={"course": course}))
    return recipes


@st.composite
def circumstances(draw):
    event = {"style": draw(st.sampled_from(["plated", "buffet", "family", "cocktail", "boxed"]))}
    event["travel_minutes"] = draw(st.sampled_from([0, 0, 20]))
    more = {}
    if draw(st.booleans()):
        more["staff"] = {"cook": draw(st.integers(1, 5)), "chef": 1, "server": 3}
    if draw(st.booleans()):
        more["kitchen"] = {"equipment": {"oven": draw(st.integers(1, 3)), "burner": 4, "blast_chiller": 1}}
    return {"event": event, **more}


CALM = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


@CALM
@given(menus(), st.integers(10, 150), circumstances())
def test_what_is_scheduled_holds(recipes, portions, more):
    order, dishes, timeline = day(recipes, portions, **more)
    if timeline.status == "scheduled":
        assert faults(order, dishes, timeline) == []
        assert timeline.conflict == ()
    else:
        assert timeline.conflict
        made = {(b.dish, b.step) for b in timeline.blocks if b.dish}
        assert made == {(d.id, n) for d in dishes for n in range(1, len(d.recipe.steps) + 1)}


@settings(CALM, max_examples=10)
@given(menus(), st.integers(10, 100), circumstances(), st.randoms(use_true_random=False))
def test_the_same_order_gives_the_same_day_and_the_order_of_the_menu_is_no_matter(recipes, portions, more, random):
    assert day(recipes, portions, **more)[2] == day(recipes, portions, **more)[2]
    shuffled = random.sample(recipes, len(recipes))
    order, dishes, timeline = day(shuffled, portions, **more)
    if timeline.status == "scheduled":
        assert faults(order, dishes, timeline) == []


def test_the_verifier_sees_a_block_that_was_moved():
    order, dishes, timeline = day([roast("Beef", 50), roast("Lamb", 40)], kitchen={"equipment": {"oven": 1}})
    blocks = list(timeline.blocks)
    moved = [b.model_copy(update={"start": b.start + timedelta(minutes=15), "end": b.end + timedelta(minutes=15)})
             if b.id == "d1.s1.b1" else b for b in blocks]  # fmt: skip
    assert faults(order, dishes, timeline.model_copy(update={"blocks": tuple(moved)}))


@pytest.mark.parametrize("staff", [None, {"cook": 2, "chef": 1}])
def test_the_solver_is_never_worse_and_holds_before_the_same_verifier(staff):
    pytest.importorskip("ortools")
    recipes = [roast(f"Roast {n}", 40 + 10 * n, max_hold_minutes=240) for n in range(5)]
    more = {"kitchen": {"equipment": {"oven": 2}}, **({"staff": staff} if staff else {})}
    order, dishes, plain = day(recipes, **more)
    solved = schedule(order, dishes, fold(order), solve=0.5)
    assert faults(order, dishes, solved) == []
    assert plain.first_start is not None
    assert solved.bound is not None
    assert solved.objective is not None
    assert solved.bound <= solved.objective == solved.span_minutes
    assert schedule(order, dishes, fold(order), solve=0.5) == solved


def test_a_hundred_dishes_are_scheduled_in_bounded_work():
    chop = {"minutes": 30, "grows": "linear", "equipment": "prep_table", "make_ahead_hours": 48}
    bake = {"minutes": 40, "active_minutes": 5, "kind": "cook", "equipment": "oven", "batch_portions": 50}
    recipes = [recipe(f"Dish {n}", chop, bake, {"minutes": 10, "kind": "finish"}) for n in range(100)]
    order, dishes, timeline = day(recipes, kitchen={"equipment": {"oven": 6}}, staff={"cook": 30})
    assert timeline.status == "scheduled"
    assert faults(order, dishes, timeline) == []
