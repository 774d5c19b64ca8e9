"""Scenes about dates, clocks, and the logs themselves."""

from datetime import datetime

from story.desk import at


def scene_bookdrop(world, desks):
    desk = desks["0202"]
    in_time, typing_error = world.item(), world.item()
    world.charge(in_time, world.user(), late=1)
    world.charge(typing_error, world.user(), left=5)
    desk.checkin(at("15:15"), in_time, "ok",
                 "the book drop of yesterday, backdated: the book was due yesterday, so there is no fine", CO="6/11/2026")
    desk.checkin(at("15:15", 30), typing_error, "discharge-date-wrong", "the same, but June 21 is typed by mistake", CO="6/21/2026")


def scene_special_due_dates(world, desks):
    desk = desks["0301"]
    desk.checkout(at("15:10"), world.user("NEE"), world.item("NEE"), "due-date-passed",
                  "the special due date of last week is still set", CF="6/5/2026")
    desk.checkout(at("15:30"), world.user("NEE"), world.item("NEE"), "due-date-unusual",
                  "a special due date of December 31 is set", CF="12/31/2026")


def scene_summer_reading(world, desks):
    desk, user = desks["0401"], world.user("APP", profile="CHILD")
    desk.session_due = "7/10/2026"
    desk.checkout(at("16:05"), user, world.item("APP"), "ok", "the summer reading club: the due date of the session is July 10")
    desk.checkout(at("16:05", 20), user, world.item("APP"), "ok", "the club's second book")
    desk.session_due = ""


def scene_laptop(world, desks):
    desks["0202"].checkout(at("16:50"), world.user(), world.item(item_type="LAPTOP"), "ok",
                           "a laptop is checked out for four hours")


def scene_dear_book(world, desks):
    item = world.item("NEE")
    world.charge(item, world.user("NEE"), late=85)
    desks["0301"].checkin(at("16:00"), item, "bill-created", "a book is returned 85 days late: $5.00")


def scene_slow_clock(world, desks):
    item = world.item()
    world.charge(item, world.user(), left=6)
    desks["0201"].checkin(at("16:10"), item, "ok", "a book is returned ...")
    desks["0202"].checkout(at("16:13"), world.user(), item, "ok",
                           "... and checked out at the next desk, whose clock is 7 minutes slow and says 16:06")


def scene_clock_set_back(world, desks):
    desk, user = desks["0401"], world.user("APP")
    desk.reserve(at("15:29"), 6)
    desk.checkout(at("15:29", 30), user, world.item("APP"), "ok", "the clock is 4 minutes fast and says 15:33")
    desk.checkout(at("15:31", 10), user, world.item("APP"), "clock-went-backwards", "the clock has been set right and says 15:31")
    desk.checkout(at("15:32", 5), user, world.item("APP"), "clock-went-backwards", "a minute later it says 15:32")


def scene_clock_jumps(world, desks):
    desk, user = desks["0401"], world.user("APP")
    desk.checkout(at("14:29", 40), user, world.item("APP"), "ok")
    desk.checkout(at("14:30"), user, world.item("APP"), "clock-jumped",
                  "the time of one line is 40 minutes ahead of those around it")
    desk.checkout(at("14:30", 30), user, world.item("APP"), "ok")
    desk.checkout(at("14:31"), user, world.item("APP"), "ok")


def scene_bookmobile(world, desks):
    desk, user, other = desks["0302"], world.user("NEE"), world.user("NEE")
    late = world.item("NEE")
    world.charge(late, user, late=1)
    told = "the laptop of the bookmobile treats its clock, which is set to UTC, as local time: 5 hours ahead"
    desk.checkin(at("17:06"), late, "clock-ahead", told)
    for second in (30, 45):
        desk.checkout(at("17:07", second), user, world.item("NEE"), "clock-ahead user-delinquent")
    for minute in ("17:15", "17:16", "17:17"):
        desk.checkout(at(minute), other, world.item("NEE"), "clock-ahead")
    desk.checkout(at("17:33"), world.barcode("21222"), world.item("NEE"), "clock-ahead user-not-found",
                  "a card that would be unknown even at the right time")


def scene_last_months_log(world, desks):
    desk, user = desks["0203"], world.user()
    lent = world.item()
    world.charge(lent, user, left=10, charged_at="2026-05-21T09:12:00", due_at="2026-06-22T23:59:00")
    returned = world.item(last_action_at="2026-05-21T09:14:00")
    desk.checkout(datetime(2026, 5, 20, 10, 14), user, lent, "too-old later-action",
                  "the log still contains the outage of May 20, which staff entered by hand the next day")
    desk.checkin(datetime(2026, 5, 20, 10, 31), returned, "too-old later-action item-already-checked-in", "another line of May 20")


def scene_wrong_library(world, desks):
    desk, user = desks["0203"], world.user("NEE")
    desk.reserve(at("16:30"), 50)
    returned = world.item("OSH")
    world.charge(returned, world.user("OSH"), left=8)
    desk.chosen = "NEE"
    desk.line(at("16:30"), "SF", "blank")
    told = "a colleague from Neering helps out and selects her own library at login"
    desk.checkout(at("16:31"), user, world.item("OSH"), "ok", told)
    desk.checkout(at("16:31", 22), user, world.item("OSH", "DVD"), "ok", "as a result, a DVD is due after Neering's 3 days")
    desk.checkin(at("16:44"), returned, "route-home", "a book of Oakshore is returned there, but appears to be at Neering")
    for minute in ("16:52", "17:08"):
        desk.checkout(at(minute), world.user("OSH"), world.item("OSH"), "ok")
    desk.chosen = "OSH"
    desk.line(at("17:20"), "SF", "blank")


def scene_damaged_lines(world, desks):
    desk, user = desks["0203"], world.user()
    lost_bytes = desk.checkout(at("13:35"), user, world.item(), "unreadable",
                               "the lights flicker, and some bytes of a line are lost")
    lost_bytes.damage = lambda line: line[:45] + line[52:]
    cut = desk.checkout(at("14:15"), user, world.item(), "unreadable", "the lights flicker again, and a line is cut off")
    cut.damage = lambda line: line[:60]


def scene_not_for_offcirc(world, desks):
    user, item = world.user(), world.item()
    desks["0201"].line(at("16:25"), "JZ", "unsupported", "a hold is placed", UO=user["user_id"], NQ=item["item_id"])
    desks["0301"].line(at("17:20"), "PY", "unsupported", "a bill is paid", UO=user["user_id"])
