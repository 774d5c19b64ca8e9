"""Scenes about users: who may borrow, and who is new."""

from story.desk import at

FIRST_VISIT = {"PE": "PUBLIC", "Ib": "ENGLISH", "UQ": "6/12/2029"}


def scene_blocked(world, desks):
    user = world.user(last_name="Marchmont", first_name="Otis")
    world.bill(user, "12.50", "LOST")
    desk = desks["0201"]
    desk.checkout(at("13:14"), user, world.item(), "user-blocked",
                  "Otis Marchmont owes $12.50; patrons who owe $10.00 or more are blocked")
    desk.checkout(at("13:14", 20), user, world.item(item_type="DVD"), "user-blocked", "his second item")


def scene_blocked_at_the_desk(world, desks):
    user = world.user(last_name="Kettlewell", first_name="Rhea")
    world.bill(user, "8.00")
    late = world.item(item_type="DVD")
    world.charge(late, user, late=5)
    desk = desks["0201"]
    desk.checkin(at("14:10"), late, "bill-created", "Rhea Kettlewell owes $8.00 and returns a DVD 5 days late: $2.50")
    desk.checkout(at("14:11"), user, world.item(), "user-blocked", "she now owes $10.50, so a minute later she is blocked")


def scene_barred(world, desks):
    user = world.user(barred="true")
    desks["0201"].checkout(at("13:30"), user, world.item(), "user-barred", "staff have barred the patron")


def scene_delinquent(world, desks):
    user = world.user()
    world.bill(user, "3.40")
    desks["0201"].checkout(at("13:38"), user, world.item(), "user-delinquent", "the patron owes $3.40")


def scene_delinquent_by_an_overdue_item(world, desks):
    user = world.user("NEE")
    world.charge(world.item("NEE"), user, late=3)
    desks["0301"].checkout(at("16:20"), user, world.item("NEE"), "user-delinquent", "the patron has an overdue book at home")


def scene_expired(world, desks):
    user = world.user(expires_on="2026-05-31")
    desks["0201"].checkout(at("15:50"), user, world.item(), "privilege-expired", "the card expired on May 31")


def scene_replaced_card(world, desks):
    old_card = world.barcode("21221")
    world.user(inactive_ids=old_card)
    desks["0201"].checkout(at("14:40"), old_card, world.item(), "card-inactive", "the card was reported lost")


def scene_old_system_card(world, desks):
    world.user(alternate_ids="OLD-4471")
    desks["0201"].checkout(at("16:55"), "OLD-4471", world.item(), "ok",
                           "the card is from the former system, and still known as an alternate ID")


def scene_scanner_characters(world, desks):
    user, item = world.user(), world.item()
    desks["0202"].checkout(at("17:00"), f"A{user['user_id']}A", f"a{item['item_id']}a", "ok",
                           "a scanner adds its start and stop characters")


def scene_child_over_the_limit(world, desks):
    child = world.user(profile="CHILD")
    for left in (2, 4, 9, 9, 15):
        world.charge(world.item(), child, left=left)
    desk = desks["0201"]
    desk.checkout(at("15:05"), child, world.item(), "charge-limit",
                  "a child who already has five items, the limit, checks out a sixth")
    desk.checkout(at("15:05", 15), child, world.item(), "charge-limit", "and a seventh")


def scene_damaged_item(world, desks):
    world.user(profile="DAMAGED", user_id="DA-OS", first_name="", last_name="DAMAGED OSH", birth_date="", email="", phone="",
               address="", expires_on="")
    desks["0201"].checkout(at("17:05"), "DA-OS", world.item(), "system-user", "a torn book is checked out to the system user DA-OS")


def scene_unknown_user(world, desks):
    user = world.user()
    typed = user["user_id"][:9] + user["user_id"][10] + user["user_id"][9] + user["user_id"][11:]
    assert typed != user["user_id"]
    desk = desks["0201"]
    desk.checkout(at("13:22"), typed, world.item(), "user-not-found", "a card number is typed by hand, with two digits swapped")
    desk.checkout(at("13:22", 31), typed, world.item(item_type="DVD"), "user-not-found",
                  "the same card number, with a second item")


def scene_new_user(world, desks):
    card = world.barcode("21221")
    desk = desks["0202"]
    desk.line(at("13:20"), "JY", "registered", "Zoë Peñaranda is registered", UO=card, uF="Zoë", uL="Peñaranda", UM="OSH",
              UZ="8/6/1990", UP="555-0142", Uf="4096", **FIRST_VISIT)
    desk.checkout(at("13:22"), card, world.item(), "ok", "Zoë Peñaranda checks out her first book")


def scene_user_exists(world, desks):
    user = world.user(last_name="Norwell", first_name="Paula", phone="555-0117")
    desks["0202"].line(at("13:40"), "JY", "user-exists",
                       "Paula Norwell is registered with the card that she already has", UO=user["user_id"],
                       uF="Paula", uL="Norwell", UM="OSH", UZ=us_date(user["birth_date"]), UP="555-0171", **FIRST_VISIT)


def scene_incomplete(world, desks):
    card = world.barcode("21221")
    desk = desks["0202"]
    desk.line(at("14:05"), "JY", "registration-incomplete",
              "a patron is registered without a last name", UO=card, uF="Ivo", UM="OSH",
              **FIRST_VISIT)
    desk.checkout(at("14:06"), card, world.item(), "user-not-found",
                  "the first book of that patron is therefore checked out on an unknown card")


def scene_registered_twice(world, desks):
    user = world.user(last_name="Castell-Moor", first_name="Ruth", birth_date="1978-03-09")
    desks["0202"].line(at("14:25"), "JY", "possible-duplicate registered",
                       "Ruth Castell Moor has forgotten that she has a card, and is registered again",
                       UO=world.barcode("21221"), uF="Ruth", uL="Castell Moor", UM="OSH", UZ=us_date(user["birth_date"]),
                       **FIRST_VISIT)


def us_date(iso):
    year, month, day = iso.split("-")
    return f"{int(month)}/{int(day)}/{year}"
