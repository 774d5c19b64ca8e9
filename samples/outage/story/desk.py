"""The stations: each records what its desk does in its own offline log, by its own clock."""

from datetime import datetime, timedelta


def at(clock, second=0):
    """The given time on the afternoon of the outage."""
    hour, minute = clock.split(":")
    return datetime(2026, 6, 12, int(hour), int(minute), second)


class Line:
    def __init__(self, when, command, fields, expected, told, chosen):
        self.when = when          # the true time
        self.command = command
        self.fields = fields
        self.expected = expected  # the outcome, then the notes; `blank` for a line that is not about circulation
        self.told = told          # for the table in the README; empty for everyday traffic
        self.chosen = chosen      # the library that was chosen at log-in
        self.damage = None        # damage to the line's bytes on the disk


class Desk:
    """`ahead(when)` is how many seconds the station's clock is ahead at the true time `when`."""

    def __init__(self, library, station, line_end=b"\n", ahead=lambda when: 0):
        self.library, self.station, self.line_end, self.ahead = library, station, line_end, ahead
        self.chosen = library
        self.session_due = ""  # the special due date that the desk set "from now on"
        self.lines = []
        self._busy = set()

    @property
    def path(self):
        return f"{self.library}/standlog.{self.station}"

    # The actions of a desk. `expected` and `told` are as in Line. Each returns its line.

    def checkout(self, when, user, item, expected="ok", told="", **fields):
        if self.session_due:
            fields["WG"] = self.session_due
        return self.line(when, "CV", expected, told, UO=_id(user, "user_id"), NQ=_id(item, "item_id"), **fields)

    def checkin(self, when, item, expected="ok", told="", **fields):
        return self.line(when, "EV", expected, told, NQ=_id(item, "item_id"), **fields)

    def renew(self, when, item, expected="ok", told="", **fields):
        return self.line(when, "RV", expected, told, NQ=_id(item, "item_id"), **fields)

    def line(self, when, command, expected, told="", **fields):
        if self.chosen != self.library and expected != "blank":
            expected = "library-mismatch" if expected == "ok" else expected + " library-mismatch"
        self._busy.add(when.replace(second=0))
        line = Line(when, command, fields, expected, told, self.chosen)
        self.lines.append(line)
        return line

    # A desk serves one patron at a time.

    def reserve(self, when, minutes):
        self._busy.update(when + timedelta(minutes=minute) for minute in range(minutes))

    def is_free(self, when, minutes):
        return not any(when + timedelta(minutes=minute) in self._busy for minute in range(minutes))

    # Writing

    def written(self):
        """The lines with their bytes, in the order written."""
        lines = sorted(self.lines, key=lambda line: line.when)
        return [(line, self._bytes(number, line)) for number, line in enumerate(lines, 1)]

    def _bytes(self, number, line):
        """One request as the station writes it. The number at its end is its length, counted from ^S."""
        clock = line.when + timedelta(seconds=self.ahead(line.when))
        fields = {"FF": line.chosen + "CIRC", "FE": line.chosen, "Fc": "NONE", **line.fields, "Fv": "3000000"}
        text = "^".join(code + value for code, value in fields.items())
        body = f"^S{number % 100:02}{line.command}{text}^^O".encode("windows-1252")
        whole = f"E{clock:%Y%m%d%H%M%S}{self.station}R ".encode() + body + f"{len(body):05}".encode()
        return line.damage(whole) if line.damage else whole


def _id(thing, column):
    return thing if isinstance(thing, str) else thing[column]
