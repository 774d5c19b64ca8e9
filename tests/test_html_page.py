#!/usr/bin/env python3
"""The HTML report of samples/outage in a real Chromium: what it shows, sorts, filters, remembers, prints, and forbids.

Usage: test_html_page.py OFFCIRC PROJECT_FOLDER [PICTURE]      PICTURE: also save a picture of the page there
"""

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from browser import Browser
from html_access import test_keys, test_tab_order, test_tree
from html_validity import troubles_of

NOW = "2026-06-12T20:00:00-05:00"
PLAIN_TITLE, HOSTILE_TITLE = "The Wandering Sparrow", "<script>window.taken=1</script><b>'&amp;"
VISIBLE_ROWS = "[...document.querySelectorAll('tr.row')].filter((row) => row.offsetParent !== null)"

troubles = []


def expect(what, expected, found):
    if expected != found:
        troubles.append(f"{what}: expected {expected!r}, got {found!r}")


def make_report(offcirc, project, folder, hostile):
    shutil.copytree(project / "samples" / "outage", folder)
    if hostile:
        items = folder / "data" / "items.csv"
        text = items.read_text(encoding="utf-8")
        items.write_text(text.replace(PLAIN_TITLE, HOSTILE_TITLE), encoding="utf-8")
    for arguments in (["init"], ["import", "data"], ["load", "logs", "--now", NOW, "--report", "reports"]):
        subprocess.run([offcirc, *arguments], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return folder / "reports" / "report.html"


def shown(browser):
    return browser.run(f"return {VISIBLE_ROWS}.length")


def status(browser):
    return browser.run("return document.getElementById('shown').textContent")


def choose(browser, field, value):
    browser.run("const field = document.getElementById(arguments[0]); field.value = arguments[1];"
                "field.dispatchEvent(new Event('change'))", field, value)


def test_first_sight(browser):
    expect("the title", "Load 1 - Lake Country Library System", browser.run("return document.title"))
    expect("rows", "83 rows", status(browser))
    expect("rows on the screen", 83, shown(browser))
    expect("a title that looks like HTML", HOSTILE_TITLE,
           browser.run("return [...document.querySelectorAll('td.item')].map((cell) => cell.firstChild?.data)"
                       ".find((title) => title?.startsWith('<script'))"))
    expect("no longer kept out of sight", "js", browser.run("return document.documentElement.className"))
    expect("what a hostile title did", None, browser.run("return window.taken ?? null"))


def test_sorting(browser):
    table = "document.querySelector('#library-OSH table.rows')"
    heading = "#library-OSH table.rows th.found button"
    keys = f"return [...{table}.querySelectorAll('tr.row td.found')].map((cell) => cell.firstChild.data)"
    before = browser.run(keys)
    browser.click(heading)
    ascending = browser.run(keys)
    expect("sorted by what was found", sorted(before, key=str.lower), ascending)
    expect("aria-sort", "ascending", browser.run(f"return {table}.querySelector('th.found').getAttribute('aria-sort')"))
    expect("what is read out", "83 rows, sorted by What happened, ascending", status(browser))
    browser.press("\ue007")  # Enter, on the button that still has the focus
    expect("sorted downwards", sorted(before, key=str.lower)[-1], browser.run(keys)[0])
    expect("aria-sort again", "descending", browser.run(f"return {table}.querySelector('th.found').getAttribute('aria-sort')"))
    browser.click("#library-OSH table.rows th.time button")
    expect("sorted by time", before, browser.run(keys))


def test_choosing(browser):
    browser.type("#words", "BARRED hollow")
    browser.wait_for("return document.getElementById('shown').textContent === '2 of 83 rows'")
    expect("rows with two words", 2, shown(browser))
    browser.type("#words", "\ue009a\ue000\ue003")  # Ctrl+A, released, Backspace
    browser.wait_for("return document.getElementById('shown').textContent === '83 rows'")
    choose(browser, "outcome", "user-not-found")
    expect("rows of users not found", "8 of 83 rows", status(browser))
    choose(browser, "library", "library-NEE")
    expect("those of one library", "2 of 83 rows", status(browser))
    expect("the address", "#library-NEE", browser.run("return location.hash"))
    expect("a library without them", True, browser.run("return document.getElementById('library-APP').hidden"))
    choose(browser, "outcome", "user-barred")
    expect("nothing left", "No rows match the filters.",
           browser.run("const none = document.getElementById('none'); return none.hidden ? null : none.textContent"))
    choose(browser, "outcome", "")
    browser.run("location.hash = '#library-APP'")
    browser.wait_for("return document.getElementById('library').value === 'library-APP'")
    expect("rows of the library in the address", "7 of 83 rows", status(browser))
    expect("the library is in sight", True,
           browser.run("const top = document.querySelector('#library-APP h2').getBoundingClientRect().top; return top > 80 && top < 250"))
    choose(browser, "library", "")
    expect("all again", "83 rows", status(browser))


def reload_until_kept(browser, done):
    """Reloads until the page has kept its state, which Chromium stores in another process, with a delay on a busy
    machine."""
    for _ in range(20):
        browser.reload()
        if browser.run("return document.getElementById('done').textContent") == done:
            return
        time.sleep(0.25)


def test_ticks(browser):
    done = "return document.getElementById('done').textContent"
    expect("at first", "0 of 83 done", browser.run(done))
    browser.click("#library-OSH tr.row input")
    browser.run("document.querySelector('#library-APP tr.row input').focus()")
    browser.press(" ")
    expect("two ticks", "2 of 83 done", browser.run(done))
    expect("one of them at a library", "1 of 53 done",
           browser.run("return document.querySelector('#library-OSH .library-done').textContent"))
    reload_until_kept(browser, "2 of 83 done")
    expect("after loading again", "2 of 83 done", browser.run(done))
    browser.click("#open-only")
    expect("what is not done", "81 of 83 rows", status(browser))
    browser.click("#open-only")
    browser.click("#library-OSH tr.row input")
    reload_until_kept(browser, "1 of 83 done")
    expect("one tick taken back", "1 of 83 done", browser.run(done))


def test_without_storage(browser, page):
    script = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('blocked', 'SecurityError'); }});"
    added = browser.devtools("Page.addScriptToEvaluateOnNewDocument", source=script)
    browser.open(page.as_uri())
    expect("the notice", "This browser can't store check marks for this page: they are lost when it is closed or reloaded. "
           "Print it, or save it to a folder and open it from there.",
           browser.run("const notice = document.getElementById('not-kept'); return notice.hidden ? null : notice.textContent"))
    browser.click("#library-OSH tr.row input")
    expect("a tick all the same", "1 of 83 done", browser.run("return document.getElementById('done').textContent"))
    browser.devtools("Page.removeScriptToEvaluateOnNewDocument", identifier=added["identifier"])
    browser.open(page.as_uri())


