"""The HTML report without a mouse or a screen: by keyboard in a real Chromium, and as its accessibility tree."""

TABS_AT_ONCE = 10  # so that a busy machine answers in time
TAB, SHIFT, ENTER, DOWN = "\ue004", "\ue008", "\ue007", "\ue015"

# Focusable elements in page order: by ID, otherwise by tag and label.
NAME = """const name = (at) => at === document.body ? 'nothing' : at.id !== '' ? '#' + at.id
    : `${at.tagName.toLowerCase()} ${at.getAttribute('aria-label') ?? at.textContent}`;"""
REACHABLE = NAME + """return [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
    .filter((at) => at.checkVisibility()).map(name)"""
FOCUSED = NAME + "return name(document.activeElement)"


def tab_stops(browser, count, back=False):
    """The elements that receive the focus when Tab is pressed `count` times."""
    browser.run(NAME + "window.stops = []; addEventListener('focusin', window.note = (event) => stops.push(name(event.target)))")
    for begun in range(0, count, TABS_AT_ONCE):
        browser.press(TAB * min(TABS_AT_ONCE, count - begun), held=SHIFT if back else None)
    return browser.run("removeEventListener('focusin', window.note); return window.stops")


def covered_stops(browser, count):
    """Of the next `count` tab stops, those covered by the sticky bar at the top of the page or without a visible
    focus."""
    found = []
    for _ in range(count):
        browser.press(TAB)
        state = browser.run(NAME + """const at = document.activeElement, box = at.getBoundingClientRect();
            const tools = document.getElementById('tools'), style = getComputedStyle(at);
            const isCovered = !tools.contains(at) && getComputedStyle(tools).position === 'sticky'
                && box.top < tools.getBoundingClientRect().bottom && box.bottom > tools.getBoundingClientRect().top;
            return isCovered || style.outlineStyle === 'none' || (box.height < innerHeight && (box.top < 0 || box.bottom > innerHeight))
                ? `${name(at)} at ${box.top} to ${box.bottom}, ${style.outlineStyle}` : null""")
        if state is not None:
            found.append(state)
    return found


def test_tab_order(browser, page, expect):
    browser.open(page.as_uri())
    expected = browser.run(REACHABLE)
    for name in ("#words", "#library", "#outcome", "#action", "#open-only", "#print", "button What happened", "input Done: #2"):
        expect(f"{name} can be reached", True, name in expected)
    stops = tab_stops(browser, len(expected))
    expect("what Tab reaches, in its order", expected, stops)
    # There is no keyboard trap: Shift+Tab leads from the last stop back to the first, and then out of the page.
    expect("what Shift+Tab reaches", expected[-2::-1], tab_stops(browser, len(expected) - 1, back=True))
    browser.open(page.as_uri())
    expect("what is covered while it has the focus, or does not show it", [], covered_stops(browser, 60))


def test_keys(browser, page, expect):
    browser.open(page.as_uri())
    browser.press(TAB)
    expect("the first place", "a Skip to the lists", browser.run(FOCUSED))
    # The page handles the new address asynchronously, and then announces the number of rows again.
    browser.run("window.addEventListener('hashchange', () => { window.isThere = true; })")
    browser.press(ENTER)
    browser.wait_for("return window.isThere === true")
    expect("where it leads", "#libraries", browser.run(FOCUSED))
    browser.press(TAB)
    heading = "document.querySelector('#libraries thead th')"
    sort = f"return {heading}.getAttribute('aria-sort')"
    expect("the first place of the lists", "button Done", browser.run(FOCUSED))
    expect("before it is sorted", None, browser.run(sort))
    for key, order in ((ENTER, "ascending"), (" ", "descending")):
        browser.press(key)
        expect(f"aria-sort after {key!r}", order, browser.run(sort))
        expect("sorted by one column", 1, browser.run(f"return {heading}.parentNode.querySelectorAll('[aria-sort]').length"))
        expect("the focus stays", "button Done", browser.run(FOCUSED))
        expect("what is read out", f"83 rows, sorted by Done, {order}", browser.run("return document.getElementById('shown').textContent"))
    browser.run("document.querySelector('#libraries tr.row input').focus()")
    was_checked = browser.run("return document.activeElement.checked")
    for is_checked in (not was_checked, was_checked):
        browser.press(" ")
        expect("a box after Space", is_checked, browser.run("return document.activeElement.checked"))
    browser.run("document.getElementById('action').focus()")
    browser.press(DOWN)
    expect("the kind of action after an arrow", "look-on-shelf", browser.run("return document.getElementById('action').value"))
    browser.wait_for("return document.getElementById('shown').textContent !== '83 rows, sorted by Done, descending'")
    browser.run("const field = document.getElementById('action'); field.value = ''; field.dispatchEvent(new Event('change'))")


def nodes_of(browser):
    """The accessibility tree without ignored nodes: role, name, and properties."""
    browser.devtools("Accessibility.enable")
    nodes = browser.devtools("Accessibility.getFullAXTree")["nodes"]
    browser.devtools("Accessibility.disable")
    return [(node["role"]["value"], node.get("name", {}).get("value", ""),
             {one["name"]: one["value"].get("value") for one in node.get("properties", [])})
            for node in nodes if not node["ignored"]]


def test_tree(browser, page, expect):
    browser.open(page.as_uri())
    nodes = nodes_of(browser)
    named = {"button", "checkbox", "combobox", "link", "progressbar", "searchbox", "table", "columnheader", "rowheader", "img", "image",
             "DisclosureTriangle", "search"}
    expect("what has no name", [], [role for role, name, _ in nodes if role in named and name.strip() == ""])
    names = {role: [name for its_role, name, _ in nodes if its_role == role] for role in named}
    for role, name in (("searchbox", "Search"), ("combobox", "Library"), ("combobox", "Reason"), ("combobox", "To do"),
                       ("checkbox", "Hide what is done"), ("checkbox", "Done: #2"), ("button", "Print"), ("button", "What happened"),
                       ("table", "Not loaded"), ("columnheader", "What happened"), ("columnheader", "Done"), ("search", "Rows")):
        expect(f"{role} {name!r}", True, name in names[role])
    expect("the bar of what is done", True, names["progressbar"][0].endswith(" of 83 done"))
    expect("boxes of rows", 84, len(names["checkbox"]))
    live = [properties["live"] for role, _, properties in nodes if role == "status"]
    expect("what is read out when it changes", "polite", live[0] if live else None)
    headings = [(properties["level"], name) for role, name, properties in nodes if role == "heading"]
    expect("the first heading", 1, headings[0][0])
    jumps = [name for (before, _), (level, name) in zip(headings, headings[1:]) if level > before + 1]
    expect("headings that leave out a level", [], jumps)
