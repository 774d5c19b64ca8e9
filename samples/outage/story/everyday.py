"""The everyday traffic of the afternoon: people return, borrow, and renew items at whichever desk is free."""

from datetime import timedelta

from story.desk import at

SHARES = ("0201",) * 7 + ("0202",) * 5 + ("0203",) * 4 + ("0301",) * 6 + ("0401",) * 5
TYPES = ("BOOK",) * 7 + ("DVD",) * 3 + ("MAGAZINE",)

VISITS = 72
BOOKDROP_ITEMS = 58
TELEPHONE_RENEWALS = 14
HOLDS_BESIDE = 25
BILLS_BESIDE = 20
UNTOUCHED_CHARGES = 10
UNTOUCHED_ITEMS = 24


def everyday_traffic(world, desks):
    for number in range(VISITS):
        visit(world, desks[world.chance.pick(SHARES)], number)
    for _ in range(BOOKDROP_ITEMS):
        bookdrop(world, desks[world.chance.pick(SHARES)])
    for _ in range(TELEPHONE_RENEWALS):
        telephone_renewal(world, desks[world.chance.pick(SHARES)])
    nobody_comes(world)


def visit(world, desk, number):
    """A user may return an item, then borrows one to four. Every sixth visitor owes a small amount."""
    user = world.user(desk.library)
    when = free_time(world, desk, 4)
    status = []
    if number % 6 == 0:
        world.bill(user, f"{1 + world.chance.number(4)}.{world.chance.number(10)}0")
        status = ["user-delinquent"]
    if number % 4 == 1:
        back = world.item(desk.library)
        late = number % 8 == 1
        world.charge(back, user, **({"late": 1 + world.chance.number(9)} if late else {"left": 1 + world.chance.number(20)}))
        desk.checkin(when, back, "bill-created" if late else "ok")
        status = ["user-delinquent"] if late else status
    for _ in range(1 + world.chance.number(4)):
        when += timedelta(seconds=14 + world.chance.number(30))
        kind = world.chance.pick(TYPES)
        item = world.item(desk.library, kind)
        desk.checkout(when, user, item, " ".join(status + holiday(kind, desk.library)) or "ok")


def holiday(item_type, library):
    """Seven days from now is June 19, when the system is closed: anything due then is due a day later."""
    weekly = item_type in ("DVD", "MAGAZINE") and not (item_type == "DVD" and library == "NEE")
    return ["due-date-moved"] if weekly else []


def bookdrop(world, desk):
    """One to three items of one user; some are late, some belong to another library."""
    owner = world.chance.pick(("OSH", "OSH", "NEE", "APP")) if world.chance.number(5) == 0 else desk.library
    item, late = world.item(owner), world.chance.number(3) == 0
    world.charge(item, world.user(desk.library) if world.chance.number(6) == 0 else borrower(world, desk.library),
                 **({"late": 1 + world.chance.number(30)} if late else {"left": world.chance.number(20)}))
    expected = (["route-home"] if owner != desk.library else []) + (["bill-created"] if late else [])
    desk.checkin(free_time(world, desk, 1), item, " ".join(expected) or "ok")


def telephone_renewal(world, desk):
    item = world.item(desk.library)
    world.charge(item, world.user(desk.library), left=world.chance.number(20))
    desk.renew(free_time(world, desk, 1), item)


def borrower(world, library):
    """Someone who has items checked out and does not come to a desk today."""
    group = world.borrowers.setdefault(library, [])
    if len(group) < 6:
        group.append(world.user(library))
        return group[-1]
    return world.chance.pick(group)


def nobody_comes(world):
    """Adds records that no log names."""
    libraries = ("OSH", "NEE", "APP")
    for _ in range(UNTOUCHED_CHARGES):
        library = world.chance.pick(libraries)
        world.charge(world.item(library), borrower(world, library), left=1 + world.chance.number(20))
    for _ in range(UNTOUCHED_ITEMS):
        world.item(world.chance.pick(libraries), world.chance.pick(TYPES))
    untouched = world.items[-UNTOUCHED_ITEMS - UNTOUCHED_CHARGES:]
    for _ in range(HOLDS_BESIDE):
        world.hold(borrower(world, world.chance.pick(libraries)), world.chance.pick(untouched), days_ago=world.chance.number(40))
    for _ in range(BILLS_BESIDE):
        world.bill(borrower(world, world.chance.pick(libraries)), f"{world.chance.number(9)}.{1 + world.chance.number(9)}0")


def free_time(world, desk, minutes):
    for _ in range(10_000):
        when = at("13:07") + timedelta(minutes=world.chance.number(265))
        if desk.is_free(when, minutes):
            desk.reserve(when, minutes)
            return when + timedelta(seconds=world.chance.number(40))
    raise AssertionError(f"station {desk.station} has no time left")
