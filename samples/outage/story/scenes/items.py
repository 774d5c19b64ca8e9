"""Scenes about items, holds, and renewals."""

from story.desk import at


def scene_unknown_item(world, desks):
    desk, user = desks["0201"], world.user()
    desk.checkout(at("15:33"), user, world.barcode("31221"), "item-not-found", "a new magazine has no record yet")
    desk.checkout(at("15:33", 12), user, user["user_id"], "item-not-found", "the card is scanned in place of the item")


def scene_renewed_by_checkout(world, desks):
    user, item = world.user(), world.item()
    world.charge(item, user, left=2)
    desks["0201"].checkout(at("13:47"), user, item, "renewed", "an item is checked out to the patron who already has it")


def scene_scanned_twice(world, desks):
    desk, user, item = desks["0201"], world.user(), world.item()
    desk.checkout(at("14:52"), user, item, "ok", "a book is checked out ...")
    desk.checkout(at("14:52", 25), user, item, "scanned-twice", "... and scanned again, since nobody heard the beep")


def scene_passed_on(world, desks):
    mother, son, item = world.user(), world.user(), world.item()
    world.charge(item, mother, late=2)
    desks["0201"].checkout(at("15:41"), son, item, "was-charged-to-another bill-created",
                           "a son checks out the book that his mother still has, 2 days overdue")


def scene_not_circulating(world, desks):
    desks["0201"].checkout(at("15:20"), world.user(), world.item(item_type="REFERENCE"), "not-circulating",
                           "a reference book is checked out")


def scene_found_missing(world, desks):
    item = world.item(current_location="MISSING")
    desks["0201"].checkout(at("14:31"), world.user(), item, "was-missing",
                           "a patron has found a missing book on the shelf and checks it out")


def scene_from_the_display(world, desks):
    item = world.item(current_location="DISPLAY")
    desks["0202"].checkout(at("16:30"), world.user(), item, "was-elsewhere", "a book from the window display is checked out")


def scene_lost_and_found(world, desks):
    user, item = world.user(), world.item(current_location="LOST-ASSUM")
    world.charge(item, user, late=70)
    world.bill(user, "18.95", "LOST", item)
    desks["0202"].checkin(at("15:40"), item, "was-lost bill-created",
                          "a lost book is returned 70 days late: $5.00, the maximum of the rule")


def scene_lost_from_the_shelf(world, desks):
    item = world.item("APP", current_location="LOST")
    desks["0401"].checkout(at("15:55"), world.user("APP"), item, "was-lost",
                           "a book that was marked lost is found on the shelf and checked out")


def scene_in_transit(world, desks):
    item = world.item("NEE", current_location="INTRANSIT")
    desks["0301"].checkin(at("14:20"), item, "was-in-transit", "a book in transit arrives home in the morning crate")


def scene_claimed_returned(world, desks):
    user, item = world.user(claims_returned="1"), world.item()
    world.charge(item, user, late=30, claims_returned_on="2026-05-30")
    desks["0202"].checkin(at("15:55"), item, "claims-returned",
                          "a book that its patron claims to have returned long ago is in the book drop")


def scene_back_already(world, desks):
    desks["0201"].checkin(at("16:02"), world.item(), "item-already-checked-in", "a book that was never checked out is checked in")


def scene_from_another_library(world, desks):
    item = world.item("OSH")
    world.charge(item, world.user("NEE"), left=6)
    desks["0301"].checkin(at("13:25"), item, "route-home", "a book of Oakshore is returned at Neering")


def scene_online_again(world, desks):
    item = world.item()
    world.charge(item, world.user(), left=21, charged_at="2026-06-12T18:10:42")
    desks["0201"].checkin(at("14:03"), item, "later-action",
                          "a book is returned; at 18:10, with the server back, somebody else checked it out")


def scene_hold_picked_up(world, desks):
    user, item = world.user(), world.item()
    world.hold_on_shelf(user, item)
    desks["0201"].checkout(at("13:55"), user, item, "hold-filled", "a patron picks up a book from the hold shelf")


def scene_hold_taken_by_another(world, desks):
    waiting, item = world.user("NEE"), world.item()
    world.hold_on_shelf(waiting, item)
    desks["0201"].checkout(at("14:20"), world.user(), item, "hold-for-another",
                           "a book on the hold shelf is checked out to somebody else")


def scene_hold_waits(world, desks):
    item = world.item("NEE")
    world.charge(item, world.user("NEE"), left=4)
    world.hold(world.user("NEE"), item)
    desks["0301"].checkin(at("13:45"), item, "route-for-hold", "a book with a hold is returned")


def scene_renewals(world, desks):
    desk, user = desks["0201"], world.user()
    thrice, wanted = world.item(), world.item()
    world.charge(thrice, user, left=3, renewals="2")
    world.charge(wanted, user, left=3)
    world.hold(world.user(), wanted)
    desk.renew(at("16:40"), thrice, "renewal-limit", "a book is renewed for the third time; two renewals are allowed")
    desk.renew(at("16:40", 20), wanted, "item-has-hold", "a book on hold for somebody else is renewed")


def scene_renewals_that_fit_nothing(world, desks):
    desk, holder, asks = desks["0202"], world.user(), world.user()
    out = world.item()
    world.charge(out, holder, left=8)
    desk.renew(at("14:45"), world.item(), "item-not-charged", "a book that is not checked out is renewed by telephone")
    desk.renew(at("14:50"), out, "charged-to-another", "a book is renewed for a patron who does not have it", UO=asks["user_id"])


def scene_renewed_late(world, desks):
    item = world.item("APP")
    world.charge(item, world.user("APP"), late=4)
    desks["0401"].renew(at("16:50"), item, "user-delinquent bill-created", "an overdue book is renewed: $0.40 so far")
