"""Checks that a page is valid, usable HTML, with html5lib's strict parser and further checks that no parser makes."""

import html5lib

NEEDS_NAME = ("input", "select", "button", "progress")


def troubles_of(text):
    """Yields a sentence for each error."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    page = parser.parse(text)
    yield from (f"{place}: {code} {about}" for place, code, about in parser.errors)
    elements = [element for element in page.iter() if isinstance(element.tag, str)]
    ids = [element.get("id") for element in elements if element.get("id") is not None]
    yield from (f"id {name} stands twice" for name in sorted({name for name in ids if ids.count(name) > 1}))
    for element in elements:
        yield from troubles_of_element(element, set(ids))
    yield from troubles_of_headings([element.tag for element in elements if element.tag in ("h1", "h2", "h3", "h4")])
    yield from troubles_of_tables(page)
    yield from (f"control without a name: {element.attrib}" for element in nameless(page))
    for tag in ("main", "header", "footer"):
        if sum(element.tag == tag for element in elements) != 1:
            yield f"not just one {tag}"
    if page.get("lang") != "en":
        yield "the page does not say its language"


def troubles_of_element(element, ids):
    for name, value in element.attrib.items():
        if name.startswith("on") or name == "style":
            yield f"{element.tag} has {name}"
        if name in ("src", "href") and not value.startswith(("#", "data:")):
            yield f"{element.tag} leads to {value}"
        if name == "href" and value.startswith("#") and value[1:] not in ids:
            yield f"link to {value}, which is not there"
        if name in ("aria-labelledby", "for"):
            yield from (f"{element.tag} names {one}, which is not there" for one in value.split() if one not in ids)


def troubles_of_headings(headings):
    if headings[:1] != ["h1"] or headings.count("h1") != 1:
        yield "there is not one h1 before all other headings"
    for above, below in zip(headings, headings[1:]):
        if int(below[1]) > int(above[1]) + 1:
            yield f"{below} follows {above}"


def troubles_of_tables(page):
    for table in page.iter("table"):
        if table.find("caption") is None:
            yield "a table without a caption"
        for heading in table.iter("th"):
            if heading.get("scope") not in ("col", "row", "rowgroup"):
                yield f"a th without scope: {heading.text}"
        width = len(table.find("thead").find("tr"))
        for row in table.iter("tr"):
            if sum(int(cell.get("colspan", "1")) for cell in row) != width:
                yield "a row with more or fewer cells than its table has columns"


def nameless(page):
    labelled = {id(element) for label in page.iter("label") for element in label.iter()}
    for element in page.iter():
        if element.tag not in NEEDS_NAME or id(element) in labelled:
            continue
        if element.get("aria-label") or element.get("aria-labelledby") or (element.text or "").strip():
            continue
        yield element
