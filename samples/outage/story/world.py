"""The library system when the server fails: users, items, charges, holds, bills. All of it is invented."""

import csv
import random
from datetime import date, datetime, timedelta

TODAY = date(2026, 6, 12)

USER_PREFIX = {"OSH": "21221", "NEE": "21222", "APP": "21223"}
ITEM_PREFIX = {"OSH": "31221", "NEE": "31222", "APP": "31223"}
HOME = {"BOOK": "STACKS", "DVD": "MEDIA", "MAGAZINE": "MAGAZINES", "REFERENCE": "REFERENCE", "LAPTOP": "DESK"}

FIRST_NAMES = """Ada Alban Alma Anton Berit Bruno Carla Cedric Dora Edwin Elsa Emil Enid Ezra Fern Gil Greta Hale Ida Ivo
Jonas June Karin Lars Leona Linus Mabel Marek Mina Nell Nils Olga Orin Otis Paula Pia Quinn Ramon Rhea Rolf Ruth Selma
Silas Sven Tess Tilda Ulric Vera Viggo Wanda Willa Yara Zeno""".split()
LAST_NAMES = """Abelow Ashgrove Barrowby Birkeland Brantley Caldermoor Castwell Danforth Dellacqua Dunmore Eastlund Ebbing
Fairholt Farrowdale Gantry Glimsdal Halverstad Harrowgate Ingersby Jessamy Kettlewell Kirkebo Larkfield Lindquell
Marchmont Merriday Nordvik Norwell Oakhanger Ostberg Pellworth Penrose Quickwater Ravensby Rosskill Sandoval-Reed
Silverthorn Tarkington Thornquist Underhill Vandersloot Wetherby Whitlow Wolfskill Yarborough Zellner""".split()
TITLE_FIRST = """Quiet Winter Borrowed Northern Paper Seventh Amber Hollow Last Midnight Little Crooked Distant Silver
Salt Wandering Copper Forgotten Patient Blue""".split()
TITLE_SECOND = """Harbor Orchard Lantern Ferry Almanac Meadow Bridge Clockmaker Garden Weather Island Letters Kitchen
Railway Tide Cartographer Sparrow Winter Station Quilt""".split()

USER_COLUMNS = (
    "user_id,profile,library,last_name,first_name,middle_name,alternate_name,birth_date,email,phone,language,address,"
    "categories,department,alternate_ids,inactive_ids,barred,expires_on,claims_returned,registered_on"
).split(",")
ITEM_COLUMNS = (
    "item_id,title_id,title,call_number,item_type,library,home_location,current_location,price,last_action_at,last_action"
).split(",")
CHARGE_COLUMNS = "item_id,user_id,library,charged_at,due_at,rule,renewals,claims_returned_on".split(",")
HOLD_COLUMNS = "hold_id,level,title_id,item_id,user_id,pickup_library,placed_at,status,expires_on".split(",")
BILL_COLUMNS = "bill_id,user_id,item_id,reason,amount,library,billed_at".split(",")


def check_digit(digits):
    """The check digit of a Codabar library barcode (mod 10; every other one of the 13 digits counts double)."""
    total = 0
    for place, digit in enumerate(digits):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def rule_of(library, profile, item_type):
    """The rules of circmap.csv, as code."""
    if item_type == "REFERENCE":
        return "0D-0D-0M"
    if profile == "STAFF":
        return "42D-0D-0M"
    if item_type == "DVD":
        return "3D-50D-5M" if library == "NEE" else "7D-50D-5M"
    return {"LAPTOP": "4H-100H-20M", "MAGAZINE": "7D-10D-2M"}.get(item_type, "21D-10D-5M")


class Chance:
    """Random numbers that are the same on every machine: Python guarantees only a seeded generator's random()."""

    def __init__(self, seed):
        self._random = random.Random(seed)

    def number(self, below):
        return int(self._random.random() * below)

    def pick(self, values):
        return values[self.number(len(values))]