def test_paper(browser, folder):
    (folder / "report.pdf").write_bytes(browser.print_pdf())
    text = subprocess.run(["pdftotext", "-layout", folder / "report.pdf", "-"], stdout=subprocess.PIPE, check=True, text=True).stdout
    pages = text.split("\f")
    for name in ("APP - Applebay Public Library", "NEE - Neering Public Library", "OSH - Oakshore Public Library"):
        expect(f"pages that {name} begins", 1, sum(page.lstrip().startswith(name) for page in pages))
    for words in ("Not loaded (18)", "Check the item in again, to send it home. (2)", "31221000046503"):
        expect(f"pages with {words!r}", True, any(words in page for page in pages))
    for words in ("Hide what is done", "All reasons"):
        expect(f"pages with {words!r}", False, any(words in page for page in pages))
    expect("headings of the tables, again on each page", True, text.count("Log and line") > 6)


def test_without_scripts(browser, page):
    browser.devtools("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(page.as_uri())
    browser.devtools("Emulation.setScriptExecutionDisabled", value=False)
    expect("rows without scripts", 83, shown(browser))
    expect("controls without scripts", True, browser.run("return document.getElementById('tools').hidden"))


def test_policy(browser, page, folder):
    expect("complaints of the browser", [], browser.console())
    added = "const script = document.createElement('script'); script.textContent = 'window.taken = 1'; document.head.append(script);"
    expect("a script added to the page", None, browser.run(added + "return window.taken ?? null"))
    injected = folder / "injected.html"
    text = page.read_text(encoding="utf-8")
    injected.write_text(text.replace("<main>", "<main><script>window.taken = 1</script><img src=x onerror='window.taken = 2'>"
                                     "<b id=styled style='position: fixed'>x</b>"), encoding="utf-8")
    browser.console()
    browser.open(injected.as_uri())
    expect("a script written into the page", None, browser.run("return window.taken ?? null"))
    expect("a style written into the page", "static",
           browser.run("return getComputedStyle(document.getElementById('styled')).position"))
    expect("what was refused", True, any("Content Security Policy" in message for message in browser.console()))
    expect("the page goes on working", "83 rows", status(browser))


def test_many_rows(browser, offcirc, folder):
    lines = [f"2026-06-12T13:{at // 60:02}:{at % 60:02},OSH,0201,checkin,,3122100999{at:04}" for at in range(1200)]
    (folder / "many.csv").write_text("\n".join(["occurred_at,library,station,kind,user_id,item_id", *lines, ""]), encoding="utf-8")
    subprocess.run([offcirc, "check", "many.csv", "--now", NOW, "--expect", "OSH/0298,OSH/0299", "--report", "many"], cwd=folder, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    browser.open((folder / "many" / "report.html").as_uri())
    expect("all rows, with two missing stations", "1203 rows", status(browser))
    expect("rows at first", 503, shown(browser))
    buttons = "[...document.querySelectorAll('.rest button')].map((button) => button.textContent)"
    expect("what is offered", ["Show 500 more", "Show all"], browser.run(f"return {buttons}"))
    browser.click(".rest button")
    expect("rows after asking for more", 1003, shown(browser))
    browser.click("#library-OSH th.item button")
    browser.click("#library-OSH th.item button")
    expect("the last of all rows, sorted to the top", "31221009991199",
           browser.run("return document.querySelector('#library-OSH tr.row .item').textContent"))
    browser.click(".rest button")
    expect("all rows after asking for them", 1203, shown(browser))
    expect("nothing more to offer", True, browser.run("return document.querySelector('.rest').hidden"))


def test_fit(browser, page):
    for width in (390, 700, 1200):
        browser.picture(width, 800)
        browser.open(page.as_uri())
        expect(f"wider than {width} pixels", False, browser.run("return document.documentElement.scrollWidth > innerWidth"))


def main():
    offcirc, project = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory() as temporary, Browser() as browser:
        folder = Path(temporary)
        page = make_report(offcirc, project, folder / "hostile", hostile=True)
        troubles.extend(troubles_of(page.read_text(encoding="utf-8")))
        browser.open(page.as_uri())
        test_first_sight(browser)
        test_sorting(browser)
        test_choosing(browser)
        test_ticks(browser)
        for test in (test_tab_order, test_keys, test_tree):
            test(browser, page, expect)
        test_paper(browser, folder)
        test_without_storage(browser, page)
        test_without_scripts(browser, page)
        browser.open(page.as_uri())
        test_policy(browser, page, folder)
        test_many_rows(browser, offcirc, folder / "hostile")
        test_fit(browser, page)
        if len(sys.argv) > 3:
            browser.open(make_report(offcirc, project, folder / "plain", hostile=False).as_uri())
            Path(sys.argv[3]).write_bytes(browser.picture(1200, 1300))
    for trouble in troubles:
        print(trouble)
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
