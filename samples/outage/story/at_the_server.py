"""Holds and due dates that arose at the server while the desks worked offline; the shelf lists report them.

These scenes come last so that they do not change the rest of the story.
"""

from story.desk import at


def at_the_server(world, desks):
    hold_placed_meanwhile(world)
    laptop_not_back(world)
    another_copy_taken(world, desks)


def hold_placed_meanwhile(world):
    """The server was back but the logs were not loaded yet: a user at home places a hold on an item that is in."""
    world.hold(world.user("NEE"), world.item("NEE"), placed_at="2026-06-12T17:52:00")


def laptop_not_back(world):
    """Checked out before the storm and due during it. It may have been returned and be lying behind the desk."""
    world.charge(world.item(item_type="LAPTOP"), world.user(), left=0, charged_at="2026-06-12T11:50:00", due_at="2026-06-12T15:50:00")


def another_copy_taken(world, desks):
    user, held = world.user("APP"), world.item("APP")
    world.hold_on_shelf(user, held)
    other = world.item("APP", title_id=held["title_id"], title=held["title"], call_number=held["call_number"])
    desks["0401"].checkout(at("16:22"), user, other, "ok", "a user takes a book off the shelf, though a copy is held ready for them")
