"""The circulation state of the fake SIP2 server, with the rules of one profile, and a log of all effects."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

LOAN_DAYS = 21


@dataclass(frozen=True)
class Profile:
    """How one kind of server differs from the others."""

    line_end: bytes = b"\r"
    sequence: bool = True            # answers have AY and AZ
    lists: str = "items"             # what AU holds: items, titles, or none at all
    counts: bool = True              # 64 counts the charged items
    due_format: str = "%Y%m%d    %H%M%S"
    no_block: bool = False           # honors no block and its due date
    names_holder: bool = True        # 10 says in AA whose loan it ended
    free_checkin_ok: bool = True     # a check-in of an item that is not charged is ok
    takes_over: bool = False         # a checkout ends the loan of another user
    cut_requests: bool = False       # carries out the part of a request that came before the connection broke
    sloppy: bool = False             # fields in another order, lower case checksums, garbage in other fields
    clock: bool = True               # 98 has the time
    hides_transit: bool = False      # says "available" of an item in transit


PROFILES = {
    "koha-2019": Profile(line_end=b"\r\n", free_checkin_ok=False, cut_requests=True, hides_transit=True),
    "koha-2025": Profile(line_end=b"\r\n", no_block=True, cut_requests=True),
    "evergreen": Profile(lists="titles", due_format="%Y-%m-%d"),
    "mediator": Profile(sequence=False, counts=False, due_format="%Y-%m-%d %H:%M", names_holder=False, clock=False),
    "alma": Profile(lists="none", no_block=True, names_holder=False, due_format="%Y-%m-%dT%H:%M:%S"),
    "sloppy": Profile(sloppy=True, due_format="%m/%d/%Y"),
}


@dataclass
class Item:
    title: str
    holder: str = ""
    due: datetime | None = None      # local time of the server
    status: str = ""                 # lost, transit or shelf (on the hold shelf); empty: none of these
    hold: str = ""                   # the user who waits for it
    renewals: int = 0


@dataclass
class Effect:
    source: str                      # sip2 or desk
    action: str                      # lent, renewed, returned, cleared or paid
    item: str
    user: str                        # who has it, or had it, or paid
    stamp: str = ""                  # the transaction date of the request
    late: bool = False               # later than its answer was lost
    at: int = 0                      # number of the request, as below
    question_at: int = 0             # number of the last question about the item
    amount: str = ""                 # of a payment


@dataclass
class Answer:
    ok: bool
    renewed: bool = False
    holder: str = ""
    text: str = ""
    alert: str = ""


@dataclass
class Circulation:
    profile: Profile
    items: dict = field(default_factory=dict)
    users: set = field(default_factory=set)
    effects: list = field(default_factory=list)
    requests: int = 0                                    # how many the server has got
    questions: dict = field(default_factory=dict)        # by item: number of the last request 17

    @classmethod
    def load(cls, profile, state):
        """`state`: {"users": [...], "items": {id: {"title", "holder", "due", ...}}}, due as 2026-12-20T23:59:00."""
        own = cls(profile, users=set(state["users"]))
        for name, values in state["items"].items():
            item = Item(**{"title": f"The book {name}", **values})
            item.due = datetime.fromisoformat(item.due) if isinstance(item.due, str) else item.due
            own.items[name] = item
        return own

    def dump(self):
        return {name: {"holder": item.holder, "due": item.due.isoformat() if item.due else None, "status": item.status,
                       "renewals": item.renewals} for name, item in sorted(self.items.items())}

    def charged_to(self, user):
        return [name for name, item in self.items.items() if item.holder == user]

    def _log(self, source, action, name, user, stamp, late):
        self.effects.append(Effect(source, action, name, user, stamp, late, self.requests, self.questions.get(name, 0)))

    def _due(self, now, nb_due):
        return nb_due if nb_due else (now + timedelta(days=LOAN_DAYS)).replace(hour=23, minute=59, second=0)

    def lend(self, name, user, now, nb_due=None, source="sip2", stamp="", late=False, forced=False):
        item = self.items.get(name)
        if item is None or user not in self.users:
            return Answer(False, text="Invalid item" if item is None else "Invalid patron")
        if item.holder == user:
            return self.renew(name, user, now, nb_due, source, stamp, late)
        if item.holder and not self.profile.takes_over:
            return Answer(False, text="Item checked out to another patron")
        if item.hold and item.hold != user and not forced:
            return Answer(False, text="This item is on hold for another patron.")
        item.holder, item.due, item.status = user, self._due(now, nb_due), ""
        self._log(source, "lent", name, user, stamp, late)
        return Answer(True)

    def renew(self, name, user, now, nb_due=None, source="sip2", stamp="", late=False):
        item = self.items.get(name)
        if item is None or item.holder != user:
            return Answer(False, text="Item is not checked out to this patron")
        item.due = self._due(now, nb_due)
        item.renewals += 1
        self._log(source, "renewed", name, user, stamp, late)
        return Answer(True, renewed=True)

    def take_back(self, name, source="sip2", stamp="", late=False):
        item = self.items.get(name)
        if item is None:
            return Answer(False, text="Invalid item")
        holder, item.holder, item.due = item.holder, "", None
        self._log(source, "returned" if holder else "cleared", name, holder, stamp, late)
        item.status = "shelf" if item.hold else ""
        answer = Answer(bool(holder) or self.profile.free_checkin_ok, holder=holder, alert="01" if item.hold else "")
        answer.text = "" if answer.ok else "Item not checked out"
        return answer

    def pay(self, user, amount, stamp="", late=False):
        if user not in self.users:
            return Answer(False, text="Invalid patron")
        if not re.fullmatch(r"\d+(\.\d*)?", amount):
            return Answer(False, text="Invalid amount")
        self._log("sip2", "paid", "", user, stamp, late)
        self.effects[-1].amount = amount
        return Answer(True)

    def circulation_status(self, name):
        item = self.items.get(name)
        if item is None:
            return "01"
        if item.status == "lost":
            return "12"
        if item.holder:
            return "04"
        if item.status == "transit":
            return "03" if self.profile.hides_transit else "10"
        return "08" if item.status == "shelf" else "03"


def local_time(now, offset):
    """The server's local time for a time in seconds since 1970 UTC; `offset` in seconds."""
    return datetime.fromtimestamp(now + offset, tz=timezone.utc).replace(tzinfo=None)
