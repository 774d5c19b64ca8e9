"""Draws the curves as an SVG: cost per line against each size."""
from math import ceil, floor, log10
from xml.sax.saxutils import escape

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 460, 330, 60, 50, 40
COLOURS = {"offcirc": "#0b6e4f", "floor": "#888888", "rival": "#b3541e", "script": "#4a4e9e", "durable": "#9e2a4a"}


class Panel:
    """Both axes are logarithmic. `points`: {name: [(x, y)]}."""

    def __init__(self, title, x_label, points, offset):
        xs = [x for line in points.values() for x, _ in line]
        ys = [y for line in points.values() for _, y in line]
        self.title, self.x_label, self.points, self.offset = title, x_label, points, offset
        self.x_range = floor(log10(min(xs))), max(ceil(log10(max(xs))), floor(log10(min(xs))) + 1)
        self.y_range = floor(log10(min(ys))), max(ceil(log10(max(ys))), floor(log10(min(ys))) + 1)

    def x(self, value):
        low, high = self.x_range
        return self.offset + LEFT + (log10(value) - low) / (high - low) * (WIDTH - LEFT - 90)

    def y(self, value):
        low, high = self.y_range
        return HEIGHT - BOTTOM - (log10(value) - low) / (high - low) * (HEIGHT - BOTTOM - TOP)

    def draw(self):
        parts = [text(self.offset + LEFT, 20, self.title, "bold"),
                 text(self.offset + LEFT + 60, HEIGHT - 10, self.x_label)]
        for power in range(self.x_range[0], self.x_range[1] + 1):
            x = self.x(10.0 ** power)
            parts += [stroke(x, TOP, x, HEIGHT - BOTTOM), text(x - 14, HEIGHT - BOTTOM + 16, f"{10 ** power:,}")]
        for power in range(self.y_range[0], self.y_range[1] + 1):
            y = self.y(10.0 ** power)
            right = self.offset + WIDTH - 90
            parts += [stroke(self.offset + LEFT, y, right, y), text(self.offset + 8, y + 4, f"{10.0 ** power:g} µs")]
        for name, line in self.points.items():
            line = sorted(line)
            path = " ".join(f"{self.x(x):.1f},{self.y(y):.1f}" for x, y in line)
            colour = COLOURS[name]
            parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
            parts += [f'<circle cx="{self.x(x):.1f}" cy="{self.y(y):.1f}" r="3" fill="{colour}"/>' for x, y in line]
        return parts + self.names()

    def names(self):
        """Labels at the right ends of the curves, moved down where they would overlap."""
        ends = sorted((self.y(max(line)[1]), self.x(max(line)[0]), name) for name, line in self.points.items())
        parts, above = [], 0
        for y, x, name in ends:
            above = max(y + 4, above + 12)
            parts.append(text(x + 6, above, name, colour=COLOURS[name]))
        return parts


def text(x, y, words, weight="normal", colour="#222222"):
    return f'<text x="{x:.1f}" y="{y:.1f}" font-weight="{weight}" fill="{colour}">{escape(words)}</text>'


def stroke(x1, y1, x2, y2):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#dddddd"/>'


def write_plot(path, panels):
    """`panels` is [(title, x label, points)]; panels without points are left out."""
    shown = [panel for panel in panels if any(panel[2].values())]
    parts = [part for number, panel in enumerate(shown) for part in Panel(*panel, number * WIDTH).draw()]
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH * len(shown)} {HEIGHT}" '
        'font-family="sans-serif" font-size="11">\n<rect width="100%" height="100%" fill="white"/>\n'
        + "\n".join(parts) + "\n</svg>\n", encoding="utf-8")