class World:
    def __init__(self, chance):
        self.chance = chance
        self.users, self.items, self.charges, self.holds, self.bills = [], [], [], [], []
        self.borrowers = {}  # by library: users who have items checked out and do not come in today
        self._serials = {}

    def barcode(self, prefix):
        """A new ID, far enough from the previous one that a typing error does not produce another valid ID."""
        serial = self._serials.get(prefix, 1200) + 13 + self.chance.number(180)
        self._serials[prefix] = serial
        digits = prefix + f"{serial:08}"
        return digits + check_digit(digits)

    def user(self, library="OSH", profile="PUBLIC", **columns):
        born = date(2014, 1, 1) if profile == "CHILD" else date(1941, 1, 1)
        born += timedelta(days=self.chance.number(1000 if profile == "CHILD" else 22000))
        registered = date(2019, 1, 1) + timedelta(days=self.chance.number(2500))
        first, last = self.chance.pick(FIRST_NAMES), self.chance.pick(LAST_NAMES)
        row = {
            "user_id": self.barcode(USER_PREFIX[library]), "profile": profile, "library": library,
            "last_name": last, "first_name": first, "birth_date": born.isoformat(),
            "email": f"{first}.{last}@example.org".lower(), "phone": f"555-01{self.chance.number(100):02}",
            "language": "ENGLISH", "address": f"{1 + self.chance.number(900)} {self.chance.pick(TITLE_SECOND)} Street",
            "barred": "false", "expires_on": (TODAY + timedelta(days=60 + self.chance.number(900))).isoformat(),
            "claims_returned": "0", "registered_on": registered.isoformat(),
        }
        row.update(columns)
        self.users.append(row)
        return row

    def item(self, library="OSH", item_type="BOOK", **columns):
        title = f"The {self.chance.pick(TITLE_FIRST)} {self.chance.pick(TITLE_SECOND)}"
        touched = datetime(2026, 1, 5, 10) + timedelta(minutes=self.chance.number(150 * 1440))
        row = {
            "item_id": self.barcode(ITEM_PREFIX[library]), "title_id": f"t{1001 + len(self.items)}", "title": title,
            "call_number": f"{item_type[:3]} {self.chance.number(1000):03}.{self.chance.number(10)}",
            "item_type": item_type, "library": library, "home_location": HOME[item_type],
            "current_location": HOME[item_type], "price": f"{8 + self.chance.number(25)}.95",
            "last_action_at": touched.isoformat(), "last_action": "Check-in",
        }
        row.update(columns)
        self.items.append(row)
        return row

    def charge(self, item, user, late=None, left=None, **columns):
        """Charges `item` to `user`, due `late` days ago or in `left` days."""
        due = TODAY + timedelta(days=left if late is None else -late)
        rule = rule_of(item["library"], user["profile"], item["item_type"])
        loan_days = int(rule[: rule.index("D")]) if "D" in rule else 0
        charged = datetime(due.year, due.month, due.day, 10) - timedelta(days=loan_days)
        charged += timedelta(minutes=self.chance.number(480))
        charge = {
            "item_id": item["item_id"], "user_id": user["user_id"], "library": item["library"],
            "charged_at": charged.isoformat(), "due_at": f"{due}T23:59:00", "rule": rule, "renewals": "0",
        }
        charge.update(columns)
        self.charges.append(charge)
        if item["current_location"] == item["home_location"]:
            item["current_location"] = "CHECKEDOUT"
        item["last_action_at"], item["last_action"] = charge["charged_at"], "Checkout"
        return charge

    def hold(self, user, item, days_ago=5, **columns):
        """Places a title-level hold by `user` on the title of `item`."""
        placed = datetime(2026, 6, 12, 9) - timedelta(days=days_ago, minutes=self.chance.number(900))
        row = {
            "hold_id": f"h{5001 + len(self.holds)}", "level": "title", "title_id": item["title_id"],
            "user_id": user["user_id"], "pickup_library": user["library"], "placed_at": placed.isoformat(),
            "status": "waiting", "expires_on": "2026-12-31",
        }
        row.update(columns)
        self.holds.append(row)
        return row

    def hold_on_shelf(self, user, item):
        item["current_location"] = "HOLDS"
        return self.hold(user, item, item_id=item["item_id"], status="on-shelf")

    def bill(self, user, amount, reason="OVERDUE", item=None):
        billed = datetime(2026, 3, 2, 11) + timedelta(minutes=self.chance.number(90 * 1440))
        self.bills.append({
            "bill_id": f"b{7001 + len(self.bills)}", "user_id": user["user_id"], "item_id": item["item_id"] if item else "",
            "reason": reason, "amount": amount, "library": user["library"], "billed_at": billed.isoformat(),
        })

    def write(self, folder):
        folder.mkdir(exist_ok=True)
        tables = (("users", USER_COLUMNS, self.users), ("items", ITEM_COLUMNS, self.items),
                  ("charges", CHARGE_COLUMNS, self.charges), ("holds", HOLD_COLUMNS, self.holds),
                  ("bills", BILL_COLUMNS, self.bills))
        for name, columns, rows in tables:
            with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
                writer.writeheader()
                writer.writerows(sorted(rows, key=lambda row: row[columns[0]]))
